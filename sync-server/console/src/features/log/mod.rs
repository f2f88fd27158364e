//! The log, for auditors: page by page, filtered, and with how its last check came out.

mod check;
mod export;
mod filter;
pub(crate) mod unusual_access;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use promise_database::AuditEntry;
use promise_services::{
    Permission, ServiceError, StaffRole,
    audit::{self, unusual_access as many},
};

use crate::{
    App,
    features::log::{filter::Wanted, unusual_access::ManyLook},
    kit::{
        feature::{Feature, NavItem, Route},
        format::{display_reference, staff_name},
        forms::{Field, Input},
        page::{
            Page,
            response::{self, PageResult},
        },
        session::Session,
        url::with_query,
        words::{self, times},
    },
};

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[
        NavItem {
            path: "/console/log",
            label: "nav-log",
            permission: Some(Permission::SeeLog),
            start_for: &[StaffRole::Auditor],
        },
        NavItem {
            path: "/console/export",
            label: "nav-export",
            permission: Some(Permission::ExportLog),
            start_for: &[],
        },
    ],
};

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/log/check", check::get),
        Route::post("/console/log/check", check::post),
        Route::get("/console/export", export::get),
        Route::post("/console/export/log", export::post_log),
        Route::post("/console/export/people", export::post_caseload),
        Route::get("/console/log", get),
    ]
}

/// Entries on a page.
const MAX: usize = 50;

struct Row {
    number: u64,
    at: String,
    who: String,
    act: String,
    /// Whom it is about, and where only what is about them is.
    person: String,
    only: String,
    detail: String,
}

#[derive(Template)]
#[template(path = "log/log.html")]
struct Log {
    page: Page,
    many_looks: Vec<ManyLook>,
    /// How the last check came out.
    checked: String,
    is_checked: bool,
    is_whole: bool,
    fields: Vec<Field>,
    is_filtered: bool,
    rows: Vec<Row>,
    range: String,
    next: Option<String>,
}

/// The names that entries are told with.
struct Names {
    staff: BTreeMap<String, String>,
    people: BTreeMap<String, String>,
}

/// Shows a page of it.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Query(wanted): Query<Wanted>,
) -> PageResult {
    let (scope, now, many_are) =
        (session.scope.clone(), app.clock.now_millis(), app.unusual_access);
    let asked = wanted.clone();
    let read = app.database.read(move |tx| {
        let council = scope.own_council().unwrap_or_default().to_owned();
        let last = audit::last_check(tx, &scope, &council)?;
        let (filter, errors) = asked.read(tx, &scope)?;
        let before = asked.before.unwrap_or(u64::MAX);
        // One more than a page holds says whether there is another page.
        let entries = if errors.is_empty() {
            audit::search(tx, &scope, &council, &filter, before, MAX + 1)?
        } else {
            Vec::new()
        };
        let staff = tx.staff_of(&council)?;
        let people = tx.people(&council)?;
        let looks = many::list(tx, &scope, many_are, now)?;
        Ok::<_, ServiceError>((last, errors, entries, staff, people, looks))
    });
    let (last, errors, mut entries, staff, people, many_looks) = read.await?;
    let more = entries.len() > MAX;
    entries.truncate(MAX);
    let names = Names {
        staff: staff.iter().map(|it| (it.id.clone(), staff_name(it))).collect(),
        people: people
            .iter()
            .map(|it| (it.id.clone(), display_reference(&it.id, it.reference.as_deref())))
            .collect(),
    };
    let last = last.map(|check| check::say(check, now));
    let is_wrong = !errors.is_empty();
    let shown = Log {
        fields: wanted.fields(&staff, &errors),
        page: session.page(words::t("log-title")).with_errors(errors),
        many_looks: unusual_access::say(many_looks, true),
        is_checked: last.is_some(),
        is_whole: last.as_ref().is_some_and(|check| check.is_whole),
        checked: last
            .map_or_else(|| words::t("log-check-never"), |it| format!("{}. {}", it.text, it.when)),
        is_filtered: wanted.is_filtered(),
        range: range(&entries),
        next: entries.last().filter(|_| more).map(|last| wanted.older(last.number)),
        rows: entries.iter().map(|entry| row(entry, &names, now)).collect(),
    };
    Ok(if is_wrong { response::invalid_form(&shown) } else { response::render(&shown) })
}

fn range(entries: &[AuditEntry]) -> String {
    let (Some(newest), Some(oldest)) = (entries.first(), entries.last()) else {
        return String::new();
    };
    words::format(
        "log-range",
        &[
            ("count", entries.len().into()),
            ("newest", newest.number.to_string().into()),
            ("oldest", oldest.number.to_string().into()),
        ],
    )
}

/// What was done, in words.
fn act(act: &str) -> String {
    words::t(&format!("act-{}", act.replace('_', "-")))
}

fn row(entry: &AuditEntry, names: &Names, now: i64) -> Row {
    let role = words::t(&format!("role-{}", entry.role));
    let who = entry.actor.staff().and_then(|staff| names.staff.get(staff));
    let person = entry.person.as_deref().unwrap_or_default();
    let about = names.people.get(person).map_or(person, String::as_str);
    // Where it is about a colleague, they stand in front by their random name.
    let words: Vec<&str> = entry.detail.split(' ').collect();
    let words: Vec<&str> =
        words.iter().map(|word| names.staff.get(*word).map_or(*word, String::as_str)).collect();
    Row {
        number: entry.number,
        at: times::date_time(entry.at, now),
        who: who.map_or_else(|| role.clone(), |who| format!("{who} ({role})")),
        act: act(&entry.action),
        person: about.to_owned(),
        only: with_query("/console/log", &[("person", person)]),
        detail: words.join(" "),
    }
}
