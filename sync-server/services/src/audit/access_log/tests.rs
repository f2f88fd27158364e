use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_protocol::{
    Change, RevocationReason,
    access::{self, ACCESS_DAYS},
    ids::PersonId,
    vocabulary::AskStatus,
};

use super::*;
use crate::Entity;
use crate::cards::CardEdit;
use crate::{
    StaffRole, StaffScope,
    assignments::{
        self,
        hand_over::{self, HandOver},
    },
    audit::{self, AuditAction, Subject},
    cards, devices,
    fixture::{NOW, World, card_edit, fields},
    generation,
    people::{appointments, asks, page, subject_access},
    retention::run,
    staff, staff_writes, sync,
};
use promise_database::{AuditEntry, AuditFilter};

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

/// Returns the scope of Jo in this role.
fn jo(world: &World, role: StaffRole) -> StaffScope {
    StaffScope::of_member("barnet".into(), world.jo.clone(), role, calendar::today(NOW))
}

fn view(world: &mut World, scope: &StaffScope, now: i64) {
    let ada = world.ada.clone();
    world.staff(|tx, _, _| page::open(tx, scope, &ada, now)).unwrap();
}

/// Returns a person's access records, by id.
fn access_records(
    world: &mut World,
    person: &PersonId,
) -> BTreeMap<String, BTreeMap<String, Value>> {
    let mut records: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
    for stored in world.run(|tx| tx.collection(person, ACCESS)) {
        let key = stored.cell.key;
        records.entry(key.id).or_default().insert(key.field, stored.cell.value);
    }
    records
}

/// Returns a world with every kind of access, on several days and by several staff.
fn busy() -> World {
    let mut world = World::new();
    let (ada, bea, jos) = (world.ada.clone(), world.bea.clone(), world.jo.clone());
    let mut phone = world.phone(&ada);
    let ask = phone.change(NOW, "ask", "a1", json!({"text": "Can we meet?"}));
    phone.sync(&mut world, vec![ask]);
    let (adviser, auditor) = (jo(&world, StaffRole::Adviser), jo(&world, StaffRole::Auditor));
    view(&mut world, &adviser, NOW);
    view(&mut world, &auditor, NOW + 3 * DAY);
    view(&mut world, &StaffScope::operator(), NOW + DAY);
    let done = world.staff(|tx, operator, random| {
        let reply = asks::Reply { status: AskStatus::Done, text: Some("Yes".into()), by: None };
        asks::reply(tx, &adviser, &ada, "a1", reply, NOW + 1)?;
        let title = fields(json!({"title": "Review"}));
        let review = appointments::add(tx, &adviser, &ada, title.clone(), NOW + 2, random)?;
        appointments::cancel(tx, &adviser, &ada, &review, NOW + DAY)?;
        appointments::add(tx, operator, &bea, title, NOW, random)?;
        cards::update(tx, &adviser, &jos, card_edit(json!({"team": "East"})), NOW + 3, random)?;
        let kim = staff::add(tx, operator, &"barnet".into(), "kim", CardEdit::default(), random)?;
        let first_day = calendar::today(NOW + DAY);
        let over = HandOver { from: jos.clone(), to: kim.clone(), first_day };
        hand_over::plan(tx, &adviser, std::slice::from_ref(&ada), &over, NOW + 4, random)?;
        hand_over::cancel(tx, &adviser, &ada, &jos, NOW + 5)?;
        assignments::add_adviser(tx, operator, &bea, &kim, NOW + 6, random)?;
        subject_access::export(tx, operator, &ada, NOW + 7)?;
        devices::revoke(
            tx,
            operator,
            phone.scope.device(),
            RevocationReason::LostOrStolen,
            NOW + 2 * DAY,
        )
    });
    done.unwrap();
    world
}

fn about(person: &PersonId) -> AuditFilter {
    AuditFilter { person: Some(person.to_owned()), ..AuditFilter::default() }
}

fn entries(world: &mut World) -> Vec<AuditEntry> {
    let people = [world.ada.clone(), world.bea.clone()];
    people
        .iter()
        .flat_map(|person| {
            world.run(|tx| tx.entries_before(&"barnet".into(), &about(person), None, 100))
        })
        .collect()
}

