//! Managers who merge entries while colleagues merge, remove or change them.

use super::{Desk, night_line, text};
use crate::visitor::{Page, Visitor};

/// Two managers with the page of the night line open that merges it; and two more entries.
struct Merging {
    desk: Desk,
    managers: [Visitor; 2],
    line: String,
    others: [String; 2],
}

impl Merging {
    fn new() -> Self {
        let desk = Desk::new();
        let line = desk.add_night_line();
        let path = format!("{}/new", desk.contacts(2));
        let others = [("Elm House", "020 7946 0003"), ("Oak House", "020 7946 0004")];
        let others = others.map(|(name, number)| {
            desk.jo.get(&path);
            let form = [("display_name", text(name)), ("phone-0-number", text(number))];
            let added = desk.jo.post(&path, &form).to.expect("it is added");
            added.split_once("/phones").unwrap().0.to_owned()
        });
        let managers = ["mo", "max"].map(|handle| {
            desk.server.add_staff(handle, &["--name", handle]);
            Visitor::signed_up(&desk.server, handle, "manager")
        });
        Self { desk, managers, line, others }
    }

    /// A manager opens the page that merges an entry. Returns the card that it shows.
    fn open(&self, manager: usize, card: &str) -> String {
        let page = self.managers[manager].get(&format!("{card}/remove"));
        page.field("was").expect("the card as it was")
    }

    /// A manager merges an entry into another one, from a page that shows a card.
    fn merge(&self, manager: usize, card: &str, into: &str, was: String) -> Page {
        let into = into.rsplit('/').next().unwrap().to_owned();
        let path = format!("{card}/remove");
        self.managers[manager].post(&path, &[("into", into), ("was", was)])
    }
}

#[test]
fn manager_who_merges_what_a_colleague_merged_is_led_to_the_entry_that_is_left() {
    let at = Merging::new();
    let [elm, oak] = &at.others;
    let (first, second) = (at.open(0, &at.line), at.open(1, &at.line));
    assert!(at.merge(0, &at.line, elm, first).to.is_some());
    let to = at.merge(1, &at.line, oak, second).to.expect("the entry that is left");
    assert_eq!(to, format!("{elm}/phones?done=entry-was-merged"));
    // The other way round: what was chosen is merged into the entry itself.
    let (first, second) = (at.open(0, oak), at.open(1, elm));
    assert!(at.merge(0, oak, elm, first).to.is_some());
    let refused = at.merge(1, elm, oak, second);
    assert_eq!(refused.status, 409, "{}", refused.html);
    assert!(refused.contains("A colleague merged or removed that entry meanwhile. Choose again"));
    let (managers, note) = (&at.managers, text("Elm House closed. Your adviser helps."));
    let was = at.open(0, elm);
    let opened = at.open(1, elm);
    let form = [("note", note.clone()), ("was", was)];
    assert!(managers[0].post(&format!("{elm}/remove"), &form).to.is_some());
    let form = [("note", note), ("was", opened)];
    let to = managers[1].post(&format!("{elm}/remove"), &form).to.expect("the list");
    assert!(managers[1].get(&to).contains("A colleague removed the entry that you opened."));
}

#[test]
fn chosen_entry_that_was_merged_meanwhile_is_replaced_by_the_one_that_is_left() {
    let at = Merging::new();
    let [elm, oak] = &at.others;
    let (line, other) = (at.open(0, &at.line), at.open(1, elm));
    assert!(at.merge(1, elm, oak, other).to.is_some());
    at.open(0, &at.line);
    let refused = at.merge(0, &at.line, elm, line);
    assert_eq!(refused.status, 409, "{}", refused.html);
    let left = oak.rsplit('/').next().unwrap();
    assert!(refused.html.contains(&format!("value=\"{left}\" selected")), "{}", refused.html);
    let was = refused.field("was").expect("the card as it is");
    assert!(at.merge(0, &at.line, oak, was).to.is_some());
}

#[test]
fn entry_that_was_changed_while_it_is_merged_is_shown_before_it_is_lost() {
    let at = Merging::new();
    let jo = &at.desk.jo;
    let shown = at.open(0, &at.line);
    let card = jo.get(&at.line).field("was").unwrap();
    let mut form = night_line("020 7946 0009");
    form.push(("was", card));
    assert!(jo.post(&at.line, &form).to.is_some());
    let refused = at.merge(0, &at.line, &at.others[0], shown);
    assert_eq!(refused.status, 409, "{}", refused.html);
    assert!(refused.contains("Somebody changed this entry while you had the page open."));
    assert!(refused.contains("Phone numbers: 020 7946 0009"), "{}", refused.html);
    assert!(!refused.contains("What they are: Supported housing"), "only what changed");
    assert_eq!(at.desk.night_line(0).unwrap().phones[0].number, "+442079460009");
    let was = refused.field("was").expect("the card as it is");
    assert!(at.merge(0, &at.line, &at.others[0], was).to.is_some());
}
