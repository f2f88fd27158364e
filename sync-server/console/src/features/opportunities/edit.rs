//! Adding an opportunity, and changing a part of one.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use promise_edition::{
    Texts,
    opportunities::{column, to_texts},
};
use promise_services::{
    Permission, ServiceError,
    opportunities::{self, DraftChange, PLACE_SEPARATOR, PLACES, SaveOutcome},
    publishing::drafts::{self, DraftRefusal, FieldConflict},
};

use crate::{
    App,
    features::opportunities::{HOME, can_edit, form::Typed, format, parts::Part},
    kit::{
        forms::{ConflictField, ConflictTemplate, Field, FormData, Input, Side},
        page::{
            FieldError, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        url::opportunity_path,
        words,
    },
};

/// What a new opportunity begins with.
const FIRST: [&str; 6] = ["kind", "title", "organisation", "summary", "closes", "ref"];

/// A form.
#[derive(Template)]
#[template(path = "kit/form.html")]
pub(super) struct Form {
    pub(super) page: Page,
    pub(super) lead: Vec<String>,
    pub(super) action: String,
    pub(super) hidden: Vec<(String, String)>,
    pub(super) fields: Vec<Field>,
    pub(super) button: String,
}

/// The draft was handed in while somebody typed: nothing typed is lost.
fn late(fields: &[Field]) -> FieldError {
    let field = fields.first().map(Field::anchor).unwrap_or_default();
    FieldError { field, message: words::t("promise-late") }
}

fn conflict(template: &impl Template) -> Response {
    (StatusCode::CONFLICT, response::render(template)).into_response()
}

fn new_form(session: &Session, typed: &Typed, errors: Vec<FieldError>) -> Form {
    let page = session.page(words::t("opp-new"));
    let hinted = |field: Field| match field.name.as_str() {
        "ref" => field.hint("opp-new-ref-hint"),
        _ => field,
    };
    Form {
        fields: typed.fields(&errors).into_iter().map(hinted).collect(),
        page: page.back(HOME, words::t("opp-title")).with_errors(errors),
        lead: vec![words::t("opp-new-lead")],
        action: format!("{HOME}/new"),
        hidden: Vec::new(),
        button: words::t("opp-new-button"),
    }
}

/// Shows the form for a new one.
pub(super) async fn get_new(State(app): State<App>, session: Session) -> PageResult {
    let scope = session.scope.clone();
    scope.permit(Permission::Edit)?;
    let work = app.database.read(move |tx| drafts::load(tx, &scope)).await;
    if !can_edit(&session, &work.map_err(|error: ServiceError| error)?.stage) {
        return Err(ServiceError::from(DraftRefusal::Submitted).into());
    }
    let typed = Typed::held(&FIRST, &Texts::new());
    Ok(response::render(&new_form(&session, &typed, Vec::new())))
}

/// Adds it.
pub(super) async fn post_new(State(app): State<App>, sent: StaffForm) -> PageResult {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let typed = Typed::sent(&FIRST, &form);
    if typed.is_wrong() {
        return Ok(response::invalid_form(&new_form(&session, &typed, typed.errors(&[]))));
    }
    let (scope, now, texts) = (session.scope.clone(), app.clock.now_millis(), typed.texts.clone());
    let added = app.database.write(move |tx| opportunities::add(tx, &scope, &texts, now)).await;
    match added {
        Ok(Ok(id)) => Ok(response::redirect(&format!("{}?done=added", opportunity_path(&id)))),
        Ok(Err(issues)) => {
            Ok(response::invalid_form(&new_form(&session, &typed, typed.errors(&issues))))
        }
        Err(ServiceError::Draft(DraftRefusal::Submitted)) => {
            let errors = vec![late(&typed.fields(&[]))];
            Ok(conflict(&new_form(&session, &typed, errors)))
        }
        Err(error) => Err(error.into()),
    }
}

fn part_form(
    session: &Session,
    (id, title): (&str, &str),
    part: &Part,
    (typed, was): (&Typed, String),
    errors: Vec<FieldError>,
) -> Form {
    let lead = words::find(&format!("opp-part-{}-lead", part.name));
    Form {
        fields: typed.fields(&errors),
        page: session
            .page(part.title())
            .back(opportunity_path(id), title.to_owned())
            .with_errors(errors),
        lead: lead.into_iter().collect(),
        action: format!("{}/part/{}", opportunity_path(id), part.name),
        hidden: vec![("was".to_owned(), was)],
        button: words::t("promise-save"),
    }
}

fn known(part: &str) -> Result<&'static Part, PageError> {
    Part::of(part).ok_or_else(|| ServiceError::NotFound("part").into())
}

/// What a form says of how it was, as texts.
fn was(form: &FormData) -> Texts {
    let json: std::collections::BTreeMap<String, String> =
        serde_json::from_str(form.raw("was")).unwrap_or_default();
    json.into_iter().filter_map(|(name, text)| Some((column(&name)?, text))).collect()
}

