//! Bringing in the people of another contacts app, from a file of cards.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use promise_core::{CardState, PreviewedCard};
use promise_protocol::vcard::{CardRemark, MAX_FILE_BYTES};

use crate::{
    Outcome,
    numbers::{format_phone, verb},
    session::Session,
};

#[derive(Subcommand)]
pub(crate) enum ContactsCommand {
    /// Bring in the people from a file whose name ends with .vcf. Without --yes, only show them
    Import(Import),
}

#[derive(Args)]
pub(crate) struct Import {
    /// The file
    file: PathBuf,
    /// Only the person with this number on the list. Again for another one
    #[arg(long)]
    only: Vec<u32>,
    /// Yes, bring them in
    #[arg(long)]
    yes: bool,
    /// You know what calls to the numbers cost
    #[arg(long)]
    cost_confirmed: bool,
}

impl Session<'_> {
    pub(crate) fn contacts_command(&mut self, command: &ContactsCommand) -> Outcome {
        let ContactsCommand::Import(import) = command;
        let file = read(&import.file)
            .map_err(|error| format!("{} cannot be read: {error}.", import.file.display()))?;
        let mut cards = self.phone.own_contacts().preview_cards(&file)?;
        if !import.only.is_empty() {
            cards.retain(|card| import.only.contains(&card.position));
        }
        if import.yes {
            return self.import(import, &file, &cards);
        }
        self.preview(&cards);
        Ok(())
    }

    fn preview(&mut self, cards: &[PreviewedCard]) {
        self.screen.heading("People in the file");
        for card in cards {
            let name = Some(card.display_name.as_str()).filter(|name| !name.is_empty());
            self.screen.title(name.unwrap_or("No name"), &card.position.to_string());
            self.screen.under(format_state(card.state));
            for phone in &card.phones {
                self.screen.fact(verb(phone), &format_phone(phone));
            }
            self.screen.fact("Email", card.email.as_deref().unwrap_or_default());
            self.screen.fact("Note", card.note.as_deref().unwrap_or_default());
            for remark in &card.remarks {
                self.screen.under(format_remark(*remark));
            }
        }
        self.screen.gap();
        self.screen.quiet("Nothing is saved yet. Type it again with --yes at the end to bring them in, or with --only and a number for one of them.");
    }

    fn import(&mut self, import: &Import, file: &[u8], cards: &[PreviewedCard]) -> Outcome {
        let is_possible = |card: &&PreviewedCard| {
            !matches!(card.state, CardState::NoName | CardState::Unfinished)
        };
        let positions: Vec<u32> =
            cards.iter().filter(is_possible).map(|card| card.position).collect();
        let imported =
            self.phone.own_contacts().import_cards(file, &positions, import.cost_confirmed)?;
        self.screen.text(&format!("New people: {}. Only you can see them.", imported.added));
        if imported.extended > 0 {
            self.screen.under(&format!("With more numbers now: {}.", imported.extended));
        }
        if imported.unchanged > 0 {
            self.screen.under(&format!("Here before: {}.", imported.unchanged));
        }
        for card in cards.iter().filter(|card| !is_possible(card)) {
            let words =
                format!("Not brought in, number {}: {}", card.position, format_state(card.state));
            self.screen.under(&words);
        }
        Ok(())
    }
}

/// Reads no more than is needed to see that a file is too large.
fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_FILE_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    File::open(file)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn format_state(state: CardState) -> &'static str {
    match state {
        CardState::New => "New.",
        CardState::AddsNumbers => "You have them. The numbers that you lack are added.",
        CardState::AlreadyHere => "You have them already.",
        CardState::TwiceInFile => "The same as another one on this list.",
        CardState::NoName => "There is no name. To keep the number, type: add, and a name.",
        CardState::Unfinished => "The file stops in the middle of this person.",
    }
}

fn format_remark(remark: CardRemark) -> &'static str {
    match remark {
        CardRemark::NoWayToReach => "There is no number and no email.",
        CardRemark::CostsExtra => "Calls to a number cost extra.",
        CardRemark::NumberInNote => "A number cannot be rung. It is in the note.",
        CardRemark::TextInNote => "Some words have no place of their own. They are in the note.",
        CardRemark::Shortened => "The note is too long. Its end is left out.",
        CardRemark::UncertainText => "Some letters may be wrong. Check them.",
        CardRemark::UnreadableLine => "A part could not be read.",
        CardRemark::PictureLeftOut => "The picture is left out.",
        CardRemark::BirthdayLeftOut => "The birthday is left out.",
        CardRemark::OtherLeftOut => "An address or a web page is left out.",
    }
}
