//! Files of contacts on their way into the address book.

use super::*;
use crate::{
    StaffRole,
    calendar::today,
    fixture::{NOW, World, card_edit},
};
use promise_protocol::vcard::{MAX_CARDS, MAX_FILE_BYTES};
use serde_json::json;

fn scope(name: &str, role: StaffRole) -> StaffScope {
    StaffScope::of_member("barnet".into(), name.into(), role, today(NOW))
}

fn adviser() -> StaffScope {
    scope("kim", StaffRole::Adviser)
}

fn file(cards: &[&str]) -> Vec<u8> {
    let card = |lines: &&str| format!("BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD\n");
    cards.iter().map(card).collect::<String>().into_bytes()
}

/// Uploads cards, and returns what adding each of them would do.
fn upload(world: &mut World, scope: &StaffScope, cards: &[&str], now: i64) -> Upload {
    let cards = read(&file(cards)).unwrap();
    let planned = world.staff(|tx, _, _| {
        store(tx, scope, &cards, now)?;
        plan(tx, scope, now)
    });
    planned.unwrap().expect("it was uploaded")
}

fn choose(
    world: &mut World,
    scope: &StaffScope,
    seen: i64,
    positions: &[u32],
) -> Result<Option<Added>, ServiceError> {
    let chosen: BTreeSet<u32> = positions.iter().copied().collect();
    world.staff(|tx, _, random| add_chosen(tx, scope, (seen, &chosen), NOW, random))
}

#[test]
fn chosen_card_becomes_an_entry_without_its_note_picture_and_birthday() {
    let (mut world, kim) = (World::new(), adviser());
    let upload = upload(
        &mut world,
        &kim,
        &[
            "FN:Elm House\nORG:Riverbridge Homes;Nights\nTITLE:Supported housing\n\
             TEL:020 7946 0001\nEMAIL:desk@example.org\nEMAIL:night@example.org\nLANG:en\n\
             NOTE:Slow on Sundays\nBDAY:1970-01-01\nPHOTO;ENCODING=b;TYPE=JPEG:AAAA",
            "FN:Somebody else\nTEL:020 7946 0002",
        ],
        NOW,
    );
    assert_eq!(upload.cards[0].card.remarks, [CardRemark::NoteLeftOut]);
    assert_eq!(upload.cards[0].card.left_out, ["night@example.org"]);
    let stored = world.run(|tx| tx.import(&"barnet".into(), &kim.actor(), ImportKind::Cards));
    assert!(!stored.unwrap().content.contains("Slow"), "it is not even stored");
    let done = choose(&mut world, &kim, upload.uploaded_at, &[1]).unwrap();
    assert_eq!(done, Some(Added { added: 1, skipped: 0 }));
    let entries = world.staff(|tx, _, _| list(tx, &kim)).unwrap();
    let [entry] = &entries[..] else { panic!("{entries:?}") };
    assert_eq!(
        json!(entry.card.fields),
        json!({
            "display_name": "Elm House", "role": "Supported housing",
            "organisation": "Riverbridge Homes", "team": "Nights", "email": "desk@example.org",
            "phones": [{"number": "+442079460001", "kind": "landline"}], "languages": ["en"],
        })
    );
}

#[test]
fn card_of_the_same_name_with_a_shared_number_is_in_the_book() {
    let (mut world, kim) = (World::new(), adviser());
    let phones = json!([{"number": "+442079460001", "kind": "oohs"}]);
    let card = card_edit(json!({"display_name": "Elm House", "phones": phones}));
    let elm =
        world.staff(|tx, _, random| add(tx, &kim, Reach::Council, card, NOW, random)).unwrap();
    let upload = upload(
        &mut world,
        &kim,
        &[
            "FN:ELM  house\nTEL:020 7946 0001\nTEL:020 7946 0009",
            "FN:Elm House Nights\nTEL:(020) 7946 0001",
            "FN:Elm House nights\nTEL:020 7946 0001\nTEL:020 7946 0008",
            "FN:Elm House\nTEL:020 7946 0007",
            "FN:Nobody\nNOTE:No number",
            "TEL:020 7946 0005",
        ],
        NOW,
    );
    let more = |number: &str| {
        serde_json::from_value(json!([{"number": number, "kind": "landline"}])).unwrap()
    };
    let similar = || CardState::New { similar: vec!["Elm House".to_owned()] };
    let states: Vec<CardState> = upload.cards.into_iter().map(|planned| planned.state).collect();
    assert_eq!(
        states,
        [
            CardState::InBook { entry: elm, more: more("+442079460009") },
            similar(),
            CardState::TwiceInFile { more: more("+442079460008") },
            similar(),
            CardState::Unusable(CardProblem::NoWayToReach),
            CardState::Unusable(CardProblem::NoName),
        ]
    );
    let done = choose(&mut world, &kim, upload.uploaded_at, &[1, 2, 3, 5, 6, 99]).unwrap();
    assert_eq!(done, Some(Added { added: 1, skipped: 4 }));
}

