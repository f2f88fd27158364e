//! Submitting the draft, withdrawing it, and returning it to its authors.

use axum::extract::State;
use promise_edition::validate;
use promise_services::{
    Permission, ServiceError,
    publishing::drafts::{self, DraftRefusal, Stage},
};

use crate::{
    App,
    features::promise::{PROMISE, load, load_editable},
    kit::{
        forms::{Field, Question, field_error, too_long_error},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// The most characters of the note with which a draft is returned.
const MAX_NOTE: usize = 2000;

/// Asks for a confirmation, or shows what has to be fixed first.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let draft = load_editable(&app, &session).await?;
    if draft.stage == Stage::NoDraft {
        return Err(ServiceError::from(DraftRefusal::NothingChanged).into());
    }
    if draft.is_behind() {
        return Err(ServiceError::from(DraftRefusal::OutOfDate).into());
    }
    if !validate(&draft.content).is_empty() {
        return Ok(response::redirect(&format!("{PROMISE}#issues")));
    }
    let page = session.page(words::t("submit-title")).back(PROMISE, words::t("promise-title"));
    let question = Question::new(page, format!("{PROMISE}/submit"), "submit-button")
        .lead(words::t("submit-lead"))
        .lead(words::t("submit-second"));
    Ok(response::render(&question))
}

/// Submits the draft.
pub(super) async fn post(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    app.database.write(move |tx| drafts::submit(tx, &scope, now)).await?;
    Ok(response::redirect(&format!("{PROMISE}?done=submitted")))
}

/// Withdraws the draft.
pub(super) async fn post_withdraw(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    app.database.write(move |tx| drafts::withdraw(tx, &scope, now)).await?;
    Ok(response::redirect(&format!("{PROMISE}?done=withdrawn")))
}

fn return_question(session: &Session, note: &str, errors: Vec<FieldError>) -> Question {
    let field = Field::area("reason", "return-reason", note).hint("return-hint");
    let field = field.with_error(&errors);
    let page = session
        .page(words::t("return-title"))
        .back(PROMISE, words::t("promise-title"))
        .with_errors(errors);
    Question::new(page, format!("{PROMISE}/return"), "return-button")
        .lead(words::t("return-lead"))
        .fields(vec![field])
}

/// Asks what the authors have to fix.
pub(super) async fn get_return(State(app): State<App>, session: Session) -> PageResult {
    session.scope.permit(Permission::Publish)?;
    match load(&app, &session).await?.stage {
        Stage::Submitted { .. } => Ok(response::render(&return_question(&session, "", Vec::new()))),
        _ => Err(ServiceError::from(DraftRefusal::NotSubmitted).into()),
    }
}

/// Returns the draft to its authors.
pub(super) async fn post_return(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let StaffForm { session, form } = submitted;
    session.scope.permit(Permission::Publish)?;
    let note = form.lines("reason");
    let error = match note.chars().count() {
        0 => Some(field_error("reason", "return-missing")),
        count if count > MAX_NOTE => Some(too_long_error("reason", "return-reason", MAX_NOTE)),
        _ => None,
    };
    if let Some(error) = error {
        return Ok(response::invalid_form(&return_question(&session, &note, vec![error])));
    }
    let (scope, now) = (session.scope, app.clock.now_millis());
    app.database.write(move |tx| drafts::return_to_authors(tx, &scope, &note, now)).await?;
    Ok(response::redirect(&format!("{PROMISE}?done=returned")))
}
