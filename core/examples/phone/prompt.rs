//! Prompts for one command after another.

use std::io::{self, IsTerminal, Write};

use clap::{CommandFactory, Parser, error::ErrorKind};
use promise_core::PocketPhone;

use crate::{
    Outcome,
    commands::{Command, Line},
    screen::{self, Screen},
    session,
};

pub(crate) fn run(phone: &PocketPhone) -> Outcome {
    welcome(phone)?;
    loop {
        print_prompt()?;
        let mut line = String::new();
        // The input is not locked meanwhile: a command may prompt for a word or a PIN.
        if io::stdin().read_line(&mut line)? == 0 {
            return Ok(());
        }
        match words(&line).as_slice() {
            [] => {}
            [word] if word == "quit" || word == "exit" => return Ok(()),
            [word] if word == "help" || word == "?" => help(),
            words => match Line::try_parse_from(words) {
                Ok(line) => execute(phone, line.command),
                Err(error) if error.kind() == ErrorKind::InvalidSubcommand => {
                    screen::print_error(
                        &"That is not a word this phone knows. Type help to see them.",
                    );
                }
                Err(error) => screen::print_error(&error.render()),
            },
        }
    }
}

fn welcome(phone: &PocketPhone) -> Outcome {
    let mut screen = Screen::new();
    screen.heading("Your phone");
    match phone.council()? {
        Some(council) => screen.text(&format!("This phone belongs with {council}.")),
        None => screen.text("This phone is not paired yet. Type: pair, your council's address, and the code from your adviser."),
    }
    screen.quiet("Type help to see what you can do, and quit to leave.");
    screen.print();
    Ok(())
}

fn print_prompt() -> io::Result<()> {
    let mut out = io::stdout();
    if io::stdin().is_terminal() && out.is_terminal() {
        write!(out, "> ")?;
    }
    out.flush()
}

/// Runs a command, and prints the error if it fails.
fn execute(phone: &PocketPhone, command: Command) {
    if let Err(error) = session::run(phone, command, &mut Screen::new()) {
        screen::print_error(error.as_ref());
    }
}

fn help() {
    let mut screen = Screen::new();
    screen.raw(&Line::command().render_help().to_string());
    screen.print();
}

/// Splits a line into words. Text between quotation marks is one word.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (part, text) in line.split('"').enumerate() {
        if part % 2 == 1 {
            words.push(text.to_owned());
        } else {
            words.extend(text.split_whitespace().map(str::to_owned));
        }
    }
    words
}