#[test]
fn card_that_a_colleague_added_meanwhile_is_not_added_twice() {
    let (mut world, kim) = (World::new(), adviser());
    let cards = ["FN:Elm House\nTEL:020 7946 0001"];
    let first = upload(&mut world, &kim, &cards, NOW);
    let lee = scope("lee", StaffRole::Manager);
    let other = upload(&mut world, &lee, &cards, NOW + 1);
    let added = |done: Result<Option<Added>, ServiceError>| done.unwrap().unwrap();
    let done = added(choose(&mut world, &lee, other.uploaded_at, &[1]));
    assert_eq!(done, Added { added: 1, skipped: 0 });
    let done = added(choose(&mut world, &kim, first.uploaded_at, &[1]));
    assert_eq!(done, Added { added: 0, skipped: 1 });
}

#[test]
fn ticks_of_an_earlier_file_add_nothing() {
    let (mut world, kim) = (World::new(), adviser());
    let first = upload(&mut world, &kim, &["FN:Elm House\nTEL:020 7946 0001"], NOW - 1);
    upload(&mut world, &kim, &["FN:My sister\nTEL:07700 900123"], NOW);
    assert_eq!(choose(&mut world, &kim, first.uploaded_at, &[1]).unwrap(), None);
    assert!(world.staff(|tx, _, _| list(tx, &kim)).unwrap().is_empty());
}

#[test]
fn file_is_its_uploaders_alone_until_it_expires() {
    let (mut world, kim) = (World::new(), adviser());
    upload(&mut world, &kim, &["FN:Elm House\nTEL:020 7946 0001"], NOW);
    let mut seen = |scope: StaffScope, now| world.staff(|tx, _, _| plan(tx, &scope, now));
    assert!(seen(adviser(), NOW).unwrap().is_some());
    assert!(seen(scope("lee", StaffRole::Manager), NOW).unwrap().is_none());
    assert!(seen(adviser(), NOW + RETENTION_MILLIS).unwrap().is_none());
    for role in [StaffRole::Editor, StaffRole::Auditor, StaffRole::Administrator] {
        assert!(matches!(seen(scope("kim", role), NOW), Err(ServiceError::NotAllowed)), "{role}");
    }
    world.staff(|tx, _, _| discard(tx, &kim)).unwrap();
    let left = choose(&mut world, &kim, NOW, &[1]);
    assert!(matches!(left, Err(ServiceError::NotFound(Entity::Upload))), "{left:?}");
}

#[test]
fn large_and_broken_files_are_read_or_refused_as_a_whole() {
    let numbered = |count: usize| -> String {
        let card = |n: usize| format!("BEGIN:VCARD\nFN:Team {n}\nTEL:020 7946 {n:04}\nEND:VCARD\n");
        (1..=count).map(card).collect()
    };
    let most = read(numbered(MAX_CARDS).as_bytes()).unwrap();
    let (mut world, kim) = (World::new(), adviser());
    let planned = world.staff(|tx, _, _| {
        store(tx, &kim, &most, NOW)?;
        plan(tx, &kim, NOW)
    });
    let cards = planned.unwrap().unwrap().cards;
    assert_eq!((cards.len(), cards[4_999].card.position), (5_000, 5_000));
    let more = numbered(MAX_CARDS + 1);
    assert_eq!(read(more.as_bytes()), Err(CardFileError::TooLarge));
    assert_eq!(read(&vec![b' '; MAX_FILE_BYTES + 1]), Err(CardFileError::TooLarge));
    assert_eq!(read(b"ref,kind,title\n"), Err(CardFileError::NoCards));
    let broken = read(b"BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:Caf=ZZ\nTEL:999\nEND:VCARD");
    assert_eq!(broken.unwrap()[0].remarks, [CardRemark::UncertainText]);
    let long = format!("FN:{}\nORG:{}\nTEL:999", "n".repeat(500), "o".repeat(500));
    let long = read(&file(&[&long])).unwrap().remove(0);
    assert_eq!((long.name.len(), long.organisation.len()), (120, 120));
    assert_eq!(long.remarks, [CardRemark::Shortened]);
    long.into_edit().unwrap();
}
