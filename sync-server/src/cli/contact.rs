//! `contact set`, `contact check` and `contact leave`: change a card, or its day of checking, on every phone
//! that shows it.

use chrono::NaiveDate;
use clap::Subcommand;
use promise_protocol::values::Leave;
use promise_services::{
    OsRandom,
    assignments::cover_clash::CoverClash,
    cards::{self, CardEdit, ConfirmOutcome, LeaveChange, LeaveOutcome},
};
use serde_json::Map;

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
    /// Add a leave to a card. Asks first if the colleague who covers is away too.
    Leave {
        /// The staff member's id or handle.
        #[arg(long)]
        staff: String,
        /// The first day away, such as 2026-12-01.
        #[arg(long)]
        from: NaiveDate,
        /// The last day away.
        #[arg(long)]
        to: NaiveDate,
        /// The id or handle of the colleague who covers.
        #[arg(long)]
        cover: Option<String>,
        /// Save without asking.
        #[arg(long)]
        yes: bool,
    },
}

impl Contact {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let reached = match self {
            Self::Set { staff, card } => set(settings, staff, card)?,
            Self::Check { staff } => check(settings, staff)?,
            Self::Leave { staff, from, to, cover, yes } => {
                return add_leave(settings, output, (staff, (from, to), cover), yes);
            }
        };
        print_saved(reached, output);
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

fn print_saved(reached: usize, output: &mut Output<'_>) {
    let people = if reached == 1 { "young person" } else { "young people" };
    output.print(&format!("Saved. It reaches {reached} {people}."));
}

/// Adds a leave. Prints the clashes that it brings, and asks before it saves with them.
fn add_leave(
    settings: &Settings,
    output: &mut Output<'_>,
    (staff, (from, to), cover): (String, (NaiveDate, NaiveDate), Option<String>),
    yes: bool,
) -> Result<(), CliError> {
    if to < from {
        let error = format!("{to} is before {from}: write the first day as --from");
        return Err(CliError::InvalidArgument(error));
    }
    let save = |confirmed: Vec<CoverClash>| {
        let (staff, cover) = (staff.clone(), cover.clone());
        transact(settings, move |tx, scope| {
            let staff = find_staff(tx, &staff)?;
            let cover = cover.map(|cover| find_staff(tx, &cover)).transpose()?;
            let cover = cover.map(|cover| cover.as_str().to_owned());
            let leave = LeaveChange::Add(Leave { from, to, cover, unknown: Map::new() });
            cards::change_leave(tx, scope, &staff, (leave, &confirmed), now(), &mut OsRandom)
        })
    };
    let mut confirmed = Vec::new();
    loop {
        match save(confirmed)? {
            LeaveOutcome::Saved(reached) => {
                print_saved(reached, output);
                return Ok(());
            }
            LeaveOutcome::NeverAtWork => {
                let error = "by the hours on the card they work on none of these days: \
                             change the days, or the hours with `contact set --hours`";
                return Err(CliError::InvalidArgument(error.into()));
            }
            LeaveOutcome::NeedsConfirmation(clashes) => {
                for clash in &clashes {
                    output.print(&describe(clash));
                }
                if !yes && !output.confirm("Save the leave as it is?") {
                    return Err(CliError::NotConfirmed);
                }
                confirmed = clashes;
            }
        }
    }
}

fn describe(clash: &CoverClash) -> String {
    let CoverClash { adviser_name, cover_name, from, to, .. } = clash;
    let instead = match &clash.instead {
        Some(name) => format!("Phones say to ring {name} instead"),
        None => "No colleague covers then, and phones say to ring the duty line".to_owned(),
    };
    format!("{from} to {to}: {cover_name} covers for {adviser_name}, and is away too. {instead}.")
}
