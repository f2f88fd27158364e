//! Taking everything along, from this phone and with no connection.

use super::{PocketPhone, PromiseError};
use crate::export::{
    self, Everything, Labels,
    cards::{self, CardVersion},
    page,
};

impl PocketPhone {
    /// Everything of the person's as one HTML page, to read anywhere and to print. What the council
    /// wrote is in the first of these languages that it has; the page's own words are the labels.
    ///
    /// It holds private things, hidden contacts too: the app says so before it hands the page on.
    /// Works on data from a newer version.
    pub fn export_page(&self, languages: &[&str], labels: &Labels) -> Result<String, PromiseError> {
        Ok(page::page(&self.everything()?, languages, labels))
    }

    /// Everybody this phone has as cards for an address book: the council's contacts and the
    /// person's own, hidden ones too, because it is their own copy. Works on data from a newer
    /// version.
    pub fn export_cards(&self, version: CardVersion) -> Result<String, PromiseError> {
        Ok(cards::cards(&self.everything()?, version))
    }

    fn everything(&self) -> Result<Everything, PromiseError> {
        let now = self.clock.now();
        self.transact(|tx| export::gather(tx, now))
    }
}
