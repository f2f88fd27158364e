//! What is new for the person.

use promise_core::{News, PromiseError};

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// What the council changed since the person last looked: numbers, answers, appointments, planned visits and
    /// reviews, pledges, and saved opportunities. Texts are compared, word by word, in the first of these languages that the council has.
    /// What must not be read while the app lock is on is left out. For what time changes by itself, read it again at
    /// `next_change`.
    pub fn news(&self, languages: Vec<String>) -> Result<News, PromiseError> {
        guard(|| {
            let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
            self.0.news(&languages)
        })
    }

    /// Records that the person has seen one piece of news, by its id. Call it for a tap. It does nothing for news
    /// that is not listed any more: what changed again in the meantime stays new.
    pub fn mark_news_seen(&self, news_id: String) -> Result<(), PromiseError> {
        guard(|| self.0.mark_news_seen(&news_id))
    }
}
