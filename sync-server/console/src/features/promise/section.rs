//! The page of a section, and the forms of a section's and of the promise's title and intro.

use askama::Template;
use axum::extract::{Path, Query, State};
use promise_services::publishing::{
    drafts::WorkingCopy,
    promise::{PromiseRecord, english_or},
};

use crate::{
    App,
    features::promise::{
        PROMISE, can_edit,
        fields::{Control, FieldSpec},
        find_section, load,
        picture::{self, ShownPicture},
        record_form::{self, RecordForm},
        record_path,
        status::{Item, Statuses, pledge_items},
    },
    kit::{
        page::{
            NoticeQuery, Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// The fields of a title and intro, of the promise or a section.
pub(super) fn title_and_intro() -> Vec<FieldSpec> {
    vec![
        FieldSpec::new("title.en", Control::Line).required(),
        FieldSpec::new("intro.en", Control::Lines(3)),
    ]
}

fn title_form() -> RecordForm {
    RecordForm {
        record: PromiseRecord::Promise,
        specs: title_and_intro(),
        title: words::t("promise-title-form"),
        lead: vec![words::t("promise-title-lead")],
        action: format!("{PROMISE}/title"),
        back: (PROMISE.to_owned(), words::t("promise-title")),
    }
}

/// Shows the form of the promise's title and intro.
pub(super) async fn get_title(State(app): State<App>, session: Session) -> PageResult {
    record_form::get(&app, &session, |_| Ok(title_form())).await
}

/// Saves the promise's title and intro.
pub(super) async fn post_title(State(app): State<App>, submitted: StaffForm) -> PageResult {
    record_form::post(&app, submitted, |_| Ok(title_form())).await
}

fn words_form(draft: &WorkingCopy, id: &str) -> RecordForm {
    let record = PromiseRecord::Section(id.to_owned());
    let title = record.title(&draft.content.promise).unwrap_or_default();
    RecordForm {
        specs: title_and_intro(),
        title: words::t("section-words"),
        lead: Vec::new(),
        action: format!("{}/words", record_path(&record)),
        back: (record_path(&record), title),
        record,
    }
}

/// Shows the form of a section's title and intro.
pub(super) async fn get_words(
    State(app): State<App>,
    session: Session,
    Path(section): Path<String>,
) -> PageResult {
    record_form::get(&app, &session, |draft| Ok(words_form(draft, &section))).await
}

/// Saves a section's title and intro.
pub(super) async fn post_words(
    State(app): State<App>,
    Path(section): Path<String>,
    submitted: StaffForm,
) -> PageResult {
    record_form::post(&app, submitted, |draft| Ok(words_form(draft, &section))).await
}

#[derive(Template)]
#[template(path = "promise/section.html")]
struct SectionTemplate {
    page: Page,
    id: String,
    intro: String,
    picture: Option<ShownPicture>,
    can_edit: bool,
    pledges: Vec<Item>,
}

/// Shows a section with its pledges.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let draft = load(&app, &session).await?;
    let promise = &draft.content.promise;
    let section = find_section(promise, &id)?;
    let statuses = Statuses::load(&app, &session, &draft).await?;
    let page = session.page(english_or(&section.title, &id));
    Ok(response::render(&SectionTemplate {
        page: page.back(PROMISE, words::t("promise-title")).notice(query.done.as_deref()),
        picture: picture::shown(section.picture.as_ref()),
        intro: english_or(&section.intro, ""),
        can_edit: can_edit(&session, &draft),
        pledges: pledge_items(promise, &id, &statuses),
        id,
    }))
}
