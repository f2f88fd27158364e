//! `staff add` and `staff sign-in`

use clap::Subcommand;

use super::{CliError, Output, card::Card, sign_in::GiveSignIn, transact};
use crate::{
    config::Settings,
    service::{OsRandom, people},
};

/// Staff.
#[derive(Subcommand)]
pub(super) enum Staff {
    /// Add a member of staff with their card.
    Add {
        /// Their council's short name.
        #[arg(long)]
        council: String,
        /// What colleagues call them in commands, such as j.okoro.
        #[arg(long)]
        handle: String,
        #[command(flatten)]
        card: Box<Card>,
    },
    /// Make a link with which somebody signs in to the console for the first time.
    SignIn(GiveSignIn),
}

impl Staff {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let (council, handle, card) = match self {
            Self::Add { council, handle, card } => (council, handle, card),
            Self::SignIn(command) => return command.run(settings, output),
        };
        let fields = card.fields()?;
        if !fields.contains_key("display_name") {
            return Err(CliError::Typed("a card needs a name: add --name \"Jo Okoro\"".into()));
        }
        let id = transact(settings, |tx, scope| {
            people::add_staff(tx, scope, &council, &handle, fields, &mut OsRandom)
        })?;
        output.say(&id);
        Ok(())
    }
}
