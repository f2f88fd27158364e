//! `contact set`: changes a card on every phone that shows it.

use clap::Subcommand;
use promise_services::{
    OsRandom,
    cards::{self, CardEdit},
};

use super::{CliError, Output, card::Card, find_staff, now, transact};
use crate::config::Settings;

/// Staff cards.
#[derive(Subcommand)]
pub(super) enum Contact {
    /// Change a card. Fields that are not given stay as they are.
    Set {
        /// The staff member's id or handle.
        #[arg(long)]
        staff: String,
        #[command(flatten)]
        card: Card,
    },
}

impl Contact {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let Self::Set { staff, card } = self;
        let fields = card.into_fields()?;
        if fields.is_empty() {
            let error = "nothing to change: see `contact set --help`";
            return Err(CliError::InvalidArgument(error.into()));
        }
        let reached = transact(settings, move |tx, scope| {
            let staff = find_staff(tx, &staff)?;
            cards::update(tx, scope, &staff, CardEdit::new(fields)?, now(), &mut OsRandom)
        })?;
        let people = if reached == 1 { "young person" } else { "young people" };
        output.print(&format!("Saved. It reaches {reached} {people}."));
        Ok(())
    }
}
