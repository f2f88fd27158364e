//! Bringing the draft up to date after something else was published.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use promise_edition::{FieldChange, Keep, MergeChoices, MergeConflict, RecordKind};
use promise_services::{
    Permission, ServiceError,
    publishing::drafts::{self, DraftRefusal, Stage, WorkingCopy},
};

use crate::{
    App,
    features::promise::{
        HOME,
        changes::{Field, Names},
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

/// In front of what names a record that was chosen between.
const CHOICE: &str = "choose.";

/// A record that both changed.
struct Both {
    id: String,
    name: String,
    kind: String,
    /// What the draft changes; nothing if it removes the record.
    ours: Option<Vec<Field>>,
    theirs: Option<Vec<Field>>,
}

#[derive(Template)]
#[template(path = "promise/rebase.html")]
struct Clashing {
    page: Page,
    action: String,
    seen: String,
    both: Vec<Both>,
}

/// Says what is about to be done.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let work = crate::features::promise::open(&app, &session).await?;
    if work.stage == Stage::NoDraft || !work.is_behind() {
        return Ok(response::redirect(HOME));
    }
    let page = session.page(words::t("renew-title"));
    Ok(response::render(
        &Question::new(
            page.back(HOME, words::t("promise-title")),
            format!("{HOME}/up-to-date"),
            "renew-button",
        )
        .lead(words::t("renew-lead"))
        .lead(words::t("renew-both")),
    ))
}

/// Does it, or asks where both changed the same.
pub(super) async fn post(State(app): State<App>, sent: StaffForm) -> PageResult {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let (choices, seen) = (choices(&form), form.raw("seen").to_owned());
    let done = app.database.write(move |tx| {
        let clashes = drafts::rebase(tx, &scope, &seen, &choices, now);
        match clashes {
            // What they chose between is not what there is now: they are asked again.
            Err(ServiceError::Draft(DraftRefusal::ChangedSinceRead)) => {
                drafts::rebase(tx, &scope, "", &MergeChoices::new(), now)
            }
            other => other,
        }
        .and_then(|clashes| Ok((clashes, drafts::load(tx, &scope)?)))
    });
    let (clashes, work) = done.await?;
    if clashes.is_empty() {
        return Ok(response::redirect(&format!("{HOME}?done=renewed")));
    }
    Ok(ask(&session, clashes, &work))
}

fn choices(form: &FormData) -> MergeChoices {
    let sent = form.fields_except(&["csrf"]).into_iter().filter_map(|(name, value)| {
        let (kind, id) = name.strip_prefix(CHOICE)?.split_once('.')?;
        let keep = match value.as_str() {
            "ours" => Keep::Ours,
            "theirs" => Keep::Theirs,
            _ => return None,
        };
        Some(((RecordKind::parse(kind)?, id.to_owned()), keep))
    });
    sent.collect()
}

fn ask(session: &Session, clashes: Vec<MergeConflict>, work: &WorkingCopy) -> Response {
    let names = Names::of(std::iter::once(&work.content));
    let fields = |changes: Option<Vec<FieldChange>>| {
        changes.map(|changes| changes.iter().map(|change| names.field(change)).collect())
    };
    let both = |clash: MergeConflict| Both {
        id: format!("{}.{}", clash.kind.as_str(), clash.id),
        name: clash.name,
        kind: words::t(&format!("one-{}", clash.kind.as_str())),
        ours: fields(clash.ours),
        theirs: fields(clash.theirs),
    };
    let page = session.page(words::t("renew-clash"));
    let shown = Clashing {
        page: page.back(HOME, words::t("promise-title")),
        action: format!("{HOME}/up-to-date"),
        seen: work.version(),
        both: clashes.into_iter().map(both).collect(),
    };
    (StatusCode::CONFLICT, response::render(&shown)).into_response()
}
