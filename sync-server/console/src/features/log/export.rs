//! Taking the log of a time and the caseload along, as tables.

use std::io;

use askama::Template;
use axum::{body::Body, extract::State, response::Response};
use chrono::{Months, NaiveDate, SecondsFormat};
use data_encoding::HEXLOWER;
use futures_util::{StreamExt, stream};
use promise_database::AuditFilter;
use promise_services::{
    Permission, StaffScope,
    audit::{export as service, export::ExportedEntry},
    calendar::{in_london, today},
    people::caseload::{self, CaseloadRow},
};

use crate::{
    App,
    kit::{
        csv,
        forms::{Field, FormData, Input, date_parts, field_error, parse_date},
        page::{
            FieldError, Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// Entries read at a time: each time is a short look at the database, so that whoever loads slowly
/// holds nothing up.
const AT_A_TIME: usize = 1000;

/// What a table of the log holds.
const LOG_COLUMNS: [&str; 11] = [
    "number",
    "at",
    "at_millis",
    "by",
    "by_id",
    "role",
    "act",
    "person",
    "reference",
    "detail",
    "hash",
];

/// What a table of the caseload holds.
const PEOPLE_COLUMNS: [&str; 8] = [
    "reference",
    "id",
    "advisers",
    "phones",
    "last_heard_of",
    "silent",
    "asks_waiting",
    "oldest_ask",
];

const CSV: &str = "text/csv; charset=utf-8";

#[derive(Template)]
#[template(path = "log/export.html")]
struct Shown {
    page: Page,
    fields: Vec<Field>,
    may_export_people: bool,
}

fn shown(session: &Session, days: [[String; 3]; 2], errors: Vec<FieldError>) -> Shown {
    let [from, to] = days;
    let fields = [
        Field::new("from", "log-from", Input::Date(from)).hint("date-hint"),
        Field::new("to", "log-to", Input::Date(to)).hint("date-hint"),
    ];
    Shown {
        fields: fields.map(|field| field.with_error(&errors)).to_vec(),
        page: session.page(words::t("export-title")).with_errors(errors),
        may_export_people: session.scope.may(Permission::ExportPeople),
    }
}

fn parts(day: NaiveDate) -> [String; 3] {
    ["%-d", "%-m", "%Y"].map(|part| day.format(part).to_string())
}

/// Shows what there is to take along. The month up to today is filled in.
pub(crate) async fn get(State(app): State<App>, session: Session) -> PageResult {
    session.scope.permit(Permission::ExportLog)?;
    let today = today(app.clock.now_millis());
    let month_ago = today.checked_sub_months(Months::new(1)).unwrap_or(today);
    Ok(response::render(&shown(&session, [parts(month_ago), parts(today)], Vec::new())))
}

fn days(form: &FormData) -> Result<(NaiveDate, NaiveDate), Vec<FieldError>> {
    let from = parse_date(&date_parts(form, "from")).ok().flatten();
    let to = parse_date(&date_parts(form, "to")).ok().flatten();
    let mut errors = Vec::new();
    if from.is_none() {
        errors.push(field_error("from-day", "log-day-wrong"));
    }
    if to.is_none() {
        errors.push(field_error("to-day", "log-day-wrong"));
    }
    match (from, to) {
        (Some(from), Some(to)) if from <= to => Ok((from, to)),
        (Some(_), Some(_)) => Err(vec![field_error("to-day", "log-days-turned")]),
        _ => Err(errors),
    }
}

/// Answers with the log of a time, in the pace in which it is read.
pub(crate) async fn post_log(State(app): State<App>, sent: StaffForm) -> PageResult {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::ExportLog)?;
    let wanted = match days(&form) {
        Ok(days) => days,
        Err(errors) => {
            let typed = ["from", "to"].map(|name| date_parts(&form, name));
            return Ok(response::invalid_form(&shown(&session, typed, errors)));
        }
    };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let begun = app.database.write(move |tx| service::begin(tx, &scope, wanted, now));
    let body = Body::from_stream(entries(app.clone(), session.scope, begun.await?));
    let name = format!("log-{}-{}.csv", wanted.0, wanted.1);
    Ok(csv::download(&name, CSV, body))
}

fn entries(
    app: App,
    scope: StaffScope,
    filter: AuditFilter,
) -> impl stream::Stream<Item = Result<Vec<u8>, io::Error>> {
    let mut head = csv::BYTE_ORDER_MARK.as_bytes().to_vec();
    head.extend(csv::encode([LOG_COLUMNS.to_vec()]));
    let rest = stream::try_unfold(Some(0), move |after: Option<u64>| {
        let (app, scope, filter) = (app.clone(), scope.clone(), filter.clone());
        async move {
            let Some(after) = after else { return Ok(None) };
            let read = app
                .database
                .read(move |tx| service::entries(tx, &scope, &filter, after, AT_A_TIME))
                .await;
            // The browser is told by the connection, for the answer has begun.
            let lines = read.map_err(io::Error::other)?;
            let next = lines.last().map(|line| line.entry.number);
            let next = next.filter(|_| lines.len() == AT_A_TIME);
            Ok(Some((table(&lines), next)))
        }
    });
    stream::once(async move { Ok(head) }).chain(rest)
}

fn table(entries: &[ExportedEntry]) -> Vec<u8> {
    let rows: Vec<[String; 11]> = entries.iter().map(row).collect();
    csv::encode(rows.iter().map(|row| row.iter().map(String::as_str).collect()))
}

/// The moment is London's, which says how far it is from UTC. With the milliseconds and the hash,
/// whoever has the table can check the chain for themselves.
fn row(line: &ExportedEntry) -> [String; 11] {
    let entry = &line.entry;
    [
        entry.number.to_string(),
        moment(entry.at),
        entry.at.to_string(),
        line.by.clone(),
        entry.actor.staff().unwrap_or_default().to_owned(),
        entry.role.clone(),
        entry.action.clone(),
        entry.person.clone().unwrap_or_default(),
        line.reference.clone(),
        entry.detail.clone(),
        HEXLOWER.encode(&entry.hash),
    ]
}

fn moment(millis: i64) -> String {
    in_london(millis).to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// Answers with every young person and who looks after them.
pub(crate) async fn post_caseload(State(app): State<App>, sent: StaffForm) -> PageResult {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    let rows = app.database.write(move |tx| caseload::export(tx, &scope, now)).await?;
    let name = format!("caseload-{}.csv", today(now));
    Ok(caseload(&name, &rows))
}

fn caseload(name: &str, rows: &[CaseloadRow]) -> Response {
    let yes_or_no = |is: bool| words::t(if is { "yes" } else { "no" });
    let cells: Vec<[String; 8]> = rows
        .iter()
        .map(|row| {
            [
                row.reference.clone().unwrap_or_default(),
                row.person.clone(),
                row.advisers.join(", "),
                row.activity.phones.to_string(),
                row.activity.last_sync_at.map(moment).unwrap_or_default(),
                yes_or_no(row.activity.silent),
                row.activity.waiting.to_string(),
                row.activity.oldest_at.map(moment).unwrap_or_default(),
            ]
        })
        .collect();
    let rows = cells.iter().map(|row| row.iter().map(String::as_str).collect());
    let head = [PEOPLE_COLUMNS.to_vec()];
    let mut file = csv::BYTE_ORDER_MARK.as_bytes().to_vec();
    file.extend(csv::encode(head.into_iter().chain(rows)));
    csv::download(name, CSV, Body::from(file))
}
