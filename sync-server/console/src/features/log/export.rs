//! Downloads of the log and of the caseload, as CSV files.

use std::io;

use askama::Template;
use axum::{body::Body, extract::State, response::Response};
use chrono::{Months, NaiveDate, SecondsFormat};
use data_encoding::HEXLOWER;
use futures_util::{StreamExt, stream};
use promise_database::AuditFilter;
use promise_protocol::ids::{PersonId, StaffId};
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
        forms::{Field, FormData, Input, date_parts, field_error, parse_date, parts_of_date},
        page::{
            FieldError, Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// Entries that one transaction reads. A browser that loads slowly holds up nothing.
const CHUNK_SIZE: usize = 1000;

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

const CASELOAD_COLUMNS: [&str; 8] = [
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
struct ExportTemplate {
    page: Page,
    fields: Vec<Field>,
    can_export_people: bool,
}

/// The days of the log as they are typed.
struct DaysForm {
    from: [String; 3],
    to: [String; 3],
}

impl DaysForm {
    fn read(form: &FormData) -> Self {
        Self { from: date_parts(form, "from"), to: date_parts(form, "to") }
    }

    /// Parses the first and the last day.
    fn parse(&self) -> Result<(NaiveDate, NaiveDate), Vec<FieldError>> {
        let from = parse_date(&self.from).ok().flatten();
        let to = parse_date(&self.to).ok().flatten();
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

    fn template(self, session: &Session, errors: Vec<FieldError>) -> ExportTemplate {
        let fields = [
            Field::new("from", "log-from", Input::Date(self.from)).hint("date-hint"),
            Field::new("to", "log-to", Input::Date(self.to)).hint("date-hint"),
        ];
        ExportTemplate {
            fields: fields.map(|field| field.with_error(&errors)).to_vec(),
            page: session.page(words::t("export-title")).with_errors(errors),
            can_export_people: session.scope.may(Permission::ExportPeople),
        }
    }
}

/// Shows the downloads. The month up to today is filled in.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    session.scope.permit(Permission::ExportLog)?;
    let today = today(app.clock.now_millis());
    let month_ago = today.checked_sub_months(Months::new(1)).unwrap_or(today);
    let form = DaysForm { from: parts_of_date(month_ago), to: parts_of_date(today) };
    Ok(response::render(&form.template(&session, Vec::new())))
}

/// Streams the entries of the log between two days.
pub(super) async fn post_log(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let StaffForm { session, form } = submitted;
    session.scope.permit(Permission::ExportLog)?;
    let form = DaysForm::read(&form);
    let days = match form.parse() {
        Ok(days) => days,
        Err(errors) => return Ok(response::invalid_form(&form.template(&session, errors))),
    };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let begun = app.database.write(move |tx| service::begin(tx, &scope, days, now));
    let body = Body::from_stream(log_file(app.clone(), session.scope, begun.await?));
    let (from, to) = days;
    Ok(csv::download(&format!("log-{from}-{to}.csv"), CSV, body))
}

fn log_file(
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
                .read(move |tx| service::entries(tx, &scope, &filter, after, CHUNK_SIZE))
                .await;
            // The response has begun. Only a broken connection can show the error.
            let entries = read.map_err(io::Error::other)?;
            let last = entries.last().map(|exported| exported.entry.number);
            let next = last.filter(|_| entries.len() == CHUNK_SIZE);
            Ok(Some((log_lines(&entries), next)))
        }
    });
    stream::once(async move { Ok(head) }).chain(rest)
}

fn log_lines(entries: &[ExportedEntry]) -> Vec<u8> {
    let rows: Vec<[String; 11]> = entries.iter().map(log_row).collect();
    csv::encode(rows.iter().map(|row| row.iter().map(String::as_str).collect()))
}

/// The columns of an entry. With the milliseconds and the hash, the owner of the file can verify
/// the chain themselves.
fn log_row(exported: &ExportedEntry) -> [String; 11] {
    let entry = &exported.entry;
    [
        entry.number.to_string(),
        date_time(entry.at),
        entry.at.to_string(),
        exported.by.clone(),
        entry.actor.staff().map(StaffId::to_string).unwrap_or_default(),
        entry.role.to_string(),
        entry.action.clone(),
        entry.person.as_ref().map(PersonId::to_string).unwrap_or_default(),
        exported.reference.clone(),
        entry.detail.clone(),
        HEXLOWER.encode(&entry.hash),
    ]
}

/// Formats a time in London, with its offset from UTC.
fn date_time(millis: i64) -> String {
    in_london(millis).to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// Sends every young person of the council with their advisers.
pub(super) async fn post_caseload(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    let rows = app.database.write(move |tx| caseload::export(tx, &scope, now)).await?;
    Ok(caseload_file(&format!("caseload-{}.csv", today(now)), &rows))
}

fn caseload_file(name: &str, rows: &[CaseloadRow]) -> Response {
    let rows: Vec<[String; 8]> = rows.iter().map(caseload_row).collect();
    let rows = rows.iter().map(|row| row.iter().map(String::as_str).collect());
    let mut file = csv::BYTE_ORDER_MARK.as_bytes().to_vec();
    file.extend(csv::encode([CASELOAD_COLUMNS.to_vec()].into_iter().chain(rows)));
    csv::download(name, CSV, Body::from(file))
}

fn caseload_row(row: &CaseloadRow) -> [String; 8] {
    [
        row.reference.clone().unwrap_or_default(),
        row.person.to_string(),
        row.advisers.join(", "),
        row.activity.phones.to_string(),
        row.activity.last_sync_at.map(date_time).unwrap_or_default(),
        words::t(if row.activity.silent { "yes" } else { "no" }),
        row.activity.waiting.to_string(),
        row.activity.oldest_at.map(date_time).unwrap_or_default(),
    ]
}
