//! Addresses of pages.

use axum::http::{HeaderMap, header};
use promise_protocol::ServerAddress;

use crate::App;

/// Returns `path` with a query of these name and value pairs. Pairs with an empty value are left
/// out.
pub(crate) fn with_query(path: &str, parts: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in parts.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Returns `path` if it is an address of the console, else an empty string. Prevents redirects to
/// other sites.
pub(crate) fn own_path(path: &str) -> &str {
    let is_own = path.starts_with("/console/") && !path.contains(['\\', '\r', '\n']);
    if is_own { path } else { "" }
}

/// Returns the path of an opportunity's page.
pub(crate) fn opportunity_path(id: &str) -> String {
    format!("/console/opportunities/by-ref/{id}")
}

/// Returns the path of a directory line's page.
pub(crate) fn line_path(id: &str) -> String {
    format!("/console/directory/lines/{id}")
}

/// Returns the address at which phones reach this server: the setting, or else that of the console. Browsers send
/// the latter in the form in which phones compare addresses.
pub(crate) fn server_address(app: &App, headers: &HeaderMap) -> String {
    let server = app.server.as_ref().map(ServerAddress::to_string);
    server.unwrap_or_else(|| console_address(app, headers))
}

/// Returns the console's address as the browser reached it, such as `https://promise.example`.
pub(crate) fn console_address(app: &App, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let scheme = if app.is_https { "https" } else { "http" };
    format!("{scheme}://{host}")
}
