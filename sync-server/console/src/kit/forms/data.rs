//! The data of a posted form, and forms that are kept through signing in again.

use std::time::Duration;

use axum::body::{Body, to_bytes};

use crate::kit::{
    page::response::{self, PageError},
    url::own_path,
    words::text,
};

/// The most bytes of a form without a file.
const MAX_BYTES: usize = 128 * 1024;

/// How long a browser may take to send a form.
const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// The field with the token that ties the form to the browser.
const CSRF: &str = "csrf";

/// The field with the path to which a kept form is sent.
const KEPT_TO: &str = "carried-to";

/// The prefix of a kept form's fields.
const KEPT: &str = "carried.";

/// The fields of a posted form, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct FormData(Vec<(String, String)>);

impl FormData {
    /// Reads a request's body.
    pub(crate) async fn read(body: Body) -> Result<Self, PageError> {
        let bytes = tokio::time::timeout(READ_TIMEOUT, to_bytes(body, MAX_BYTES)).await;
        let Ok(Ok(bytes)) = bytes else { return Err(response::payload_too_large().into()) };
        Ok(Self::from_bytes(&bytes))
    }

    /// Decodes a form without a file.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// A form with these fields.
    pub(crate) fn from_fields(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// Returns a field exactly as it was sent, or an empty string.
    pub(crate) fn raw(&self, name: &str) -> &str {
        let field = self.0.iter().find(|(field, _)| field == name);
        field.map_or("", |(_, value)| value)
    }

    /// Returns a field of one line, cleaned.
    pub(crate) fn text(&self, name: &str) -> String {
        text::clean(self.raw(name))
    }

    /// Returns a field that is not prose, such as a date, a code or a number, without invisible
    /// characters.
    pub(crate) fn plain(&self, name: &str) -> String {
        text::plain(self.raw(name))
    }

    /// Returns a field of several lines, cleaned.
    pub(crate) fn lines(&self, name: &str) -> String {
        text::clean_lines(self.raw(name))
    }

    /// Returns every value of this name.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        let fields = self.0.iter().filter(|(field, _)| field == name);
        fields.map(|(_, value)| value.clone()).collect()
    }

    /// Returns all fields but these, to be sent again.
    pub(crate) fn fields_except(&self, except: &[&str]) -> Vec<(String, String)> {
        let fields = self.0.iter().filter(|(name, _)| !except.contains(&name.as_str()));
        fields.cloned().collect()
    }

    /// Returns all fields but the token, to be sent again.
    pub(crate) fn fields(&self) -> Vec<(String, String)> {
        self.fields_except(&[CSRF])
    }

    /// Returns the token that ties the form to the browser.
    pub(crate) fn csrf(&self) -> &str {
        self.raw(CSRF)
    }

    /// Returns the form that was kept in this one. Its path is empty if there is none.
    pub(crate) fn kept(&self) -> KeptForm {
        let fields = self
            .0
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix(KEPT)?.to_owned(), value.clone())));
        KeptForm { to: own_path(self.raw(KEPT_TO)).to_owned(), fields: fields.collect() }
    }

    /// Returns everything but secrets, to be sent to `path` after signing in.
    pub(crate) fn to_kept(&self, path: &str) -> KeptForm {
        let is_kept = |name: &str| {
            !matches!(name, CSRF | KEPT_TO | "code")
                && !name.starts_with("password")
                && !name.starts_with(KEPT)
        };
        let fields = self.0.iter().filter(|(name, _)| is_kept(name));
        KeptForm { to: path.to_owned(), fields: fields.cloned().collect() }
    }
}

/// A form that was sent after the session had ended. Its fields go through the sign-in pages as
/// hidden fields, so that nothing typed is lost.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeptForm {
    /// The path to which it is sent; empty if there is no form.
    pub(crate) to: String,
    pub(crate) fields: Vec<(String, String)>,
}

impl KeptForm {
    /// Returns the hidden fields that keep the form.
    pub(crate) fn hidden(&self) -> Vec<(String, String)> {
        if self.to.is_empty() {
            return Vec::new();
        }
        let fields = self.fields.iter();
        let fields = fields.map(|(name, value)| (format!("{KEPT}{name}"), value.clone()));
        [(KEPT_TO.to_owned(), self.to.clone())].into_iter().chain(fields).collect()
    }
}
