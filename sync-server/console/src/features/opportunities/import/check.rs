//! The page that shows what an uploaded sheet would change, and applies it.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Query, State};
use promise_edition::opportunities::TEMPLATE_COLUMNS;
use promise_services::{
    ServiceError,
    publishing::{
        drafts::DraftRefusal,
        imports::{self, Missing, Plan, PossibleDuplicate},
    },
};

use crate::{
    App,
    features::opportunities::{
        OPPORTUNITIES, can_edit, format,
        import::{
            AppliedQuery, CHECK, GROUPS, Group, IMPORT, load_plan,
            rows::{ChangedItem, InvalidItem, PlainItem},
        },
    },
    kit::{
        forms::{Field, Input, choice, field_error},
        page::{
            FieldError, Link, NoticeQuery, Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// The most rows of a group on this page. Each group has a list of its own.
const MAX_SHOWN: usize = 20;

/// The hidden fields with the versions of the plan that the page shows.
const SEEN: &str = "seen";
const SEEN_MISSING: &str = "seen-missing";

/// A row that may be in the draft under another id.
struct Duplicate {
    line: usize,
    text: String,
}

impl Duplicate {
    fn new(row: &PossibleDuplicate) -> Self {
        let text = words::format(
            "import-duplicate-one",
            &[
                ("line", row.line.into()),
                ("title", row.title.as_str().into()),
                ("id", row.id.as_str().into()),
                ("other", row.other.as_str().into()),
            ],
        );
        Self { line: row.line, text }
    }
}

#[derive(Template)]
#[template(path = "opportunities/import_check.html")]
struct CheckTemplate {
    page: Page,
    /// The level of the headings of rows.
    level: u8,
    counts: Vec<Link>,
    notes: Vec<String>,
    invalid: Vec<InvalidItem>,
    has_more_invalid: bool,
    changed: Vec<ChangedItem>,
    has_more_changed: bool,
    added: Vec<PlainItem>,
    has_more_added: bool,
    duplicates: Vec<Duplicate>,
    /// The choice of what happens to opportunities that are not in the sheet.
    missing: Option<Field>,
    hidden: Vec<(String, String)>,
    /// The text of the button; `None` if there is nothing to apply.
    button: Option<String>,
    is_submitted: bool,
}

/// Returns notes about unknown columns, and about those that the sheet lacks.
fn column_notes(plan: &Plan) -> Vec<String> {
    let unknown = plan.unknown.join(", ");
    let lacking = TEMPLATE_COLUMNS.iter().filter(|column| !plan.columns.contains(column));
    let lacking: Vec<String> = lacking.map(|column| format::label(column)).collect();
    let notes =
        [("import-unknown-columns", unknown), ("import-lacking-columns", lacking.join(", "))];
    let notes = notes.into_iter().filter(|(_, columns)| !columns.is_empty());
    notes.map(|(key, columns)| words::with(key, "columns", &columns)).collect()
}

fn missing_field(plan: &Plan) -> Field {
    let options = ["keep", "close", "remove"]
        .map(|option| choice(option, words::t(&format!("import-missing-{option}")), "keep"));
    Field {
        label: words::count("import-missing-label", plan.missing.len()),
        ..Field::new("missing", "import-count-missing", Input::Radios(options.to_vec()))
    }
}

fn template(session: &Session, plan: &Plan, errors: Vec<FieldError>) -> CheckTemplate {
    let link = |group: Group| Link {
        href: group.path(),
        text: group.title(plan),
        is_current: group.count(plan) == 0,
    };
    let applied = plan.added.len() + plan.changed.len();
    let has_missing = !plan.missing.is_empty();
    let button = if plan.invalid.is_empty() { "import-apply-all" } else { "import-apply-valid" };
    let page = session.page(words::t("import-check-title"));
    CheckTemplate {
        page: page.back(IMPORT, words::t("import-title")).with_errors(errors),
        level: 3,
        counts: GROUPS.map(link).to_vec(),
        notes: column_notes(plan),
        invalid: plan.invalid.iter().take(MAX_SHOWN).map(InvalidItem::new).collect(),
        has_more_invalid: plan.invalid.len() > MAX_SHOWN,
        changed: plan.changed.iter().take(MAX_SHOWN).map(ChangedItem::new).collect(),
        has_more_changed: plan.changed.len() > MAX_SHOWN,
        added: plan.added.iter().take(MAX_SHOWN).map(PlainItem::of_added).collect(),
        has_more_added: plan.added.len() > MAX_SHOWN,
        duplicates: plan.duplicates.iter().map(Duplicate::new).collect(),
        missing: has_missing.then(|| missing_field(plan)),
        hidden: vec![
            (SEEN.to_owned(), plan.version.clone()),
            (SEEN_MISSING.to_owned(), plan.missing_version.clone()),
        ],
        button: (applied > 0 || has_missing).then(|| words::count(button, applied)),
        is_submitted: !can_edit(session, &plan.stage),
    }
}

/// Shows what the sheet would change.
pub(in crate::features::opportunities) async fn get(
    State(app): State<App>,
    session: Session,
    Query(notice): Query<NoticeQuery>,
    Query(applied): Query<AppliedQuery>,
) -> PageResult {
    let Some(plan) = load_plan(&app, &session).await? else {
        return Ok(response::redirect(IMPORT));
    };
    let mut template = template(&session, &plan, Vec::new());
    template.page = applied.add_notice(template.page, notice.done.as_deref());
    Ok(response::render(&template))
}

/// Applies the valid rows to the draft.
pub(in crate::features::opportunities) async fn post(
    State(app): State<App>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let missing = match form.raw("missing") {
        "close" => Missing::Close,
        "remove" => Missing::Remove,
        _ => Missing::Keep,
    };
    let excluded: BTreeSet<usize> =
        form.all("exclude").iter().filter_map(|line| line.parse().ok()).collect();
    let (seen, seen_missing) = (form.raw(SEEN).to_owned(), form.raw(SEEN_MISSING).to_owned());
    let applied = app
        .database
        .write(move |tx| {
            imports::apply(tx, &scope, (&seen, &seen_missing), missing, &excluded, now)
        })
        .await;
    match applied {
        Ok(applied) => {
            let to = if applied.invalid == 0 { OPPORTUNITIES } else { CHECK };
            let (added, changed, cleared) = (applied.added, applied.changed, applied.cleared);
            let mut numbers = format!("added={added}&changed={changed}&cleared={cleared}");
            if applied.excluded > 0 {
                numbers = format!("{numbers}&excluded={}", applied.excluded);
            }
            Ok(response::redirect(&format!("{to}?done=imported&{numbers}")))
        }
        Err(ServiceError::Draft(DraftRefusal::ChangedSinceRead)) => {
            let Some(plan) = load_plan(&app, &session).await? else {
                return Ok(response::redirect(IMPORT));
            };
            let errors = vec![field_error("counts", "import-changed")];
            Ok(response::conflict(&template(&session, &plan, errors)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Discards the sheet.
pub(in crate::features::opportunities) async fn post_discard(
    State(app): State<App>,
    submitted: StaffForm,
) -> PageResult {
    let scope = submitted.session.scope;
    app.database.write(move |tx| imports::discard(tx, &scope)).await?;
    Ok(response::redirect(&format!("{OPPORTUNITIES}?done=sheet-discarded")))
}
