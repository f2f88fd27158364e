//! Addresses of pages.

/// Returns `path` with a query of these name and value pairs. Pairs with an empty value are left
/// out.
pub(crate) fn address(path: &str, parts: &[(&str, &str)]) -> String {
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
