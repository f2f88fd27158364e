//! Handing the draft in, taking it or sending it back, throwing it away.

use axum::extract::State;
use promise_edition::validate;
use promise_services::{
    Permission, ServiceError,
    publishing::drafts::{self, DraftRefusal, Stage},
};

use crate::{
    App,
    features::promise::{HOME, overview, work},
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

/// The most characters of what is to be mended.
const MAX: usize = 2000;

fn confirm(session: &Session, title: &str, lead: &[&str], action: &str, button: &str) -> Question {
    let page = session.page(words::t(title)).back(HOME, words::t("promise-title"));
    let question = Question::new(page, format!("{HOME}/{action}"), button);
    lead.iter().fold(question, |question, key| question.lead(words::t(key)))
}

/// Asks before the draft is handed in, or says what it lacks.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let work = crate::features::promise::open(&app, &session).await?;
    if work.stage == Stage::NoDraft {
        return Err(ServiceError::from(DraftRefusal::NothingChanged).into());
    }
    if work.is_behind() {
        return Err(ServiceError::from(DraftRefusal::OutOfDate).into());
    }
    if !validate(&work.content).is_empty() {
        return Ok(response::redirect(&format!("{HOME}#mend")));
    }
    let lead = ["hand-in-lead", "hand-in-second"];
    let page = confirm(&session, "hand-in-title", &lead, "hand-in", "hand-in-button");
    Ok(response::render(&page))
}

/// Hands it in.
pub(super) async fn post(State(app): State<App>, sent: StaffForm) -> PageResult {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    app.database.write(move |tx| drafts::submit(tx, &scope, now)).await?;
    Ok(response::redirect(&format!("{HOME}?done=handed-in")))
}

/// Takes it back.
pub(super) async fn post_take_back(State(app): State<App>, sent: StaffForm) -> PageResult {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    app.database.write(move |tx| drafts::withdraw(tx, &scope, now)).await?;
    Ok(response::redirect(&format!("{HOME}?done=taken-back")))
}

fn reason_form(session: &Session, typed: &str, errors: Vec<FieldError>) -> Question {
    let field = Field::area("reason", "send-back-reason", typed).hint("send-back-hint");
    let form = confirm(session, "send-back-title", &["send-back-lead"], "send-back", "send-back");
    let mut question = form.fields(vec![field.with_error(&errors)]);
    question.page = question.page.with_errors(errors);
    question
}

/// Asks what is to be mended.
pub(super) async fn get_send_back(State(app): State<App>, session: Session) -> PageResult {
    session.scope.permit(Permission::Publish)?;
    match work(&app, &session).await?.stage {
        Stage::Submitted { .. } => Ok(response::render(&reason_form(&session, "", Vec::new()))),
        _ => Err(ServiceError::from(DraftRefusal::NotSubmitted).into()),
    }
}

/// Sends it back.
pub(super) async fn post_send_back(State(app): State<App>, sent: StaffForm) -> PageResult {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Publish)?;
    let reason = form.lines("reason");
    let error = match reason.chars().count() {
        0 => Some(field_error("reason", "send-back-missing")),
        count if count > MAX => Some(too_long_error("reason", "send-back-reason", MAX)),
        _ => None,
    };
    if let Some(error) = error {
        return Ok(response::invalid_form(&reason_form(&session, &reason, vec![error])));
    }
    let (scope, now) = (session.scope, app.clock.now_millis());
    app.database.write(move |tx| drafts::return_to_authors(tx, &scope, &reason, now)).await?;
    Ok(response::redirect(&format!("{HOME}?done=sent-back")))
}

/// Asks before all of it goes, and says whose work that is.
pub(super) async fn get_discard(State(app): State<App>, session: Session) -> PageResult {
    let work = crate::features::promise::open(&app, &session).await?;
    if work.stage == Stage::NoDraft {
        return Err(ServiceError::from(DraftRefusal::NothingChanged).into());
    }
    let lead = ["throw-away-lead", "throw-away-whose"];
    let page = confirm(&session, "throw-away-title", &lead, "throw-away", "throw-away-button");
    Ok(response::render(
        &page
            .list(overview::names(&app, work.authors.clone()).await?)
            .hidden(vec![("seen".into(), work.version())])
            .danger(),
    ))
}

/// Throws it away, if it is still what was seen.
pub(super) async fn post_discard(State(app): State<App>, sent: StaffForm) -> PageResult {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    let seen = sent.form.raw("seen").to_owned();
    app.database.write(move |tx| drafts::discard(tx, &scope, &seen, now)).await?;
    Ok(response::redirect(&format!("{HOME}?done=thrown-away")))
}
