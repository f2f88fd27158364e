//! Rebasing the draft onto a newer edition that was published meanwhile.

use std::iter;

use askama::Template;
use axum::{extract::State, response::Response};
use promise_edition::{FieldChange, Keep, MergeChoices, MergeConflict, RecordKind};
use promise_services::{
    Permission, ServiceError,
    publishing::drafts::{self, DraftRefusal, Stage, WorkingCopy},
};

use crate::{
    App,
    features::promise::{
        PROMISE,
        changes::{ChangedField, SectionNames},
        load_editable,
    },
    kit::{
        forms::{FormData, Question},
        page::{
            Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// The prefix of a radio button's name: `choose.pledge.bus-pass`.
const CHOICE: &str = "choose.";

/// A record that both the draft and the newer edition changed.
struct ConflictingRecord {
    id: String,
    name: String,
    kind: String,
    /// What the draft changes; `None` if it removes the record.
    ours: Option<Vec<ChangedField>>,
    /// What the edition changes; `None` if it removes the record.
    theirs: Option<Vec<ChangedField>>,
}

#[derive(Template)]
#[template(path = "promise/rebase.html")]
struct RebaseTemplate {
    page: Page,
    action: String,
    /// The version of the draft that the page shows.
    seen: String,
    records: Vec<ConflictingRecord>,
}

/// Explains what rebasing does, and asks for a confirmation.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let draft = load_editable(&app, &session).await?;
    if draft.stage == Stage::NoDraft || !draft.is_behind() {
        return Ok(response::redirect(PROMISE));
    }
    let page = session.page(words::t("rebase-title")).back(PROMISE, words::t("promise-title"));
    let question = Question::new(page, format!("{PROMISE}/rebase"), "rebase-button")
        .lead(words::t("rebase-lead"))
        .lead(words::t("rebase-both"));
    Ok(response::render(&question))
}

/// Rebases the draft, or shows the conflicts.
pub(super) async fn post(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let StaffForm { session, form } = submitted;
    session.scope.permit(Permission::Edit)?;
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let (choices, seen) = (choices(&form), form.raw("seen").to_owned());
    let rebased = app.database.write(move |tx| {
        let conflicts = match drafts::rebase(tx, &scope, &seen, &choices, now) {
            // The choices were made for another version: the conflicts are shown again.
            Err(ServiceError::Draft(DraftRefusal::ChangedSinceRead)) => {
                drafts::rebase(tx, &scope, "", &MergeChoices::new(), now)
            }
            other => other,
        }?;
        Ok::<_, ServiceError>((conflicts, drafts::load(tx, &scope)?))
    });
    let (conflicts, draft) = rebased.await?;
    if conflicts.is_empty() {
        return Ok(response::redirect(&format!("{PROMISE}?done=rebased")));
    }
    Ok(conflict_page(&session, conflicts, &draft))
}

fn choices(form: &FormData) -> MergeChoices {
    let choice = |(name, value): (String, String)| {
        let (kind, id) = name.strip_prefix(CHOICE)?.split_once('.')?;
        let keep = match value.as_str() {
            "ours" => Keep::Ours,
            "theirs" => Keep::Theirs,
            _ => return None,
        };
        Some(((RecordKind::parse(kind)?, id.to_owned()), keep))
    };
    form.fields().into_iter().filter_map(choice).collect()
}

fn conflict_page(
    session: &Session,
    conflicts: Vec<MergeConflict>,
    draft: &WorkingCopy,
) -> Response {
    let names = SectionNames::new(iter::once(&draft.content));
    let fields = |changes: Option<Vec<FieldChange>>| {
        changes.map(|changes| changes.iter().map(|change| names.field(change)).collect())
    };
    let record = |conflict: MergeConflict| ConflictingRecord {
        id: format!("{}.{}", conflict.kind.as_str(), conflict.id),
        name: conflict.name,
        kind: words::t(&format!("one-{}", conflict.kind.as_str())),
        ours: fields(conflict.ours),
        theirs: fields(conflict.theirs),
    };
    let page = session.page(words::t("rebase-conflict"));
    response::conflict(&RebaseTemplate {
        page: page.back(PROMISE, words::t("promise-title")),
        action: format!("{PROMISE}/rebase"),
        seen: draft.version(),
        records: conflicts.into_iter().map(record).collect(),
    })
}
