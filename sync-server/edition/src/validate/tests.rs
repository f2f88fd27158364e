//! What a draft needs before it can be published.

use chrono::NaiveDate;
use promise_protocol::pack::Pledge;

use super::*;
use crate::{issue::Place, tests::good};

fn issues(change: impl FnOnce(&mut EditionContent)) -> Vec<(RecordKind, &'static str, IssueKind)> {
    let mut content = good();
    change(&mut content);
    let found = validate(&content).into_iter().map(|issue| match issue.place {
        Place::Promise { field } => (RecordKind::Promise, field, issue.kind),
        Place::Record { kind, field, .. } => (kind, field, issue.kind),
        place => panic!("{place:?}"),
    });
    found.collect()
}

fn pledge(change: impl FnOnce(&mut Pledge)) -> Vec<(&'static str, IssueKind)> {
    let found = issues(|content| change(&mut content.promise.pledges.0[0]));
    found.into_iter().map(|(_, field, kind)| (field, kind)).collect()
}

#[test]
fn content_read_from_folder_has_no_issues() {
    assert_eq!(issues(|_| {}), []);
}

#[test]
fn each_issue_names_its_field() {
    assert_eq!(pledge(|pledge| pledge.title.clear()), [("title", IssueKind::Missing)]);
    assert_eq!(pledge(|pledge| drop(pledge.text.remove("en"))), [("text", IssueKind::NoEnglish)]);
    let known = vec!["money".to_owned()];
    assert_eq!(
        pledge(|pledge| pledge.section = "x".into()),
        [("section", IssueKind::NoSuchSection { known })]
    );
    assert_eq!(
        pledge(|pledge| pledge.age_min = Some(30)),
        [("age_max", IssueKind::AgesOutOfOrder { from: 30, until: 25 })]
    );
    assert_eq!(
        pledge(|pledge| pledge.amount = Some("x".repeat(501))),
        [("amount", IssueKind::TooLong { limit: 500 })]
    );
    assert_eq!(
        pledge(|pledge| pledge.amount = Some("a\0".into())),
        [("amount", IssueKind::Damaged)]
    );
    let url = Some("javascript:alert(1)".into());
    assert_eq!(
        pledge(|pledge| pledge.source_url = url),
        [("source_url", IssueKind::NotAWebAddress)]
    );
    let long = pledge(|pledge| drop(pledge.text.insert("ar".into(), "x".repeat(4001))));
    assert_eq!(long, [("text", IssueKind::TooLong { limit: 4000 })]);
    let day = NaiveDate::from_ymd_opt(2027, 1, 2);
    let (first, last) = (day.unwrap(), day.unwrap().pred_opt().unwrap());
    let found = pledge(|pledge| {
        (pledge.valid_from, pledge.valid_to) = (day, day.and_then(|day| day.pred_opt()));
    });
    assert_eq!(found, [("valid_to", IssueKind::DaysOutOfOrder { first, last })]);
}

#[test]
fn empty_promise_lacks_every_required_part() {
    let found = issues(|content| {
        content.promise.title.clear();
        content.promise.sections.clear();
        content.promise.pledges.0.clear();
    });
    let wanted = ["title", "sections", "pledges"];
    assert_eq!(found, wanted.map(|field| (RecordKind::Promise, field, IssueKind::Missing)));
    let found = issues(|content| {
        let line = content.directory.lines.0[0].clone();
        content.directory.lines.0.push(line);
        content.directory.lines.0[0].phones.clear();
    });
    assert_eq!(
        found,
        [
            (RecordKind::Line, "phones", IssueKind::Missing),
            (RecordKind::Line, "id", IssueKind::DuplicateId { first_line: None })
        ]
    );
}
