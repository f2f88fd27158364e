//! Exporting, with no connection. An export contains private data, hidden contacts too, because it
//! is the person's own copy: an app warns of that before it shares the copy. It needs an open app lock.

use serde_json::{Value, json};

use super::{PocketPhone, PromiseError, lock};
use crate::{
    app_lock::View,
    export::{
        self, ExportData, Labels,
        cards::{self, CardVersion},
        page,
    },
};

/// Exports of what this phone holds about the person. They also work on data from a newer version.
pub struct Export<'a>(&'a PocketPhone);

impl PocketPhone {
    /// Exports of what this phone holds about the person.
    pub fn export(&self) -> Export<'_> {
        Export(self)
    }
}

impl Export<'_> {
    /// Exports everything as JSON.
    pub fn json(&self) -> Result<Value, PromiseError> {
        let view = self.view()?;
        let mut tables = lock(&self.0.store).as_ref().ok_or(PromiseError::Paused)?.export()?;
        if !view.has_private() {
            tables.as_object_mut().into_iter().flatten().for_each(|(_, rows)| *rows = json!([]));
        }
        Ok(tables)
    }

    /// Exports everything as one HTML page, to read anywhere and to print. What the council wrote is in
    /// the first of these languages that it has; the page's own words are the labels.
    pub fn page(&self, languages: &[&str], labels: &Labels) -> Result<String, PromiseError> {
        Ok(page::page(&self.data()?, languages, labels))
    }

    /// Exports every contact as a card for an address book: the council's and the person's own.
    pub fn cards(&self, version: CardVersion) -> Result<String, PromiseError> {
        Ok(cards::cards(&self.data()?, version))
    }

    fn data(&self) -> Result<ExportData, PromiseError> {
        let view = self.view()?;
        self.0.transact(|tx| {
            let now = self.0.server_now(tx)?;
            export::gather(tx, now, view)
        })
    }

    /// What may be exported. After the quiet PIN an export has what the phone shows.
    fn view(&self) -> Result<View, PromiseError> {
        Some(self.0.view()).filter(|view| *view != View::Locked).ok_or(PromiseError::Locked)
    }
}