fn only(columns: &[&'static str], texts: &Texts) -> String {
    let own: Texts = columns.iter().filter_map(|it| Some((*it, texts.get(it)?.clone()))).collect();
    serde_json::to_string(&own).unwrap_or_default()
}

/// Shows the form of a part.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path((id, part)): Path<(String, String)>,
) -> PageResult {
    session.scope.permit(Permission::Edit)?;
    let (scope, now, asked) = (session.scope.clone(), app.clock.now_millis(), id.clone());
    let one = app.database.read(move |tx| opportunities::find(tx, &scope, &asked, now)).await;
    let one = one.map_err(|error: ServiceError| error)?;
    let part = known(&part)?;
    if one.row.change == DraftChange::Removed {
        return Err(ServiceError::NotFound("opportunity").into());
    }
    if !can_edit(&session, &one.stage) {
        return Err(ServiceError::from(DraftRefusal::Submitted).into());
    }
    let texts = to_texts(&one.row.opportunity);
    let typed = Typed::held(part.columns, &texts);
    let about = (id.as_str(), one.row.opportunity.title.as_str());
    let was = only(part.columns, &texts);
    Ok(response::render(&part_form(&session, about, part, (&typed, was), Vec::new())))
}

/// Saves a part, unless somebody else changed the same meanwhile.
pub(super) async fn post(
    State(app): State<App>,
    Path((id, part)): Path<(String, String)>,
    sent: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let part = known(&part)?;
    let typed = Typed::sent(part.columns, &form);
    let raw_was = form.raw("was").to_owned();
    let again = |errors: Vec<FieldError>| {
        part_form(&session, (&id, &id), part, (&typed, raw_was.clone()), errors)
    };
    if typed.is_wrong() {
        return Ok(response::invalid_form(&again(typed.errors(&[]))));
    }
    let was = was(&form);
    let mut mine = typed.texts.clone();
    // Where theirs was chosen, nothing of mine is left to save.
    mine.retain(|column, _| {
        let asked = if matches!(*column, "area" | "postcode") { PLACES } else { column };
        form.raw(&format!("choose-{asked}")) != "theirs"
    });
    let (scope, now, about) = (session.scope.clone(), app.clock.now_millis(), id.clone());
    let before = was.clone();
    let saved = app
        .database
        .write(move |tx| opportunities::save(tx, &scope, &about, (&before, &mine), now))
        .await;
    match saved {
        Ok(SaveOutcome::Saved) => {
            Ok(response::redirect(&format!("{}?done=saved", opportunity_path(&id))))
        }
        Ok(SaveOutcome::Invalid(issues)) => {
            Ok(response::invalid_form(&again(typed.errors(&issues))))
        }
        Ok(SaveOutcome::Conflicting(now, clashes)) => {
            Ok(conflict(&clash(&session, (&id, part), &form, (was, &now), &clashes)))
        }
        Err(ServiceError::Draft(DraftRefusal::Submitted)) => {
            Ok(conflict(&again(vec![late(&typed.fields(&[]))])))
        }
        Err(ServiceError::NotFound(_)) => {
            let field = typed.fields(&[]).first().map(Field::anchor).unwrap_or_default();
            let gone = vec![FieldError { field, message: words::t("promise-gone") }];
            Ok((StatusCode::NOT_FOUND, response::render(&again(gone))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Shows both, side by side. The next form was made from what is saved now: if that changes once
/// more, they are asked once more.
fn clash(
    session: &Session,
    (id, part): (&str, &Part),
    form: &FormData,
    (mut was, now): (Texts, &Texts),
    clashes: &[FieldConflict],
) -> ConflictTemplate {
    let mut without = vec!["csrf".to_owned(), "was".to_owned()];
    for clash in clashes {
        without.push(Side::field_name(&clash.field));
        let columns: &[&str] =
            if clash.field == PLACES { &["area", "postcode"] } else { &[clash.field.as_str()] };
        for column in columns.iter().filter_map(|name| column(name)) {
            was.insert(column, now.get(column).cloned().unwrap_or_default());
        }
    }
    let mut hidden = form.fields_except(&without.iter().map(String::as_str).collect::<Vec<_>>());
    hidden.push(("was".to_owned(), serde_json::to_string(&was).unwrap_or_default()));
    let told = |field: &str, value: &serde_json::Value| {
        let text = value.as_str().unwrap_or_default();
        let is_empty = text.is_empty() || text.chars().all(|c| c == PLACE_SEPARATOR);
        format::told(field, if is_empty { "" } else { text })
    };
    let fields = clashes.iter().map(|clash| {
        let (theirs, mine) = (told(&clash.field, &clash.theirs), told(&clash.field, &clash.mine));
        ConflictField::new(clash.field.clone(), format::label(&clash.field), theirs, mine)
    });
    let name = now.get("title").cloned().unwrap_or_else(|| id.to_owned());
    ConflictTemplate {
        page: session.page(words::t("conflict-draft-title")).back(opportunity_path(id), name),
        action: format!("{}/part/{}", opportunity_path(id), part.name),
        hidden,
        lead: words::t("conflict-draft-lead"),
        fields: fields.collect(),
        button: words::t("promise-save"),
    }
}
