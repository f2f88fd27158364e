//! Whether a form comes from a page of ours.

use axum::http::{HeaderMap, header};

/// Whether the browser says that a page of this server sent it. A page that says where it came
/// from to nobody (`no-referrer`) has the origin `null`; then the browser's own word counts.
pub(crate) fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let site = text("sec-fetch-site");
    if site.is_some_and(|site| site != "same-origin") {
        return false;
    }
    match text(header::ORIGIN.as_str()) {
        None | Some("null") => site.is_some(),
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == text(header::HOST.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn ours(pairs: &[(&'static str, &'static str)]) -> bool {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        is_ours(&pairs.iter().map(pair).collect())
    }

    #[test]
    fn only_our_own_pages_send_forms() {
        let host = ("host", "promise.example");
        assert!(ours(&[host, ("origin", "https://promise.example")]));
        assert!(ours(&[host, ("origin", "null"), ("sec-fetch-site", "same-origin")]));
        assert!(!ours(&[host, ("origin", "https://evil.example")]));
        assert!(!ours(&[host, ("origin", "https://promise.example.evil.example")]));
        assert!(!ours(&[host, ("origin", "null")]));
        assert!(!ours(&[host]));
        assert!(!ours(&[
            host,
            ("origin", "https://promise.example"),
            ("sec-fetch-site", "same-site")
        ]));
        assert!(!ours(&[host, ("origin", "null"), ("sec-fetch-site", "cross-site")]));
    }
}
