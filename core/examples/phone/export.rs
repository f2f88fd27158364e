//! Exporting everything, and sharing one thing with the adviser.

use std::{
    fs::OpenOptions,
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;
use promise_core::{
    SharedItem,
    export::{Labels, cards::CardVersion},
};

use crate::{
    Outcome,
    lookup::{Kind, Named},
    session::Session,
};

#[derive(Args)]
pub(crate) struct Export {
    /// Write a page to read and print to this file
    #[arg(long)]
    page: Option<PathBuf>,
    /// Write cards for an address book to this file
    #[arg(long)]
    cards: Option<PathBuf>,
    /// Write your meetings for a calendar to this file
    #[arg(long)]
    calendar: Option<PathBuf>,
    /// Write the newer sort of cards (vCard 4.0), which some phones cannot read
    #[arg(long, requires = "cards")]
    newer_cards: bool,
    /// Include people who do not show while this phone is locked
    #[arg(long)]
    discreet: bool,
}

#[derive(Args)]
pub(crate) struct Show {
    /// The pledge, person or opportunity
    id: String,
    /// What you want to say to your adviser about it
    #[arg(required = true)]
    words: Vec<String>,
    /// Show your note about the opportunity, not only the opportunity
    #[arg(long)]
    note: bool,
}

impl Session<'_> {
    pub(crate) fn export(&mut self, export: &Export) -> Outcome {
        if let Some(file) = &export.page {
            write(
                file,
                &self
                    .phone
                    .export()
                    .include_discreet(export.discreet)
                    .page(&["en"], &Labels::default())?,
            )?;
            self.screen
                .text(&format!("Everything is in {}. It holds private things.", file.display()));
        }
        if let Some(file) = &export.cards {
            let version = if export.newer_cards { CardVersion::V4 } else { CardVersion::V3 };
            write(file, &self.phone.export().include_discreet(export.discreet).cards(version)?)?;
            let words = format!("Your people are in {}, hidden ones too.", file.display());
            self.screen.text(&words);
        }
        if let Some(file) = &export.calendar {
            write(file, &self.phone.export().calendar()?)?;
            let words =
                format!("Your meetings are in {}. Others may see a calendar.", file.display());
            self.screen.text(&words);
        }
        if [&export.page, &export.cards, &export.calendar].into_iter().all(Option::is_none) {
            self.screen.raw(&serde_json::to_string_pretty(&self.phone.export().json()?)?);
        }
        Ok(())
    }

    pub(crate) fn share_with_adviser(&mut self, show: &Show) -> Outcome {
        let kinds = [Kind::Pledge, Kind::Contact, Kind::Opportunity];
        let Named { kind, id, title } = self.index.find(&show.id, &kinds)?;
        let (what, item) = match kind {
            Kind::Contact => ("your note about ", SharedItem::ContactNote(id.into())),
            Kind::Pledge => ("your note about ", SharedItem::PledgeNote(id.into())),
            _ if show.note => ("your note about ", SharedItem::OpportunityNote(id.into())),
            _ => ("", SharedItem::Opportunity(id.into())),
        };
        self.phone.asks().share_with_adviser(&item, &show.words.join(" ")).map_err(|error| {
            match error {
                promise_core::PromiseError::NotFound => "There is no note to show.".into(),
                error => Box::<dyn std::error::Error>::from(error),
            }
        })?;
        let title = title.trim();
        let words =
            format!("Your adviser sees {what}\"{title}\" after the next sync, and no more.");
        self.screen.text(&words);
        Ok(())
    }
}

/// Writes a new file that only its owner may read. An existing file is not overwritten.
fn write(file: &Path, text: &str) -> Outcome {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(file).and_then(|mut file| file.write_all(text.as_bytes()));
    Ok(written.map_err(|error| format!("{} cannot be written: {error}.", file.display()))?)
}
