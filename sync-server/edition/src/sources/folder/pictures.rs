//! Pictures that a folder's files name: `picture = "bus.jpg"`, with `picture_alt` beside it.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    path::{Component, Path},
};

use promise_protocol::pack::Picture;

use super::table::TableReader;
use crate::{
    issue::IssueKind,
    picture::{PreparedPicture, prepare},
};

/// Reads the bytes of a file in the folder.
pub(crate) type Open<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, IssueKind>;

/// The pictures of one folder, each prepared once.
pub(crate) struct FolderPictures<'a> {
    open: Open<'a>,
    prepared: RefCell<BTreeMap<String, Result<PreparedPicture, IssueKind>>>,
}

impl<'a> FolderPictures<'a> {
    pub(crate) fn new(open: Open<'a>) -> Self {
        Self { open, prepared: RefCell::default() }
    }

    /// The picture of a section or pledge, if it names one.
    pub(super) fn read(&self, table: &TableReader<'_>) -> Option<Picture> {
        let (file, alt) = (table.text("picture"), table.localised("picture_alt"));
        let Some(file) = file else {
            if !alt.is_empty() {
                table.add_field_issue("picture_alt", IssueKind::NoPicture, "");
            }
            return None;
        };
        if alt.is_empty() {
            table.add_field_issue("picture", IssueKind::NoAltText, "");
        }
        let prepared = self.prepare_once(&file);
        prepared
            .map(|prepared| prepared.with_alt(alt))
            .map_err(|kind| table.add_field_issue("picture", kind, &file))
            .ok()
    }

    /// All pictures that could be prepared.
    pub(super) fn into_prepared(self) -> Vec<PreparedPicture> {
        self.prepared.into_inner().into_values().filter_map(Result::ok).collect()
    }

    fn prepare_once(&self, file: &str) -> Result<PreparedPicture, IssueKind> {
        let mut prepared = self.prepared.borrow_mut();
        prepared.entry(file.to_owned()).or_insert_with(|| self.prepare(file)).clone()
    }

    fn prepare(&self, file: &str) -> Result<PreparedPicture, IssueKind> {
        let mut parts = Path::new(file).components();
        if !parts.all(|part| matches!(part, Component::Normal(_))) || file.contains('\\') {
            return Err(IssueKind::OutsideFolder);
        }
        prepare(&(self.open)(file)?).map_err(IssueKind::Picture)
    }
}
