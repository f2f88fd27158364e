//! Tests of when details count as checked.

use serde_json::json;

use super::*;
use crate::{
    StaffRole, audit,
    cards::{CardForm, SaveOutcome, save_form, update},
    fixture::{NOW, World, card_edit, fields},
};

/// The day of [`NOW`] in London.
const TODAY: &str = "2025-11-24";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn card(world: &mut World) -> ContactCard {
    let jo = world.jo.clone();
    world.run(|tx| tx.staff(&jo)).unwrap().card
}

fn confirm(
    world: &mut World,
    shown: &ContactCard,
    now: i64,
) -> Result<ConfirmOutcome, ServiceError> {
    let jo = world.jo.clone();
    world.staff(|tx, scope, random| confirm_details(tx, scope, &jo, shown, now, random))
}

fn confirm_as_shown(world: &mut World) -> ConfirmOutcome {
    let shown = card(world);
    confirm(world, &shown, NOW).unwrap()
}

fn save(world: &mut World, edit: Value) -> usize {
    let jo = world.jo.clone();
    let edit = card_edit(edit);
    world.staff(|tx, scope, random| update(tx, scope, &jo, edit, NOW + 1, random)).unwrap()
}

#[test]
fn check_is_outdated_after_six_calendar_months() {
    let cases = [
        ("2026-05-30", "2026-11-29", false),
        ("2026-05-30", "2026-11-30", true),
        // August has 31 days and February 28: the last day of February is six months later.
        ("2026-08-31", "2027-02-27", false),
        ("2026-08-31", "2027-02-28", true),
        ("2027-08-29", "2028-02-28", false),
        ("2027-08-29", "2028-02-29", true),
        ("2026-11-30", "2026-11-30", false),
        // The server's clock was put back.
        ("2026-12-01", "2026-11-30", false),
    ];
    for (checked, today, is_outdated) in cases {
        let check = DetailsCheck::new(Some(day(checked)), day(today));
        assert_eq!(check.is_outdated(), is_outdated, "{checked} {today}");
    }
    assert_eq!(DetailsCheck::new(None, day(TODAY)), DetailsCheck::Never);
}

#[test]
fn confirmed_details_show_todays_date_in_london_on_phones() {
    let mut world = World::new();
    let ada = world.ada.clone();
    let mut phone = world.phone(&ada);
    phone.sync(&mut world, vec![]);
    // Half past midnight in London, in summer: still the day before in UTC.
    let summer = 1_753_745_400_000;
    let shown = card(&mut world);
    assert_eq!(confirm(&mut world, &shown, summer).unwrap(), ConfirmOutcome::Confirmed(1));
    let [checked] = &phone.sync(&mut world, vec![]).changes[..] else { panic!("one change") };
    assert_eq!(checked.fields, fields(json!({"verified_on": "2025-07-29"})));
    let again = card(&mut world);
    assert_eq!(confirm(&mut world, &again, summer).unwrap(), ConfirmOutcome::Confirmed(0));
    assert_eq!(phone.sync(&mut world, vec![]).changes, []);
}

#[test]
fn contact_that_was_never_checked_has_no_field_for_it() {
    let mut world = World::new();
    let ada = world.ada.clone();
    save(&mut world, json!({"email": "b@example.org"}));
    let changes = world.phone(&ada).sync(&mut world, vec![]).changes;
    assert!(!changes.is_empty());
    assert!(changes.iter().all(|change| !change.fields.contains_key(VERIFIED_ON)), "{changes:?}");
    assert!(!card(&mut world).fields.contains_key(VERIFIED_ON));
}

#[test]
fn saving_details_is_not_a_check_and_changing_them_ends_it() {
    for (edit, is_still_checked) in [
        (json!({"phones": [{"number": "+447700900124", "kind": "mobile"}]}), false),
        (json!({"email": "c@example.org"}), false),
        (json!({"email": null}), false),
        (json!({"email": "jo@example.org", "phones": null}), true),
        (json!({"team": "North", "text_ok": true}), true),
    ] {
        let mut world = World::new();
        assert_eq!(confirm_as_shown(&mut world), ConfirmOutcome::Confirmed(1));
        save(&mut world, edit.clone());
        let check = DetailsCheck::of_card(&card(&mut world), day(TODAY));
        let expected =
            if is_still_checked { DetailsCheck::Recent(day(TODAY)) } else { DetailsCheck::Never };
        assert_eq!(check, expected, "{edit}");
        let ada = world.ada.clone();
        let contact = world.contact.clone();
        let cells = world.run(|tx| tx.record(&ada, "contact", &contact));
        let held = cells.iter().find(|held| held.cell.key.field == VERIFIED_ON).unwrap();
        assert_eq!(held.cell.value.is_null(), !is_still_checked, "{edit}");
    }
}

#[test]
fn details_that_changed_since_they_were_shown_are_not_confirmed() {
    let mut world = World::new();
    let shown = card(&mut world);
    save(&mut world, json!({"email": "colleague@example.org"}));
    let outcome = confirm(&mut world, &shown, NOW + 2).unwrap();
    assert!(matches!(outcome, ConfirmOutcome::Changed(_)), "{outcome:?}");
    save(&mut world, json!({"email": null}));
    let nothing = card(&mut world);
    let outcome = confirm(&mut world, &nothing, NOW + 2).unwrap();
    assert!(matches!(outcome, ConfirmOutcome::Changed(_)), "there is nothing to check");
    assert_eq!(DetailsCheck::of_card(&card(&mut world), day(TODAY)), DetailsCheck::Never);
}

#[test]
fn check_cannot_be_typed_and_survives_a_form_without_a_new_number() {
    let typed = CardEdit::new(fields(json!({"verified_on": TODAY})));
    assert!(matches!(typed, Err(ServiceError::InvalidField { .. })));
    let mut world = World::new();
    let before = card(&mut world);
    confirm_as_shown(&mut world);
    // The form was opened before the button was pressed, and sends all of its fields.
    let submitted = card_edit(json!({"email": "jo@example.org", "team": "North"}));
    let form = CardForm { shown: before, submitted, ..CardForm::default() };
    let jo = world.jo.clone();
    let saved = world.staff(|tx, scope, random| save_form(tx, scope, &jo, &form, NOW + 3, random));
    assert!(matches!(saved.unwrap(), SaveOutcome::Saved(1)));
    let check = DetailsCheck::of_card(&card(&mut world), day(TODAY));
    assert_eq!(check, DetailsCheck::Recent(day(TODAY)));
}

#[test]
fn check_is_in_the_audit_log_and_only_for_callers_who_may_change_the_card() {
    let mut world = World::new();
    let (jo, shown) = (world.jo.clone(), card(&mut world));
    for role in StaffRole::ALL {
        let scope = StaffScope::of_member("barnet".into(), "mo".into(), role, day(TODAY));
        let done =
            world.staff(|tx, _, random| confirm_details(tx, &scope, &jo, &shown, NOW, random));
        assert_eq!(done.is_ok(), role == StaffRole::Manager, "{role:?}");
    }
    let far = StaffScope::of_council("camden".into());
    let done = world.staff(|tx, _, random| confirm_details(tx, &far, &jo, &shown, NOW, random));
    assert!(matches!(done, Err(ServiceError::NotFound(_))));
    let log = world.staff(|tx, scope, _| audit::list(tx, scope, &"barnet".into(), u64::MAX, 9));
    let entries = log.unwrap();
    let entry = entries.iter().find(|entry| entry.action == "changed_card").unwrap();
    assert_eq!(entry.detail, format!("{jo} verified_on"));
}
