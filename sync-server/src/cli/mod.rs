//! The operator's commands: `promise-server COMMAND`. One file for each command.

mod address_book;
mod allocations;
mod appointment;
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
mod pairing;
mod person;
mod phones;
mod publish;
mod restore;
mod serve;
mod sign_in;
mod signer;
mod staff;
mod staff_requests;
mod timescale;
mod transaction;
mod unassigned;

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use chrono::{DateTime, SecondsFormat};
use clap::{Parser, Subcommand};
use promise_database::Tx;
use promise_protocol::{ids::StaffId, text};
use promise_services::{
    Entity, ServiceError,
    clock::{Clock, SystemClock},
};

pub use error::CliError;
pub use output::Output;

use self::transaction::{block_on, transact};
use crate::config::Options;

/// The server of Pocket Promise: what a council runs, and phones sync with.
#[derive(Parser)]
#[command(name = "promise-server", version)]
struct Arguments {
    /// A settings file (TOML). Flags and the environment override it.
    #[arg(long, global = true, env = "PROMISE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve phones and the console.
    Serve,
    /// Hold the signing keys in a process of its own, which the server asks on a socket.
    Signer(signer::Signer),
    /// Add a council.
    #[command(subcommand)]
    Council(council::Council),
    /// Publish a folder: promise, opportunities and directory.
    Publish(publish::Publish),
    /// Add, list and erase young people.
    #[command(subcommand)]
    Person(person::Person),
    /// Add staff, let them sign in, deactivate and reactivate them.
    #[command(subcommand)]
    Staff(staff::Staff),
    /// Assign a staff member to a young person.
    Assign(assign::Assign),
    /// End an assignment.
    Unassign(assign::Unassign),
    /// Import who looks after whom from the council's own systems.
    #[command(subcommand)]
    Allocations(allocations::Allocations),
    /// List the young people who have no adviser today.
    Unassigned(unassigned::Unassigned),
    /// Create a code that connects a young person's phone, and say yes to the phone.
    Invite(invite::Invite),
    /// Say yes or no to a phone that waits with a code.
    #[command(subcommand)]
    Pairing(pairing::Pairing),
    /// Change a staff member's card, on every phone that shows it.
    #[command(subcommand)]
    Contact(contact::Contact),
    /// Add, change and cancel a young person's appointments.
    #[command(subcommand)]
    Appointment(appointment::Appointment),
    /// Add people and teams who help and do not use the console, and give them to young people.
    #[command(subcommand)]
    AddressBook(address_book::AddressBook),
    /// Read and answer what a young person asks.
    #[command(subcommand)]
    Ask(ask::Ask),
    /// Record when visits and reviews were, and when the next ones are planned.
    #[command(subcommand)]
    Timescale(timescale::Timescale),
    /// List and revoke a young person's phones.
    #[command(subcommand)]
    Phones(phones::Phones),
    /// Check and list the log of who viewed and who changed what.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Write the database to a file. The server may be running.
    Backup(backup::Backup),
    /// Replace the database with a backup. The server must be stopped.
    Restore(restore::Restore),
}

/// Runs one command line. The exit code is 0 on success, 2 if the command line or the settings are
/// invalid, 3 if a command did its work and something needs a person, and 1 on any other failure.
pub fn run(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    output: &mut Output<'_>,
) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return output.print_usage(&error),
    };
    match execute(arguments, output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output.print_error(&error.to_string());
            ExitCode::from(error.exit_code())
        }
    }
}

fn execute(arguments: Arguments, output: &mut Output<'_>) -> Result<(), CliError> {
    let file = arguments.config.as_deref().map(Options::from_file).transpose()?.unwrap_or_default();
    let settings = arguments.options.or(file).into_settings()?;
    match arguments.command {
        Command::Serve => serve::run(&settings, output),
        Command::Signer(command) => command.run(&settings, output),
        Command::Council(command) => command.run(&settings, output),
        Command::Publish(command) => command.run(&settings, output),
        Command::Person(command) => command.run(&settings, output),
        Command::Staff(command) => command.run(&settings, output),
        Command::Assign(command) => command.run(&settings, output),
        Command::Unassign(command) => command.run(&settings, output),
        Command::Allocations(command) => command.run(&settings, output),
        Command::Unassigned(command) => command.run(&settings, output),
        Command::Invite(command) => command.run(&settings, output),
        Command::Pairing(command) => command.run(&settings, output),
        Command::Contact(command) => command.run(&settings, output),
        Command::Appointment(command) => command.run(&settings, output),
        Command::AddressBook(command) => command.run(&settings, output),
        Command::Ask(command) => command.run(&settings, output),
        Command::Timescale(command) => command.run(&settings, output),
        Command::Phones(command) => command.run(&settings, output),
        Command::Audit(command) => command.run(&settings, output),
        Command::Backup(command) => command.run(&settings, output),
        Command::Restore(command) => command.run(&settings, output),
    }
}

/// The current time in milliseconds since 1970.
fn now() -> i64 {
    SystemClock.now_millis()
}

/// Formats a time for the terminal.
fn format_time(millis: i64) -> String {
    let time = DateTime::from_timestamp_millis(millis).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Finds a staff member by id, or by handle if only one council has it.
fn find_staff(tx: &mut dyn Tx, id_or_handle: &str) -> Result<StaffId, ServiceError> {
    if let Some(staff) = tx.staff(&StaffId::from(id_or_handle))? {
        return Ok(staff.id);
    }
    let mut found = tx.staff_by_handle(&text::key(id_or_handle))?;
    match (found.pop(), found.is_empty()) {
        (Some(only), true) => Ok(only.id),
        _ => Err(ServiceError::NotFound(Entity::Staff)),
    }
}
