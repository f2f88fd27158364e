//! `ask list` and `ask reply`

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat};
use clap::Subcommand;
use serde_json::Value;

use super::{CliError, Output, now, transact};
use crate::config::Settings;
use promise_services::people::asks;

/// What young people ask.
#[derive(Subcommand)]
pub(super) enum Ask {
    /// List what a young person asked.
    List {
        /// The young person.
        #[arg(long)]
        person: String,
    },
    /// Answer an ask.
    Reply {
        /// The young person.
        #[arg(long)]
        person: String,
        /// The ask.
        #[arg(long)]
        ask: String,
        /// Where it stands: seen, doing, done or cannot.
        #[arg(long, default_value = "seen")]
        status: String,
        /// The answer in words.
        #[arg(long)]
        text: Option<String>,
        /// Who answers.
        #[arg(long)]
        by: Option<String>,
    },
}

impl Ask {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        match self {
            Self::List { person } => {
                for ask in transact(settings, |tx, scope| asks::open(tx, scope, &person, now()))? {
                    let status = Some(ask.text("status")).filter(|status| !status.is_empty());
                    let status = status.unwrap_or("new");
                    output.say(&format!("{}  [{status}]  {}", ask.id, ask.text("text")));
                    for (field, words) in
                        [("about_opportunity", "About the opportunity"), ("shown", "They show you")]
                    {
                        if !ask.text(field).is_empty() {
                            output.say(&format!("    {words}: {}", ask.text(field)));
                        }
                    }
                }
            }
            Self::Reply { person, ask, status, text, by } => {
                let now = now();
                let answer = answer(status, text, by, now);
                transact(settings, |tx, scope| asks::reply(tx, scope, &person, &ask, answer, now))?;
                output.say("Answered. The phone has it with its next sync.");
            }
        }
        Ok(())
    }
}

fn answer(
    status: String,
    text: Option<String>,
    by: Option<String>,
    now: i64,
) -> BTreeMap<String, Value> {
    let at = DateTime::from_timestamp_millis(now).unwrap_or_default();
    let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let said = [("status", Some(status)), ("reply", text), ("replied_by", by)];
    let said = said.into_iter().chain([("replied_at", Some(at))]);
    said.filter_map(|(field, text)| Some((field.to_owned(), Value::from(text?)))).collect()
}
