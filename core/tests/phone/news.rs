//! What is new for the person: kept offline until they have seen it, and sent nowhere.

use promise_core::{
    AppointmentNewsKind, AskAbout, News, OpportunityEdit, PledgeNewsKind, TextPart, WordChange,
};
use promise_protocol::{
    Change, SyncResponse,
    vocabulary::{PledgeMark, SaveStatus},
};
use serde_json::{Value, json};

use crate::common::{Pocket, Published, change, contact, pledge, small_edition};

const DAY: i64 = 24 * 60 * 60 * 1000;

fn news(pocket: &Pocket) -> News {
    pocket.phone.news(&["en"]).unwrap()
}

fn seen(pocket: &Pocket, news_id: &str) {
    pocket.phone.mark_news_seen(news_id).unwrap();
}

/// A phone that shows the small edition.
fn pocket() -> Pocket {
    Pocket::showing(&small_edition())
}

fn publish(pocket: &Pocket, published: &Published, number: u64) {
    pocket.server.publish(published, number);
    assert_eq!(pocket.sync().unwrap().edition, Some(number));
}

fn with_text(text: &str) -> Published {
    let mut published = small_edition();
    published.promise.pledges.0[0].text.insert("en".into(), text.into());
    published
}

fn appointment(after: i64, fields: Value) -> Change {
    change("appointment", "m1", after, fields)
}

fn review() -> Value {
    json!({"title": "Plan review", "starts_at": "2026-05-10T13:00:00Z", "minutes": 45, "place": "Room 2"})
}

#[test]
fn changed_pledge_is_new_by_its_words_until_seen() {
    let pocket = pocket();
    assert_eq!(news(&pocket), News::default(), "the first edition changes nothing");
    publish(&pocket, &with_text("You can have £4,000 for your first flat."), 2);
    let pocket = pocket.reopen();
    let found = news(&pocket).pledges.remove(0);
    assert_eq!(
        (found.what, found.pledge.id.as_str()),
        (PledgeNewsKind::Changed, "setting-up-home")
    );
    assert_eq!((found.change.who, found.change.dates), (false, false));
    let changed = &found.change.texts[0];
    let runs = changed.runs.iter().map(|run| (run.change, run.words.as_str()));
    let expected = [
        (WordChange::Same, "You can have "),
        (WordChange::Removed, "£3,000 "),
        (WordChange::Added, "£4,000 "),
        (WordChange::Same, "for your first flat."),
    ];
    assert_eq!((changed.part, runs.collect::<Vec<_>>()), (TextPart::Text, expected.to_vec()));
    seen(&pocket, &found.news_id);
    assert_eq!(news(&pocket), News::default());
}

#[test]
fn pledge_changed_twice_is_compared_with_what_the_person_saw() {
    let pocket = pocket();
    publish(&pocket, &with_text("You can have £4,000 for your first flat."), 2);
    let first = news(&pocket).pledges.remove(0).news_id;
    publish(&pocket, &with_text("You can have £5,000 for your first flat."), 3);
    let second = news(&pocket).pledges.remove(0);
    let removed = second.change.texts[0].runs.iter().find(|run| run.change == WordChange::Removed);
    assert_eq!(removed.unwrap().words, "£3,000 ");
    seen(&pocket, &first);
    assert_eq!(news(&pocket).pledges, [second], "what came since was not seen");
    publish(&pocket, &small_edition(), 4);
    assert_eq!(news(&pocket), News::default(), "changed back");
}

#[test]
fn upkeep_of_a_pledge_is_not_new() {
    let pocket = pocket();
    let mut published = small_edition();
    published.promise.pledges.0[0].checked_on = "2026-05-01".parse().ok();
    published.promise.title.insert("en".into(), "Our promise".into());
    publish(&pocket, &published, 2);
    assert_eq!(news(&pocket), News::default());
}

#[test]
fn added_and_gone_pledges_are_new_with_the_marked_ones_first() {
    let pocket = pocket();
    pocket.phone.promise().mark(&"council-tax".into(), PledgeMark::HavingIt, None).unwrap();
    let mut published = with_text("You can have £4,000 for your first flat.");
    published.promise.pledges.0.retain(|pledge| pledge.id != "council-tax");
    published.promise.pledges.0.push(pledge("rent", "home", "Rent", "We pay your deposit."));
    publish(&pocket, &published, 2);
    let found = news(&pocket).pledges;
    let order: Vec<_> =
        found.iter().map(|news| (news.pledge.id.as_str(), news.what, news.mark)).collect();
    let expected = [
        ("council-tax", PledgeNewsKind::Gone, Some(PledgeMark::HavingIt)),
        ("setting-up-home", PledgeNewsKind::Changed, None),
        ("rent", PledgeNewsKind::Added, None),
    ];
    assert_eq!(order, expected);
    assert_eq!(found[0].pledge.text["en"], "You pay no council tax until you are 25.");
    for news in &found {
        seen(&pocket, &news.news_id);
    }
    assert_eq!(news(&pocket), News::default());
}

