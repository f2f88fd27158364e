//! `appointment add`, `appointment change` and `appointment cancel`

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use clap::{Args, Subcommand};
use promise_protocol::ids::PersonId;
use promise_services::{OsRandom, people::appointments};
use serde_json::Value;

use super::{CliError, Output, now, transact};
use crate::config::Settings;

/// Appointments with a young person.
#[derive(Subcommand)]
pub(super) enum Appointment {
    /// Add an appointment. Prints its id.
    Add {
        /// The young person's id.
        #[arg(long)]
        person: PersonId,
        #[command(flatten)]
        details: Details,
    },
    /// Change an appointment. What is left out stays.
    Change {
        /// The young person's id.
        #[arg(long)]
        person: PersonId,
        /// The appointment's id.
        #[arg(long)]
        appointment: String,
        #[command(flatten)]
        details: Details,
    },
    /// Cancel an appointment.
    Cancel {
        /// The young person's id.
        #[arg(long)]
        person: PersonId,
        /// The appointment's id.
        #[arg(long)]
        appointment: String,
    },
}

/// What an appointment is.
#[derive(Args)]
#[group(required = true, multiple = true)]
pub(super) struct Details {
    /// What it is.
    #[arg(long)]
    title: Option<String>,
    /// When it starts, with the offset from UTC: 2027-06-30T14:00:00+01:00. So the hour that the clocks show twice
    /// in October is not in doubt.
    #[arg(long)]
    at: Option<DateTime<FixedOffset>>,
    /// How many minutes it takes.
    #[arg(long)]
    minutes: Option<u32>,
    /// Where it is.
    #[arg(long)]
    place: Option<String>,
}

impl Details {
    fn into_fields(self) -> BTreeMap<String, Value> {
        let at =
            self.at.map(|at| at.with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::Secs, true));
        let fields = [
            ("title", self.title.map(Value::from)),
            ("starts_at", at.map(Value::from)),
            ("minutes", self.minutes.map(Value::from)),
            ("place", self.place.map(Value::from)),
        ];
        fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}

impl Appointment {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let now = now();
        match self {
            Self::Add { person, details } => {
                let fields = details.into_fields();
                let id = transact(settings, move |tx, scope| {
                    appointments::add(tx, scope, &person, fields, now, &mut OsRandom)
                })?;
                output.print(&id);
            }
            Self::Change { person, appointment, details } => {
                let fields = details.into_fields();
                transact(settings, move |tx, scope| {
                    appointments::update(tx, scope, &person, &appointment, fields, now)
                })?;
                output.print("Saved. The phone has it with its next sync.");
            }
            Self::Cancel { person, appointment } => {
                transact(settings, move |tx, scope| {
                    appointments::cancel(tx, scope, &person, &appointment, now)
                })?;
                output.print("Cancelled. The phone has it with its next sync.");
            }
        }
        Ok(())
    }
}
