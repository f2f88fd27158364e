//! Which forms are taken for those of the console's own pages, and which for an attacker's.

use super::{MINUTE, server, sign_in};
use crate::visitor::{PASSWORD, Visitor};

const CODES: &str = "/console/account/codes";

#[test]
fn cross_site_form_is_refused() {
    let server = server();
    let visitor = Visitor::signed_up(&server, "j.okoro", "adviser");
    let csrf = visitor.get("/console/account").field("csrf").unwrap();
    for origin in ["https://evil.example", "null", ""] {
        assert_eq!(visitor.post_with(CODES, &csrf, origin, &[]).status, 403, "{origin}");
    }
    let wrong = visitor.post_with(CODES, "wrong", &server.url(), &[]);
    assert!(wrong.status == 403 && !wrong.contains("Your recovery codes"));
    assert!(visitor.post(CODES, &[]).contains("Your recovery codes"));
}

/// A frame with the attribute `sandbox` sends `Origin: null` from every site. It is refused even
/// with the cookies and the token of the victim, which it does not have.
#[test]
fn null_origin_of_sandboxed_frame_is_refused() {
    let server = server();
    let visitor = Visitor::signed_up(&server, "j.okoro", "adviser");
    let csrf = visitor.get("/console/account").field("csrf").unwrap();
    let null = ("origin", "null");
    for site in [None, Some("cross-site"), Some("same-site"), Some("none")] {
        let headers: Vec<_> =
            [null].into_iter().chain(site.map(|site| ("sec-fetch-site", site))).collect();
        let page = visitor.post_from(CODES, &csrf, &headers, &[]);
        assert_eq!(page.status, 403, "{site:?}: {}", page.html);
        assert!(page.contains("This did not come from our page"), "{}", page.html);
    }
    let own = [null, ("sec-fetch-site", "same-origin")];
    assert!(visitor.post_from(CODES, &csrf, &own, &[]).contains("Your recovery codes"));
}

/// A form without a token is not kept to be sent again either: the victim would send what the
/// attacker wrote.
#[test]
fn null_origin_without_token_is_not_kept() {
    let server = server();
    let visitor = Visitor::signed_up(&server, "j.okoro", "adviser");
    for signed_in in [true, false] {
        if !signed_in {
            visitor.cookies.borrow_mut().clear();
        }
        let field = ("about", "Written by an attacker".to_owned());
        let page = visitor.post_from(CODES, "", &[("origin", "null")], &[field]);
        assert_eq!(page.status, 403, "{}", page.html);
        assert!(!page.contains("Written by an attacker"), "{}", page.html);
    }
}

/// Safari before 16.4 sends no fetch metadata. Under our policy it names the origin.
#[test]
fn sign_in_without_fetch_metadata_is_accepted() {
    let server = server();
    let first = Visitor::signed_up(&server, "j.okoro", "adviser");
    server.clock.set(MINUTE);
    let visitor = Visitor::new(&server);
    let page = sign_in(&visitor, PASSWORD);
    assert_eq!(page.to.as_deref(), Some("/console/sign-in/code"), "{}", page.html);
    assert_eq!(page.headers["referrer-policy"], "same-origin", "not no-referrer: origin null");
    visitor.get("/console/sign-in/code");
    let page = visitor.post("/console/sign-in/code", &[("code", first.code(MINUTE))]);
    assert_eq!(page.to.as_deref(), Some("/console"), "{}", page.html);
}
