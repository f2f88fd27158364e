//! Checks that a form was sent by a page of this server.

use axum::http::{HeaderMap, header};

/// Returns `true` if the browser declares that a page of this server sent the request. The pages
/// are served with `no-referrer`, so a browser may send the origin `null`: then `Sec-Fetch-Site`
/// decides.
pub(crate) fn is_same_origin(headers: &HeaderMap) -> bool {
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

    fn same_origin(pairs: &[(&'static str, &'static str)]) -> bool {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        is_same_origin(&pairs.iter().map(pair).collect())
    }

    #[test]
    fn request_from_other_site_is_rejected() {
        let host = ("host", "promise.example");
        assert!(same_origin(&[host, ("origin", "https://promise.example")]));
        assert!(same_origin(&[host, ("origin", "null"), ("sec-fetch-site", "same-origin")]));
        assert!(!same_origin(&[host, ("origin", "https://evil.example")]));
        assert!(!same_origin(&[host, ("origin", "https://promise.example.evil.example")]));
        assert!(!same_origin(&[host, ("origin", "null")]));
        assert!(!same_origin(&[host]));
        assert!(!same_origin(&[
            host,
            ("origin", "https://promise.example"),
            ("sec-fetch-site", "same-site")
        ]));
        assert!(!same_origin(&[host, ("origin", "null"), ("sec-fetch-site", "cross-site")]));
    }
}
