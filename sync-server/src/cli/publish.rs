//! `publish FOLDER`: prints what it would change, asks, and publishes.

use std::path::PathBuf;

use clap::Args;
use promise_database::{Database, Tx};
use promise_edition::{EditionContent, describe_changes, picture::PreparedPicture, read_folder};
use promise_protocol::ids::CouncilId;
use promise_protocol::{
    Edition,
    pack::{Directory, Localised, MAX_PICTURES_BYTES, Opportunities, Pack, Promise},
};
use promise_services::{
    ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
    publishing::{
        editions::{self, PublishedEdition},
        packs::PackCompressor,
        pictures,
    },
};

use super::{CliError, Output, block_on, now};
use crate::{config::Settings, storage::Storage};

/// A folder to publish.
#[derive(Args)]
pub(super) struct Publish {
    /// The folder with promise.toml, opportunities.csv and directory.toml.
    folder: PathBuf,
    /// The council's short name.
    #[arg(long)]
    council: CouncilId,
    /// Publish without asking.
    #[arg(long)]
    yes: bool,
    /// Print what would change, and publish nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Publish {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let (content, pictures) = self.read_folder(output)?;
        let storage = block_on(async { Ok(Storage::open(settings).await?) })?;
        let done = self.publish(&storage.database, content, pictures, output);
        block_on(async {
            storage.close().await;
            Ok(())
        })?;
        done
    }

    /// Reads the folder and checks that it is this council's.
    fn read_folder(
        &self,
        output: &mut Output<'_>,
    ) -> Result<(EditionContent, Vec<PreparedPicture>), CliError> {
        let (content, pictures) = read_folder(&self.folder).map_err(|problems| {
            for problem in problems {
                output.print_error(&problem.to_string());
            }
            CliError::InvalidFolder
        })?;
        let (own, council) = (&content.promise.council.id, &self.council);
        if own == council.as_str() {
            return Ok((content, pictures));
        }
        Err(CliError::InvalidArgument(format!(
            "promise.toml is the promise of {own}, not of {council}: check --council and the folder"
        )))
    }

    fn publish(
        &self,
        database: &Database,
        content: EditionContent,
        pictures: Vec<PreparedPicture>,
        output: &mut Output<'_>,
    ) -> Result<(), CliError> {
        let council = self.council.clone();
        let published =
            block_on(async { Ok(database.read(move |tx| newest_content(tx, &council)).await?) })?;
        let lines = describe_changes(published.as_ref(), &content);
        if published.is_some() && lines.is_empty() {
            output.print("This is what is published: nothing to do.");
            return Ok(());
        }
        for line in &lines {
            output.print(line);
        }
        print_picture_size(&content.promise, output);
        if self.dry_run {
            output.print("Nothing was published: this was a dry run.");
            return Ok(());
        }
        if !self.yes && !output.confirm("Publish this?") {
            return Err(CliError::NotConfirmed);
        }
        match block_on(publish(database, self.council.clone(), content, pictures))? {
            Some(PublishedEdition { edition, .. }) => {
                output.print(&format!("Published as edition {}.", edition.number));
            }
            None => output.print("This is what is published: nothing to do."),
        }
        Ok(())
    }
}

fn print_picture_size(promise: &Promise, output: &mut Output<'_>) {
    let bytes = promise.picture_bytes();
    if bytes > 0 {
        let (count, max) = (promise.pictures().len(), MAX_PICTURES_BYTES / 1000);
        let size = bytes.div_ceil(1000);
        output.print(&format!("Pictures: {count}, {size} kB of at most {max} kB"));
    }
}

/// Returns the content of the newest edition; `None` if there is none, or this version cannot read
/// it.
fn newest_content(
    tx: &mut dyn Tx,
    council: &CouncilId,
) -> Result<Option<EditionContent>, ServiceError> {
    let Some(edition) = tx.newest_edition(council)? else { return Ok(None) };
    Ok(read_pack::<Promise>(tx, &edition)?
        .zip(read_pack::<Opportunities>(tx, &edition)?)
        .zip(read_pack::<Directory>(tx, &edition)?)
        .map(|((promise, opportunities), directory)| EditionContent {
            promise,
            opportunities,
            directory,
        }))
}

fn read_pack<P: Pack>(tx: &mut dyn Tx, edition: &Edition) -> Result<Option<P>, ServiceError> {
    let Some(hash) = edition.packs.get(&P::NAME) else { return Ok(None) };
    Ok(tx.pack(hash)?.and_then(|pack| P::from_bytes(&pack.bytes).ok()))
}

/// Publishes, and compresses what phones will request first, so that none of them waits for it.
async fn publish(
    database: &Database,
    council: CouncilId,
    content: EditionContent,
    pictures: Vec<PreparedPicture>,
) -> Result<Option<PublishedEdition>, CliError> {
    let published =
        database.write(move |tx| publish_content(tx, &council, &content, &pictures)).await?;
    if let Some(published) = &published {
        PackCompressor::new(database.clone()).compress_ahead(published).await?;
    }
    Ok(published)
}

fn publish_content(
    tx: &mut dyn Tx,
    council: &CouncilId,
    content: &EditionContent,
    pictures: &[PreparedPicture],
) -> Result<Option<PublishedEdition>, ServiceError> {
    let scope = StaffScope::operator();
    for picture in pictures {
        // Its alternative text is in the promise.
        pictures::add(tx, &scope, picture, Localised::new(), now())?;
    }
    let published = editions::publish(tx, &scope, council, content, now())?;
    if let Some(published) = &published {
        let detail = format!("edition {}", published.edition.number);
        audit::record(
            tx,
            &scope,
            Subject::Council(council),
            AuditAction::Published,
            &detail,
            now(),
        )?;
    }
    Ok(published)
}
