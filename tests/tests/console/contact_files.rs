//! People and teams from a file of contacts, as phones write it, on their way into the address book.

use promise_tests::harness::{COUNCIL, TestServer};

use crate::visitor::{Page, Visitor};

const BOOK: &str = "/console/address-book";
const IMPORT: &str = "/console/address-book/import";
const CHECK: &str = "/console/address-book/import/check";

fn file(cards: &[&str]) -> Vec<u8> {
    let card = |lines: &&str| format!("BEGIN:VCARD\r\nVERSION:2.1\r\n{lines}\r\nEND:VCARD\r\n");
    cards.iter().map(card).collect::<String>().into_bytes()
}

/// Jo's phone book: a hostel, a sister, a surgery without a number, and a name that is broken.
fn phone_book() -> Vec<u8> {
    file(&[
        "FN:Elm House\r\nORG:Riverbridge Homes\r\nTEL;WORK:020 7946 0001\r\nNOTE:Ask for Sam",
        "FN:My sister\r\nTEL;CELL:07700 900123\r\nBDAY:19900101\r\nPHOTO;JPEG;BASE64:AAAA\r\n",
        "FN:Surgery\r\nADR:;;1 High Street",
        "FN;ENCODING=QUOTED-PRINTABLE:Caf=ZZ\r\nTEL:020 7946 0002",
    ])
}

struct Desk {
    server: TestServer,
    jo: Visitor,
}

impl Desk {
    fn new() -> Self {
        let server = TestServer::start();
        server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
        let jo = Visitor::signed_up(&server, "j.okoro", "adviser");
        Self { server, jo }
    }

    fn send(&self, file: &[u8]) -> Page {
        self.jo.get(IMPORT);
        self.jo.post_file(IMPORT, &[], file)
    }

    /// Uploads a file, and returns the page that shows who is in it.
    fn upload(&self, file: &[u8]) -> Page {
        assert_eq!(self.send(file).to.as_deref(), Some(CHECK));
        self.jo.get(CHECK)
    }

