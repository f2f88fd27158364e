//! Exporting, with no connection. An export contains private data, hidden contacts too, because it
//! is the person's own copy: an app warns of that before it shares the copy. It needs an open app lock.
//!
//! The page and the cards leave out discreet contacts unless they are asked for: they are read outside the
//! app, where no lock guards them. The JSON is the complete copy.

use serde_json::{Value, json};

use super::{PocketPhone, PromiseError, lock};
use crate::{
    app_lock::View,
    export::{
        self, ExportData, Labels, calendar,
        cards::{self, CardVersion},
        page,
    },
};

/// Exports of what this phone holds about the person. They also work on data from a newer version.
pub struct Export<'a> {
    phone: &'a PocketPhone,
    has_discreet: bool,
}

impl PocketPhone {
    /// Exports of what this phone holds about the person.
    pub fn export(&self) -> Export<'_> {
        Export { phone: self, has_discreet: false }
    }
}

impl Export<'_> {
    /// Sets whether the page and the cards have discreet contacts. They do not unless this is called.
    #[must_use]
    pub fn include_discreet(self, has_discreet: bool) -> Self {
        Self { has_discreet, ..self }
    }

    /// Exports everything as JSON.
    pub fn json(&self) -> Result<Value, PromiseError> {
        let view = self.view()?;
        let mut tables = lock(&self.phone.store).as_ref().ok_or(PromiseError::Paused)?.export()?;
        if !view.has_private() {
            tables.as_object_mut().into_iter().flatten().for_each(|(_, rows)| *rows = json!([]));
        }
        Ok(tables)
    }

    /// Exports everything but discreet contacts as one HTML page, to read anywhere and to print. What the
    /// council wrote is in the first of these languages that it has; the page's own words are the labels.
    pub fn page(&self, languages: &[&str], labels: &Labels) -> Result<String, PromiseError> {
        Ok(page::page(&self.data(languages)?, languages, labels))
    }

    /// Exports every contact that is not discreet as a card for an address book: the council's and the person's
    /// own.
    pub fn cards(&self, version: CardVersion) -> Result<String, PromiseError> {
        Ok(cards::cards(&self.data(&[])?, version))
    }

    /// Exports the appointments as a calendar file (iCalendar), with those that were cancelled since the last one.
    /// A calendar that reads a newer file replaces what it has, so each appointment is there once. No contact is
    /// named in it: a calendar is often shared, or kept by another company.
    pub fn calendar(&self) -> Result<String, PromiseError> {
        if !self.view()?.has_private() {
            return Ok(calendar::calendar(&[]));
        }
        let (events, remembered) = self.phone.transact(|tx| {
            let now = self.phone.server_now(tx)?;
            calendar::gather(tx, now)
        })?;
        match self.phone.transact(|tx| calendar::remember(tx, &remembered)) {
            // Data that cannot be written can still be taken along. What is cancelled later is then not in a file.
            Ok(()) | Err(PromiseError::ReadOnly | PromiseError::NewerData) => {}
            Err(error) => return Err(error),
        }
        Ok(calendar::calendar(&events))
    }

    fn data(&self, languages: &[&str]) -> Result<ExportData, PromiseError> {
        let view = self.view()?;
        self.phone.transact(|tx| {
            let now = self.phone.server_now(tx)?;
            let data = export::gather(tx, languages, now, view);
            data.map(|data| if self.has_discreet { data } else { data.without_discreet() })
        })
    }

    /// What may be exported. After the quiet PIN an export has what the phone shows.
    fn view(&self) -> Result<View, PromiseError> {
        Some(self.phone.view()).filter(|view| *view != View::Locked).ok_or(PromiseError::Locked)
    }
}
