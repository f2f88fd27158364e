//! Exporting, with no connection. An export contains private data: an app warns of that before it
//! shares the export.

use promise_core::{
    PromiseError,
    export::{Labels, cards::CardVersion},
};

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// Exports everything as JSON.
    pub fn export_json(&self) -> Result<String, PromiseError> {
        guard(|| Ok(self.0.export().json()?.to_string()))
    }

    /// Exports everything as one HTML page, to read anywhere and to print. What the council wrote is in
    /// the first of these languages that it has. The page's own words are the labels, a translation in
    /// JSON; English without. Discreet contacts only if asked for.
    #[uniffi::method(default(labels = None, include_discreet = false))]
    pub fn export_page(
        &self,
        languages: Vec<String>,
        labels: Option<String>,
        include_discreet: bool,
    ) -> Result<String, PromiseError> {
        guard(|| {
            let labels: Labels = match labels {
                Some(json) => serde_json::from_str(&json)
                    .map_err(|_| PromiseError::Invalid { field: "labels".to_owned() })?,
                None => Labels::default(),
            };
            let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
            self.0.export().include_discreet(include_discreet).page(&languages, &labels)
        })
    }

    /// Exports every contact as a card for an address book, hidden ones too. Discreet ones only if asked for.
    #[uniffi::method(default(include_discreet = false))]
    pub fn export_cards(
        &self,
        version: CardVersion,
        include_discreet: bool,
    ) -> Result<String, PromiseError> {
        guard(|| self.0.export().include_discreet(include_discreet).cards(version))
    }

    /// Exports the appointments as a calendar file (iCalendar), with those that were cancelled since the last one.
    pub fn export_calendar(&self) -> Result<String, PromiseError> {
        guard(|| self.0.export().calendar())
    }
}
