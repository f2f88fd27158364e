//! What a draft lacks to be published. A folder says the same as it is read; a draft that people
//! write on for weeks may lack anything until it is handed in.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use promise_protocol::pack::{Localised, Pledge, Promise, PromiseSection};

use super::{
    EditionContent, checks,
    limits::longest,
    records::{Fields, Kind, field_and_language, fields_of},
    text,
};

/// Something that is to be mended before a draft is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// What it is about.
    pub kind: Kind,
    /// Which one.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The field.
    pub field: &'static str,
    /// What is wrong.
    pub what: Wrong,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is empty and must not be.
    Missing,
    /// It is there in another language, and not in English.
    NoEnglish,
    /// It is longer than so many characters.
    TooLong(usize),
    /// It holds characters that no screen shows.
    Damaged,
    /// There is no such section.
    NoSuchSection,
    /// Ages are out of order.
    Ages(u8, u8),
    /// Days are out of order.
    Days(NaiveDate, NaiveDate),
    /// It is no web address.
    Address,
    /// Two records have the same name.
    Twice,
}

/// All that a draft lacks, in the order in which it is read.
pub fn lacks(draft: &EditionContent) -> Vec<Lack> {
    let mut found = Found(Vec::new());
    let EditionContent { promise, opportunities, directory } = draft;
    found.promise(promise);
    found.records(
        Kind::Section,
        &promise.sections,
        |section| &section.id,
        |section, it| {
            it.localised("title", &section.title, true);
            it.localised("intro", &section.intro, false);
        },
    );
    found.records(
        Kind::Pledge,
        &promise.pledges.0,
        |pledge| &pledge.id,
        |pledge, it| {
            it.all(pledge_problems(pledge, &promise.sections));
        },
    );
    let all = &opportunities.opportunities.0;
    found.records(
        Kind::Opportunity,
        all,
        |it| &it.id,
        |opportunity, it| {
            it.required("title", &opportunity.title);
            let ages = ages(opportunity.age_min, opportunity.age_max);
            it.all(ages.map(|what| ("age_max", what)));
            it.all(days(opportunity.starts, opportunity.ends).map(|what| ("ends", what)));
        },
    );
    found.records(
        Kind::Line,
        &directory.lines.0,
        |line| &line.id,
        |line, it| {
            it.localised("display_name", &line.display_name, true);
            it.localised("about", &line.about, false);
            it.required("role", &line.role);
            if line.phones.is_empty() {
                it.all([("phones", Wrong::Missing)]);
            }
        },
    );
    found.0
}

/// What is wrong with a pledge: the field, and what.
pub(crate) fn pledge_problems(
    pledge: &Pledge,
    sections: &[PromiseSection],
) -> Vec<(&'static str, Wrong)> {
    let mut found = Vec::new();
    for (field, texts, required) in [
        ("title", &pledge.title, true),
        ("text", &pledge.text, true),
        ("easy_read", &pledge.easy_read, false),
        ("how_to_get", &pledge.how_to_get, false),
    ] {
        found.extend(localised(texts, required).map(|what| (field, what)));
    }
    if !sections.iter().any(|section| section.id == pledge.section) {
        found.push(("section", Wrong::NoSuchSection));
    }
    found.extend(ages(pledge.age_min, pledge.age_max).map(|what| ("age_max", what)));
    found.extend(days(pledge.valid_from, pledge.valid_to).map(|what| ("valid_to", what)));
    if pledge.source_url.as_ref().is_some_and(|url| checks::url("", url).is_err()) {
        found.push(("source_url", Wrong::Address));
    }
    found
}

fn localised(texts: &Localised, required: bool) -> Option<Wrong> {
    let is_there = |text: &String| !text.is_empty();
    match (texts.get("en").is_some_and(is_there), texts.values().any(is_there)) {
        (true, _) => None,
        (false, true) => Some(Wrong::NoEnglish),
        (false, false) => required.then_some(Wrong::Missing),
    }
}

fn ages(from: Option<u8>, until: Option<u8>) -> Option<Wrong> {
    let (from, until) = (from?, until?);
    checks::ages_out_of_order(Some(from), Some(until)).map(|_| Wrong::Ages(from, until))
}

fn days(first: Option<NaiveDate>, last: Option<NaiveDate>) -> Option<Wrong> {
    let (first, last) = (first?, last?);
    (first > last).then_some(Wrong::Days(first, last))
}

struct Found(Vec<Lack>);

