//! Changes to opportunities: their status, removal, concurrent edits and a draft that is handed in.

use super::{Desk, HOME, path, save, send, to};
use crate::visitor::Visitor;

#[test]
fn opportunity_is_closed_opened_removed_and_restored() {
    let desk = Desk::new();
    let press = |path: &str, fields: &[(&str, &str)]| {
        desk.get("/by-ref/d02");
        let fields: Vec<_> = fields.iter().map(|(name, it)| (*name, (*it).to_owned())).collect();
        to(&desk.ed.post(&format!("{HOME}{path}"), &fields)).to_owned()
    };
    assert!(press("/by-ref/d02/status", &[("status", "closed")]).ends_with("?done=closed"));
    assert!(desk.get("?when=closed&q=d02").contains("Half-price cinema"));
    assert!(desk.get("?when=draft").contains("1 opportunity"));
    press("/by-ref/d02/status", &[("status", "open")]);
    assert!(desk.get("?when=draft").contains("No opportunities found"), "as it was published");
    assert!(to(&save(&desk.ed, "/by-ref/d02/remove", &[])).ends_with("?done=removed"));
    assert!(desk.get("?when=removed").contains("Half-price cinema"));
    assert!(desk.get("/by-ref/d02").contains("This draft removes it"));
    assert_eq!(desk.ed.get(&format!("{HOME}/by-ref/d02/part/words")).status, 404);
    press("/by-ref/d02/restore", &[]);
    assert!(!desk.get("").contains("Removed in this draft"));
    let log = desk.server.run(&["audit", "list", "--council", "riverbridge"]);
    for detail in ["d02 closed", "d02 opened", "d02 removed", "d02 put back"] {
        assert!(log.contains(&format!("opportunity {detail}")), "{log}");
    }
    assert!(!log.contains("cinema"), "the log names, and does not tell");
}

#[test]
fn concurrent_opportunity_edits_show_the_conflict() {
    let desk = Desk::new();
    let eve = Visitor::signed_up(&desk.server, "eve", "editor");
    let words = path("words");
    let (mine, theirs) =
        (desk.ed.get(&format!("{HOME}{words}")), eve.get(&format!("{HOME}{words}")));
    let first = [("kind", "discount"), ("title", "Theirs"), ("organisation", "Theirs too")];
    assert_eq!(send(&eve, &theirs, &words, &first).status, 303);
    let organisation = mine.field("organisation").unwrap();
    let typed = [
        ("kind", "discount"),
        ("title", "Mine"),
        ("organisation", organisation.as_str()),
        ("summary", "Mine alone"),
    ];
    let second = send(&desk.ed, &mine, &words, &typed);
    assert_eq!(second.status, 409);
    assert!(second.contains("Theirs") && second.contains("Mine"), "{}", second.html);
    assert!(!second.contains("Theirs too"), "what only they changed is not asked");
    // Another save while the conflict is shown leads to another conflict.
    let again = [("kind", "discount"), ("title", "Theirs again"), ("organisation", "Theirs too")];
    assert_eq!(save(&eve, &words, &again).status, 303);
    let mut chosen = typed.to_vec();
    chosen.push(("choose-title", "mine"));
    let third = send(&desk.ed, &second, &words, &chosen);
    assert!(third.status == 409 && third.contains("Theirs again"), "{}", third.status);
    assert_eq!(send(&desk.ed, &third, &words, &chosen).status, 303);
    let shown = desk.get("/by-ref/d01");
    assert!(
        shown.contains("Mine alone")
            && shown.contains("Theirs too")
            && !shown.contains("Theirs again")
    );
    // Removed meanwhile: the form keeps the input, to be copied.
    let form = desk.ed.get(&format!("{HOME}{words}"));
    assert_eq!(save(&eve, "/by-ref/d01/remove", &[]).status, 303);
    let late = send(&desk.ed, &form, &words, &typed);
    assert!(late.status == 404 && late.contains("Mine alone"), "{}", late.status);
}

#[test]
fn submitted_draft_is_locked_and_form_keeps_input() {
    let desk = Desk::new();
    let form = desk.ed.get(&format!("{HOME}{}", path("money")));
    assert_eq!(save(&desk.ed, &path("money"), &[("cost", "Free")]).status, 303);
    desk.ed.get("/console/promise/submit");
    assert_eq!(desk.ed.post("/console/promise/submit", &[]).status, 303);
    let late = send(&desk.ed, &form, &path("money"), &[("cost", "Five pounds")]);
    assert!(late.status == 409 && late.contains("Five pounds"), "{}", late.html);
    assert!(late.contains("The draft was handed in while you were typing"));
    assert!(desk.get("").contains("The draft is handed in"));
    assert!(!desk.get("").contains("Add an opportunity"));
    let check = desk.upload(b"ref,kind,title\nx,job,X\n");
    assert!(!check.contains("Put this row into the draft"));
    assert_eq!(desk.take(&check, &[]).status, 409);
}

#[test]
fn outdated_opportunities_are_removed_together() {
    let desk = Desk::new();
    let sheet =
        "ref,kind,title,closes\nold-1,job,Long over,1/5/2020\nold-2,job,Over too,2/5/2020\n";
    let check = desk.upload(sheet.as_bytes());
    desk.take(&check, &[]);
    assert!(desk.get("").contains("2 opportunities have been over for more than 30 days"));
    let page = desk.get("/outdated");
    assert!(page.contains("Long over (Friday 1 May 2020)"), "{}", page.html);
    let none = desk.ed.post(&format!("{HOME}/outdated"), &[]);
    assert!(none.status == 422 && none.contains("Tick what is to be removed"));
    let chosen = vec![("outdated", page.field("outdated").unwrap())];
    let check = desk.ed.post(&format!("{HOME}/outdated"), &chosen);
    assert!(
        check.contains("Remove 1 opportunity?")
            && check.contains("Long over")
            && !check.contains("Over too")
    );
    let gone = desk.ed.post(&format!("{HOME}/outdated/remove"), &chosen);
    assert!(to(&gone).ends_with("?done=outdated"));
    assert_eq!(desk.ed.post(&format!("{HOME}/outdated/remove"), &chosen).status, 409, "not twice");
    assert!(desk.get("").contains("1 opportunity has been over"));
}
