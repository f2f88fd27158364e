//! An edition before it is published: what a council's folder says, and what that changes.
//!
//! A folder holds `promise.toml`, `opportunities.csv` and `directory.toml`, and the pictures that
//! the promise names. Whoever writes them works with an editor and a spreadsheet, so reading forgives what those programs do to a file,
//! and says everything that is wrong at once, each with its line.

mod cells;
pub mod checks;
mod compare;
mod day;
mod difference;
mod directory;
pub mod email;
mod fields;
mod flaw;
mod limits;
mod merge;
mod names;
pub mod opportunities;
pub mod picture;
mod pictures;
mod problem;
pub mod promise;
mod records;
mod sheet;
pub mod spreadsheet;
mod text;
mod whole;
mod wording;

use std::{fs::File, io::Read, path::Path};

use promise_protocol::pack::{Directory, MAX_PACK_BYTES, Opportunities, Promise};
use toml::de::DeTable;

pub use cells::Texts;
pub use compare::{FieldChange, KindChanges, RecordChange, compare};
pub use day::end_in_london;
pub use difference::difference;
pub use flaw::{Flaw, What};
pub use limits::longest;
pub use merge::{Choices as MergeChoices, Keep, MergeClash, merge};
pub use names::name_for;
pub use problem::FolderProblem;
pub use records::{Fields as RecordFields, Kind, field_and_language, fields_of, with_fields};
pub use whole::{Lack, Wrong, lacks};

use crate::picture::Prepared;

use fields::Fields;
use pictures::FolderPictures;
use problem::Problems;

const PROMISE: &str = "promise.toml";
const OPPORTUNITIES: &str = "opportunities.csv";
const DIRECTORY: &str = "directory.toml";

/// The three packs of an edition to be.
#[derive(Clone, Debug, PartialEq)]
pub struct EditionContent {
    /// What the council pledges.
    pub promise: Promise,
    /// What a young person can apply for, get or join.
    pub opportunities: Opportunities,
    /// Lines anyone can ring.
    pub directory: Directory,
}

/// Reads a publish folder with the pictures that it names, or says all that is wrong in it.
pub fn read_folder(path: &Path) -> Result<(EditionContent, Vec<Prepared>), Vec<FolderProblem>> {
    let mut problems = Vec::new();
    let mut bytes = |file| {
        read_bytes(path, file, MAX_PACK_BYTES).unwrap_or_else(|what| {
            problems.push(FolderProblem { file: file.to_owned(), line: None, what });
            Vec::new()
        })
    };
    let files = [bytes(PROMISE), bytes(OPPORTUNITIES), bytes(DIRECTORY)];
    if !problems.is_empty() {
        return Err(problems);
    }
    let open = |file: &str| read_bytes(path, file, pictures::MOST_READ);
    let pictures = FolderPictures::new(&open);
    let draft = read_files(&files, &pictures)?;
    Ok((draft, pictures.into_ready()))
}

/// Reads the bytes of the three files, in the order of the packs.
fn read_files(
    [promise, opportunities, directory]: &[Vec<u8>; 3],
    pictures: &FolderPictures<'_>,
) -> Result<EditionContent, Vec<FolderProblem>> {
    let (promise, mut found) = read_toml(PROMISE, promise, |file| promise::read(file, pictures));
    let (opportunities, more) = read_csv(opportunities);
    found.extend(more);
    let council = promise.council.id.as_str();
    let (directory, more) = read_toml(DIRECTORY, directory, |file| directory::read(file, council));
    found.extend(more);
    if found.is_empty() {
        Ok(EditionContent { promise, opportunities, directory })
    } else {
        Err(found)
    }
}

fn read_bytes(folder: &Path, file: &str, most: usize) -> Result<Vec<u8>, String> {
    let cannot = |error| format!("the file cannot be read: {error}");
    let mut bytes = Vec::new();
    let opened = File::open(folder.join(file)).map_err(cannot)?;
    opened.take(most as u64 + 1).read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.len() > most {
        return Err(format!("the file is larger than {} MiB", most >> 20));
    }
    Ok(bytes)
}

/// Reads a TOML file as far as it can be read, and all that is wrong in it.
fn read_toml<T>(
    name: &'static str,
    bytes: &[u8],
    read: impl FnOnce(Fields<'_>) -> T,
) -> (T, Vec<FolderProblem>) {
    let text = text::decode(bytes);
    let problems = Problems::new(name, &text);
    let (table, errors) = DeTable::parse_recoverable(&text);
    for error in errors {
        let what = format!("this is not TOML: {}", error.message());
        problems.at(&error.span().unwrap_or_default(), what);
    }
    let value = read(Fields::new(table.get_ref(), 0..0, "the file", &problems));
    (value, problems.into_found())
}

fn read_csv(bytes: &[u8]) -> (Opportunities, Vec<FolderProblem>) {
    let text = text::decode(bytes);
    let problems = Problems::new(OPPORTUNITIES, &text);
    let opportunities = opportunities::read(&text, &problems);
    (opportunities, problems.into_found())
}

#[cfg(test)]
mod tests;