/// What is found about one record.
#[derive(Default)]
struct About(Vec<(&'static str, Wrong)>);

impl About {
    fn all(&mut self, found: impl IntoIterator<Item = (&'static str, Wrong)>) {
        self.0.extend(found);
    }

    fn localised(&mut self, field: &'static str, texts: &Localised, required: bool) {
        self.all(localised(texts, required).map(|what| (field, what)));
    }

    fn required(&mut self, field: &'static str, text: &str) {
        self.all(text.is_empty().then_some((field, Wrong::Missing)));
    }

    /// What no text should be, whatever its field.
    fn texts(&mut self, fields: &Fields) {
        for (name, value) in fields {
            let (field, _) = field_and_language(name);
            let Some(typed) = value.as_str() else { continue };
            let Some(field) = TEXTS.iter().find(|known| **known == field) else { continue };
            let most = longest(field);
            if typed.chars().count() > most {
                self.0.push((field, Wrong::TooLong(most)));
            }
            if text::is_unprintable(typed) {
                self.0.push((field, Wrong::Damaged));
            }
        }
    }
}

/// The fields that hold what somebody typed.
const TEXTS: [&str; 20] = [
    "title",
    "intro",
    "text",
    "easy_read",
    "how_to_get",
    "amount",
    "evidence",
    "ask_role",
    "legal_ref",
    "source_url",
    "summary",
    "body",
    "organisation",
    "how_to_apply",
    "contact_name",
    "cost",
    "hours",
    "role",
    "display_name",
    "about",
];

impl Found {
    fn promise(&mut self, promise: &Promise) {
        let mut about = About::default();
        about.localised("title", &promise.title, true);
        about.localised("intro", &promise.intro, false);
        for (field, is_empty) in
            [("sections", promise.sections.is_empty()), ("pledges", promise.pledges.0.is_empty())]
        {
            about.all(is_empty.then_some((field, Wrong::Missing)));
        }
        let head = Promise { sections: Vec::new(), pledges: <_>::default(), ..promise.clone() };
        about.texts(&fields_of(&head));
        self.push(Kind::Promise, "", "", about);
    }

    fn records<T: serde::Serialize>(
        &mut self,
        kind: Kind,
        records: &[T],
        id: impl Fn(&T) -> &String,
        check: impl Fn(&T, &mut About),
    ) {
        let mut seen = BTreeSet::new();
        for record in records {
            let mut about = About::default();
            if !seen.insert(id(record)) {
                about.all([("id", Wrong::Twice)]);
            }
            check(record, &mut about);
            let fields = fields_of(record);
            about.texts(&fields);
            let title =
                ["title.en", "title", "display_name.en"].iter().find_map(|it| fields.get(*it));
            let name = title.and_then(|title| title.as_str()).filter(|title| !title.is_empty());
            self.push(kind, id(record), name.unwrap_or(id(record)), about);
        }
    }

    fn push(&mut self, kind: Kind, id: &str, name: &str, about: About) {
        self.0.extend(about.0.into_iter().map(|(field, what)| Lack {
            kind,
            id: id.to_owned(),
            name: name.to_owned(),
            field,
            what,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::good;

    fn said(change: impl FnOnce(&mut EditionContent)) -> Vec<(Kind, &'static str, Wrong)> {
        let mut draft = good();
        change(&mut draft);
        lacks(&draft).into_iter().map(|lack| (lack.kind, lack.field, lack.what)).collect()
    }

    fn pledge(change: impl FnOnce(&mut Pledge)) -> Vec<(&'static str, Wrong)> {
        let found = said(|draft| change(&mut draft.promise.pledges.0[0]));
        found.into_iter().map(|(_, field, what)| (field, what)).collect()
    }

    #[test]
    fn a_folder_that_is_read_lacks_nothing() {
        assert_eq!(said(|_| {}), []);
    }

    #[test]
    fn each_lack_is_named_with_its_field() {
        assert_eq!(pledge(|it| it.title.clear()), [("title", Wrong::Missing)]);
        assert_eq!(pledge(|it| drop(it.text.remove("en"))), [("text", Wrong::NoEnglish)]);
        assert_eq!(pledge(|it| it.section = "x".into()), [("section", Wrong::NoSuchSection)]);
        assert_eq!(pledge(|it| it.age_min = Some(30)), [("age_max", Wrong::Ages(30, 25))]);
        assert_eq!(
            pledge(|it| it.amount = Some("x".repeat(501))),
            [("amount", Wrong::TooLong(500))]
        );
        assert_eq!(pledge(|it| it.amount = Some("a\0".into())), [("amount", Wrong::Damaged)]);
        let url = Some("javascript:alert(1)".into());
        assert_eq!(pledge(|it| it.source_url = url), [("source_url", Wrong::Address)]);
        let long = pledge(|it| drop(it.text.insert("ar".into(), "x".repeat(4001))));
        assert_eq!(long, [("text", Wrong::TooLong(4000))]);
        let day = NaiveDate::from_ymd_opt(2027, 1, 2);
        let days = Wrong::Days(day.unwrap(), day.unwrap().pred_opt().unwrap());
        let found = pledge(|it| {
            (it.valid_from, it.valid_to) = (day, day.and_then(|day| day.pred_opt()));
        });
        assert_eq!(found, [("valid_to", days)]);
    }

    #[test]
    fn nothing_at_all_lacks_everything() {
        let found = said(|draft| {
            draft.promise.title.clear();
            draft.promise.sections.clear();
            draft.promise.pledges.0.clear();
        });
        let wanted = ["title", "sections", "pledges"];
        assert_eq!(found, wanted.map(|field| (Kind::Promise, field, Wrong::Missing)));
        let found = said(|draft| {
            let line = draft.directory.lines.0[0].clone();
            draft.directory.lines.0.push(line);
            draft.directory.lines.0[0].phones.clear();
        });
        assert_eq!(
            found,
            [(Kind::Line, "phones", Wrong::Missing), (Kind::Line, "id", Wrong::Twice)]
        );
    }
}
