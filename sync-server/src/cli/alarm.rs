//! `alarm`: who has no adviser today, for whoever runs it every morning.

use clap::Args;

use super::{CliError, Output, now, transact};
use crate::config::Settings;
use promise_services::alarm::{self, Alone, Reason};

/// Young people whom nobody looks after today. The exit code is 1 if there are any.
#[derive(Args)]
pub(super) struct Alarm {
    /// The council's short name.
    #[arg(long)]
    council: String,
}

impl Alarm {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let alone = transact(settings, |tx, scope| alarm::list(tx, scope, &self.council, now()))?;
        for alone in &alone {
            output.say(&line(alone));
        }
        if alone.is_empty() { Ok(()) } else { Err(CliError::Alarm(alone.len())) }
    }
}

fn line(alone: &Alone) -> String {
    let reference = alone.reference.as_deref().unwrap_or("-");
    let why = match &alone.reason {
        Reason::Never => "never had an adviser".to_owned(),
        Reason::Left(name) => format!("{name} left"),
        Reason::Away { name, until, .. } => {
            format!("{name} is away until {until}, and nobody covers")
        }
        Reason::Ended => "nobody came after their last adviser".to_owned(),
    };
    let coming = alone.coming.as_ref().map(|(name, day)| format!("; {name} begins on {day}"));
    format!("{}  {reference}  {why}{}", alone.person, coming.unwrap_or_default())
}
