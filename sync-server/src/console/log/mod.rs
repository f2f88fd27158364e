//! The log, for auditors.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use super::{
    answer::{self, Answer},
    page::Page,
    request::Visit,
    times, words,
};
use crate::{
    routes::App,
    service::{
        ServiceError,
        audit::{self, Chain},
    },
    store::AuditEntry,
};

/// Entries on a page.
const MOST: usize = 50;

/// Where to go on.
#[derive(Deserialize)]
pub(super) struct Before {
    before: Option<u64>,
}

struct Row {
    number: u64,
    at: String,
    who: String,
    act: String,
    about: String,
}

#[derive(Template)]
#[template(path = "log.html")]
struct Log {
    page: Page,
    rows: Vec<Row>,
    /// Whether the chain holds, in words.
    chain: String,
    is_whole: bool,
    hash: String,
    next: Option<u64>,
}

/// Shows a page of it.
pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    Query(Before { before }): Query<Before>,
) -> Answer {
    let (scope, now) = (visit.scope.clone(), app.clock.now_millis());
    let read = app.readers.run(move |tx| {
        let council = scope.own_council().unwrap_or_default().to_owned();
        let entries = audit::list(tx, &scope, &council, before.unwrap_or(u64::MAX), MOST)?;
        let chain = audit::verify(tx, &scope, &council)?;
        let rows = entries.into_iter().map(|entry| {
            let who = audit::name_of(tx, &entry.staff)?;
            Ok(row(&entry, &who, now))
        });
        Ok((rows.collect::<Result<Vec<_>, ServiceError>>()?, chain))
    });
    let (rows, chain) = read.await.map_err(|error: ServiceError| error)?;
    let (is_whole, chain, hash) = match chain {
        Chain::Whole(count, hash) => {
            (true, words::count("log-whole", usize::try_from(count).unwrap_or(usize::MAX)), hash)
        }
        Chain::Broken(number) => {
            (false, words::with("log-broken", "number", &number.to_string()), String::new())
        }
    };
    let next = rows.last().map(|row| row.number).filter(|number| *number > 1);
    let page = Page::of(&visit, words::t("log-title"));
    Ok(answer::page(&Log { page, rows, chain, is_whole, hash, next }))
}

fn row(entry: &AuditEntry, who: &str, now: i64) -> Row {
    let role = words::t(&format!("role-{}", entry.role));
    Row {
        number: entry.number,
        at: times::moment(entry.at, now),
        who: if who.is_empty() { role } else { format!("{who} ({role})") },
        act: words::t(&format!("act-{}", entry.act.replace('_', "-"))),
        about: format!("{} {}", entry.person, entry.detail).trim().to_owned(),
    }
}