#[test]
fn every_entry_about_a_person_is_in_their_access_log_only() {
    let mut world = busy();
    let author = world.run(|tx| tx.generation()).unwrap().staff_author;
    let entries = entries(&mut world);
    let acts: BTreeSet<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
    let known = [
        "changed",
        "confirmed_pairing",
        "exported",
        "gave_adviser",
        "handed_over",
        "invited",
        "kept",
        "looked",
        "paired",
        "started_pairing",
        "wiped_phone",
    ];
    assert_eq!(acts.into_iter().collect::<Vec<_>>(), known, "each kind is tried");
    for person in [world.ada.clone(), world.bea.clone()] {
        // The person's audit entries, as their phones should have them.
        let mut expected: BTreeMap<String, (bool, BTreeSet<String>)> = BTreeMap::new();
        for entry in entries.iter().filter(|entry| entry.person.as_ref() == Some(&person)) {
            let id =
                record_id(calendar::today(entry.at), (entry.actor.staff(), &entry.role), &author)
                    .into_string();
            let (looked, did) = expected.entry(id).or_default();
            match entry.action.as_str() {
                "looked" => *looked = true,
                "changed" => {
                    did.insert(format!("changed_{}", entry.detail.split(' ').next().unwrap()));
                }
                act => drop(did.insert(act.to_owned())),
            }
        }
        let records = access_records(&mut world, &person).into_iter().map(|(id, fields)| {
            let did = fields.get("did").cloned().unwrap_or(json!([]));
            let did: BTreeSet<String> = serde_json::from_value(did).unwrap();
            (id, (fields.get("looked").is_some_and(|looked| looked.as_u64() > Some(0)), did))
        });
        assert_eq!(records.collect::<BTreeMap<_, _>>(), expected);
    }
}

#[test]
fn access_record_contains_name_and_role() {
    let mut world = busy();
    let ada = world.ada.clone();
    let records = access_records(&mut world, &ada);
    let by_role = |role: &str| {
        let found: Vec<_> =
            records.values().filter(|record| record["role"] == json!(role)).cloned().collect();
        found
    };
    let [adviser, auditor] = ["adviser", "auditor"].map(by_role);
    assert_eq!(adviser[0]["by"], json!("Jo"));
    assert_eq!(adviser[0]["looked"], json!(1));
    let did = ["changed_appointment", "changed_ask", "changed_contact", "handed_over", "kept"];
    assert_eq!(adviser[0]["did"], json!(did));
    assert_eq!(auditor[0]["looked"], json!(1));
    assert!(by_role("operator").iter().all(|it| !it.contains_key("by")), "it has no name");
}

#[test]
fn views_within_half_an_hour_count_once_and_write_nothing() {
    let mut world = World::new();
    let (ada, adviser) = (world.ada.clone(), jo(&world, StaffRole::Adviser));
    let mut view_after = |minutes: i64| {
        view(&mut world, &adviser, NOW + minutes * 60_000);
        let records = access_records(&mut world, &ada).into_values();
        let counts = records.filter(|record| record["role"] == json!("adviser"));
        (
            world.run(|tx| tx.person(&ada)).unwrap().staff_reading,
            counts.map(|record| record["looked"].as_u64().unwrap()).sum::<u64>(),
        )
    };
    let (written, _) = view_after(0);
    assert_eq!([view_after(1), view_after(29)], [(written, 1), (written, 1)]);
    let (again, _) = view_after(30);
    assert!(again > written);
    assert_eq!([view_after(31), view_after(59)], [(again, 2), (again, 2)]);
    assert_eq!(view_after(60).1, 3);
    assert_eq!(view_after(-60 * 24 * 365).1, 4, "a clock that was put back is another day");
}

