//! `promise.toml`: the council, the sections of its promise, and the pledges.

use promise_protocol::pack::{Council, Pledge, Promise, PromiseSection, Table};
use serde_json::Map;

use super::{FolderPictures, ids::UniqueIds, table::TableReader};
use crate::{
    issue::IssueKind,
    validate::{pledge_issues, values},
};

/// Reads the promise as far as it can be read.
pub(super) fn read(file: TableReader<'_>, pictures: &FolderPictures<'_>) -> Promise {
    let sections = sections(&file, pictures);
    let promise = Promise {
        council: council(&file),
        title: file.require_localised("title"),
        intro: file.localised("intro"),
        pledges: Table(pledges(&file, &sections, pictures)),
        sections,
        unknown: Map::new(),
    };
    file.refuse_other_fields();
    promise
}

fn council(file: &TableReader<'_>) -> Council {
    let mut council = Council { id: String::new(), name: String::new(), unknown: Map::new() };
    match file.table("council", "the council") {
        None => file.add_missing("council"),
        Some(table) => {
            council.id = table.id("id").unwrap_or_default();
            council.name = table.require("name");
            table.refuse_other_fields();
        }
    }
    council
}

fn sections(file: &TableReader<'_>, pictures: &FolderPictures<'_>) -> Vec<PromiseSection> {
    let mut ids = UniqueIds::default();
    let tables = file.tables("section", "a section");
    if tables.is_empty() {
        file.add_missing("sections");
    }
    let read = |table: TableReader<'_>| {
        let section = PromiseSection {
            id: ids.read(&table),
            title: table.require_localised("title"),
            intro: table.localised("intro"),
            picture: pictures.read(&table),
            unknown: Map::new(),
        };
        table.refuse_other_fields();
        section
    };
    tables.into_iter().map(read).collect()
}

fn pledges(
    file: &TableReader<'_>,
    sections: &[PromiseSection],
    pictures: &FolderPictures<'_>,
) -> Vec<Pledge> {
    let mut ids = UniqueIds::default();
    let tables = file.tables("pledge", "a pledge");
    if tables.is_empty() {
        file.add_missing("pledges");
    }
    let read = |table: TableReader<'_>| {
        let picture = pictures.read(&table);
        let pledge = Pledge { picture, ..pledge(&table, ids.read(&table)) };
        validate_pledge(&table, &pledge, sections);
        table.refuse_other_fields();
        pledge
    };
    tables.into_iter().map(read).collect()
}

fn pledge(table: &TableReader<'_>, id: String) -> Pledge {
    Pledge {
        id,
        section: table.require("section"),
        title: table.require_localised("title"),
        text: table.require_localised("text"),
        easy_read: table.localised("easy_read"),
        theme: table.word("theme"),
        outcome: table.number("outcome", values::outcome),
        basis: table.word("basis"),
        legal_ref: table.text("legal_ref"),
        who: table.words("who"),
        age_min: table.number("age_min", values::age),
        age_max: table.number("age_max", values::age),
        amount: table.text("amount"),
        how_to_get: table.localised("how_to_get"),
        ask_role: table.text("ask_role"),
        evidence: table.text("evidence"),
        area: table.word("area"),
        valid_from: table.day("valid_from"),
        valid_to: table.day("valid_to"),
        in_force_from: table.day("in_force_from"),
        source_url: table.parse("source_url", values::web_address),
        checked_on: table.day("checked_on"),
        picture: None,
        unknown: Map::new(),
    }
}

/// Adds the issues with a pledge as a whole. Those with its fields were added as they were read.
fn validate_pledge(table: &TableReader<'_>, pledge: &Pledge, sections: &[PromiseSection]) {
    for (field, kind) in pledge_issues(pledge, sections) {
        match kind {
            IssueKind::NoSuchSection { .. } if pledge.section.is_empty() => {}
            IssueKind::NoSuchSection { .. } => {
                table.add_field_issue(field, kind, &pledge.section);
            }
            IssueKind::AgesOutOfOrder { .. } | IssueKind::DaysOutOfOrder { .. } => {
                table.add_field_issue(field, kind, "");
            }
            _ => {}
        }
    }
}
