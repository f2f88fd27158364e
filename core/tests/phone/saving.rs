//! What a person writes for themselves: saved opportunities, marks, notes.

use chrono::NaiveDate;
use promise_core::{
    AskAbout, ContactEdit, OpportunityEdit, OpportunityFilter, PromiseError, Reminder,
    SavedOpportunity,
    clock::Clock,
    store::{SqliteStore, Store},
    sync::edit::{self, EditError},
};
use promise_protocol::vocabulary::{AppointmentAnswer, PledgeMark, SaveStatus};
use serde_json::json;

use crate::common::{Pocket, change, contact, small_edition};

fn saved(pocket: &Pocket) -> Option<SavedOpportunity> {
    let filter = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    pocket.phone.opportunities().list(&filter).unwrap().pop().and_then(|listed| listed.saved)
}

fn status(status: SaveStatus) -> OpportunityEdit {
    OpportunityEdit { status: Some(status), ..OpportunityEdit::default() }
}

fn note(note: &str) -> OpportunityEdit {
    OpportunityEdit { note: Some(note.into()), ..OpportunityEdit::default() }
}

#[test]
fn saved_opportunity_keeps_fields_that_an_edit_does_not_name() {
    let pocket = Pocket::showing(&small_edition());
    let save = |edit| pocket.phone.opportunities().save(&"barista".into(), edit).unwrap();
    save(OpportunityEdit::default());
    assert_eq!(saved(&pocket).unwrap().status, SaveStatus::Saved);
    save(status(SaveStatus::Applied));
    save(note("Sent on Monday"));
    let day = NaiveDate::from_ymd_opt(2026, 5, 9);
    save(OpportunityEdit { remind_on: day.map(Reminder::On), ..OpportunityEdit::default() });
    let all = SavedOpportunity {
        status: SaveStatus::Applied,
        note: Some("Sent on Monday".into()),
        remind_on: day,
    };
    assert_eq!(saved(&pocket), Some(all));
    save(note(""));
    save(OpportunityEdit { remind_on: Some(Reminder::Never), ..OpportunityEdit::default() });
    assert_eq!(
        saved(&pocket),
        Some(SavedOpportunity { status: SaveStatus::Applied, note: None, remind_on: None })
    );

    pocket.phone.opportunities().unsave(&"barista".into()).unwrap();
    assert_eq!(saved(&pocket), None);
    save(note("Again"));
    let again =
        SavedOpportunity { status: SaveStatus::Saved, note: Some("Again".into()), remind_on: None };
    assert_eq!(saved(&pocket), Some(again), "nothing of the first time is back");
}

#[test]
fn mark_and_its_note_are_written_and_removed() {
    let pocket = Pocket::showing(&small_edition());
    let mark = || {
        let promise = pocket.phone.promise().read().unwrap().unwrap();
        let pledge = promise.chapters[0].pledges[0].clone();
        (pledge.mark, pledge.note)
    };
    pocket
        .phone
        .promise()
        .mark(&"council-tax".into(), PledgeMark::WantIt, Some("Ask Ada".into()))
        .unwrap();
    pocket.phone.promise().mark(&"council-tax".into(), PledgeMark::HavingIt, None).unwrap();
    assert_eq!(mark(), (Some(PledgeMark::HavingIt), Some("Ask Ada".into())));
    pocket.phone.promise().unmark(&"council-tax".into()).unwrap();
    assert_eq!(mark(), (None, None));
}

#[test]
fn missing_record_cannot_be_edited() {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![
        contact("ada", "Ada Obi"),
        change("contact", "ada", 1, json!({"deleted": true})),
    ]);
    let phone = &pocket.phone;
    let refused = [
        phone.opportunities().save(&"gone".into(), OpportunityEdit::default()),
        phone.opportunities().unsave(&"barista".into()),
        phone.promise().mark(&"gone".into(), PledgeMark::WantIt, None),
        phone.promise().unmark(&"council-tax".into()),
        phone
            .contacts()
            .edit(&"ada".into(), ContactEdit { pinned: Some(true), ..ContactEdit::default() }),
        phone.contacts().edit(&"nobody".into(), ContactEdit::default()),
        phone.asks().delete(&"gone".into()),
        phone.appointments().answer(&"gone".into(), AppointmentAnswer::Coming, None),
    ];
    assert_eq!(refused.map(Result::unwrap_err), [(); 8].map(|()| PromiseError::NotFound));
    assert_eq!(phone.status().unwrap().unsent, 0);
}

