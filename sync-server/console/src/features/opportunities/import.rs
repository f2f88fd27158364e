//! What an uploaded sheet would change, and taking it.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::IntoResponse,
};
use promise_edition::opportunities::TEMPLATE_COLUMNS;
use promise_services::{
    ServiceError,
    publishing::{
        drafts::DraftRefusal,
        imports::{self, Missing, Plan},
    },
};
use serde::Deserialize;

use crate::{
    App,
    features::opportunities::{
        HOME, can_edit, format,
        rows::{Change, Plain, Same, Wrong, added, changed, plain, wrong},
    },
    kit::{
        forms::{Field, Input, choice},
        page::{
            FieldError, Link, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// Where it is looked at.
const CHECK: &str = "/console/opportunities/import/check";

/// So many of each are shown at once; the rest is on pages of its own.
const FEW: usize = 20;
const MAX: usize = 50;

#[derive(Template)]
#[template(path = "opportunities/import_check.html")]
struct Check {
    page: Page,
    /// The level of the headings of rows.
    level: u8,
    counts: Vec<Link>,
    notes: Vec<String>,
    wrong: Vec<Wrong>,
    more_wrong: bool,
    changed: Vec<Change>,
    more_changed: bool,
    added: Vec<Plain>,
    more_added: bool,
    alike: Vec<Same>,
    missing: Option<Field>,
    hidden: Vec<(String, String)>,
    /// The words of the button; empty if there is nothing to take.
    button: String,
    is_handed_in: bool,
}

#[derive(Template)]
#[template(path = "opportunities/import_check_list.html")]
struct All {
    page: Page,
    /// The level of the headings of rows.
    level: u8,
    wrong: Vec<Wrong>,
    changed: Vec<Change>,
    plain: Vec<Plain>,
    before: Option<String>,
    next: Option<String>,
}

/// What was asked for.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    page: usize,
    done: Option<String>,
    #[serde(default)]
    added: usize,
    #[serde(default)]
    changed: usize,
    #[serde(default)]
    gone: usize,
}

/// What was taken, in words.
pub(super) fn taken(added: usize, changed: usize, gone: usize) -> String {
    let numbers = [("added", added), ("changed", changed), ("gone", gone)]
        .map(|(name, it)| (name, it.into()));
    words::format("import-taken", &numbers)
}

async fn plan(app: &App, session: &Session) -> Result<Option<Plan>, PageError> {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let plan = app.database.read(move |tx| imports::plan(tx, &scope, now)).await;
    plan.map_err(|error: ServiceError| error.into())
}

const LISTS: [&str; 5] = ["added", "changed", "unchanged", "missing", "wrong"];

fn count(plan: &Plan, list: &str) -> usize {
    match list {
        "added" => plan.added.len(),
        "changed" => plan.changed.len(),
        "unchanged" => plan.unchanged.len(),
        "missing" => plan.missing.len(),
        _ => plan.wrong.len(),
    }
}

/// Columns that are passed over, and those that nothing is said about.
fn notes(plan: &Plan) -> Vec<String> {
    let unknown = plan.unknown.join(", ");
    let unknown =
        (!unknown.is_empty()).then(|| words::with("import-unknown-columns", "columns", &unknown));
    let lacking: Vec<String> = TEMPLATE_COLUMNS
        .iter()
        .filter(|column| !plan.columns.contains(column))
        .map(|column| format::label(column))
        .collect();
    let lacking = (!lacking.is_empty())
        .then(|| words::with("import-lacking-columns", "columns", &lacking.join(", ")));
    unknown.into_iter().chain(lacking).collect()
}

fn check(session: &Session, plan: &Plan, errors: Vec<FieldError>) -> Check {
    let page = session.page(words::t("import-check-title"));
    let counts = LISTS.iter().map(|list| Link {
        href: format!("{HOME}/import/list/{list}"),
        text: words::count(&format!("import-count-{list}"), count(plan, list)),
        is_current: count(plan, list) == 0,
    });
    let alike = plan.alike.iter().map(|it| Same {
        line: it.line,
        text: words::format(
            "import-alike-one",
            &[
                ("line", it.line.into()),
                ("title", it.title.as_str().into()),
                ("id", it.id.as_str().into()),
                ("other", it.other.as_str().into()),
            ],
        ),
    });
    let choices = ["keep", "close", "remove"]
        .map(|it| choice(it, words::t(&format!("import-missing-{it}")), "keep"));
    let missing = (!plan.missing.is_empty()).then(|| Field {
        label: words::count("import-missing-label", plan.missing.len()),
        ..Field::new("missing", "import-count-missing", Input::Radios(choices.to_vec()))
    });
    let good = plan.added.len() + plan.changed.len();
    let has_some = good > 0 || !plan.missing.is_empty();
    let key = if plan.wrong.is_empty() { "import-take-all" } else { "import-take-good" };
    Check {
        level: 3,
        page: page.back(format!("{HOME}/import"), words::t("import-title")).with_errors(errors),
        counts: counts.collect(),
        notes: notes(plan),
        wrong: plan.wrong.iter().take(FEW).map(wrong).collect(),
        more_wrong: plan.wrong.len() > FEW,
        changed: plan.changed.iter().take(FEW).map(changed).collect(),
        more_changed: plan.changed.len() > FEW,
        added: added(plan).take(FEW).collect(),
        more_added: plan.added.len() > FEW,
        alike: alike.collect(),
        missing,
        hidden: vec![
            ("looked-at".to_owned(), plan.version.clone()),
            ("looked-at-missing".to_owned(), plan.missing_version.clone()),
        ],
        button: if has_some { words::count(key, good) } else { String::new() },
        is_handed_in: !can_edit(session, &plan.stage),
    }
}

/// Shows what the sheet would change.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Query(asked): Query<Asked>,
) -> PageResult {
    let Some(plan) = plan(&app, &session).await? else {
        return Ok(response::redirect(&format!("{HOME}/import")));
    };
    let mut check = check(&session, &plan, Vec::new());
    check.page.notice = match asked.done.as_deref() {
        Some("imported") => Some(taken(asked.added, asked.changed, asked.gone)),
        Some("mended") => Some(words::t("import-fixed")),
        _ => None,
    };
    Ok(response::render(&check))
}

/// Shows all of one sort.
pub(super) async fn get_list(
    State(app): State<App>,
    session: Session,
    Path(list): Path<String>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let Some(plan) = plan(&app, &session).await? else {
        return Ok(response::redirect(&format!("{HOME}/import")));
    };
    let list = LISTS.into_iter().find(|known| *known == list);
    let list = list.ok_or(ServiceError::NotFound("list"))?;
    let all = count(&plan, list);
    let number = asked.page.min(all.saturating_sub(1) / MAX);
    let first = number * MAX;
    let plain: Vec<Plain> = match list {
        "added" => added(&plan).skip(first).take(MAX).collect(),
        "unchanged" => {
            let rows = plan.unchanged.iter().skip(first).take(MAX);
            rows.map(|(line, _, title)| plain(Some(*line), title, "")).collect()
        }
        "missing" => {
            let rows = plan.missing.iter().skip(first).take(MAX);
            rows.map(|it| plain(None, &it.title, &it.organisation)).collect()
        }
        _ => Vec::new(),
    };
    let is_changed = list == "changed";
    let rows = plan.changed.iter().filter(|_| is_changed).skip(first).take(MAX);
    let is_wrong = list == "wrong";
    let wrongs = plan.wrong.iter().filter(|_| is_wrong).skip(first).take(MAX);
    let address = |page: usize| format!("{HOME}/import/list/{list}?page={page}");
    let page = session.page(words::count(&format!("import-count-{list}"), all));
    Ok(response::render(&All {
        level: 2,
        page: page.back(CHECK.to_owned(), words::t("import-check-title")),
        wrong: wrongs.map(wrong).collect(),
        changed: rows.map(changed).collect(),
        plain,
        before: (number > 0).then(|| address(number.saturating_sub(1))),
        next: (first + MAX < all).then(|| address(number + 1)),
    }))
}

/// Takes the good rows into the draft.
pub(super) async fn post_apply(State(app): State<App>, sent: StaffForm) -> PageResult {
    let StaffForm { session, form } = sent;
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let missing = match form.raw("missing") {
        "close" => Missing::Close,
        "remove" => Missing::Remove,
        _ => Missing::Keep,
    };
    let left_out: BTreeSet<usize> =
        form.all("leave").iter().filter_map(|line| line.parse().ok()).collect();
    let looked_at = (form.raw("looked-at").to_owned(), form.raw("looked-at-missing").to_owned());
    let done = app.database.write(move |tx| {
        imports::apply(tx, &scope, (&looked_at.0, &looked_at.1), missing, &left_out, now)
    });
    match done.await {
        Ok(done) => {
            let to = if done.wrong == 0 { HOME } else { CHECK };
            let (added, changed, gone) = (done.added, done.changed, done.gone);
            let numbers = format!("added={added}&changed={changed}&gone={gone}");
            Ok(response::redirect(&format!("{to}?done=imported&{numbers}")))
        }
        // It is shown once more, as it is now.
        Err(ServiceError::Draft(DraftRefusal::ChangedSinceRead)) => {
            let Some(plan) = plan(&app, &session).await? else {
                return Ok(response::redirect(&format!("{HOME}/import")));
            };
            let text = words::t("import-changed");
            let errors = vec![FieldError { field: "counts".to_owned(), message: text }];
            let page = response::render(&check(&session, &plan, errors));
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Throws the sheet away.
pub(super) async fn post_discard(State(app): State<App>, sent: StaffForm) -> PageResult {
    let scope = sent.session.scope;
    app.database.write(move |tx| imports::discard(tx, &scope)).await?;
    Ok(response::redirect(&format!("{HOME}?done=dropped")))
}
