//! `contact set` and `contact check`: change a card, or its day of checking, on every phone that shows
//! it.

use clap::Subcommand;
use promise_services::{
    OsRandom,
    cards::{self, CardEdit, ConfirmOutcome},
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
    /// Record that the telephone numbers and the e-mail address on a card were checked today. Phones show
    /// the day until one of them changes.
    Check {
        /// The staff member's id or handle.
        #[arg(long)]
        staff: String,
    },
}

impl Contact {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let reached = match self {
            Self::Set { staff, card } => set(settings, staff, card)?,
            Self::Check { staff } => check(settings, staff)?,
        };
        let people = if reached == 1 { "young person" } else { "young people" };
        output.print(&format!("Saved. It reaches {reached} {people}."));
        Ok(())
    }
}

fn set(settings: &Settings, staff: String, card: Card) -> Result<usize, CliError> {
    let fields = card.into_fields()?;
    if fields.is_empty() {
        let error = "nothing to change: see `contact set --help`";
        return Err(CliError::InvalidArgument(error.into()));
    }
    transact(settings, move |tx, scope| {
        let staff = find_staff(tx, &staff)?;
        cards::update(tx, scope, &staff, CardEdit::new(fields)?, now(), &mut OsRandom)
    })
}

fn check(settings: &Settings, staff: String) -> Result<usize, CliError> {
    let outcome = transact(settings, move |tx, scope| {
        let staff = find_staff(tx, &staff)?;
        // The operator checks the card as it is.
        let card = scope.staff(tx, &staff)?.card;
        cards::confirm_details(tx, scope, &staff, &card, now(), &mut OsRandom)
    })?;
    match outcome {
        ConfirmOutcome::Confirmed(reached) => Ok(reached),
        ConfirmOutcome::Changed(_) => {
            let error = "nothing to check: the card has no telephone number and no e-mail address";
            Err(CliError::InvalidArgument(error.into()))
        }
    }
}
