//! `staff add`, `staff sign-in`, `staff off` and `staff on`

use clap::Subcommand;

use super::{CliError, Output, card::Card, now, sign_in::GiveSignIn, staff_id, transact};
use crate::config::Settings;
use promise_services::{OsRandom, staff};

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
    /// Switch off somebody who leaves: they are signed out at once, and phones show no number of
    /// theirs.
    Off {
        /// The member of staff, or their handle.
        #[arg(long)]
        staff: String,
    },
    /// Switch them on again.
    On {
        /// The member of staff, or their handle.
        #[arg(long)]
        staff: String,
    },
}

impl Staff {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let (council, handle, card) = match self {
            Self::Add { council, handle, card } => (council, handle, card),
            Self::SignIn(command) => return command.run(settings, output),
            Self::Off { staff } => return off(settings, output, &staff),
            Self::On { staff } => return on(settings, output, &staff),
        };
        let fields = card.fields()?;
        if !fields.contains_key("display_name") {
            return Err(CliError::Typed("a card needs a name: add --name \"Jo Okoro\"".into()));
        }
        let id = transact(settings, |tx, scope| {
            staff::add(tx, scope, &council, &handle, fields, &mut OsRandom)
        })?;
        output.say(&id);
        Ok(())
    }
}

fn off(settings: &Settings, output: &mut Output<'_>, staff: &str) -> Result<(), CliError> {
    let people = transact(settings, |tx, scope| {
        let staff = staff_id(tx, staff)?;
        staff::deactivate(tx, scope, &staff, now())
    })?;
    output.say(&format!("Switched off. Young people who were theirs: {people}."));
    if people > 0 {
        output.say("`alarm --council ID` lists who needs somebody else now.");
    }
    Ok(())
}

fn on(settings: &Settings, output: &mut Output<'_>, staff: &str) -> Result<(), CliError> {
    let people = transact(settings, |tx, scope| {
        let staff = staff_id(tx, staff)?;
        staff::reactivate(tx, scope, &staff, now(), &mut OsRandom)
    })?;
    output.say(&format!("Switched on. Young people who are theirs: {people}."));
    output.say("To sign in they need a new link: `staff sign-in --staff STAFF`.");
    Ok(())
}