#[test]
fn saved_opportunity_that_the_council_closes_or_changes_is_new() {
    let pocket = pocket();
    for id in ["barista", "cinema"] {
        pocket.phone.opportunities().save(&id.into(), OpportunityEdit::default()).unwrap();
    }
    let mut published = small_edition();
    published.opportunities.opportunities.0.retain(|it| it.id != "barista");
    published.opportunity("cinema").summary = "See a film for £2.".into();
    published.opportunity("warehouse").title = "Not saved".into();
    publish(&pocket, &published, 2);
    let pocket = pocket.reopen();
    let found = news(&pocket).opportunities;
    let of = |id: &str| found.iter().find(|news| news.listed.opportunity.id == id).unwrap();
    assert_eq!(found.len(), 2);
    assert!(of("barista").change.has_closed && of("barista").listed.availability.is_over());
    assert_eq!(of("cinema").change.texts[0].part, TextPart::Text);
    for news in &found {
        seen(&pocket, &news.news_id);
    }
    assert_eq!(news(&pocket), News::default());
    publish(&pocket, &small_edition(), 3);
    let reopened = news(&pocket).opportunities;
    let change =
        &reopened.iter().find(|news| news.listed.opportunity.id == "barista").unwrap().change;
    assert!(change.has_reopened && !change.has_closed);
}

#[test]
fn opportunity_that_is_saved_again_is_compared_with_what_it_was_then() {
    let pocket = pocket();
    let save = || {
        pocket.phone.opportunities().save(&"cinema".into(), OpportunityEdit::default()).unwrap();
    };
    save();
    let mut published = small_edition();
    published.opportunity("cinema").summary = "See a film for £2.".into();
    publish(&pocket, &published, 2);
    assert_eq!(news(&pocket).opportunities.len(), 1);
    pocket.phone.opportunities().unsave(&"cinema".into()).unwrap();
    save();
    assert!(news(&pocket).is_empty(), "the person saved it as it is");
    published.opportunity("cinema").summary = "See a film for £3.".into();
    publish(&pocket, &published, 3);
    let found = news(&pocket).opportunities.remove(0);
    let runs = &found.change.texts[0].runs;
    let removed = runs.iter().find(|run| run.change == WordChange::Removed);
    assert_eq!(removed.unwrap().words, "£2.");
}

#[test]
fn opportunity_that_the_person_is_done_with_is_not_new() {
    let pocket = pocket();
    let got_it = OpportunityEdit { status: Some(SaveStatus::GotIt), ..OpportunityEdit::default() };
    pocket.phone.opportunities().save(&"barista".into(), got_it).unwrap();
    let mut published = small_edition();
    published.opportunity("barista").title = "Another course".into();
    publish(&pocket, &published, 2);
    assert_eq!(news(&pocket), News::default());
}

#[test]
fn appointment_is_new_when_it_is_made_moved_and_cancelled() {
    let pocket = pocket();
    pocket.receive(vec![appointment(1, review())]);
    let made = news(&pocket).appointments.remove(0);
    assert_eq!(
        (made.what, made.appointment.title.as_str()),
        (AppointmentNewsKind::Added, "Plan review")
    );
    seen(&pocket, &made.news_id);
    let moved = json!({"starts_at": "2026-05-12T09:00:00Z", "place": "Room 3"});
    pocket.receive(vec![appointment(2, moved)]);
    let pocket = pocket.reopen();
    let moved = news(&pocket).appointments.remove(0);
    assert_eq!(moved.what, AppointmentNewsKind::Moved);
    assert_eq!(moved.started_before, "2026-05-10T13:00:00Z".parse().ok());
    assert_eq!(moved.appointment.starts_at, "2026-05-12T09:00:00Z".parse().ok());
    assert_eq!((moved.texts[0].part, moved.other_changes), (TextPart::Place, false));
    let cancelled = json!({"deleted": true, "title": null, "starts_at": null, "minutes": null,
        "place": null, "with_contact": null, "details": null});
    pocket.receive(vec![appointment(3, cancelled)]);
    let cancelled = news(&pocket).appointments.remove(0);
    assert_eq!(cancelled.what, AppointmentNewsKind::Cancelled);
    assert_eq!(
        cancelled.appointment.starts_at,
        "2026-05-10T13:00:00Z".parse().ok(),
        "as it was seen"
    );
    seen(&pocket, &moved.news_id);
    assert_eq!(news(&pocket).appointments.len(), 1, "the cancellation was not seen yet");
    seen(&pocket, &cancelled.news_id);
    assert_eq!(news(&pocket), News::default());
}

