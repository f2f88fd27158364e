//! What a person writes for themselves: saved opportunities, marks, notes.

use chrono::NaiveDate;
use promise_core::{
    AskAbout, ContactEdit, OpportunityEdit, PromiseError, Reminder,
    clock::Clock,
    opportunities::{OpportunityFilter, SavedOpportunity},
};
use serde_json::json;

use crate::common::{Pocket, change, contact, small_edition};

fn saved(pocket: &Pocket) -> Option<SavedOpportunity> {
    let filter = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    pocket.phone.opportunities(&filter).unwrap().pop().and_then(|listed| listed.saved)
}

fn status(status: &str) -> OpportunityEdit {
    OpportunityEdit { status: Some(status.into()), ..OpportunityEdit::default() }
}

fn note(note: &str) -> OpportunityEdit {
    OpportunityEdit { note: Some(note.into()), ..OpportunityEdit::default() }
}

#[test]
fn a_saved_opportunity_keeps_what_an_edit_does_not_name() {
    let pocket = Pocket::showing(&small_edition());
    let save = |edit| pocket.phone.save_opportunity("barista", edit).unwrap();
    save(OpportunityEdit::default());
    assert_eq!(saved(&pocket).unwrap().status, "saved");
    save(status("applied"));
    save(note("Sent on Monday"));
    let day = NaiveDate::from_ymd_opt(2026, 5, 9);
    save(OpportunityEdit { remind_on: day.map(Reminder::On), ..OpportunityEdit::default() });
    let all = SavedOpportunity {
        status: "applied".into(),
        note: Some("Sent on Monday".into()),
        remind_on: day,
    };
    assert_eq!(saved(&pocket), Some(all));
    save(note(""));
    save(OpportunityEdit { remind_on: Some(Reminder::Never), ..OpportunityEdit::default() });
    assert_eq!(
        saved(&pocket),
        Some(SavedOpportunity { status: "applied".into(), ..SavedOpportunity::default() })
    );

    pocket.phone.unsave_opportunity("barista").unwrap();
    assert_eq!(saved(&pocket), None);
    save(note("Again"));
    let again =
        SavedOpportunity { status: "saved".into(), note: Some("Again".into()), remind_on: None };
    assert_eq!(saved(&pocket), Some(again), "nothing of the first time is back");
}

#[test]
fn a_mark_and_its_note_are_written_and_taken_off() {
    let pocket = Pocket::showing(&small_edition());
    let mark = || {
        let promise = pocket.phone.promise().unwrap().unwrap();
        let pledge = promise.chapters[0].pledges[0].clone();
        (pledge.mark, pledge.note)
    };
    pocket.phone.mark_pledge("council-tax", "want_it", Some("Ask Ada".into())).unwrap();
    pocket.phone.mark_pledge("council-tax", "having_it", None).unwrap();
    assert_eq!(mark(), (Some("having_it".into()), Some("Ask Ada".into())));
    pocket.phone.unmark_pledge("council-tax").unwrap();
    assert_eq!(mark(), (None, None));
}

#[test]
fn what_is_not_here_cannot_be_written_about() {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![
        contact("ada", "Ada Obi"),
        change("contact", "ada", 1, json!({"deleted": true})),
    ]);
    let phone = &pocket.phone;
    let refused = [
        phone.save_opportunity("gone", OpportunityEdit::default()),
        phone.unsave_opportunity("barista"),
        phone.mark_pledge("gone", "want_it", None),
        phone.unmark_pledge("council-tax"),
        phone.edit_contact("ada", ContactEdit { pinned: Some(true), ..ContactEdit::default() }),
        phone.edit_contact("nobody", ContactEdit::default()),
        phone.delete_ask("gone"),
        phone.answer_appointment("gone", "coming", None),
    ];
    assert_eq!(refused.map(Result::unwrap_err), [(); 8].map(|()| PromiseError::NotFound));
    assert_eq!(phone.status().unwrap().unsent, 0);
}

#[test]
fn what_does_not_fit_saves_nothing() {
    let pocket = Pocket::showing(&small_edition());
    let phone = &pocket.phone;
    phone.save_opportunity("barista", status("applied")).unwrap();
    let before = phone.export().unwrap();
    let long = OpportunityEdit { note: Some("x".repeat(4001)), ..status("interview") };
    let too_long = |field: &str| Err(PromiseError::TooLong { field: field.into() });
    let invalid = |field: &str| Err(PromiseError::Invalid { field: field.into() });
    assert_eq!(phone.save_opportunity("barista", long), too_long("note"));
    assert_eq!(phone.save_opportunity("barista", status("dreaming")), invalid("status"));
    assert_eq!(phone.mark_pledge("council-tax", "maybe", None), invalid("mark"));
    assert_eq!(phone.write_ask(&"é".repeat(2001), AskAbout::Anything).map(drop), too_long("text"));
    assert_eq!(phone.write_ask(" \n", AskAbout::Anything).map(drop), invalid("text"));
    let about = AskAbout::Pledge("Not A Name".into());
    assert_eq!(phone.write_ask("Hello", about).map(drop), invalid("about_pledge"));
    assert_eq!(phone.export().unwrap(), before);
    phone.write_ask(&"é".repeat(2000), AskAbout::Anything).unwrap();
}

#[test]
fn pinned_contacts_come_first_then_the_personal_adviser() {
    let pocket = Pocket::paired();
    let other = |id: &str, name: &str| {
        change("contact", id, 0, json!({"display_name": name, "role": "Advocate"}))
    };
    pocket.receive(vec![other("zoe", "Zoe"), other("abe", "Abe"), contact("max", "Max")]);
    let names =
        || pocket.phone.contacts().unwrap().into_iter().map(|c| c.display_name).collect::<Vec<_>>();
    assert_eq!(names(), ["Max", "Abe", "Zoe"]);
    pocket
        .phone
        .edit_contact("zoe", ContactEdit { pinned: Some(true), ..ContactEdit::default() })
        .unwrap();
    assert_eq!(names(), ["Zoe", "Max", "Abe"]);
}

#[test]
fn a_contact_says_when_the_council_changed_it_not_when_the_person_did() {
    let pocket = Pocket::paired();
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let council = pocket.clock.now();
    pocket.clock.turn(86_400_000);
    let pinned = ContactEdit { pinned: Some(true), ..ContactEdit::default() };
    pocket.phone.edit_contact("ada", pinned).unwrap();
    assert_eq!(pocket.phone.contacts().unwrap()[0].changed_at, Some(council));
}

#[test]
fn edits_that_wait_are_counted_as_a_person_counts() {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let unsent = || pocket.phone.status().unwrap().unsent;
    pocket.phone.save_opportunity("barista", note("Ask Ada")).unwrap();
    pocket.phone.mark_pledge("council-tax", "want_it", None).unwrap();
    let own = |pinned| ContactEdit { pinned: Some(pinned), ..ContactEdit::default() };
    pocket.phone.edit_contact("ada", own(true)).unwrap();
    assert_eq!(unsent(), 3);
    pocket.phone.edit_contact("ada", own(false)).unwrap();
    pocket.sync().unwrap();
    assert_eq!(unsent(), 0);
}
