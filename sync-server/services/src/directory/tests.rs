//! Tests of lines and closed days in the draft.

use serde_json::json;

use super::*;
use crate::publishing::drafts::DraftRefusal;
use crate::{
    StaffRole,
    calendar::today,
    fixture::{NOW, World},
};

fn ed() -> StaffScope {
    StaffScope::of_member("barnet".into(), "ed".into(), StaffRole::Editor, today(NOW))
}

fn fields(value: serde_json::Value) -> Fields {
    serde_json::from_value(value).unwrap()
}

fn add(world: &mut World, name: &str) -> String {
    let line = fields(json!({
        "display_name.en": name, "role": "Duty", "phones": [{"number": "999", "kind": "duty"}],
        "about.en": null,
    }));
    world.staff(|tx, _, _| add_line(tx, &ed(), &line, NOW)).unwrap()
}

fn board(world: &mut World) -> Directory {
    world.staff(|tx, _, _| load(tx, &ed())).unwrap().directory
}

fn order(world: &mut World) -> String {
    board(world).lines.0.into_iter().map(|line| line.id).collect::<Vec<_>>().join(" ")
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn lines_are_added_moved_and_removed() {
    let mut world = World::new();
    assert_eq!(add(&mut world, "Duty"), "duty");
    assert_eq!(add(&mut world, "Duty"), "duty-2", "a name is one line's");
    add(&mut world, "Night");
    let mut go = |id: &'static str, up| world.staff(|tx, _, _| move_line(tx, &ed(), id, up, NOW));
    go("night", true).unwrap();
    go("duty", true).unwrap();
    assert!(matches!(go("x", true), Err(ServiceError::NotFound(_))));
    assert_eq!(order(&mut world), "duty night duty-2");
    let print = drafts::fingerprint(&board(&mut world).lines.0[1]);
    let mut remove =
        |print: &str| world.staff(|tx, _, _| remove_line(tx, &ed(), "night", print, NOW));
    assert!(matches!(remove("x"), Err(ServiceError::Draft(DraftRefusal::ChangedSinceRead))));
    remove(&print).unwrap();
    assert_eq!(order(&mut world), "duty duty-2");
}

#[test]
fn line_edits_conflict_only_in_the_same_field() {
    let mut world = World::new();
    let id = add(&mut world, "Duty");
    let was = drafts::fields_of(&board(&mut world).lines.0[0]);
    let mut save = |mine: serde_json::Value| {
        let mine = fields(mine);
        world.staff(|tx, _, _| save_line(tx, &ed(), &id, (&was, &mine), NOW)).unwrap().1
    };
    assert_eq!(save(json!({"role": "Duty team", "email": "a@b.org"})), []);
    assert_eq!(save(json!({"about.ar": "..."})), []);
    let clashes = save(json!({"role": "Night team"}));
    assert_eq!((&*clashes[0].field, &clashes[0].theirs), ("role", &json!("Duty team")));
    let line = board(&mut world).lines.0.remove(0);
    assert_eq!((&*line.role, &*line.about["ar"]), ("Duty team", "..."));
}

#[test]
fn closed_days_are_sorted_and_unique() {
    let mut world = World::new();
    let days = [(day("2027-12-27"), "B".to_owned()), (day("2027-01-01"), "A".to_owned())];
    let mut add = |days: &[(NaiveDate, String)]| {
        world.staff(|tx, _, _| add_days(tx, &ed(), days, NOW)).unwrap()
    };
    assert_eq!((add(&days), add(&days)), (2, 0));
    let held = board(&mut world).closed_days;
    assert_eq!(held[0].name, "A");
    let print = drafts::fingerprint(&held[0]);
    let mut save = |print: &str, new: &str| {
        let (print, new) = (print.to_owned(), day(new));
        world.staff(|tx, _, _| save_day(tx, &ed(), (day("2027-01-01"), &print), (new, "C"), NOW))
    };
    assert!(matches!(save(&print, "2027-12-27"), Err(ServiceError::AlreadyExists(_))));
    assert!(matches!(
        save("x", "2027-01-01"),
        Err(ServiceError::Draft(DraftRefusal::ChangedSinceRead))
    ));
    save(&print, "2027-12-31").unwrap();
    let held = board(&mut world).closed_days;
    assert_eq!((&*held[1].name, held[1].date), ("C", day("2027-12-31")));
    let print = drafts::fingerprint(&held[0]);
    world.staff(|tx, _, _| remove_day(tx, &ed(), (day("2027-12-27"), &print), NOW)).unwrap();
    assert_eq!(board(&mut world).closed_days.len(), 1);
}