#[test]
fn view_does_not_nudge_and_change_does() {
    let mut world = World::new();
    let (ada, adviser) = (world.ada.clone(), jo(&world, StaffRole::Adviser));
    let mut phone = world.phone(&ada);
    phone.sync(&mut world, vec![]);
    let before = world.run(|tx| tx.person(&ada)).unwrap();
    view(&mut world, &adviser, NOW);
    let page = world.staff(|tx, _, _| page::open(tx, &adviser, &ada, NOW)).unwrap();
    assert!(page.phones.iter().all(|(_, has_all)| *has_all), "a view is nothing to wait for");
    let looked = world.run(|tx| tx.person(&ada)).unwrap();
    assert_eq!((looked.rev, looked.nudge_rev), (before.rev, before.nudge_rev), "it waits");
    let email = fields(json!({"email": "new@example.org"}));
    let contact = world.contact.clone();
    let rev = world
        .staff(|tx, _, _| staff_writes::write(tx, &adviser, &ada, "contact", &contact, email, NOW))
        .unwrap();
    let changed = world.run(|tx| tx.person(&ada)).unwrap();
    assert_eq!((Some(changed.rev), changed.nudge_rev), (rev, looked.rev + 1));
    let brought = |answer: promise_protocol::SyncResponse| -> Vec<String> {
        answer.changes.into_iter().map(|change| change.collection).collect()
    };
    assert_eq!(brought(phone.sync_all(&mut world, vec![])), ["contact"], "news is not made larger");
    assert_eq!(brought(phone.sync_all(&mut world, vec![])), [ACCESS], "and then who did it");
    let records = world.run(|tx| tx.person(&ada)).unwrap();
    assert_eq!(
        (records.rev, records.nudge_rev),
        (changed.rev + 1, changed.nudge_rev),
        "phones are not nudged for it"
    );
    assert_eq!(brought(phone.sync_all(&mut world, vec![])), [""; 0]);
}

#[test]
fn pending_access_record_reaches_a_phone_that_always_writes() {
    let mut world = World::new();
    let (ada, adviser) = (world.ada.clone(), jo(&world, StaffRole::Adviser));
    let (mut writer, mut reader) = (world.phone(&ada), world.phone(&ada));
    for phone in [&mut writer, &mut reader] {
        phone.sync_all(&mut world, vec![]);
    }
    view(&mut world, &adviser, NOW);
    let ask = writer.change(NOW, "ask", "a1", json!({"text": "hello"}));
    let answer = writer.sync_all(&mut world, vec![ask.clone()]);
    let [change] = &answer.changes[..] else { panic!("{answer:?}") };
    assert_eq!(change.collection, ACCESS, "and the ask is not sent back");
    let mut pulled = reader.sync_all(&mut world, vec![]).changes;
    pulled.sort_by(|a, b| a.collection.cmp(&b.collection));
    assert_eq!(pulled, [change.clone(), ask]);
}

#[test]
fn access_record_arrives_as_one_proved_change() {
    let mut world = World::new();
    let (ada, adviser) = (world.ada.clone(), jo(&world, StaffRole::Adviser));
    let mut phone = world.phone(&ada);
    phone.sync(&mut world, vec![]);
    view(&mut world, &adviser, NOW);
    view(&mut world, &adviser, NOW + HOUR);
    let all = phone.sync_all(&mut world, vec![]);
    let [change] = &all.changes[..] else { panic!("{all:?}") };
    assert_eq!((change.collection.as_str(), &change.fields["looked"]), (ACCESS, &json!(2)));
    assert!(change.signature.is_some());
    assert_eq!(access::record_day(&change.id), NaiveDate::from_ymd_opt(2025, 11, 24));
}

#[test]
fn access_record_written_by_phone_or_staff_is_refused() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
    view(&mut world, &StaffScope::operator(), NOW);
    let held = access_records(&mut world, &ada);
    let id = held.keys().next().unwrap().clone();
    let forged = phone.change(NOW + DAY / 400, ACCESS, &id, json!({"looked": 0, "did": []}));
    let verdicts = phone.sync(&mut world, vec![forged]).verdicts;
    assert_eq!(verdicts.iter().map(|it| &*it.reason).collect::<Vec<_>>(), ["not_owner"; 2]);
    let typed = world.staff(|tx, scope, _| {
        let nothing = fields(json!({"looked": 0}));
        staff_writes::write(tx, scope, &ada, ACCESS, &id, nothing, NOW)
    });
    let refused = schema::Refusal::NotOwner;
    assert!(matches!(typed, Err(ServiceError::InvalidField { refusal, .. }) if refusal == refused));
    assert_eq!(access_records(&mut world, &ada), held);
}

