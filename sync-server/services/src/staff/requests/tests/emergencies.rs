//! Resets by one administrator alone.

use promise_protocol::{access::ACCESS, ids::PersonId, pack::Promise};

use super::*;
use crate::{
    Record,
    cells::records,
    publishing::{
        drafts::{self, DraftRefusal},
        editions::PublishedEdition,
    },
    staff::review,
};

fn reset(
    office: &mut Office,
    by: &StaffScope,
    staff: &StaffId,
    at: i64,
) -> Result<String, ServiceError> {
    office.world.staff(|tx, _, random| {
        staff::reset_in_emergency(tx, by, staff, "They left with the key", 30, at, random)
    })
}

fn open(office: &mut Office, role: StaffRole) -> Vec<PrivilegedAct> {
    let caller = scope(&"someone".into(), role);
    office.world.staff(|tx, _, _| dual_control::list_open(tx, &caller)).unwrap()
}

/// The records of a young person's access log that show an emergency.
fn emergencies(office: &mut Office, person: &PersonId) -> Vec<Record> {
    let mut shown = office.world.staff(|tx, _, _| records::list(tx, person, ACCESS)).unwrap();
    shown.retain(|it| it.fields.get("did") == Some(&json!(["emergency_access"])));
    shown
}

#[test]
fn emergency_is_seen_by_staff_and_young_people() {
    let mut office = Office::new();
    let (adam, sue, jo) = (office.adam.clone(), office.sue.clone(), office.world.jo.clone());
    let (ada, bea) = (office.world.ada.clone(), office.world.bea.clone());
    let link = reset(&mut office, &adam, &jo, NOW).unwrap();
    let invitee = office.world.staff(|tx, _, _| sign_in::find_invitee(tx, &link, NOW)).unwrap();
    assert_eq!(invitee.unwrap().staff, jo);
    for role in StaffRole::ALL {
        use StaffRole::{Administrator, Auditor, Manager};
        let sees = matches!(role, Administrator | Auditor | Manager);
        assert_eq!(open(&mut office, role).len(), usize::from(sees), "{role:?}");
    }
    let adas = emergencies(&mut office, &ada);
    assert_eq!(adas.len(), 1);
    assert_eq!((adas[0].text("by"), adas[0].text("role")), ("adam", "administrator"));
    assert_eq!(emergencies(&mut office, &bea).len(), 0, "Bea is not in Jo's caseload");
    let log = office.log();
    assert!(log.contains(&format!("reset_in_emergency {jo} emergency adviser")), "{log:#?}");

    let id = open(&mut office, StaffRole::Auditor)[0].id.clone();
    office.world.staff(|tx, _, _| review(tx, &sue, &id, NOW + MINUTE)).unwrap();
    assert_eq!(open(&mut office, StaffRole::Manager), []);
    let log = office.log();
    assert!(log.last().unwrap().starts_with("reviewed_emergency"), "{log:#?}");
}

#[test]
fn emergency_at_a_manager_concerns_every_young_person() {
    let mut office = Office::new();
    let (adam, bea) = (office.adam.clone(), office.world.bea.clone());
    let mo = colleague(&mut office.world, "mo", StaffRole::Manager);
    reset(&mut office, &adam, &mo, NOW).unwrap();
    assert_eq!(emergencies(&mut office, &bea).len(), 1);
}

#[test]
fn emergency_is_reviewed_by_another_administrator() {
    let mut office = Office::new();
    let (adam, eve, sue) = (office.adam.clone(), office.eve.clone(), office.sue.clone());
    let eves = eve.actor().staff().unwrap().clone();
    reset(&mut office, &adam, &eves, NOW).unwrap();
    let id = open(&mut office, StaffRole::Administrator)[0].id.clone();
    let mut attempt =
        |by: &StaffScope| office.world.staff(|tx, _, _| review(tx, by, &id, NOW + MINUTE));
    assert_eq!(refusal(attempt(&adam)), DualControlRefusal::OwnRequest);
    assert_eq!(refusal(attempt(&eve)), DualControlRefusal::AboutSelf);
    attempt(&sue).unwrap();
    assert_eq!(refusal(attempt(&sue)), DualControlRefusal::NotWaiting);
    // An ordinary request is confirmed or refused.
    let id = office.ask_for_reset();
    let other = office.world.staff(|tx, _, _| review(tx, &sue, &id, NOW));
    assert_eq!(refusal(other), DualControlRefusal::NotWaiting);
}

