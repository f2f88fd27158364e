//! The page of the audit log: entries, filters, the result of the last check, and unusual access.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use promise_database::AuditEntry;
use promise_protocol::ids::{EntryId, PersonId, StaffId};
use promise_services::{
    ServiceError,
    audit::{self, unusual_access},
    colleagues,
};

use crate::{
    App,
    features::log::{
        UnusualAccessRow, action_name,
        check::CheckResult,
        filter::{LOG, QueryParams},
    },
    kit::{
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

/// The most entries of a page.
const PAGE_SIZE: usize = 50;

struct Row {
    number: u64,
    at: String,
    actor: String,
    action: String,
    /// The young person whom it is about; empty for none.
    person: String,
    /// The path of the log with only the entries about them.
    person_filter: String,
    detail: String,
}

#[derive(Template)]
#[template(path = "log/log.html")]
struct LogTemplate {
    page: Page,
    unusual_access: Vec<UnusualAccessRow>,
    last_check: Option<CheckResult>,
    fields: Vec<Field>,
    is_filtered: bool,
    rows: Vec<Row>,
    range: String,
    next: Option<String>,
}

/// The names of staff members, entries of the address book and young people, by id.
struct Names {
    staff: BTreeMap<StaffId, String>,
    entries: BTreeMap<EntryId, String>,
    people: BTreeMap<PersonId, String>,
}

/// Shows a page of the log.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Query(query): Query<QueryParams>,
) -> PageResult {
    let (scope, now, threshold) =
        (session.scope.clone(), app.clock.now_millis(), app.unusual_access);
    let params = query.clone();
    let read = app.database.read(move |tx| {
        let council = scope.require_council()?.clone();
        let last_check = audit::last_check(tx, &scope, &council)?;
        let (filter, errors) = params.parse(tx, &scope)?;
        let before = params.before.unwrap_or(u64::MAX);
        // One more than a page holds shows that there is another page.
        let entries = if errors.is_empty() {
            audit::search(tx, &scope, &council, &filter, before, PAGE_SIZE + 1)?
        } else {
            Vec::new()
        };
        let staff = colleagues::by_name(tx, &council)?;
        let people = tx.people(&council)?;
        let entries_of_book = tx.book_entries(&council)?;
        let unusual = unusual_access::list(tx, &scope, threshold, now)?;
        Ok::<_, ServiceError>((
            last_check,
            errors,
            entries,
            staff,
            people,
            entries_of_book,
            unusual,
        ))
    });
    let (last_check, errors, mut entries, staff, people, book, unusual) = read.await?;
    let has_more = entries.len() > PAGE_SIZE;
    entries.truncate(PAGE_SIZE);
    let person_name = |person: &promise_database::Person| {
        display_reference(person.id.as_str(), person.reference.as_deref())
    };
    let names = Names {
        staff: staff.iter().map(|staff| (staff.id.clone(), staff_name(staff))).collect(),
        entries: book.iter().map(|it| (it.id.clone(), it.name().to_owned())).collect(),
        people: people.iter().map(|person| (person.id.clone(), person_name(person))).collect(),
    };
    let is_invalid = !errors.is_empty();
    let template = LogTemplate {
        fields: query.fields(&staff, &errors),
        page: session.page(words::t("log-title")).with_errors(errors),
        unusual_access: UnusualAccessRow::list(unusual, true),
        last_check: last_check.map(|check| CheckResult::new(check, now)),
        is_filtered: query.is_filtered(),
        range: range(&entries),
        next: entries.last().filter(|_| has_more).map(|last| query.path_before(last.number)),
        rows: entries.iter().map(|entry| row(entry, &names, now)).collect(),
    };
    if is_invalid { Ok(response::invalid_form(&template)) } else { Ok(response::render(&template)) }
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

fn row(entry: &AuditEntry, names: &Names, now: i64) -> Row {
    let role = words::t(&format!("role-{}", entry.role));
    let actor = entry.actor.staff().and_then(|staff| names.staff.get(staff));
    let person = entry.person.as_ref();
    let person_id = person.map(PersonId::as_str).unwrap_or_default();
    let person_name = person.and_then(|person| names.people.get(person));
    // An entry about a colleague or about an entry of the address book starts with its id.
    let name_or_word = |word| {
        let name = names.staff.get(word).or_else(|| names.entries.get(word));
        name.map_or(word, String::as_str)
    };
    let detail: Vec<&str> = entry.detail.split(' ').map(name_or_word).collect();
    Row {
        number: entry.number,
        at: times::date_time(entry.at, now),
        actor: actor.map_or_else(|| role.clone(), |name| format!("{name} ({role})")),
        action: action_name(&entry.action),
        person: person_name.map_or(person_id, String::as_str).to_owned(),
        person_filter: with_query(LOG, &[("person", person_id)]),
        detail: detail.join(" "),
    }
}
