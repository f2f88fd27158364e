//! A key of the council that is in other hands: what a phone shows, keeps and refuses once the council has said so.

use promise_core::{PhoneState, PromiseError, sync::TransportError};
use promise_protocol::{
    Cell, CellKey, Change, Edition, PhoneOrder, ProblemCode, SyncResponse, Verdict,
    signature::{SEED_BYTES, Signature, SigningKey},
    statement::{Statement, Succession},
};
use serde_json::json;

use crate::common::{NOW, Pocket, change, contact, council_key, order, small_edition};

/// The key with which the council goes on.
fn next_key() -> SigningKey {
    SigningKey::from_seed(&[21; SEED_BYTES]).unwrap()
}

fn thiefs_key() -> SigningKey {
    SigningKey::from_seed(&[22; SEED_BYTES]).unwrap()
}

fn signed_by(key: &SigningKey, change: Change) -> Change {
    let statement = Statement::Change { person: "person-1", change: &change };
    let signature = key.sign(&statement.to_bytes("riverbridge"));
    Change { signature: Some(signature), ..change }
}

fn numbered(after: i64, number: &str) -> Change {
    change("contact", "ada", after, json!({"phones": [{"number": number, "kind": "mobile"}]}))
}

const GENUINE: &str = "+447700900123";
const FORGED: &str = "+447700900666";

fn number(pocket: &Pocket) -> String {
    let contacts = pocket.phone.contacts().list().unwrap();
    let ada = contacts.iter().find(|contact| contact.display_name == "Ada Obi").unwrap();
    ada.phones[0].number.clone()
}

fn goes_on(pocket: &Pocket, successions: Vec<Succession>) {
    pocket.server.council_keys.lock().unwrap().successions = successions;
}

/// The council says that its key is in other hands, and signs these changes again. The phone asks for them again when
/// it has learned the key.
fn rotate(pocket: &Pocket, changes: &[Change]) {
    goes_on(pocket, vec![Succession::new("riverbridge", &council_key(), &next_key(), true)]);
    let again: Vec<Change> =
        changes.iter().map(|change| signed_by(&next_key(), change.clone())).collect();
    for _ in 0..2 {
        let changes = again.clone();
        pocket.server.next_takes(SyncResponse { changes, ..SyncResponse::default() });
    }
    pocket.sync().unwrap();
}

#[test]
fn nothing_new_under_a_distrusted_key_is_shown() {
    let pocket = Pocket::paired();
    let ada = contact("ada", "Ada Obi");
    pocket.receive(vec![ada.clone()]);
    rotate(&pocket, &[ada]);
    assert_eq!(pocket.phone.status().unwrap().unverified, 0, "the council's own was learned");
    let pocket = pocket.reopen();
    let others = [numbered(5, FORGED), contact("kim", "Kim")];
    for (count, lie) in (1..).zip(others) {
        pocket.receive(vec![lie]);
        assert_eq!(number(&pocket), GENUINE);
        assert_eq!(pocket.phone.contacts().list().unwrap().len(), 1);
        assert_eq!(pocket.phone.status().unwrap().unverified, count);
    }
    pocket.receive(vec![signed_by(&next_key(), numbered(5, FORGED))]);
    assert_eq!(number(&pocket), FORGED, "now it is the council's word");
}

/// The thief's server had the phone show it before the phone heard that the key is in other hands.
#[test]
fn forged_number_gives_way_to_the_councils_own_word_whatever_its_stamp() {
    let years = 40 * 365 * 24 * 3_600_000;
    // A later stamp, one of the year 2066, and the stamp of the genuine change itself.
    for after in [5, years, 0] {
        let pocket = Pocket::paired();
        let genuine = numbered(0, GENUINE);
        let name = change("contact", "ada", -5, json!({"display_name": "Ada Obi"}));
        if after == 0 {
            pocket.receive(vec![name.clone(), numbered(0, FORGED)]);
        } else {
            pocket.receive(vec![name.clone(), genuine.clone(), numbered(after, FORGED)]);
        }
        assert_eq!(number(&pocket), FORGED);
        rotate(&pocket, &[name, genuine]);
        assert_eq!(number(&pocket), GENUINE, "{after}");
    }
}

#[test]
fn later_change_stays_though_the_earlier_one_is_sent_whole() {
    let pocket = Pocket::paired();
    let (ada, later) = (contact("ada", "Ada Obi"), numbered(5, "+447700900124"));
    pocket.receive(vec![ada.clone(), later.clone()]);
    rotate(&pocket, &[ada, later]);
    assert_eq!(number(&pocket), "+447700900124");
}

fn not_owner(cell: Cell) -> Verdict {
    let (CellKey { collection, id, field }, stamp) = (cell.key, cell.stamp);
    Verdict { collection, id, field, stamp, reason: "not_owner".into() }
}

