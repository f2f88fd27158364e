//! The state of the phone, search, and the access log.

use promise_core::{AccessEntry, PhoneStatus, PromiseError, store::SearchResult};

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// The state of the phone.
    pub fn status(&self) -> Result<PhoneStatus, PromiseError> {
        guard(|| self.0.status())
    }

    /// The council's name; nothing if the phone is not paired.
    pub fn council(&self) -> Result<Option<String>, PromiseError> {
        guard(|| self.0.council())
    }

    /// Searches pledges, opportunities, contacts and lines for all of these words, best match first. The
    /// last word may be unfinished. The search is stored nowhere.
    pub fn search(&self, words: String) -> Result<Vec<SearchResult>, PromiseError> {
        guard(|| self.0.search(&words))
    }

    /// Which staff opened what the council holds about the person, and what they changed, newest day
    /// first: for the last 13 months.
    pub fn access_log(&self) -> Result<Vec<AccessEntry>, PromiseError> {
        guard(|| self.0.access_log())
    }
}
