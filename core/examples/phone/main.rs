//! A phone in the terminal: everything a care leaver carries, with no app.
//!
//! ```sh
//! cargo run -q -p promise-core --example phone -- --data my-phone pair https://... K7QF-3MZD-9XWT
//! cargo run -q -p promise-core --example phone -- --data my-phone promise
//! cargo run -q -p promise-core --example phone -- --data my-phone
//! ```
//!
//! Without a command it prompts for one after another. The key of the database is a file in the data
//! folder that only its owner may read: a terminal has no Keystore or Keychain. A copy of the folder is
//! a copy of the data, so this is for trying things out, not for daily use.

mod app_lock;
mod cards;
mod commands;
mod contacts;
mod export;
mod format;
mod hours;
mod key;
mod lookup;
mod numbers;
mod pairing;
mod profile;
mod prompt;
mod recovery;
mod screen;
mod session;
mod show;
mod typed;

use std::{error::Error, fs, path::Path, process::ExitCode};

use clap::Parser;
use promise_core::PocketPhone;

use self::{commands::Arguments, screen::Screen};

/// The result of a command. An error is a text for the person.
type Outcome = Result<(), Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = open(&arguments.data).and_then(|phone| match arguments.command {
        Some(command) => session::run(&phone, command, &mut Screen::new()),
        None => prompt::run(&phone),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            screen::print_error(error.as_ref());
            ExitCode::FAILURE
        }
    }
}

fn open(folder: &Path) -> Result<PocketPhone, Box<dyn Error>> {
    fs::create_dir_all(folder)
        .map_err(|error| format!("The folder {} cannot be made: {error}.", folder.display()))?;
    let key = key::load(folder)?;
    Ok(PocketPhone::open(&folder.join("phone.db"), key)?)
}
