//! Checking the chain: a button, and how the last check came out.

use askama::Template;
use axum::extract::State;
use promise_services::{
    ServiceError,
    audit::{self, ChainCheck, ChainStatus},
};

use crate::{
    App,
    kit::{
        page::{
            Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words::{self, times},
    },
};

/// How a check came out, in words.
pub(super) struct Said {
    pub(super) is_whole: bool,
    pub(super) text: String,
    pub(super) when: String,
    hash: String,
    /// Where the chain breaks.
    at: String,
}

#[derive(Template)]
#[template(path = "log/check.html")]
struct Shown {
    page: Page,
    check: Option<Said>,
}

/// Says how it came out.
pub(super) fn say(check: ChainCheck, now: i64) -> Said {
    let by = if check.by.is_empty() { words::t("role-operator") } else { check.by };
    let when = words::format(
        "log-checked",
        &[("when", times::date_time(check.at, now).into()), ("name", by.into())],
    );
    match check.chain {
        ChainStatus::Intact(count, hash) => {
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            let text = words::count("log-whole", count);
            Said { is_whole: true, text, when, hash, at: String::new() }
        }
        ChainStatus::Broken(number) => Said {
            is_whole: false,
            text: words::with("log-broken", "number", &number.to_string()),
            when,
            hash: String::new(),
            // The page of the log whose newest entry comes a few after it.
            at: format!("/console/log?before={}", number.saturating_add(5)),
        },
    }
}

/// Shows how the last check came out.
pub(crate) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let read = app
        .database
        .read(move |tx| audit::last_check(tx, &scope, scope.own_council().unwrap_or_default()));
    let check = read.await.map_err(|error: ServiceError| error)?.map(|check| say(check, now));
    let page = session.page(words::t("log-check-title")).back("/console/log", words::t("nav-log"));
    Ok(response::render(&Shown { page, check }))
}

/// Checks it from the first entry, beside whoever writes, and notes how it came out.
pub(crate) async fn post(State(app): State<App>, sent: StaffForm) -> PageResult {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    let reader = scope.clone();
    let checked = app
        .database
        .read(move |tx| audit::verify_chain(tx, &reader, reader.own_council().unwrap_or_default()));
    let chain = checked.await.map_err(|error: ServiceError| error)?;
    let noted = app.database.write(move |tx| {
        let council = scope.own_council().unwrap_or_default().to_owned();
        audit::record_check(tx, &scope, &council, &chain, now)
    });
    noted.await?;
    Ok(response::redirect("/console/log/check"))
}
