//! What a person writes, for themselves and for their adviser.

use chrono::NaiveDate;
use promise_core::{
    AskAbout, ContactEdit, MarkedPledge, OpportunityEdit, OpportunityFilter, PromiseError,
    Reminder, SavedOpportunity,
};
use promise_ffi::PocketPhone;
use promise_protocol::vocabulary::{AppointmentAnswer, AskStatus, PledgeMark, SaveStatus};

use crate::Scenario;

fn saved(phone: &PocketPhone) -> Option<SavedOpportunity> {
    let filter = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    phone.opportunities(filter).unwrap().pop().and_then(|listed| listed.saved)
}

fn pledge(phone: &PocketPhone) -> MarkedPledge {
    let chapters = phone.promise().unwrap().unwrap().chapters;
    let mut pledges = chapters.into_iter().flat_map(|chapter| chapter.pledges);
    pledges.find(|marked| marked.pledge.id == "talk").unwrap()
}

fn noted() -> (OpportunityEdit, SavedOpportunity) {
    let day = NaiveDate::from_ymd_opt(2027, 1, 10);
    let note = Some("Ring Friday".to_owned());
    let saved = SavedOpportunity { status: SaveStatus::Saved, note: note.clone(), remind_on: day };
    (OpportunityEdit { status: None, note, remind_on: day.map(Reminder::On) }, saved)
}

pub const SCENARIOS: &[Scenario] = &[
    ("save-and-note-survive-reopening", |world| {
        let phone = world.carried("promise.db");
        phone.save_opportunity("p01".into(), noted().0).unwrap();
        drop(phone);
        assert_eq!(saved(&world.open("promise.db")), Some(noted().1));
    }),
    ("forget-a-reminder", |world| {
        let phone = world.carried("promise.db");
        phone.save_opportunity("p01".into(), noted().0).unwrap();
        let never =
            OpportunityEdit { remind_on: Some(Reminder::Never), ..OpportunityEdit::default() };
        phone.save_opportunity("p01".into(), never).unwrap();
        assert_eq!(saved(&phone), Some(SavedOpportunity { remind_on: None, ..noted().1 }));
        phone.unsave_opportunity("p01".into()).unwrap();
        assert_eq!(saved(&phone), None);
    }),
    ("mark-a-pledge", |world| {
        let phone = world.carried("promise.db");
        let note = Some("After the exams".to_owned());
        phone.mark_pledge("talk".into(), PledgeMark::WantIt, note.clone()).unwrap();
        let marked = pledge(&phone);
        assert_eq!((marked.mark, marked.note), (Some(PledgeMark::WantIt), note));
        phone.unmark_pledge("talk".into()).unwrap();
        assert_eq!(pledge(&phone).mark, None);
    }),
    ("contact-in-own-words", |world| {
        let phone = world.carried("promise.db");
        let edit = ContactEdit {
            nickname: Some("Jojo".into()),
            note: Some("Likes texts".into()),
            hidden: Some(true),
            ..ContactEdit::default()
        };
        phone.edit_contact(phone.contacts().unwrap()[0].id.clone(), edit).unwrap();
        assert!(phone.contacts().unwrap().is_empty());
        let hidden = phone.hidden_contacts().unwrap().remove(0);
        assert_eq!(hidden.nickname.as_deref(), Some("Jojo"));
        assert_eq!(hidden.note.as_deref(), Some("Likes texts"));
    }),
    ("ask-and-answer", |world| {
        let phone = world.carried("promise.db");
        let ask = phone.write_ask("Can we meet?".into(), AskAbout::Anything).unwrap();
        assert!(phone.status().unwrap().unsent > 0);
        phone.sync(None).unwrap();
        assert_eq!(phone.status().unwrap().unsent, 0);
        assert!(world.asks_at_the_council().contains("Can we meet?"));
        let answer = ["ask", "reply", "--person", &world.person, "--ask", ask.as_str()];
        world.server.run(&[&answer[..], &["--status", "done", "--text", "Yes"]].concat());
        phone.sync(None).unwrap();
        let answered = phone.asks().unwrap().remove(0);
        assert_eq!(answered.reply.as_deref(), Some("Yes"));
        assert_eq!(answered.status, Some(AskStatus::Done));
        phone.delete_ask(ask).unwrap();
        assert!(phone.asks().unwrap().is_empty());
    }),
    ("export", |world| {
        let phone = world.carried("promise.db");
        phone.write_ask("In the export".into(), AskAbout::Anything).unwrap();
        let json: serde_json::Value = serde_json::from_str(&phone.export_json().unwrap()).unwrap();
        assert!(json.to_string().contains("In the export"));
    }),
    ("too-long", |world| {
        let phone = world.carried("promise.db");
        let edit = OpportunityEdit { note: Some("x".repeat(4001)), ..OpportunityEdit::default() };
        let error = PromiseError::TooLong { field: "note".into() };
        assert_eq!(phone.save_opportunity("p01".into(), edit), Err(error));
        assert_eq!(saved(&phone), None);
    }),
    ("not-here", |world| {
        let phone = world.carried("promise.db");
        let saving = phone.save_opportunity("nothing".into(), OpportunityEdit::default());
        assert_eq!(saving, Err(PromiseError::NotFound));
        let answering = phone.answer_appointment("none".into(), AppointmentAnswer::Coming, None);
        assert_eq!(answering, Err(PromiseError::NotFound));
        let editing = phone.edit_contact("nobody".into(), ContactEdit::default());
        assert_eq!(editing, Err(PromiseError::NotFound));
    }),
    ("not-valid", |world| {
        let phone = world.carried("promise.db");
        let about = AskAbout::Pledge("Not An Id".into());
        let asking = phone.write_ask("Can we meet?".into(), about);
        assert_eq!(asking, Err(PromiseError::Invalid { field: "about_pledge".into() }));
    }),
];
