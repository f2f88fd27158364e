//! The promise's title, and its sections: added, renamed, moved, removed.

use askama::Template;
use axum::extract::{Path, Query, State};
use promise_edition::id_from_title;
use promise_protocol::pack::{Localised, Promise, PromiseSection};
use promise_services::{
    Permission, ServiceError,
    publishing::drafts::{self, DraftRefusal, WorkingCopy, fingerprint},
};
use serde_json::Map;

use crate::{
    App,
    features::promise::{
        HOME, can_edit,
        edit::{self, Form},
        fields::{self, Shape, Spec},
        nothing, open,
        overview::{Item, States, items},
        picture,
        target::{self, Target},
        work,
    },
    kit::{
        forms::{Field, FormData, Input, Question},
        page::{
            FieldError, NoticeQuery, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// A title and a few first words, of the promise or a section.
fn specs() -> Vec<Spec> {
    vec![Spec::new("title.en", Shape::Line).required(), Spec::new("intro.en", Shape::Lines(3))]
}

fn title_form() -> Form {
    Form {
        target: Target::Promise,
        specs: specs(),
        title: words::t("promise-title-form"),
        lead: vec![words::t("promise-title-lead")],
        action: format!("{HOME}/title"),
        back: (HOME.to_owned(), words::t("promise-title")),
    }
}

/// Shows the form of the promise's title.
pub(super) async fn get_title(State(app): State<App>, session: Session) -> PageResult {
    edit::get_form(&app, &session, |_| Ok(title_form())).await
}

/// Saves it.
pub(super) async fn post_title(State(app): State<App>, sent: StaffForm) -> PageResult {
    edit::post_form(&app, sent, |_| Ok(title_form())).await
}

fn words_form(work: &WorkingCopy, id: &str) -> Form {
    let target = Target::Section(id.to_owned());
    let name = target.name(&work.content.promise).unwrap_or_default();
    Form {
        specs: specs(),
        title: words::t("section-words"),
        lead: Vec::new(),
        action: format!("{}/words", target.home()),
        back: (target.home(), name),
        target,
    }
}

/// Shows the form of a section's words.
pub(super) async fn get_words(
    State(app): State<App>,
    session: Session,
    Path(section): Path<String>,
) -> PageResult {
    edit::get_form(&app, &session, |work| Ok(words_form(work, &section))).await
}

/// Saves them.
pub(super) async fn post_words(
    State(app): State<App>,
    Path(section): Path<String>,
    sent: StaffForm,
) -> PageResult {
    edit::post_form(&app, sent, |work| Ok(words_form(work, &section))).await
}

/// A form that adds something.
#[derive(Template)]
#[template(path = "promise/new.html")]
pub(super) struct New {
    pub(super) page: Page,
    pub(super) lead: Vec<String>,
    pub(super) action: String,
    pub(super) fields: Vec<Field>,
    pub(super) button: String,
}

fn new_form(session: &Session, fields: Vec<Field>, errors: Vec<FieldError>) -> New {
    let page = session.page(words::t("section-new"));
    New {
        page: page.back(HOME, words::t("promise-title")).with_errors(errors),
        lead: Vec::new(),
        action: format!("{HOME}/sections/new"),
        fields,
        button: words::t("section-new-button"),
    }
}

/// Shows the form for a new section.
pub(super) async fn get_new(State(app): State<App>, session: Session) -> PageResult {
    open(&app, &session).await?;
    let fields = fields::held(&specs(), &[].into());
    Ok(response::render(&new_form(&session, fields, Vec::new())))
}

/// Adds a section.
pub(super) async fn post_new(State(app): State<App>, sent: StaffForm) -> PageResult {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let again = |errors: Vec<FieldError>| {
        let fields = fields::sent(&specs(), &form, &errors);
        response::invalid_form(&new_form(&session, fields, errors))
    };
    let read = match fields::read(&specs(), &form) {
        Ok(read) => read,
        Err(errors) => return Ok(again(errors)),
    };
    let text = |field: &str| -> Localised {
        let text = read.get(field).and_then(|text| text.as_str());
        text.map(|text| ("en".to_owned(), text.to_owned())).into_iter().collect()
    };
    let (title, intro) = (text("title.en"), text("intro.en"));
    let english = target::title(&title, "");
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let added = app.database.write(move |tx| {
        let published = drafts::load_published(tx, &scope)?;
        let content = drafts::load(tx, &scope)?.content;
        let known = |draft: &promise_edition::EditionContent, id: &str| {
            draft.promise.sections.iter().any(|section| section.id == id)
        };
        let id = id_from_title(&english, "section", |id| {
            known(&content, id) || published.as_ref().is_some_and(|draft| known(draft, id))
        });
        let section =
            PromiseSection { id: id.clone(), title, intro, picture: None, unknown: Map::new() };
        drafts::edit(tx, &scope, &format!("section {id}"), now, |promise: &mut Promise| {
            promise.sections.push(section);
            Ok(id)
        })
    });
    match added.await {
        Ok(id) => Ok(response::redirect(&format!("{HOME}/sections/{id}?done=added"))),
        Err(ServiceError::Draft(DraftRefusal::Submitted)) => Ok(again(vec![late("title-en")])),
        Err(error) => Err(error.into()),
    }
}

/// The draft was handed in while somebody typed.
pub(super) fn late(field: &str) -> FieldError {
    FieldError { field: field.to_owned(), message: words::t("promise-late") }
}

#[derive(Template)]
#[template(path = "promise/section.html")]
struct Shown {
    page: Page,
    id: String,
    intro: String,
    /// The hash of its picture; empty if there is none.
    picture: String,
    alt: String,
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
    let work = work(&app, &session).await?;
    let promise = &work.content.promise;
    let section = find(promise, &id)?;
    let states = States::read(&app, &session, &work).await?;
    let page = session.page(target::title(&section.title, &id));
    let page = page.back(HOME, words::t("promise-title"));
    let (picture, alt) = picture::shown(section.picture.as_ref());
    Ok(response::render(&Shown {
        page: page.notice("promise-done", query.done.as_deref()),
        picture,
        alt,
        intro: target::title(&section.intro, ""),
        can_edit: can_edit(&session, &work),
        pledges: items(promise, &id, &states),
        id,
    }))
}

fn find<'a>(promise: &'a Promise, id: &str) -> Result<&'a PromiseSection, PageError> {
    promise.sections.iter().find(|section| section.id == id).ok_or_else(|| nothing("section"))
}

/// Whether something is to go up; nothing if the form says neither.
pub(super) fn up_or_down(form: &FormData) -> Result<bool, PageError> {
    match form.raw("to") {
        "up" => Ok(true),
        "down" => Ok(false),
        _ => Err(nothing("direction")),
    }
}

/// Moves a section up or down.
pub(super) async fn post_move(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let (scope, now) = (sent.session.scope.clone(), app.clock.now_millis());
    scope.permit(Permission::Edit)?;
    let up = up_or_down(&sent.form);
    let known = work(&app, &sent.session).await?;
    find(&known.content.promise, &id)?;
    let up = up?;
    let moved = app.database.write(move |tx| {
        drafts::edit(tx, &scope, &format!("section {id}"), now, |promise: &mut Promise| {
            let sections = &mut promise.sections;
            let at = sections.iter().position(|section| section.id == id);
            let at = at.ok_or(ServiceError::NotFound("section"))?;
            drafts::move_by_one(sections, at, up);
            Ok(())
        })
    });
    moved.await?;
    Ok(response::redirect(&format!("{HOME}?done=moved")))
}

/// A section with its pledges, so that nothing goes that they did not see.
fn whole(promise: &Promise, id: &str) -> String {
    let section = promise.sections.iter().find(|section| section.id == id);
    let pledges: Vec<_> = promise.pledges.0.iter().filter(|it| it.section == id).collect();
    fingerprint(&(section, pledges))
}

/// Asks before a section goes, and names what goes with it.
pub(super) async fn get_remove(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> PageResult {
    let work = open(&app, &session).await?;
    let promise = &work.content.promise;
    let section = find(promise, &id)?;
    let name = target::title(&section.title, &id);
    let pledges = promise.pledges.0.iter().filter(|pledge| pledge.section == id);
    let names: Vec<String> = pledges.map(|it| target::title(&it.title, &it.id)).collect();
    let home = format!("{HOME}/sections/{id}");
    let lead = if names.is_empty() { "section-remove-empty" } else { "section-remove-with" };
    Ok(response::render(
        &Question::new(
            session
                .page(words::with("section-remove-title", "name", &name))
                .back(home.clone(), name),
            format!("{home}/remove"),
            "section-remove",
        )
        .lead(words::t("remove-published"))
        .lead(words::t(lead))
        .list(names)
        .hidden(vec![("seen".into(), whole(promise, &id))])
        .danger(),
    ))
}

/// Removes a section with its pledges, if they are still what was seen.
pub(super) async fn post_remove(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let (scope, now) = (sent.session.scope.clone(), app.clock.now_millis());
    scope.permit(Permission::Edit)?;
    let known = work(&app, &sent.session).await?;
    find(&known.content.promise, &id)?;
    let seen = sent.form.raw("seen").to_owned();
    let removed = app.database.write(move |tx| {
        drafts::edit(tx, &scope, &format!("section {id}"), now, |promise: &mut Promise| {
            if whole(promise, &id) != seen {
                return Err(DraftRefusal::ChangedSinceRead.into());
            }
            promise.sections.retain(|section| section.id != id);
            promise.pledges.0.retain(|pledge| pledge.section != id);
            Ok(())
        })
    });
    removed.await?;
    Ok(response::redirect(&format!("{HOME}?done=removed")))
}