#[test]
fn appointment_that_comes_and_goes_unseen_or_is_over_is_not_new() {
    let pocket = pocket();
    pocket.receive(vec![appointment(1, review())]);
    pocket.receive(vec![appointment(2, json!({"deleted": true}))]);
    assert_eq!(news(&pocket), News::default());
    pocket.receive(vec![change("appointment", "m2", 1, review())]);
    assert_eq!(news(&pocket).appointments.len(), 1);
    pocket.clock.turn(8 * DAY);
    assert_eq!(news(&pocket), News::default());
}

#[test]
fn own_answer_to_an_appointment_is_not_new() {
    let pocket = pocket();
    pocket.receive(vec![appointment(1, review())]);
    seen(&pocket, &news(&pocket).appointments[0].news_id);
    let coming = promise_protocol::vocabulary::AppointmentAnswer::Coming;
    pocket.phone.appointments().answer(&"m1".into(), coming, None).unwrap();
    pocket.sync().unwrap();
    assert_eq!(news(&pocket), News::default());
}

#[test]
fn answer_is_new_until_seen_and_reading_it_is_no_answer() {
    let pocket = pocket();
    let id = pocket.phone.asks().write("Who pays my rent?", AskAbout::Anything).unwrap();
    pocket.sync().unwrap();
    let answer = |after, fields| pocket.receive(vec![change("ask", id.as_str(), after, fields)]);
    answer(1, json!({"status": "seen"}));
    assert_eq!(news(&pocket), News::default());
    answer(2, json!({"status": "done", "reply": "We do.", "replied_by": "Ada"}));
    let first = news(&pocket).answers.remove(0);
    assert_eq!((first.ask.reply.as_deref(), first.reply_before), (Some("We do."), None));
    seen(&pocket, &first.news_id);
    assert_eq!(news(&pocket), News::default());
    answer(3, json!({"reply": "We do, until you are 21."}));
    assert_eq!(news(&pocket).answers[0].reply_before.as_deref(), Some("We do."));
    pocket.phone.asks().delete(&id).unwrap();
    assert_eq!(news(&pocket), News::default(), "the ask is gone");
}

#[test]
fn first_sync_of_several_pages_makes_nothing_new() {
    let pocket = Pocket::unpaired();
    pocket.pair("https://riverbridge.example", "K7QF-3MZD-9X01").unwrap();
    let page = |changes, more| SyncResponse { changes, more, ..SyncResponse::default() };
    pocket.server.next_takes(page(vec![appointment(1, review())], true));
    pocket.server.next_takes(page(vec![change("appointment", "m2", 1, review())], false));
    pocket.sync().unwrap();
    assert_eq!(pocket.phone.appointments().list().unwrap().len(), 2);
    assert_eq!(news(&pocket), News::default());
    pocket.receive(vec![change("appointment", "m3", 1, review())]);
    assert_eq!(news(&pocket).appointments.len(), 1);
}

#[test]
fn restore_of_the_server_makes_nothing_new() {
    let pocket = pocket();
    pocket.receive(vec![appointment(1, review())]);
    seen(&pocket, &news(&pocket).appointments[0].news_id);
    let restored = SyncResponse { generation: Some("gen00002".into()), ..SyncResponse::default() };
    pocket.server.next_takes(restored);
    pocket.sync().unwrap();
    pocket.receive(vec![appointment(1, review())]);
    assert_eq!(news(&pocket), News::default());
}

#[test]
fn news_and_that_they_were_seen_are_never_sent() {
    let pocket = pocket();
    publish(&pocket, &with_text("You can have £4,000 for your first flat."), 2);
    pocket.receive(vec![appointment(1, review())]);
    pocket.server.forget_requests();
    let found = news(&pocket);
    seen(&pocket, &found.pledges[0].news_id);
    seen(&pocket, &found.appointments[0].news_id);
    assert_eq!(pocket.phone.status().unwrap().unsent, 0);
    pocket.sync().unwrap();
    let requests = pocket.server.requests();
    assert!(!requests.is_empty() && requests.iter().all(|request| request.changes.is_empty()));
}

#[test]
fn changed_numbers_are_among_the_news() {
    let pocket = pocket();
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let number = json!({"phones": [{"number": "+447700900456", "kind": "mobile"}]});
    pocket.receive(vec![change("contact", "ada", 1, number)]);
    let found = news(&pocket).numbers;
    assert_eq!(found, pocket.phone.number_changes().unwrap());
    pocket.phone.mark_numbers_seen(&found[0].owner).unwrap();
    assert_eq!(news(&pocket), News::default());
}
