//! `publish FOLDER`: says what it would change, asks, and publishes.

use std::path::PathBuf;

use clap::Args;
use promise_protocol::{
    Edition,
    pack::{Directory, Localised, MAX_PICTURES_BYTES, Opportunities, Pack, Promise},
};

use super::{CliError, Output, now};
use crate::config::Settings;
use crate::data_folder::DataFolder;
use promise_database::Tx;
use promise_database_sqlite::SqliteConnection;
use promise_edition::{EditionContent, describe_changes, picture::PreparedPicture, read_folder};
use promise_services::{
    ServiceError, StaffScope,
    audit::{self, Subject},
    publishing::{editions, packs, pictures},
};

/// A folder to publish.
#[derive(Args)]
pub(super) struct Publish {
    /// The folder with promise.toml, opportunities.csv and directory.toml.
    folder: PathBuf,
    /// The council's short name.
    #[arg(long)]
    council: String,
    /// Publish without asking.
    #[arg(long)]
    yes: bool,
    /// Say what would change, and publish nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Publish {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let (draft, pictures) = self.draft(output)?;
        let mut store = DataFolder::open(settings)?.store;
        let published = store.read(|tx| newest_draft(tx, &self.council))?;
        let lines = describe_changes(published.as_ref(), &draft);
        if published.is_some() && lines.is_empty() {
            output.say("This is what is published: nothing to do.");
            return Ok(());
        }
        for line in &lines {
            output.say(line);
        }
        let bytes = draft.promise.picture_bytes();
        if bytes > 0 {
            let (count, most) = (draft.promise.pictures().len(), MAX_PICTURES_BYTES / 1000);
            output.say(&format!(
                "Pictures: {count}, {} kB of at most {most} kB",
                bytes.div_ceil(1000)
            ));
        }
        if self.dry_run {
            output.say("Nothing was published: this was a dry run.");
            return Ok(());
        }
        if !self.yes && !output.confirms("Publish this?") {
            return Err(CliError::SaidNo);
        }
        match publish(&mut store, &self.council, &draft, &pictures)? {
            Some(edition) => output.say(&format!("Published as edition {}.", edition.number)),
            None => output.say("This is what is published: nothing to do."),
        }
        Ok(())
    }

    /// The folder's draft, of this council.
    fn draft(
        &self,
        output: &mut Output<'_>,
    ) -> Result<(EditionContent, Vec<PreparedPicture>), CliError> {
        let (draft, pictures) = read_folder(&self.folder).map_err(|problems| {
            for problem in problems {
                output.complain(&problem.to_string());
            }
            CliError::DataFolder
        })?;
        let (own, council) = (&draft.promise.council.id, &self.council);
        if own == council {
            return Ok((draft, pictures));
        }
        Err(CliError::Typed(format!(
            "promise.toml is the promise of {own}, not of {council}: check --council and the folder"
        )))
    }
}

/// What the newest edition says; `None` if there is none, or it cannot be read by this version.
fn newest_draft(tx: &mut dyn Tx, council: &str) -> Result<Option<EditionContent>, ServiceError> {
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

fn publish(
    store: &mut SqliteConnection,
    council: &str,
    draft: &EditionContent,
    pictures: &[PreparedPicture],
) -> Result<Option<Edition>, ServiceError> {
    let scope = StaffScope::operator();
    let older = store.read(|tx| tx.newest_edition(council))?;
    let EditionContent { promise, opportunities, directory } = draft;
    let published = store.transact(|tx| {
        for ready in pictures {
            // Its words are in the promise.
            pictures::add(tx, &scope, ready, Localised::new(), now())?;
        }
        let published =
            editions::publish(tx, &scope, council, promise, opportunities, directory, now())?;
        if let Some(edition) = &published {
            let detail = format!("edition {}", edition.number);
            audit::record(tx, &scope, Subject::Council(council), "published", &detail, now())?;
        }
        Ok::<_, ServiceError>(published)
    })?;
    if let Some(newest) = &published {
        compress_ahead(store, newest, older.as_ref())?;
    }
    Ok(published)
}

/// Compresses what phones will ask for first, so that none of them waits for it.
fn compress_ahead(
    store: &mut SqliteConnection,
    newest: &Edition,
    older: Option<&Edition>,
) -> Result<(), ServiceError> {
    for (hash, wanted) in packs::likely_requests(newest, older) {
        let prepared = store.read(|tx| packs::prepare(tx, &hash, &wanted))?;
        if let Some(packs::Prepared::ToCompress(work)) = prepared {
            let bytes = packs::compress(&work)?;
            store.transact(|tx| packs::store_compressed(tx, &work, &bytes))?;
        }
    }
    Ok(())
}
