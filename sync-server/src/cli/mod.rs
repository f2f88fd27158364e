//! What an operator types: `promise-server COMMAND`. One file for each command.

mod alarm;
mod ask;
mod assign;
mod audit;
mod backup;
mod card;
mod contact;
mod council;
mod error;
mod invite;
mod output;
mod person;
mod phones;
mod publish;
mod restore;
mod serve;
mod sign_in;
mod staff;

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use chrono::{DateTime, SecondsFormat};
use clap::{Parser, Subcommand};

pub use error::CliError;
pub use output::Output;

use crate::config::{Given, Settings};
use crate::data_folder::DataFolder;
use promise_database::Tx;
use promise_services::clock::{Clock, SystemClock};
use promise_services::{ServiceError, StaffScope};

/// The server of Pocket Promise: what a council runs, and phones sync with.
#[derive(Parser)]
#[command(name = "promise-server", version)]
struct Typed {
    /// A settings file (TOML). Flags and the environment go before it.
    #[arg(long, global = true, env = "PROMISE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    given: Given,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve phones.
    Serve,
    /// Add a council.
    #[command(subcommand)]
    Council(council::Council),
    /// Publish a folder: promise, opportunities and directory.
    Publish(publish::Publish),
    /// Add, list and erase young people.
    #[command(subcommand)]
    Person(person::Person),
    /// Add a member of staff, and switch one off who leaves.
    #[command(subcommand)]
    Staff(staff::Staff),
    /// Let a member of staff look after a young person.
    Assign(assign::Assign),
    /// End that.
    Unassign(assign::Unassign),
    /// Say who has no adviser today.
    Alarm(alarm::Alarm),
    /// Make a code that connects a young person's phone.
    Invite(invite::Invite),
    /// Change a member of staff's card, on every phone it concerns.
    #[command(subcommand)]
    Contact(contact::Contact),
    /// Read and answer what a young person asked.
    #[command(subcommand)]
    Ask(ask::Ask),
    /// See and revoke a young person's phones.
    #[command(subcommand)]
    Phones(phones::Phones),
    /// Check and list the log of who looked and who changed what.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Write the database to a file, also while the server runs.
    Backup(backup::Backup),
    /// Put a backup in the database's place. The server must be stopped.
    Restore(restore::Restore),
}

/// Runs one command line. The exit code is 0 if it was done, 1 if not, and 2 if what was typed
/// does not go.
pub fn run(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    output: &mut Output<'_>,
) -> ExitCode {
    let typed = match Typed::try_parse_from(arguments) {
        Ok(typed) => typed,
        Err(error) => return output.usage(&error),
    };
    match obey(typed, output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output.complain(&error.to_string());
            ExitCode::from(error.exit_code())
        }
    }
}

fn obey(typed: Typed, output: &mut Output<'_>) -> Result<(), CliError> {
    let file = typed.config.as_deref().map(Given::from_file).transpose()?.unwrap_or_default();
    let settings = typed.given.or(file).settle()?;
    match typed.command {
        Command::Serve => serve::run(&settings, output),
        Command::Council(command) => command.run(&settings, output),
        Command::Publish(command) => command.run(&settings, output),
        Command::Person(command) => command.run(&settings, output),
        Command::Staff(command) => command.run(&settings, output),
        Command::Assign(command) => command.run(&settings, output),
        Command::Unassign(command) => command.run(&settings, output),
        Command::Alarm(command) => command.run(&settings, output),
        Command::Invite(command) => command.run(&settings, output),
        Command::Contact(command) => command.run(&settings, output),
        Command::Ask(command) => command.run(&settings, output),
        Command::Phones(command) => command.run(&settings, output),
        Command::Audit(command) => command.run(&settings, output),
        Command::Backup(command) => command.run(&settings, output),
        Command::Restore(command) => command.run(&settings, output),
    }
}

/// Runs one transaction on the data folder, as whoever runs this machine.
fn transact<R>(
    settings: &Settings,
    job: impl FnOnce(&mut dyn Tx, &StaffScope) -> Result<R, ServiceError>,
) -> Result<R, CliError> {
    let mut folder = DataFolder::open(settings)?;
    Ok(folder.store.transact(|tx| job(tx, &StaffScope::operator()))?)
}

fn now() -> i64 {
    SystemClock.now_millis()
}

/// A time as it is shown.
fn time(millis: i64) -> String {
    let time = DateTime::from_timestamp_millis(millis).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A member of staff by their random name, or by their handle where only one has it.
fn staff_id(tx: &mut dyn Tx, typed: &str) -> Result<String, ServiceError> {
    if tx.staff(typed)?.is_some() {
        return Ok(typed.to_owned());
    }
    let mut found = tx.staff_by_handle(typed)?;
    match (found.pop(), found.is_empty()) {
        (Some(only), true) => Ok(only.id),
        _ => Err(ServiceError::NotFound("member of staff")),
    }
}
