//! Asking for one command after another.

use std::io::{self, BufRead, IsTerminal, Write};

use clap::{CommandFactory, Parser, error::ErrorKind};
use promise_core::PocketPhone;

use crate::{
    Outcome,
    commands::{Command, Line},
    doing,
    screen::{self, Screen},
};

pub(crate) fn run(phone: &PocketPhone) -> Outcome {
    welcome(phone)?;
    let mut lines = io::stdin().lock().lines();
    loop {
        ask()?;
        let Some(line) = lines.next().transpose()? else { return Ok(()) };
        match words(&line).as_slice() {
            [] => {}
            [word] if word == "quit" || word == "exit" => return Ok(()),
            [word] if word == "help" || word == "?" => help(),
            words => match Line::try_parse_from(words) {
                Ok(line) => obey(phone, line.command),
                Err(error) if error.kind() == ErrorKind::InvalidSubcommand => {
                    screen::complain(
                        &"That is not a word this phone knows. Type help to see them.",
                    );
                }
                Err(error) => screen::complain(&error.render()),
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
    screen.show();
    Ok(())
}

fn ask() -> io::Result<()> {
    let mut out = io::stdout();
    if io::stdin().is_terminal() && out.is_terminal() {
        write!(out, "> ")?;
    }
    out.flush()
}

/// What goes wrong with one command is said, and the next one is asked for.
fn obey(phone: &PocketPhone, command: Command) {
    if let Err(error) = doing::run(phone, command, &mut Screen::new()) {
        screen::complain(error.as_ref());
    }
}

fn help() {
    let mut screen = Screen::new();
    screen.raw(&Line::command().render_help().to_string());
    screen.show();
}

/// The words of a line. Words between quotation marks are one.
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
