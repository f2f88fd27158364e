//! `promise.toml`: the council, the sections of its promise, and the pledges.

use promise_protocol::pack::{
    Basis, Category, Council, Pledge, PledgeArea, Promise, PromiseSection, Table, Theme,
};
use serde_json::Map;

use super::{
    checks,
    fields::{Fields, one_of},
    names::Names,
    pictures::FolderPictures,
    whole::{Wrong, pledge_problems},
};

/// The themes of pledges, by the word that a file uses.
pub const THEMES: [(&str, Theme); 7] = [
    ("a", Theme::A),
    ("b", Theme::B),
    ("c", Theme::C),
    ("d", Theme::D),
    ("e", Theme::E),
    ("f", Theme::F),
    ("g", Theme::G),
];

/// What a pledge rests on, by the word that a file uses.
pub const BASES: [(&str, Basis); 3] = [
    ("statutory", Basis::Statutory),
    ("guidance", Basis::Guidance),
    ("discretionary", Basis::Discretionary),
];

/// The legal categories of care leavers, by the word that a file uses.
pub const CATEGORIES: [(&str, Category); 4] = [
    ("eligible", Category::Eligible),
    ("relevant", Category::Relevant),
    ("former_relevant", Category::FormerRelevant),
    ("qualifying", Category::Qualifying),
];

/// Where a pledge holds, by the word that a file uses.
pub const AREAS: [(&str, PledgeArea); 3] =
    [("own", PledgeArea::Own), ("resident", PledgeArea::Resident), ("any", PledgeArea::Any)];

/// The promise, as far as it can be read.
pub(super) fn read(file: Fields<'_>, pictures: &FolderPictures<'_>) -> Promise {
    let sections = sections(&file, pictures);
    let promise = Promise {
        council: council(&file),
        title: file.required_localised("title"),
        intro: file.localised("intro"),
        pledges: Table(pledges(&file, &sections, pictures)),
        sections,
        unknown: Map::new(),
    };
    file.no_others();
    promise
}

fn council(file: &Fields<'_>) -> Council {
    let mut council = Council { id: String::new(), name: String::new(), unknown: Map::new() };
    match file.table("council", "the council") {
        None => file.problem("there is no [council] with its id and name"),
        Some(fields) => {
            council.id = fields.id("id").unwrap_or_default();
            council.name = fields.required("name");
            fields.no_others();
        }
    }
    council
}

fn sections(file: &Fields<'_>, pictures: &FolderPictures<'_>) -> Vec<PromiseSection> {
    let mut seen = Names::default();
    let tables = file.tables("section", "a section");
    if tables.is_empty() {
        file.problem("there is no section; write at least one [[section]]");
    }
    let read = |fields: Fields<'_>| {
        let section = PromiseSection {
            id: seen.next(&fields),
            title: fields.required_localised("title"),
            intro: fields.localised("intro"),
            picture: pictures.of(&fields),
            unknown: Map::new(),
        };
        fields.no_others();
        section
    };
    tables.into_iter().map(read).collect()
}

fn pledges(
    file: &Fields<'_>,
    sections: &[PromiseSection],
    pictures: &FolderPictures<'_>,
) -> Vec<Pledge> {
    let mut seen = Names::default();
    let tables = file.tables("pledge", "a pledge");
    if tables.is_empty() {
        file.problem("there is no pledge; write at least one [[pledge]]");
    }
    let read = |fields: Fields<'_>| {
        let picture = pictures.of(&fields);
        let pledge = Pledge { picture, ..pledge(&fields, seen.next(&fields)) };
        check_pledge(&fields, &pledge, sections);
        fields.no_others();
        pledge
    };
    tables.into_iter().map(read).collect()
}

fn pledge(fields: &Fields<'_>, id: String) -> Pledge {
    Pledge {
        id,
        section: fields.required("section"),
        title: fields.required_localised("title"),
        text: fields.required_localised("text"),
        easy_read: fields.localised("easy_read"),
        theme: fields.choice("theme", &THEMES),
        outcome: fields.number("outcome", checks::outcome),
        basis: fields.choice("basis", &BASES),
        legal_ref: fields.text("legal_ref"),
        who: fields.list("who", |typed| one_of("who", typed, &CATEGORIES)),
        age_min: fields.number("age_min", |typed| checks::age("age_min", typed)),
        age_max: fields.number("age_max", |typed| checks::age("age_max", typed)),
        amount: fields.text("amount"),
        how_to_get: fields.localised("how_to_get"),
        ask_role: fields.text("ask_role"),
        evidence: fields.text("evidence"),
        area: fields.choice("area", &AREAS),
        valid_from: fields.day("valid_from"),
        valid_to: fields.day("valid_to"),
        in_force_from: fields.day("in_force_from"),
        source_url: fields.checked("source_url", |typed| checks::url("source_url", typed)),
        checked_on: fields.day("checked_on"),
        picture: None,
        unknown: Map::new(),
    }
}

/// What is wrong with a pledge as a whole. What it lacks was noted as it was read.
fn check_pledge(fields: &Fields<'_>, pledge: &Pledge, sections: &[PromiseSection]) {
    for (field, wrong) in pledge_problems(pledge, sections) {
        let what = match wrong {
            Wrong::NoSuchSection if !pledge.section.is_empty() => {
                let all = sections.iter().map(|section| section.id.as_str());
                let all = all.collect::<Vec<_>>().join(", ");
                format!("there is no section \"{}\"; the sections are {all}", pledge.section)
            }
            Wrong::Ages(..) => {
                checks::ages_out_of_order(pledge.age_min, pledge.age_max).unwrap_or_default()
            }
            Wrong::Days(from, to) => {
                let (from, to) = (("valid_from", Some(from)), ("valid_to", Some(to)));
                checks::days_out_of_order(from, to).unwrap_or_default()
            }
            _ => continue,
        };
        fields.problem_of(field, what);
    }
}
