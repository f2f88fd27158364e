//! The page that checks the log's chain, and shows the result of the last check.

use askama::Template;
use axum::extract::State;
use promise_services::{
    ServiceError,
    audit::{self, ChainCheck, ChainStatus},
};

use crate::{
    App,
    features::log::filter::LOG,
    kit::{
        page::{
            Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        url::with_query,
        words::{self, times},
    },
};

/// How many entries after a break the log shows with it.
const SHOWN_AFTER_BREAK: u64 = 5;

/// The result of a check as text.
pub(super) struct CheckResult {
    pub(super) text: String,
    pub(super) when: String,
    /// The hash of the newest entry, if the chain is intact.
    pub(super) hash: Option<String>,
    /// The path of the log's page around the break, if there is one.
    pub(super) break_path: Option<String>,
}

impl CheckResult {
    pub(super) fn new(check: ChainCheck, now: i64) -> Self {
        let by = if check.by.is_empty() { words::t("role-operator") } else { check.by };
        let arguments = [("when", times::date_time(check.at, now).into()), ("name", by.into())];
        let when = words::format("log-checked", &arguments);
        match check.chain {
            ChainStatus::Intact(count, hash) => {
                let count = usize::try_from(count).unwrap_or(usize::MAX);
                let text = words::count("log-whole", count);
                Self { text, when, hash: Some(hash), break_path: None }
            }
            ChainStatus::Broken(number) => {
                let before = number.saturating_add(SHOWN_AFTER_BREAK).to_string();
                Self {
                    text: words::with("log-broken", "number", &number.to_string()),
                    when,
                    hash: None,
                    break_path: Some(with_query(LOG, &[("before", &before)])),
                }
            }
        }
    }

    /// Returns `true` if the chain is intact.
    pub(super) fn is_intact(&self) -> bool {
        self.break_path.is_none()
    }
}

#[derive(Template)]
#[template(path = "log/check.html")]
struct CheckTemplate {
    page: Page,
    check: Option<CheckResult>,
}

/// Shows the result of the last check.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let read = app.database.read(move |tx| audit::last_check(tx, &scope, scope.require_council()?));
    let check = read.await.map_err(|error: ServiceError| error)?;
    Ok(response::render(&CheckTemplate {
        page: session.page(words::t("log-check-title")).back(LOG, words::t("nav-log")),
        check: check.map(|check| CheckResult::new(check, now)),
    }))
}

/// Checks the chain from its first entry, and records the result. The check only reads, so that it
/// does not hold up writers; recording it is a second transaction.
pub(super) async fn post(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    let reader = scope.clone();
    let checked =
        app.database.read(move |tx| audit::verify_chain(tx, &reader, reader.require_council()?));
    let chain = checked.await.map_err(|error: ServiceError| error)?;
    let recorded = app.database.write(move |tx| {
        let council = scope.require_council()?;
        audit::record_check(tx, &scope, council, &chain, now)
    });
    recorded.await?;
    Ok(response::redirect("/console/log/check"))
}
