//! `ask list` and `ask reply`

use clap::Subcommand;
use promise_protocol::{ids::PersonId, vocabulary::AskStatus};
use promise_services::people::asks;

use super::{CliError, Output, now, transact};
use crate::config::Settings;

/// What young people ask.
#[derive(Subcommand)]
pub(super) enum Ask {
    /// List what a young person asked.
    List {
        /// The young person's id.
        #[arg(long)]
        person: PersonId,
    },
    /// Reply to an ask.
    Reply {
        /// The young person's id.
        #[arg(long)]
        person: PersonId,
        /// The ask's id.
        #[arg(long)]
        ask: String,
        /// Its new status: seen, doing, done or cannot.
        #[arg(long, default_value = "seen")]
        status: AskStatus,
        /// The text of the reply.
        #[arg(long)]
        text: Option<String>,
        /// The name of the person who replies.
        #[arg(long)]
        by: Option<String>,
    },
}

impl Ask {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        match self {
            Self::List { person } => {
                let asks =
                    transact(settings, move |tx, scope| asks::open(tx, scope, &person, now()))?;
                for ask in asks {
                    print_ask(&ask, output);
                }
            }
            Self::Reply { person, ask, status, text, by } => {
                let now = now();
                let reply = asks::Reply { status, text, by };
                transact(settings, move |tx, scope| {
                    asks::reply(tx, scope, &person, &ask, reply, now)
                })?;
                output.print("Answered. The phone has it with its next sync.");
            }
        }
        Ok(())
    }
}

fn print_ask(ask: &asks::Ask, output: &mut Output<'_>) {
    let status = ask.status();
    let status = status.as_ref().map_or("new", AskStatus::as_str);
    output.print(&format!("{}  [{status}]  {}", ask.id, ask.text("text")));
    for (field, label) in
        [("about_opportunity", "About the opportunity"), ("shown", "They show you")]
    {
        if !ask.text(field).is_empty() {
            output.print(&format!("    {label}: {}", ask.text(field)));
        }
    }
}
