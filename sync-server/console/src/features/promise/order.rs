//! Moving sections and pledges up and down, and a pledge to another section.

use axum::extract::{Path, State};
use promise_services::{
    Entity, Permission, ServiceError,
    publishing::{
        drafts::WorkingCopy,
        promise::{PromiseRecord, english_or, move_pledge, move_section, set_section},
    },
};

use crate::{
    App,
    features::promise::{PROMISE, find_pledge, load, load_editable, record_path},
    kit::{
        forms::{Field, FormData, Input, Question, choice, field_error},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// Reads the direction of a move. Returns `true` for up.
fn is_up(form: &FormData) -> Result<bool, ServiceError> {
    match form.raw("to") {
        "up" => Ok(true),
        "down" => Ok(false),
        _ => Err(ServiceError::NotFound(Entity::Page)),
    }
}

/// Moves a section by one place.
pub(super) async fn post_move_section(
    State(app): State<App>,
    Path(id): Path<String>,
    submitted: StaffForm,
) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    scope.permit(Permission::Edit)?;
    let is_up = is_up(&submitted.form)?;
    app.database.write(move |tx| move_section(tx, &scope, &id, is_up, now)).await?;
    Ok(response::redirect(&format!("{PROMISE}?done=moved")))
}

/// Moves a pledge by one place within its section.
pub(super) async fn post_move_pledge(
    State(app): State<App>,
    Path(id): Path<String>,
    submitted: StaffForm,
) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    scope.permit(Permission::Edit)?;
    let is_up = is_up(&submitted.form)?;
    let section = app.database.write(move |tx| move_pledge(tx, &scope, &id, is_up, now)).await?;
    Ok(response::redirect(&format!("{PROMISE}/sections/{section}?done=moved")))
}

fn section_question(
    session: &Session,
    draft: &WorkingCopy,
    id: &str,
    selected: &str,
    errors: Vec<FieldError>,
) -> Result<Question, ServiceError> {
    let promise = &draft.content.promise;
    let title = english_or(&find_pledge(promise, id)?.title, id);
    let choices = promise
        .sections
        .iter()
        .map(|section| choice(&section.id, english_or(&section.title, &section.id), selected));
    let field = Field::new("section", "field-section", Input::Radios(choices.collect()));
    let field = field.with_error(&errors);
    let path = record_path(&PromiseRecord::Pledge(id.to_owned()));
    let page = session.page(words::t("pledge-section")).back(path.clone(), title);
    let question =
        Question::new(page.with_errors(errors), format!("{path}/section"), "promise-save");
    Ok(question.fields(vec![field]))
}

/// Shows the form that puts a pledge into another section.
pub(super) async fn get_section(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> PageResult {
    let draft = load_editable(&app, &session).await?;
    let selected = find_pledge(&draft.content.promise, &id)?.section.clone();
    Ok(response::render(&section_question(&session, &draft, &id, &selected, Vec::new())?))
}

/// Puts a pledge into another section.
pub(super) async fn post_section(
    State(app): State<App>,
    Path(id): Path<String>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    session.scope.permit(Permission::Edit)?;
    let draft = load(&app, &session).await?;
    let selected = form.text("section");
    if !draft.content.promise.sections.iter().any(|section| section.id == selected) {
        let errors = vec![field_error("section-0", "field-section-wrong")];
        let question = section_question(&session, &draft, &id, &selected, errors)?;
        return Ok(response::invalid_form(&question));
    }
    let done = format!("{}?done=moved", record_path(&PromiseRecord::Pledge(id.clone())));
    let (scope, now) = (session.scope, app.clock.now_millis());
    app.database.write(move |tx| set_section(tx, &scope, &id, &selected, now)).await?;
    Ok(response::redirect(&done))
}