#[test]
fn restore_keeps_views_that_a_phone_has() {
    let mut world = World::new();
    let (ada, adviser) = (world.ada.clone(), jo(&world, StaffRole::Adviser));
    let mut phone = world.phone(&ada);
    view(&mut world, &adviser, NOW);
    let backup = world.store.snapshot().unwrap();
    view(&mut world, &adviser, NOW + HOUR);
    let given: Vec<Change> = phone.sync_all(&mut world, vec![]).changes;

    assert!(!given.is_empty());

    world.store =
        promise_database_sqlite::SqliteConnection::from_snapshot(&backup, crate::fixture::signer())
            .unwrap();
    world.staff(|tx, _, random| generation::begin(tx, random)).unwrap();
    // Before the phone resends what the backup does not contain.
    view(&mut world, &adviser, NOW + 2 * HOUR);
    phone.generation = world.run(|tx| tx.generation()).unwrap().id;
    phone.since = 0;
    let answer = phone.sync_all(&mut world, given);
    assert!(answer.taken && answer.verdicts.is_empty(), "{:?}", answer.verdicts);
    let records = access_records(&mut world, &ada);
    let views = records.values().filter(|record| record["role"] == json!("adviser"));
    let views: Vec<u64> = views.map(|record| record["looked"].as_u64().unwrap()).collect();
    assert_eq!(views.iter().sum::<u64>(), 3, "{records:?}");
}

#[test]
fn access_record_is_deleted_after_thirteen_months_without_tombstone() {
    let mut world = World::new();
    let (ada, bea) = (world.ada.clone(), world.bea.clone());
    let days = i64::try_from(ACCESS_DAYS).unwrap();
    view(&mut world, &StaffScope::operator(), NOW);
    let bell = world.run(|tx| tx.person(&bea)).unwrap();
    world
        .staff(|tx, scope, _| {
            audit::record(tx, scope, Subject::Person(&bell), AuditAction::Viewed, "", NOW)
        })
        .unwrap();
    let mut phone = world.phone(&ada);
    phone.sync(&mut world, vec![]);
    let mut left_after = |days: i64| {
        world.staff(|tx, _, _| run(tx, NOW + days * DAY)).unwrap();
        (
            access_records(&mut world, &ada).len(),
            access_records(&mut world, &bea).len(),
            world.rev(&ada),
        )
    };
    let (adas, beas, rev) = left_after(days);
    assert_eq!((adas, beas), (2, 1), "all of Ada's was on one day: two did it");
    assert_eq!(left_after(days + 1), (0, 0, rev));
    let silent = phone.sync_all(&mut world, vec![]).changes;
    assert_eq!(silent, [], "no tombstone is sent");
    let held = world.run(|tx| tx.collection(&ada, "contact"));
    assert!(!held.is_empty(), "and nothing else is gone");
}

#[test]
fn rolled_back_view_leaves_no_entry_and_no_record() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let before = (access_records(&mut world, &ada), entries(&mut world));
    let broken: Result<(), _> = world.staff(|tx, scope, _| {
        page::open(tx, scope, &ada, NOW + DAY)?;
        Err(ServiceError::NotFound(Entity::Person))
    });
    broken.unwrap_err();
    assert_eq!((access_records(&mut world, &ada), entries(&mut world)), before);
}

#[test]
fn access_log_of_a_year_is_small() {
    let mut world = World::new();
    let (ada, adviser) = (world.ada.clone(), jo(&world, StaffRole::Manager));
    let mut phone = world.phone(&ada);
    phone.sync(&mut world, vec![]);
    for week in 0..52 {
        view(&mut world, &adviser, NOW + week * 7 * DAY);
    }
    let limits = sync::Limits::default();
    let answer = phone.sync_within(&mut world, vec![], limits);
    let json = serde_json::to_vec(&answer).unwrap();
    let sent = promise_protocol::coding::encode_message(&json).unwrap();
    // Of each, 64 bytes are the signature, which does not compress.
    assert!(sent.len() < 52 * 85, "{} B of {} B of JSON", sent.len(), json.len());
}
