//! Refusals: the refused cell alone goes to quarantine, where the person can see it.

use promise_core::{AskAbout, PromiseError, sync::TransportError};
use promise_protocol::{
    ProblemCode, SyncRequest, SyncResponse, Verdict, vocabulary::AppointmentAnswer,
};
use serde_json::json;

use crate::common::{NOW, Pocket, change};

fn refuse_first(request: &SyncRequest, field: &str) -> SyncResponse {
    let change = &request.changes[0];
    let verdict = Verdict {
        collection: change.collection.clone(),
        id: change.id.clone(),
        field: field.into(),
        stamp: change.stamp.clone(),
        reason: "too_long".into(),
    };
    SyncResponse { now: NOW, taken: true, verdicts: vec![verdict], ..SyncResponse::default() }
}

#[test]
fn refused_cell_is_quarantined_and_later_ones_are_confirmed() {
    let pocket = Pocket::paired();
    let mut council = change("appointment", "a1", 0, json!({"title": "Meet", "answer": "coming"}));
    council.stamp.author = "p0000000b".parse().unwrap();
    pocket.receive(vec![council]);
    pocket.clock.turn(1000);
    pocket
        .phone
        .appointments()
        .answer(&"a1".into(), AppointmentAnswer::NotComing, Some("Sorry".into()))
        .unwrap();
    pocket.phone.asks().write("Behind it", AskAbout::Anything).unwrap();
    pocket.server.next(|request| Ok(refuse_first(request, "answer")));
    let synced = pocket.sync().unwrap();
    assert_eq!(synced.refused, 1);
    assert!(synced.changed.contains("appointment"));

    let pocket = pocket.reopen();
    let status = pocket.phone.status().unwrap();
    assert_eq!((status.unsent, status.refused.len()), (0, 1));
    let refused = &status.refused[0];
    assert_eq!(
        (refused.field.as_str(), &refused.value, refused.reason.as_str()),
        ("answer", &json!("not_coming"), "too_long")
    );
    let appointment = &pocket.phone.appointments().list().unwrap()[0];
    assert_eq!(
        appointment.answer,
        Some(AppointmentAnswer::Coming),
        "the council's value shows again"
    );
    assert_eq!(appointment.answer_note.as_deref(), Some("Sorry"), "the other cell was taken");
    assert_eq!(pocket.phone.asks().list().unwrap().len(), 1);
    pocket.sync().unwrap();
    assert!(pocket.server.requests().last().unwrap().changes.is_empty(), "it is not sent again");
}

#[test]
fn verdict_on_an_older_edit_leaves_the_newer_one() {
    let pocket = std::sync::Arc::new(Pocket::paired());
    pocket.receive(vec![change("appointment", "a1", 0, json!({"title": "Meet"}))]);
    pocket.phone.appointments().answer(&"a1".into(), AppointmentAnswer::Coming, None).unwrap();
    let in_the_call = pocket.clone();
    pocket.server.next(move |request| {
        in_the_call
            .phone
            .appointments()
            .answer(&"a1".into(), AppointmentAnswer::AnotherTime, None)
            .unwrap();
        Ok(refuse_first(request, "answer"))
    });
    pocket.sync().unwrap();
    assert_eq!(
        pocket.phone.appointments().list().unwrap()[0].answer,
        Some(AppointmentAnswer::AnotherTime)
    );
    assert_eq!(pocket.phone.status().unwrap().unsent, 0);
}

#[test]
fn each_failure_has_its_error_and_loses_nothing() {
    let pocket = Pocket::paired();
    pocket.phone.asks().write("Hello", AskAbout::Anything).unwrap();
    let cases = [
        (TransportError::Unreachable, PromiseError::Offline),
        (TransportError::Broken, PromiseError::Offline),
        (TransportError::Cancelled, PromiseError::Cancelled),
        (TransportError::NotUnderstood, PromiseError::ServerWrong),
        (TransportError::Refused(ProblemCode::NotPaired), PromiseError::Unpaired),
        (TransportError::Refused(ProblemCode::WrongVersion), PromiseError::UpdateNeeded),
        (TransportError::Refused(ProblemCode::Busy), PromiseError::ServerBusy),
        (TransportError::Refused(ProblemCode::Malformed), PromiseError::ServerWrong),
    ];
    for (failure, expected) in cases {
        pocket.server.next(move |_| Err(failure));
        assert_eq!(pocket.sync(), Err(expected));
        assert_eq!(pocket.phone.status().unwrap().unsent, 1);
    }
    pocket.sync().unwrap();
    assert_eq!(pocket.phone.status().unwrap().unsent, 0);
}

#[test]
fn code_of_another_person_changes_nothing() {
    let pocket = Pocket::paired();
    let pair = || pocket.pair("https://riverbridge.example", "K7QF-3MZD-9X01");
    let before = pocket.phone.export().json().unwrap();
    let answer = pocket.server.pairing.lock().unwrap().clone().unwrap();
    let other = promise_protocol::PairResponse { person: "person-2".into(), ..answer.clone() };
    *pocket.server.pairing.lock().unwrap() = Ok(other);
    assert_eq!(pair(), Err(PromiseError::OtherPerson));
    *pocket.server.pairing.lock().unwrap() =
        Ok(promise_protocol::PairResponse { author: "s0000000a".into(), ..answer.clone() });
    assert_eq!(pair(), Err(PromiseError::ServerWrong));
    *pocket.server.pairing.lock().unwrap() = Err(TransportError::Refused(ProblemCode::CodeUsed));
    assert_eq!(pair(), Err(PromiseError::CodeUsed));
    assert_eq!(pocket.pair("https://riverbridge.example", "K7QF"), Err(PromiseError::CodeWrong));
    assert_eq!(pocket.phone.export().json().unwrap(), before);
    *pocket.server.pairing.lock().unwrap() = Ok(answer);
    assert_eq!(pair(), Ok(()), "the same person may pair again");
}
