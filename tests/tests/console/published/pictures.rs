//! Pictures: uploaded in a browser, scaled down, and shown on the phone.

use promise_tests::harness::TestPhone;

use super::{Desk, get_page, to};
use crate::visitor::{Page, person};

/// A picture of 1280 by 1064 pixels: of this console, in the README.
const PNG: &[u8] = include_bytes!("../../../pictures/console.png");
const PLEDGE: &str = "/console/promise/pledges/free-gym/picture";

fn choose(desk: &Desk, alt: &str, file: &[u8]) -> Page {
    let form = desk.ed.get(PLEDGE);
    assert_eq!(form.status, 200, "{}", form.html);
    let was = form.field("was").unwrap();
    desk.ed.post_file(PLEDGE, &[("was", &was), ("alt", alt)], file)
}

#[test]
fn picture_reaches_the_phone_scaled_and_with_alt_text() {
    let desk = Desk::with_draft();
    let saved = choose(&desk, "Two people in a gym", PNG);
    assert_eq!(to(&saved), "/console/promise/pledges/free-gym?done=saved");
    for page in ["/pledges/free-gym", "/pledges/free-gym/picture", "/preview"] {
        assert!(get_page(&desk.ed, page).html.contains("alt=\"Two people in a gym\""), "{page}");
    }
    assert!(get_page(&desk.ed, "/changes").contains("Free gym"));
    // Another alternative text for the same picture.
    let saved = choose(&desk, "Friends in a gym", b"");
    assert_eq!(saved.status, 303, "{}", saved.html);
    desk.submit();
    assert_eq!(desk.publish().status, 303);
    let phone = TestPhone::paired(&desk.server, &person(&desk.server, "CL-0001"));
    phone.sync().unwrap();
    phone.fetch_pictures().unwrap();
    let pledge = phone.promise().read().unwrap().unwrap().chapters[0].pledges[0].pledge.clone();
    let picture = pledge.picture.unwrap();
    assert_eq!(picture.alt["en"], "Friends in a gym");
    let bytes = phone.pictures().get(&picture.hash).unwrap().expect("it came");
    assert!(bytes.len() <= 40_000 && bytes.len() == picture.bytes as usize, "{}", bytes.len());
    assert!(picture.width <= 960 && picture.height <= 960);
}

#[test]
fn invalid_picture_is_refused_and_form_keeps_input() {
    let desk = Desk::with_draft();
    let heic = [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice(), &[0; 64]].concat();
    for (alt, file, said) in [
        ("A gym", b"".as_slice(), "Choose a picture"),
        ("A gym", b"<script>alert(1)</script>", "This is not a picture we can read"),
        ("A gym", &heic, "HEIC"),
        ("A gym", &PNG[..PNG.len() / 2], "damaged"),
        ("A gym", &vec![0; 16 << 20], "larger than 15 MB"),
        (" \u{202e}", PNG, "Say what the picture shows"),
        (&"x".repeat(10_000), PNG, "300 characters or fewer"),
    ] {
        let refused = choose(&desk, alt, file);
        assert!(refused.status == 422 && refused.contains(said), "{said}: {}", refused.html);
        let is_kept = file.len() > 15 << 20 || alt.trim().len() < 5 || refused.contains(alt);
        assert!(is_kept, "{said}: the words are lost");
    }
    assert!(get_page(&desk.ed, "/pledges/free-gym").contains("No picture."));
}

#[test]
fn concurrently_changed_picture_is_not_overwritten() {
    let desk = Desk::with_draft();
    let was = desk.ed.get(PLEDGE).field("was").unwrap();
    assert_eq!(choose(&desk, "A gym", PNG).status, 303);
    let late = desk.ed.post_file(PLEDGE, &[("was", &was), ("alt", "A pool")], PNG);
    assert!(
        late.status == 422 && late.contains("Somebody else changed the picture"),
        "{}",
        late.html
    );
    assert!(late.contains("A pool"), "what was typed is lost");
    let was = desk.ed.get(PLEDGE).field("was").unwrap();
    let fields = [("was", was), ("remove", "yes".to_owned())];
    assert_eq!(desk.ed.post(PLEDGE, &fields).status, 303);
    assert!(get_page(&desk.ed, "/pledges/free-gym").contains("No picture."));
}