#[test]
fn administrator_reset_in_an_emergency_decides_nothing_until_it_is_over() {
    let mut office = Office::new();
    let (adam, eve, sue) = (office.adam.clone(), office.eve.clone(), office.sue.clone());
    let [eves, sues] = [&eve, &sue].map(|it| it.actor().staff().unwrap().clone());
    let (jo, waiting) = (office.world.jo.clone(), office.ask_for_reset());
    reset(&mut office, &adam, &eves, NOW).unwrap();
    let emergency = open(&mut office, StaffRole::Administrator)[0].id.clone();
    let wanted = Wanted::Role(StaffRole::Manager);
    for at in [NOW + 1, NOW + COOLING_OFF_MILLIS - 1, NOW + 30 * DAY_MILLIS] {
        let asked = office.ask_at(&eve, &jo, wanted, at);
        assert_eq!(refusal(asked), DualControlRefusal::InEmergency);
        assert_eq!(refusal(reset(&mut office, &eve, &sues, at)), DualControlRefusal::InEmergency);
    }
    let confirmed = office.confirm(&eve, &waiting, NOW);
    assert_eq!(refusal(confirmed), DualControlRefusal::InEmergency);
    office.world.staff(|tx, _, _| review(tx, &sue, &emergency, NOW + 1)).unwrap();
    let later = NOW + COOLING_OFF_MILLIS;
    let early = office.ask_at(&eve, &jo, wanted, later - 1);
    assert_eq!(refusal(early), DualControlRefusal::InEmergency, "a review and seven days");
    office.ask_at(&eve, &jo, wanted, later).unwrap();
}

/// Writes and submits a draft.
fn submit_draft(office: &mut Office, by: &StaffScope) {
    let text = |text: &str| json!({"en": text});
    let section = json!({"id": "money", "title": text("Money")});
    let pledge =
        json!({"id": "money", "section": "money", "title": text("Money"), "text": text("Yes")});
    office
        .world
        .staff(|tx, _, _| {
            drafts::edit(tx, by, "title", NOW, |promise: &mut Promise| {
                promise.title = [("en".to_owned(), "Money".to_owned())].into();
                promise.sections.push(serde_json::from_value(section).unwrap());
                promise.pledges.0.push(serde_json::from_value(pledge).unwrap());
                Ok(())
            })?;
            drafts::submit(tx, by, NOW)
        })
        .unwrap();
}

fn publish(
    office: &mut Office,
    by: &StaffScope,
    at: i64,
) -> Result<PublishedEdition, ServiceError> {
    office.world.staff(|tx, _, _| {
        let version = drafts::load(tx, by)?.version();
        drafts::publish(tx, by, &version, at)
    })
}

fn draft_refusal(done: Result<PublishedEdition, ServiceError>) -> DraftRefusal {
    match done {
        Err(ServiceError::Draft(refusal)) => refusal,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was published"),
    }
}

#[test]
fn account_reset_in_an_emergency_publishes_nothing_until_it_is_over() {
    let mut office = Office::new();
    let (adam, sue, pat) = (office.adam.clone(), office.sue.clone(), office.pat.clone());
    let ed = colleague(&mut office.world, "ed", StaffRole::Editor);
    submit_draft(&mut office, &scope(&ed, StaffRole::Editor));
    reset(&mut office, &adam, &pat, NOW).unwrap();
    let pats = scope(&pat, StaffRole::Publisher);
    let late = publish(&mut office, &pats, NOW + 60 * DAY_MILLIS);
    assert_eq!(draft_refusal(late), DraftRefusal::InEmergency);
    let id = open(&mut office, StaffRole::Administrator)[0].id.clone();
    office.world.staff(|tx, _, _| review(tx, &sue, &id, NOW + 1)).unwrap();
    let early = publish(&mut office, &pats, NOW + COOLING_OFF_MILLIS - 1);
    assert_eq!(draft_refusal(early), DraftRefusal::InEmergency);
    publish(&mut office, &pats, NOW + COOLING_OFF_MILLIS).unwrap();
}