    /// Adds cards of a page.
    fn add(&self, page: &Page, cards: &[usize], more: &[(&'static str, &str)]) -> Page {
        let mut fields = vec![("seen", page.field("seen").expect("the time of the upload"))];
        fields.extend(cards.iter().map(|card| ("card", card.to_string())));
        fields.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        self.jo.post(CHECK, &fields)
    }

    fn names(&self) -> Vec<String> {
        let entries = self.server.transact(|tx| Ok(tx.book_entries(&COUNCIL.into())?));
        let mut names: Vec<String> = entries.iter().map(|it| it.name().to_owned()).collect();
        names.sort_unstable();
        names
    }
}

#[test]
fn people_who_are_ticked_are_added_and_the_others_are_not() {
    let desk = Desk::new();
    assert!(desk.jo.get(BOOK).contains("Add people and teams from a file of contacts"));
    let page = desk.upload(&phone_book());
    for shown in [
        "3 can be added",
        "1 cannot be added",
        "There is no phone number and no e-mail address.",
        "Elm House",
        "Riverbridge Homes",
        "020 7946 0001",
        "The note stays out.",
        "Some letters may be wrong.",
    ] {
        assert!(page.contains(shown), "{shown}: {}", page.html);
    }
    assert!(!page.contains("Ask for Sam") && !page.html.contains("checked"), "{}", page.html);
    assert!(desk.names().is_empty(), "nothing was added yet");
    let none = desk.add(&page, &[], &[]);
    assert!(none.status == 422 && none.contains("Tick at least one"), "{}", none.html);
    let to = desk.add(&page, &[1, 4], &[]).to.expect("they are added");
    let page = desk.jo.get(&to);
    assert!(page.contains("2 are in the address book now."), "{}", page.html);
    assert!(page.contains("1 can be added") && page.contains("2 are in the address book already"));
    assert_eq!(desk.names(), ["Caf=ZZ", "Elm House"]);
    let to = desk.add(&page, &[1], &[]).to.expect("it was there");
    let page = desk.jo.get(&to);
    assert!(page.contains("Nobody was added. 1 was there already."), "{}", page.html);
    let to = desk.jo.post(&format!("{IMPORT}/discard"), &[]).to.expect("it is deleted");
    let book = desk.jo.get(&to);
    assert!(book.contains("The file is deleted here.") && book.contains("Elm House"));
    assert_eq!(desk.jo.get(CHECK).to.as_deref(), Some(IMPORT));
}

#[test]
fn other_number_of_an_entry_leads_to_the_entry() {
    let desk = Desk::new();
    let page = desk.upload(&phone_book());
    desk.add(&page, &[1], &[]);
    let card = "FN:Elm house\r\nTEL:020 7946 0001\r\nTEL:020 7946 0009";
    let page = desk.upload(&file(&[card, card]));
    assert!(page.contains("2 are in the address book already"), "{}", page.html);
    assert!(page.contains("More numbers in the file: 020 7946 0009"), "{}", page.html);
    let entries = desk.server.transact(|tx| Ok(tx.book_entries(&COUNCIL.into())?));
    assert!(page.html.contains(&format!("{BOOK}/{}", entries[0].id)));
    let page = desk.upload(&file(&["FN:Night line\r\nTEL:020 7946 0001"; 2]));
    assert!(page.contains("The address book has somebody like this: Elm House"));
    assert!(page.contains("1 can be added") && page.contains("1 is in the file twice"));
}

#[test]
fn number_that_costs_extra_is_added_only_after_a_question() {
    let desk = Desk::new();
    let page = desk.upload(&file(&["FN:Hotline\r\nTEL:0901 234 5678"]));
    assert!(page.contains("A call to 0901 234 5678 costs"), "{}", page.html);
    let question = desk.add(&page, &[1], &[]);
    assert!(question.contains("This number costs extra"), "{}", question.html);
    assert!(desk.names().is_empty());
    let again = desk.add(&page, &[1], &[("change", "1")]);
    assert!(again.html.contains("value=\"1\" checked"), "{}", again.html);
    let confirmed = question.field("cost-confirmed").expect("what is confirmed");
    assert!(desk.add(&page, &[1], &[("cost-confirmed", &confirmed)]).to.is_some());
    assert_eq!(desk.names(), ["Hotline"]);
}

#[test]
fn file_that_cannot_be_read_or_was_replaced_says_so() {
    let desk = Desk::new();
    let numbered = |count: usize| -> Vec<u8> {
        let card =
            |n: usize| format!("BEGIN:VCARD\nFN:Team {n:04}\nTEL:020 7946 {n:04}\nEND:VCARD\n");
        (1..=count).map(card).collect::<String>().into_bytes()
    };
    let too_large = "more than 10 MB, or more than 5,000 cards";
    for (sent, said) in [
        (Vec::new(), "Choose a file"),
        (b"ref,kind,title\n".to_vec(), "We can read nobody in this file."),
        (numbered(5_001), too_large),
        (vec![b'\n'; (10 << 20) + 1], too_large),
        (vec![b'\n'; 11 << 20], too_large),
    ] {
        let refused = desk.send(&sent);
        assert_eq!(refused.status, 422, "{said}");
        assert!(refused.contains(said), "{said}: {}", refused.html);
    }
    let first = desk.upload(&numbered(5_000));
    assert!(first.contains("5000 can be added") || first.contains("5,000 can be added"));
    assert!(first.contains("Team 0100") && !first.contains("Team 0101"), "a page has 100");
    let second = desk.jo.get(&format!("{CHECK}?page=1"));
    assert!(second.contains("Team 0101") && second.contains("Team 0200"));
    assert!(desk.jo.get(&format!("{CHECK}?page=9999")).contains("Team 5000"));
    let to = desk.add(&second, &[101, 102], &[("page", "1")]).to.expect("they are added");
    assert!(to.starts_with(&format!("{CHECK}?page=1&")), "{to}");
    desk.upload(&phone_book());
    let stale = desk.add(&second, &[1], &[]);
    assert_eq!(stale.status, 409);
    assert!(stale.contains("You uploaded another file meanwhile."), "{}", stale.html);
    assert_eq!(desk.names(), ["Team 0101", "Team 0102"]);
}
