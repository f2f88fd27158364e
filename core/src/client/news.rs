//! What is new for the person.

use super::{PocketPhone, PromiseError};
use crate::collections::news::{self, News};

impl PocketPhone {
    /// Lists what the council changed since the person last looked: telephone numbers, answers, appointments, planned
    /// visits and reviews, pledges, and opportunities that they saved. Texts are compared in the first of these languages that the
    /// council has, word by word.
    ///
    /// It is worked out on this phone alone and sent nowhere. What the first sync brings is not new, and neither is
    /// that an opportunity is closed that was saved as such. News that time alone makes come at
    /// [`News::next_change`]: wait by its difference from [`PocketPhone::council_time`]. While the app
    /// lock is on, only numbers of contacts that are not discreet and of lines, and pledges, are listed; after the
    /// quiet PIN, only what the council publishes.
    pub fn news(&self, languages: &[&str]) -> Result<News, PromiseError> {
        let view = self.view();
        self.transact(|tx| {
            let now = self.server_now(tx)?;
            news::list(tx, languages, now, view)
        })
    }

    /// Records that the person has seen one piece of news, by its id. Call it for a tap, not because a screen was
    /// drawn. It does nothing for news that is not listed any more: if the thing changed again in the meantime,
    /// that stays new. Numbers have [`PocketPhone::mark_numbers_seen`].
    pub fn mark_news_seen(&self, news_id: &str) -> Result<(), PromiseError> {
        let view = self.view();
        let changed = self.transact(|tx| {
            let now = self.server_now(tx)?;
            news::mark_seen(tx, news_id, now, view)
        })?;
        self.notify(changed);
        Ok(())
    }
}
