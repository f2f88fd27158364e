//! Reading: all of it from this phone, with no connection.

use promise_core::{
    Error, PicturesState, Status,
    access::AccessEntry,
    asks::{Appointment, Ask},
    contacts::Contact,
    opportunities::{Filter, Listed},
    promise::PromiseByChapter,
    store::Found,
};
use promise_protocol::pack::Directory;

use crate::{guard::guard, phone::Phone};

#[uniffi::export]
impl Phone {
    /// How things stand.
    pub fn status(&self) -> Result<Status, Error> {
        guard(|| self.0.status())
    }

    /// The council's name in words; nothing if the phone is not paired.
    pub fn council(&self) -> Result<Option<String>, Error> {
        guard(|| self.0.council())
    }

    /// The promise by section; nothing until the first sync.
    pub fn promise(&self) -> Result<Option<PromiseByChapter>, Error> {
        guard(|| self.0.promise())
    }

    /// The lines anyone can ring, and the days on which offices are closed.
    pub fn directory(&self) -> Result<Directory, Error> {
        guard(|| self.0.directory())
    }

    /// The people who help, those to show first in front. Hidden ones are left out.
    pub fn contacts(&self) -> Result<Vec<Contact>, Error> {
        guard(|| self.0.contacts())
    }

    /// The contacts the young person hides.
    pub fn hidden_contacts(&self) -> Result<Vec<Contact>, Error> {
        guard(|| self.0.hidden_contacts())
    }

    /// The opportunities a filter shows, what closes soonest first.
    pub fn opportunities(&self, filter: Filter) -> Result<Vec<Listed>, Error> {
        guard(|| self.0.opportunities(&filter))
    }

    /// Every ask, newest first.
    pub fn asks(&self) -> Result<Vec<Ask>, Error> {
        guard(|| self.0.asks())
    }

    /// Every appointment, soonest first.
    pub fn appointments(&self) -> Result<Vec<Appointment>, Error> {
        guard(|| self.0.appointments())
    }

    /// Who looked at what the council holds about the person, and who did what, newest first: for
    /// the last 13 months.
    pub fn access_log(&self) -> Result<Vec<AccessEntry>, Error> {
        guard(|| self.0.access_log())
    }

    /// A picture's bytes, by the hash that a section or pledge names; nothing if it is not here, or
    /// not yet.
    pub fn picture(&self, hash: String) -> Result<Option<Vec<u8>>, Error> {
        guard(|| self.0.picture(&hash))
    }

    /// Which pictures are here.
    pub fn pictures(&self) -> Result<PicturesState, Error> {
        guard(|| self.0.pictures())
    }

    /// Says whether pictures come after each sync, which they do until this says otherwise.
    pub fn set_pictures_with_sync(&self, with_sync: bool) -> Result<(), Error> {
        guard(|| self.0.set_pictures_with_sync(with_sync))
    }

    /// Pledges, opportunities, contacts and lines that have all of these words, best first. The
    /// last word may be unfinished. What was searched for is written nowhere.
    pub fn search(&self, words: String) -> Result<Vec<Found>, Error> {
        guard(|| self.0.search(&words))
    }
}
