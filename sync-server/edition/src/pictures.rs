//! Pictures that a folder's files name: `picture = "bus.jpg"`, and beside it what it shows.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    path::{Component, Path},
};

use promise_protocol::pack::Picture;

use super::{fields::Fields, problem::shown};
use crate::picture::{self, MOST_UPLOADED_BYTES, Prepared};

/// How many bytes of a picture's file are read.
pub(super) const MOST_READ: usize = MOST_UPLOADED_BYTES;

/// Gives the bytes of a file in the folder, or says why not.
pub(super) type Open<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, String>;

/// The pictures of one folder, each made ready once.
pub(super) struct FolderPictures<'a> {
    open: Open<'a>,
    ready: RefCell<BTreeMap<String, Result<Prepared, String>>>,
}

impl<'a> FolderPictures<'a> {
    /// None yet.
    pub(super) fn new(open: Open<'a>) -> Self {
        Self { open, ready: RefCell::default() }
    }

    /// The picture of a section or pledge, if it names one.
    pub(super) fn of(&self, fields: &Fields<'_>) -> Option<Picture> {
        let (file, alt) = (fields.text("picture"), fields.localised("picture_alt"));
        let Some(file) = file else {
            if !alt.is_empty() {
                let what = "picture_alt says what a picture shows, and there is no picture; write \
                            picture = \"bus.jpg\" beside it, or take picture_alt out";
                fields.problem_of("picture_alt", what);
            }
            return None;
        };
        if alt.is_empty() {
            let what = "this picture has no picture_alt; write what it shows, for people who \
                        cannot see it, such as picture_alt = \"A bus at a stop\"";
            fields.problem_of("picture", what);
        }
        match self.ready(&file) {
            Ok(ready) => Some(ready.named(alt)),
            Err(what) => {
                fields.problem_of("picture", format!("picture {}: {what}", shown(&file)));
                None
            }
        }
    }

    /// All that were made ready.
    pub(super) fn into_ready(self) -> Vec<Prepared> {
        self.ready.into_inner().into_values().filter_map(Result::ok).collect()
    }

    fn ready(&self, file: &str) -> Result<Prepared, String> {
        let mut ready = self.ready.borrow_mut();
        ready.entry(file.to_owned()).or_insert_with(|| self.read(file)).clone()
    }

    fn read(&self, file: &str) -> Result<Prepared, String> {
        let mut parts = Path::new(file).components();
        if !parts.all(|part| matches!(part, Component::Normal(_))) || file.contains('\\') {
            return Err("the picture must be in the folder; write its name, such as bus.jpg".into());
        }
        picture::prepare(&(self.open)(file)?).map_err(|problem| problem.to_string())
    }
}