#[test]
fn invalid_edit_saves_nothing() {
    let pocket = Pocket::showing(&small_edition());
    let phone = &pocket.phone;
    phone.opportunities().save(&"barista".into(), status(SaveStatus::Applied)).unwrap();
    let before = phone.export().json().unwrap();
    let long = OpportunityEdit { note: Some("x".repeat(4001)), ..status(SaveStatus::Interview) };
    let too_long = |field: &str| Err(PromiseError::TooLong { field: field.into() });
    let invalid = |field: &str| Err(PromiseError::Invalid { field: field.into() });
    assert_eq!(phone.opportunities().save(&"barista".into(), long), too_long("note"));
    assert_eq!(
        phone.asks().write(&"é".repeat(2001), AskAbout::Anything).map(drop),
        too_long("text")
    );
    assert_eq!(phone.asks().write(" \n", AskAbout::Anything).map(drop), invalid("text"));
    let about = AskAbout::Pledge("Not A Name".into());
    assert_eq!(phone.asks().write("Hello", about).map(drop), invalid("about_pledge"));
    assert_eq!(phone.export().json().unwrap(), before);
    phone.asks().write(&"é".repeat(2000), AskAbout::Anything).unwrap();
}

/// Callers cannot pass such a word, because the edits take enums.
#[test]
fn word_outside_its_vocabulary_is_refused() {
    assert!("dreaming".parse::<SaveStatus>().is_err());
    assert!("maybe".parse::<PledgeMark>().is_err());
    let mut store = SqliteStore::open_in_memory().unwrap();
    for (collection, field, word) in
        [("saved", "status", "dreaming"), ("pledge_mark", "mark", "maybe")]
    {
        let fields = [(field.to_owned(), json!(word))].into();
        let written = store.transact(|tx| edit::write(tx, 0, collection, "barista", fields));
        let EditError::Refused { field: refused, .. } = written.unwrap_err() else {
            panic!("{word} is not refused")
        };
        assert_eq!(refused, field);
    }
}

#[test]
fn pinned_contacts_come_first_then_the_personal_adviser() {
    let pocket = Pocket::paired();
    let other = |id: &str, name: &str| {
        change("contact", id, 0, json!({"display_name": name, "role": "Advocate"}))
    };
    pocket.receive(vec![other("zoe", "Zoe"), other("abe", "Abe"), contact("max", "Max")]);
    let names = || {
        pocket
            .phone
            .contacts()
            .list()
            .unwrap()
            .into_iter()
            .map(|c| c.display_name)
            .collect::<Vec<_>>()
    };
    assert_eq!(names(), ["Max", "Abe", "Zoe"]);
    pocket
        .phone
        .contacts()
        .edit(&"zoe".into(), ContactEdit { pinned: Some(true), ..ContactEdit::default() })
        .unwrap();
    assert_eq!(names(), ["Zoe", "Max", "Abe"]);
}

#[test]
fn contact_keeps_the_councils_change_date_when_the_person_edits() {
    let pocket = Pocket::paired();
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let council = pocket.clock.now();
    pocket.clock.turn(86_400_000);
    let pinned = ContactEdit { pinned: Some(true), ..ContactEdit::default() };
    pocket.phone.contacts().edit(&"ada".into(), pinned).unwrap();
    assert_eq!(pocket.phone.contacts().list().unwrap()[0].changed_at, Some(council));
}

#[test]
fn checked_day_is_shown_and_is_not_a_change_of_the_details() {
    let pocket = Pocket::paired();
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let council = pocket.clock.now();
    let ada = || pocket.phone.contacts().list().unwrap().remove(0);
    assert_eq!(ada().verified_on, None);
    let checked = json!({"verified_on": "2026-11-03"});
    pocket.receive(vec![change("contact", "ada", 86_400_000, checked)]);
    assert_eq!(ada().verified_on, NaiveDate::from_ymd_opt(2026, 11, 3));
    assert_eq!(ada().changed_at, Some(council));
    let number = json!({"phones": [], "verified_on": null});
    pocket.receive(vec![change("contact", "ada", 2 * 86_400_000, number)]);
    assert_eq!(ada().verified_on, None);
    assert_ne!(ada().changed_at, Some(council));
}

#[test]
fn waiting_edits_are_counted_as_a_person_counts() {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let unsent = || pocket.phone.status().unwrap().unsent;
    pocket.phone.opportunities().save(&"barista".into(), note("Ask Ada")).unwrap();
    pocket.phone.promise().mark(&"council-tax".into(), PledgeMark::WantIt, None).unwrap();
    let own = |pinned| ContactEdit { pinned: Some(pinned), ..ContactEdit::default() };
    pocket.phone.contacts().edit(&"ada".into(), own(true)).unwrap();
    assert_eq!(unsent(), 3);
    pocket.phone.contacts().edit(&"ada".into(), own(false)).unwrap();
    pocket.sync().unwrap();
    assert_eq!(unsent(), 0);
}