#[test]
fn publisher_and_author_reset_by_one_administrator_are_kept_apart_for_seven_days() {
    let mut office = Office::new();
    let (adam, eve, pat) = (office.adam.clone(), office.eve.clone(), office.pat.clone());
    let ed = colleague(&mut office.world, "ed", StaffRole::Editor);
    submit_draft(&mut office, &scope(&ed, StaffRole::Editor));
    let id = office.ask_for_reset();
    office.confirm(&eve, &id, NOW).unwrap();
    let pats = scope(&pat, StaffRole::Publisher);
    let other = publish(&mut office, &pats, NOW + 1).map(|published| published.edition.number);
    assert_eq!(other.unwrap(), 1, "the author has nothing to do with the reset");

    let card = card_edit(json!({"display_name": "New"}));
    let (new, _) = office
        .world
        .staff(|tx, _, random| {
            let sign_in = ("new", StaffRole::Editor);
            staff::add_with_sign_in(tx, &adam, sign_in, card, 30, NOW + 1, random)
        })
        .unwrap();
    let new = scope(&new, StaffRole::Editor);
    office
        .world
        .staff(|tx, _, _| {
            drafts::edit(tx, &new, "title", NOW + 2, |promise: &mut Promise| {
                promise.title = [("en".to_owned(), "More".to_owned())].into();
                Ok(())
            })?;
            drafts::submit(tx, &new, NOW + 2)
        })
        .unwrap();
    let end = NOW + COOLING_OFF_MILLIS;
    let early = publish(&mut office, &pats, end - 1);
    assert_eq!(draft_refusal(early), DraftRefusal::SameHands);
    assert_eq!(publish(&mut office, &pats, end).unwrap().edition.number, 2);
}

#[test]
fn waiting_with_a_draft_does_not_separate_its_author_from_their_maker() {
    let mut office = Office::new();
    let (adam, eve, pat) = (office.adam.clone(), office.eve.clone(), office.pat.clone());
    let card = card_edit(json!({"display_name": "New"}));
    let (new, _) = office
        .world
        .staff(|tx, _, random| {
            let sign_in = ("new", StaffRole::Editor);
            staff::add_with_sign_in(tx, &adam, sign_in, card, 30, NOW - 1, random)
        })
        .unwrap();
    submit_draft(&mut office, &scope(&new, StaffRole::Editor));
    let later = NOW + COOLING_OFF_MILLIS + MINUTE;
    let wanted = Wanted::Link("pat", StaffRole::Publisher);
    let id = office.ask_at(&adam, &pat, wanted, later).unwrap();
    office.confirm(&eve, &id, later).unwrap();
    let pats = scope(&pat, StaffRole::Publisher);
    let published = publish(&mut office, &pats, later + 1);
    assert_eq!(draft_refusal(published), DraftRefusal::SameHands);
}

#[test]
fn emergency_needs_a_colleague_who_signed_in() {
    let mut office = Office::new();
    let adam = office.adam.clone();
    let me = adam.actor().staff().unwrap().clone();
    assert_eq!(refusal(reset(&mut office, &adam, &me, NOW)), DualControlRefusal::AboutSelf);
    let card = card_edit(json!({"display_name": "Kim"}));
    let kim = office
        .world
        .staff(|tx, scope, random| staff::add(tx, scope, &"barnet".into(), "kim", card, random))
        .unwrap();
    let never = reset(&mut office, &adam, &kim, NOW);
    assert!(matches!(never, Err(ServiceError::NotFound(Entity::SignIn))));
    let unknown = reset(&mut office, &adam, &"made-up".into(), NOW);
    assert!(matches!(unknown, Err(ServiceError::NotFound(Entity::Staff))));
}
