//! The pages that add a section or a pledge.

use axum::extract::{Path, State};
use promise_protocol::pack::Localised;
use promise_services::{
    Entity, Permission, ServiceError,
    publishing::{
        drafts::{Fields, WorkingCopy},
        promise::{PromiseRecord, add_pledge, add_section},
    },
};

use crate::{
    App,
    features::promise::{
        PROMISE,
        fields::{self, Control, FieldSpec},
        load, load_editable, record_path, section,
    },
    kit::{
        forms::{Field, Question, field_error},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// Returns the English text of a parsed field.
fn english(fields: &Fields, name: &str) -> Localised {
    let text = fields.get(name).and_then(|text| text.as_str());
    text.map(|text| ("en".to_owned(), text.to_owned())).into_iter().collect()
}

fn section_question(session: &Session, fields: Vec<Field>, errors: Vec<FieldError>) -> Question {
    let page = session.page(words::t("section-new"));
    let page = page.back(PROMISE, words::t("promise-title")).with_errors(errors);
    Question::new(page, format!("{PROMISE}/sections/new"), "section-new-button").fields(fields)
}

/// Shows the form of a new section.
pub(super) async fn get_section(State(app): State<App>, session: Session) -> PageResult {
    load_editable(&app, &session).await?;
    let fields = fields::of_record(&section::title_and_intro(), &Fields::new());
    Ok(response::render(&section_question(&session, fields, Vec::new())))
}

/// Adds a section.
pub(super) async fn post_section(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let StaffForm { session, form } = submitted;
    session.scope.permit(Permission::Edit)?;
    let specs = section::title_and_intro();
    let unsaved = |errors: Vec<FieldError>| {
        section_question(&session, fields::of_form(&specs, &form, &errors), errors)
    };
    let fields = match fields::parse(&specs, &form) {
        Ok(fields) => fields,
        Err(errors) => return Ok(response::invalid_form(&unsaved(errors))),
    };
    let (title, intro) = (english(&fields, "title.en"), english(&fields, "intro.en"));
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let added = app.database.write(move |tx| add_section(tx, &scope, title, intro, now)).await;
    match added {
        Ok(id) => Ok(response::redirect(&format!("{PROMISE}/sections/{id}?done=added"))),
        Err(error) => response::unsaved(error, |key| unsaved(vec![field_error("title-en", key)])),
    }
}

fn title_and_text() -> Vec<FieldSpec> {
    vec![
        FieldSpec::new("title.en", Control::Line).required(),
        FieldSpec::new("text.en", Control::Lines(6)),
    ]
}

/// Returns a section of the draft and its title.
fn find_section(draft: &WorkingCopy, id: &str) -> Result<(PromiseRecord, String), ServiceError> {
    let section = PromiseRecord::Section(id.to_owned());
    let title = section.title(&draft.content.promise);
    Ok((section, title.ok_or(ServiceError::NotFound(Entity::Section))?))
}

fn pledge_question(
    session: &Session,
    (section, title): &(PromiseRecord, String),
    fields: Vec<Field>,
    errors: Vec<FieldError>,
) -> Question {
    let page = session.page(words::with("pledge-new-in", "section", title));
    let page = page.back(record_path(section), title.clone()).with_errors(errors);
    let action = format!("{}/pledges/new", record_path(section));
    let question = Question::new(page, action, "pledge-new-button");
    question.lead(words::t("pledge-new-lead")).fields(fields)
}

/// Shows the form of a new pledge.
pub(super) async fn get_pledge(
    State(app): State<App>,
    session: Session,
    Path(section): Path<String>,
) -> PageResult {
    let draft = load_editable(&app, &session).await?;
    let fields = fields::of_record(&title_and_text(), &Fields::new());
    let section = find_section(&draft, &section)?;
    Ok(response::render(&pledge_question(&session, &section, fields, Vec::new())))
}

/// Adds a pledge to a section.
pub(super) async fn post_pledge(
    State(app): State<App>,
    Path(section): Path<String>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    session.scope.permit(Permission::Edit)?;
    let draft = load(&app, &session).await?;
    let specs = title_and_text();
    let record = find_section(&draft, &section)?;
    let unsaved = |errors: Vec<FieldError>| {
        pledge_question(&session, &record, fields::of_form(&specs, &form, &errors), errors)
    };
    let fields = match fields::parse(&specs, &form) {
        Ok(fields) => fields,
        Err(errors) => return Ok(response::invalid_form(&unsaved(errors))),
    };
    let texts = (english(&fields, "title.en"), english(&fields, "text.en"));
    let (scope, now, section_id) = (session.scope.clone(), app.clock.now_millis(), section.clone());
    let added = app.database.write(move |tx| add_pledge(tx, &scope, &section_id, texts, now)).await;
    match added {
        Ok(id) => Ok(response::redirect(&format!("{PROMISE}/pledges/{id}?done=added"))),
        Err(error) => response::unsaved(error, |key| unsaved(vec![field_error("title-en", key)])),
    }
}
