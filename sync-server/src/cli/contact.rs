//! `contact set`: one edit, every phone it concerns.

use clap::Subcommand;

use super::{CliError, Output, card::Card, now, staff_id, transact};
use crate::config::Settings;
use promise_services::{OsRandom, cards};

/// Staff's cards.
#[derive(Subcommand)]
pub(super) enum Contact {
    /// Change a card. What is not named stays.
    Set {
        /// The member of staff, or their handle.
        #[arg(long)]
        staff: String,
        #[command(flatten)]
        card: Card,
    },
}

impl Contact {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let Self::Set { staff, card } = self;
        let fields = card.fields()?;
        if fields.is_empty() {
            return Err(CliError::Typed("nothing to change: see `contact set --help`".into()));
        }
        let reached = transact(settings, |tx, scope| {
            let staff = staff_id(tx, &staff)?;
            cards::update(tx, scope, &staff, fields, now(), &mut OsRandom)
        })?;
        let people = if reached == 1 { "young person" } else { "young people" };
        output.say(&format!("Saved. It reaches {reached} {people}."));
        Ok(())
    }
}