/// Nothing is lost: what the server did not sign again stays readable.
#[test]
fn what_is_held_under_a_distrusted_key_stays_though_no_server_takes_it_back() {
    let pocket = Pocket::paired();
    let (ada, bea) = (contact("ada", "Ada Obi"), contact("bea", "Bea"));
    pocket.receive(vec![ada.clone(), bea]);
    rotate(&pocket, &[ada]);
    assert_eq!(pocket.phone.contacts().list().unwrap().len(), 2);
    pocket.server.next(|_| {
        let generation = Some("gen00002".to_owned());
        Ok(SyncResponse { now: NOW, generation, ..SyncResponse::default() })
    });
    pocket.server.next(|request| {
        let refused = request.changes.iter().filter(|change| change.id == "bea");
        let verdicts: Vec<Verdict> = refused.flat_map(Change::cells).map(not_owner).collect();
        assert!(!verdicts.is_empty(), "the server decides: {request:?}");
        Ok(SyncResponse { now: NOW, taken: true, verdicts, ..SyncResponse::default() })
    });
    let synced = pocket.sync().unwrap();
    assert_eq!(synced.refused, 0, "the person wrote none of it");
    assert_eq!(pocket.phone.contacts().list().unwrap().len(), 2);
    assert_eq!(pocket.phone.status().unwrap().unsent, 0);
}

/// The thief numbered an edition so that the phone would never take a genuine one for newer.
#[test]
fn edition_of_a_thief_gives_way_to_the_councils() {
    let published = small_edition();
    let pocket = Pocket::showing(&published);
    let mut theirs = published.clone();
    theirs.directory.lines.0[0].phones[0].number = FORGED.into();
    pocket.server.publish_as(&theirs, theirs.edition(1_000));
    pocket.sync().unwrap();
    assert_eq!(pocket.phone.status().unwrap().edition, Some(1_000));

    let mut again = published.edition(1);
    again.signature = None;
    let statement = Statement::Edition(&again).to_bytes("riverbridge");
    let again = Edition { signature: Some(next_key().sign(&statement)), ..again };
    pocket.server.publish_as(&published, again);
    goes_on(&pocket, vec![Succession::new("riverbridge", &council_key(), &next_key(), true)]);
    let by_next = signed_by(&next_key(), contact("ada", "Ada Obi"));
    let changes = vec![by_next];
    pocket.server.next_takes(SyncResponse { changes, ..SyncResponse::default() });
    pocket.sync().unwrap();
    assert_eq!(pocket.phone.status().unwrap().edition, Some(1));
    pocket.server.publish_as(&theirs, theirs.edition(1_001));
    assert_eq!(pocket.sync(), Err(PromiseError::EditionNotSigned));
    assert_eq!(pocket.phone.status().unwrap().edition, Some(1));
}

/// The thief of the key signs that nothing is wrong, or that the council goes on with a key of theirs.
#[test]
fn step_that_distrusts_is_not_undone_by_a_thief_of_the_key_before() {
    let pocket = Pocket::paired();
    let ada = contact("ada", "Ada Obi");
    pocket.receive(vec![ada.clone()]);
    rotate(&pocket, &[ada]);
    let genuine = Succession::new("riverbridge", &council_key(), &next_key(), true);
    let softened = Succession { distrusts_earlier: false, ..genuine };
    let theirs = Succession::new("riverbridge", &council_key(), &thiefs_key(), true);
    for steps in [vec![softened], vec![theirs]] {
        goes_on(&pocket, steps);
        for key in [council_key(), thiefs_key()] {
            pocket.receive(vec![signed_by(&key, numbered(5, FORGED))]);
            assert_eq!(number(&pocket), GENUINE);
        }
    }
}

/// It cannot tell the thief's server from the council's, until the person pairs it again at a desk.
#[test]
fn phone_that_met_the_thiefs_key_first_is_healed_by_pairing_it_again() {
    let pocket = Pocket::paired();
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    goes_on(&pocket, vec![Succession::new("riverbridge", &council_key(), &thiefs_key(), false)]);
    let lie = signed_by(&thiefs_key(), numbered(5, FORGED));
    for _ in 0..2 {
        let changes = vec![lie.clone()];
        pocket.server.next_takes(SyncResponse { changes, ..SyncResponse::default() });
    }
    pocket.sync().unwrap();
    assert_eq!(number(&pocket), FORGED);

    pocket.server.next(|_| Err(TransportError::Refused(ProblemCode::NotPaired)));
    assert_eq!(pocket.sync(), Err(PromiseError::Unpaired));
    if let Ok(paired) = &mut *pocket.server.pairing.lock().unwrap() {
        paired.council_key = next_key().public_key();
        paired.signature = Signature::new("another");
    }
    goes_on(&pocket, vec![Succession::new("riverbridge", &council_key(), &next_key(), true)]);
    pocket.pair("https://riverbridge.example", "K7QF-3MZD-9X01").unwrap();
    pocket.receive(vec![signed_by(&next_key(), numbered(0, GENUINE))]);
    assert_eq!(number(&pocket), GENUINE);
    pocket.receive(vec![signed_by(&thiefs_key(), numbered(9, FORGED))]);
    assert_eq!(number(&pocket), GENUINE);
}

/// Between its last contact and now the phone was taken off, and then the council said that its key is in other hands.
#[test]
fn order_from_before_the_step_is_obeyed_by_the_phone_that_it_is_for() {
    let pocket = Pocket::paired();
    goes_on(&pocket, vec![Succession::new("riverbridge", &council_key(), &next_key(), true)]);
    let mut forged = order(PhoneOrder::Release);
    forged.at += 1;
    for (sent, expected) in
        [(forged, PromiseError::Unpaired), (order(PhoneOrder::Release), PromiseError::Released)]
    {
        pocket.server.next(move |_| Err(TransportError::Revoked(Some(sent))));
        assert_eq!(pocket.sync(), Err(expected));
    }
    assert!(matches!(pocket.phone.status().unwrap().state, PhoneState::Released { .. }));
}
