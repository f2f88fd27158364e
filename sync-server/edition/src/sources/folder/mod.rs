//! Publish folders: `promise.toml`, `directory.toml`, a sheet of opportunities, and the pictures that
//! the promise names.
//!
//! The files are written with text editors and spreadsheets. Reading accepts what those programs do
//! to a file, and reports all issues at once, each with its line.

mod directory;
mod file_issues;
mod ids;
mod opportunities;
mod pictures;
mod promise;
mod table;

use std::{fs::File, io::Read, path::Path};

use promise_protocol::pack::MAX_PACK_BYTES;
use toml::de::DeTable;

use super::encoding::decode;
use crate::{
    content::EditionContent,
    issue::{Issue, IssueKind, Place},
    picture::{MAX_UPLOAD_BYTES, PreparedPicture},
};
use file_issues::{FileIssues, Subject};
pub(crate) use pictures::FolderPictures;
use table::TableReader;

const PROMISE: &str = "promise.toml";
const OPPORTUNITIES: &str = "opportunities.csv";
const WORKBOOK: &str = "opportunities.xlsx";
const DIRECTORY: &str = "directory.toml";

/// Reads a publish folder and the pictures that it names, or lists all issues.
pub fn read_folder(path: &Path) -> Result<(EditionContent, Vec<PreparedPicture>), Vec<Issue>> {
    let mut issues = Vec::new();
    let sheet = match (path.join(OPPORTUNITIES).exists(), path.join(WORKBOOK).exists()) {
        (false, true) => WORKBOOK,
        (true, true) => {
            issues.push(Issue {
                value: OPPORTUNITIES.to_owned(),
                ..issue_with_file(WORKBOOK, IssueKind::TwoSheets)
            });
            OPPORTUNITIES
        }
        _ => OPPORTUNITIES,
    };
    let mut read = |name| {
        let bytes = read_bytes(path, name, MAX_PACK_BYTES).unwrap_or_else(|kind| {
            issues.push(issue_with_file(name, kind));
            Vec::new()
        });
        (name, bytes)
    };
    let files = [read(PROMISE), read(sheet), read(DIRECTORY)];
    if !issues.is_empty() {
        return Err(issues);
    }
    let open = |name: &str| read_bytes(path, name, MAX_UPLOAD_BYTES);
    let pictures = FolderPictures::new(&open);
    let content = read_files(&files, &pictures)?;
    Ok((content, pictures.into_prepared()))
}

fn issue_with_file(name: &str, kind: IssueKind) -> Issue {
    let place = Place::File { name: name.to_owned(), position: None, table: None, field: None };
    Issue { place, kind, value: String::new() }
}

/// Reads the names and bytes of the three files, in the order of the packs.
pub(crate) fn read_files(
    [promise, opportunities, directory]: &[(&'static str, Vec<u8>); 3],
    pictures: &FolderPictures<'_>,
) -> Result<EditionContent, Vec<Issue>> {
    let (promise, mut issues) = read_toml(promise, |file| promise::read(file, pictures));
    let (opportunities, found) = opportunities::read(opportunities.0, &opportunities.1);
    issues.extend(found);
    let council = promise.council.id.as_str();
    let (directory, found) = read_toml(directory, |file| directory::read(file, council));
    issues.extend(found);
    if issues.is_empty() {
        Ok(EditionContent { promise, opportunities, directory })
    } else {
        Err(issues)
    }
}

fn read_bytes(folder: &Path, name: &str, limit: usize) -> Result<Vec<u8>, IssueKind> {
    let unreadable =
        |error: std::io::Error| IssueKind::UnreadableFile { message: error.to_string() };
    let mut bytes = Vec::new();
    let file = File::open(folder.join(name)).map_err(unreadable)?;
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > limit {
        return Err(IssueKind::FileTooLarge { limit: limit >> 20 });
    }
    Ok(bytes)
}

/// Reads a TOML file as far as it can be read, and lists its issues.
fn read_toml<T>(
    (name, bytes): &(&'static str, Vec<u8>),
    read: impl FnOnce(TableReader<'_>) -> T,
) -> (T, Vec<Issue>) {
    let decoded = decode(bytes);
    let text = decoded.as_deref().unwrap_or_default();
    let issues = FileIssues::new(name, text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let kind = IssueKind::NotToml { message: error.message().to_owned() };
        issues.add(&error.span().unwrap_or_default(), Subject::default(), kind, "");
    }
    let value = read(TableReader::new(table.get_ref(), 0..0, "the file", &issues));
    match decoded {
        Ok(_) => (value, issues.into_sorted()),
        Err(kind) => (value, vec![issue_with_file(name, kind)]),
    }
}
