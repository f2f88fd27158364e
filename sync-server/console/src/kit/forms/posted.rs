//! What a form sent.

use std::time::Duration;

use axum::body::{Body, to_bytes};

use crate::kit::{
    page::response::{self, Failure},
    url::own_path,
    words::text,
};

/// The most that a form may send.
const MOST_BYTES: usize = 128 * 1024;

/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The field that ties a form to the browser.
const CSRF: &str = "csrf";

/// Where what was typed is to go once the person has signed in again.
const CARRIED_TO: &str = "carried-to";

/// In front of the names of fields that are carried along.
const CARRIED: &str = "carried.";

/// What a form sent, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Posted(Vec<(String, String)>);

/// What somebody typed when their session had ended: kept through signing in again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Carried {
    /// Where it goes.
    pub(crate) to: String,
    /// The fields.
    pub(crate) fields: Vec<(String, String)>,
}

impl Carried {
    /// The fields of a form that carries it further.
    pub(crate) fn hidden(&self) -> Vec<(String, String)> {
        if self.to.is_empty() {
            return Vec::new();
        }
        let fields = self.fields.iter();
        let fields = fields.map(|(name, value)| (format!("{CARRIED}{name}"), value.clone()));
        [(CARRIED_TO.to_owned(), self.to.clone())].into_iter().chain(fields).collect()
    }
}

impl Posted {
    /// Reads a form.
    pub(crate) async fn read(body: Body) -> Result<Self, Failure> {
        let bytes = tokio::time::timeout(PATIENCE, to_bytes(body, MOST_BYTES)).await;
        let Ok(Ok(bytes)) = bytes else { return Err(response::too_large().into()) };
        Ok(Self::of_bytes(&bytes))
    }

    /// A form as a browser encodes it if it holds no file.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// A form with these fields.
    pub(crate) fn of_fields(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// A field exactly as it was sent.
    pub(crate) fn raw(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// A field of one line, cleaned.
    pub(crate) fn text(&self, name: &str) -> String {
        text::clean(self.raw(name))
    }

    /// A field of several lines, cleaned.
    pub(crate) fn lines(&self, name: &str) -> String {
        text::clean_lines(self.raw(name))
    }

    /// Everything that was chosen under this name.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        let chosen = self.0.iter().filter(|(known, _)| known == name);
        chosen.map(|(_, value)| value.clone()).collect()
    }

    /// Everything but these, to be sent once more.
    pub(crate) fn again(&self, without: &[&str]) -> Vec<(String, String)> {
        let kept = self.0.iter().filter(|(name, _)| !without.contains(&name.as_str()));
        kept.cloned().collect()
    }

    /// The token that ties it to the browser.
    pub(crate) fn csrf(&self) -> &str {
        self.raw(CSRF)
    }

    /// What was typed before signing in again, if something was.
    pub(crate) fn carried(&self) -> Carried {
        let fields = self.0.iter().filter_map(|(name, value)| {
            Some((name.strip_prefix(CARRIED)?.to_owned(), value.clone()))
        });
        Carried { to: own_path(self.raw(CARRIED_TO)).to_owned(), fields: fields.collect() }
    }

    /// Everything but secrets, to be carried along to `path`.
    pub(crate) fn to_carry(&self, path: &str) -> Carried {
        let is_kept = |name: &str| {
            name != CSRF
                && !name.starts_with("password")
                && name != "code"
                && !name.starts_with(CARRIED)
        };
        let fields = self.0.iter().filter(|(name, _)| is_kept(name) && name != CARRIED_TO);
        Carried { to: path.to_owned(), fields: fields.cloned().collect() }
    }
}
