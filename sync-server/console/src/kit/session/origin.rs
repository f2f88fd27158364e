//! Checks that a form was sent by a page of this server.

use axum::http::{HeaderMap, header};

/// Returns `true` if the browser declares that a page of this server sent the request.
///
/// A form also carries a token that is derived from the caller's `SameSite=Strict` cookie. This check
/// comes before it, and does not rely on it.
///
/// - `Sec-Fetch-Site`, where the browser sends it, must be `same-origin`. Scripts cannot set it.
///   Chrome has it since 76, Firefox since 90 and Safari since 16.4.
/// - `Origin` must name this server. Every browser sends it with a form: the Fetch Standard ("append
///   a request `Origin` header") leaves it out only for `GET` and `HEAD`.
/// - `Origin: null` proves nothing. A frame with the attribute `sandbox` sends it from any site, and
///   so does a page with the policy `no-referrer`. It is accepted only if `Sec-Fetch-Site` says
///   where the form comes from.
///
/// Under `no-referrer`, which the pages had at first, Safari before 16.4 sent `Origin: null` and no
/// `Sec-Fetch-Site`, as an attack does. So the pages are served with the policy `same-origin` (see
/// [`crate::kit::page::headers`]), under which Safari and every other browser names the origin of a
/// form to this server, and hides it from others (`generateOriginHeader` in `WebKit`'s
/// `SecurityPolicy.cpp`). Accepting `null` with a right token would be weaker: a form with a wrong
/// token is kept, to be sent again after signing in, and could then be an attacker's.
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

    const HOST: (&str, &str) = ("host", "promise.example");

    fn same_origin(pairs: &[(&'static str, &'static str)]) -> bool {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        is_same_origin(&pairs.iter().chain([&HOST]).map(pair).collect())
    }

    #[test]
    fn form_of_own_page_is_accepted_with_and_without_fetch_metadata() {
        let origin = ("origin", "https://promise.example");
        assert!(same_origin(&[origin, ("sec-fetch-site", "same-origin")]));
        assert!(same_origin(&[origin]), "Safari before 16.4");
        assert!(same_origin(&[("origin", "null"), ("sec-fetch-site", "same-origin")]));
        assert!(same_origin(&[("sec-fetch-site", "same-origin")]));
    }

    #[test]
    fn form_of_other_site_is_rejected() {
        assert!(!same_origin(&[("origin", "https://evil.example")]));
        assert!(!same_origin(&[("origin", "https://promise.example.evil.example")]));
        assert!(!same_origin(&[]));
        for site in ["same-site", "cross-site", "none", ""] {
            for origin in ["https://promise.example", "null"] {
                assert!(!same_origin(&[("origin", origin), ("sec-fetch-site", site)]), "{site}");
            }
        }
    }

    #[test]
    fn null_origin_without_fetch_metadata_is_rejected() {
        assert!(!same_origin(&[("origin", "null")]));
    }
}
