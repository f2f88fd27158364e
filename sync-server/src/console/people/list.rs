//! The list of young people, with a search and what to look after first.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use super::{
    super::{
        answer::{self, Answer},
        page::{Link, Page},
        request::Visit,
        text, times, words,
    },
    called,
};
use crate::{
    routes::App,
    service::{ServiceError, caseload},
};

/// People on a page.
const MOST: usize = 50;

/// What was asked for.
#[derive(Deserialize)]
pub(in crate::console) struct Wanted {
    #[serde(default)]
    q: String,
    #[serde(default)]
    show: String,
    #[serde(default)]
    page: usize,
    done: Option<String>,
}

struct Row {
    id: String,
    name: String,
    phones: usize,
    last_sync: String,
    waiting: usize,
    silent: bool,
    note: String,
}

#[derive(Template)]
#[template(path = "people.html")]
struct People {
    page: Page,
    q: String,
    show: String,
    filters: Vec<Link>,
    rows: Vec<Row>,
    found: usize,
    next: Option<String>,
}

/// Shows it.
pub(in crate::console) async fn show(
    State(app): State<App>,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let (scope, now) = (visit.scope.clone(), app.clock.now_millis());
    let all = app.readers.run(move |tx| caseload::list(tx, &scope, now)).await;
    let all = all.map_err(|error: ServiceError| error)?;
    let q = text::clean(&wanted.q);
    let counts = ["", "no-phone", "silent", "asks"]
        .map(|show| (show, all.iter().filter(|row| belongs(row, show)).count()));
    let found: Vec<_> = all
        .into_iter()
        .filter(|row| belongs(row, &wanted.show))
        .map(|row| shown(row, now))
        .filter(|row| row.name.to_lowercase().contains(&q.to_lowercase()))
        .collect();
    let count = found.len();
    let first = wanted.page.saturating_mul(MOST);
    let rows: Vec<Row> = found.into_iter().skip(first).take(MOST).collect();
    let next = (first + rows.len() < count).then(|| address(&q, &wanted.show, wanted.page + 1));
    let filters = counts.map(|(show, count)| Link {
        href: address(&q, show, 0),
        text: words::count(if show.is_empty() { "filter-all" } else { key(show) }, count),
        is_here: show == wanted.show,
    });
    let page = Page::of(&visit, words::t("people-title")).done(wanted.done.as_deref());
    let filters = filters.to_vec();
    Ok(answer::page(&People { page, q, show: wanted.show, filters, rows, found: count, next }))
}

fn key(show: &str) -> &'static str {
    match show {
        "no-phone" => "filter-no-phone",
        "silent" => "filter-silent",
        _ => "filter-asks",
    }
}

fn belongs(row: &caseload::Row, show: &str) -> bool {
    match show {
        "no-phone" => row.phones == 0,
        "silent" => row.silent,
        "asks" => row.waiting > 0,
        _ => true,
    }
}

fn shown(row: caseload::Row, now: i64) -> Row {
    let day = |day: chrono::NaiveDate| times::day(day);
    let note = match (row.starts, row.ends) {
        (Some(starts), _) => words::with("people-yours-from", "day", &day(starts)),
        (None, Some(ends)) if row.is_cover => words::with("people-cover-until", "day", &day(ends)),
        (None, Some(ends)) => words::with("people-yours-until", "day", &day(ends)),
        (None, None) => String::new(),
    };
    Row {
        name: called(&row.person, row.reference.as_deref()),
        id: row.person,
        phones: row.phones,
        last_sync: row.last_sync_at.map(|at| times::moment(at, now)).unwrap_or_default(),
        waiting: row.waiting,
        silent: row.silent,
        note,
    }
}

fn address(q: &str, show: &str, page: usize) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let page = page.to_string();
    for (name, value) in [("q", q), ("show", show), ("page", &page)] {
        if !value.is_empty() && value != "0" {
            query.append_pair(name, value);
        }
    }
    format!("/console/people?{}", query.finish())
}
