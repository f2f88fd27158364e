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
        forms::{Both, Clashing, Field, Input, Posted},
        page::{
            Mistake, Page,
            response::{self, Answer, Failure},
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
fn late(fields: &[Field]) -> Mistake {
    let field = fields.first().map(Field::anchor).unwrap_or_default();
    Mistake { field, text: words::t("promise-late") }
}

fn conflict(template: &impl Template) -> Response {
    (StatusCode::CONFLICT, response::page(template)).into_response()
}

fn new_form(session: &Session, typed: &Typed, mistakes: Vec<Mistake>) -> Form {
    let page = session.page(words::t("opp-new"));
    let hinted = |field: Field| match field.name.as_str() {
        "ref" => field.hint("opp-new-ref-hint"),
        _ => field,
    };
    Form {
        fields: typed.fields(&mistakes).into_iter().map(hinted).collect(),
        page: page.back(HOME.to_owned(), words::t("opp-title")).mistakes(mistakes),
        lead: vec![words::t("opp-new-lead")],
        action: format!("{HOME}/new"),
        hidden: Vec::new(),
        button: words::t("opp-new-button"),
    }
}

/// Shows the form for a new one.
pub(super) async fn get_new(State(app): State<App>, session: Session) -> Answer {
    let scope = session.scope.clone();
    scope.permit(Permission::Edit)?;
    let work = app.database.read(move |tx| drafts::load(tx, &scope)).await;
    if !can_edit(&session, &work.map_err(|error: ServiceError| error)?.stage) {
        return Err(ServiceError::from(DraftRefusal::Submitted).into());
    }
    let typed = Typed::held(&FIRST, &Texts::new());
    Ok(response::page(&new_form(&session, &typed, Vec::new())))
}

/// Adds it.
pub(super) async fn post_new(State(app): State<App>, sent: StaffForm) -> Answer {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let typed = Typed::sent(&FIRST, &form);
    if typed.is_wrong() {
        return Ok(response::not_right(&new_form(&session, &typed, typed.mistakes(&[]))));
    }
    let (scope, now, texts) = (session.scope.clone(), app.clock.now_millis(), typed.texts.clone());
    let added = app.database.write(move |tx| opportunities::add(tx, &scope, &texts, now)).await;
    match added {
        Ok(Ok(id)) => Ok(response::go(&format!("{}?done=added", opportunity_path(&id)))),
        Ok(Err(issues)) => {
            Ok(response::not_right(&new_form(&session, &typed, typed.mistakes(&issues))))
        }
        Err(ServiceError::Draft(DraftRefusal::Submitted)) => {
            let mistakes = vec![late(&typed.fields(&[]))];
            Ok(conflict(&new_form(&session, &typed, mistakes)))
        }
        Err(error) => Err(error.into()),
    }
}

fn part_form(
    session: &Session,
    (id, title): (&str, &str),
    part: &Part,
    (typed, was): (&Typed, String),
    mistakes: Vec<Mistake>,
) -> Form {
    let lead = words::find(&format!("opp-part-{}-lead", part.name));
    Form {
        fields: typed.fields(&mistakes),
        page: session
            .page(part.title())
            .back(opportunity_path(id), title.to_owned())
            .mistakes(mistakes),
        lead: lead.into_iter().collect(),
        action: format!("{}/part/{}", opportunity_path(id), part.name),
        hidden: vec![("was".to_owned(), was)],
        button: words::t("promise-save"),
    }
}

fn known(part: &str) -> Result<&'static Part, Failure> {
    Part::of(part).ok_or_else(|| ServiceError::NotFound("part").into())
}

/// What a form says of how it was, as texts.
fn was(form: &Posted) -> Texts {
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
) -> Answer {
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
    Ok(response::page(&part_form(&session, about, part, (&typed, was), Vec::new())))
}

/// Saves a part, unless somebody else changed the same meanwhile.
pub(super) async fn post(
    State(app): State<App>,
    Path((id, part)): Path<(String, String)>,
    sent: StaffForm,
) -> Answer {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let part = known(&part)?;
    let typed = Typed::sent(part.columns, &form);
    let raw_was = form.raw("was").to_owned();
    let again = |mistakes: Vec<Mistake>| {
        part_form(&session, (&id, &id), part, (&typed, raw_was.clone()), mistakes)
    };
    if typed.is_wrong() {
        return Ok(response::not_right(&again(typed.mistakes(&[]))));
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
            Ok(response::go(&format!("{}?done=saved", opportunity_path(&id))))
        }
        Ok(SaveOutcome::Invalid(issues)) => {
            Ok(response::not_right(&again(typed.mistakes(&issues))))
        }
        Ok(SaveOutcome::Conflicting(now, clashes)) => {
            Ok(conflict(&clash(&session, (&id, part), &form, (was, &now), &clashes)))
        }
        Err(ServiceError::Draft(DraftRefusal::Submitted)) => {
            Ok(conflict(&again(vec![late(&typed.fields(&[]))])))
        }
        Err(ServiceError::NotFound(_)) => {
            let field = typed.fields(&[]).first().map(Field::anchor).unwrap_or_default();
            let gone = vec![Mistake { field, text: words::t("promise-gone") }];
            Ok((StatusCode::NOT_FOUND, response::page(&again(gone))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Shows both, side by side. The next form was made from what is saved now: if that changes once
/// more, they are asked once more.
fn clash(
    session: &Session,
    (id, part): (&str, &Part),
    form: &Posted,
    (mut was, now): (Texts, &Texts),
    clashes: &[FieldConflict],
) -> Clashing {
    let mut without = vec!["csrf".to_owned(), "was".to_owned()];
    for clash in clashes {
        without.push(format!("choose-{}", clash.field));
        let columns: &[&str] =
            if clash.field == PLACES { &["area", "postcode"] } else { &[clash.field.as_str()] };
        for column in columns.iter().filter_map(|name| column(name)) {
            was.insert(column, now.get(column).cloned().unwrap_or_default());
        }
    }
    let mut hidden = form.again(&without.iter().map(String::as_str).collect::<Vec<_>>());
    hidden.push(("was".to_owned(), serde_json::to_string(&was).unwrap_or_default()));
    let told = |field: &str, value: &serde_json::Value| {
        let text = value.as_str().unwrap_or_default();
        let is_empty = text.is_empty() || text.chars().all(|c| c == PLACE_SEPARATOR);
        format::told(field, if is_empty { "" } else { text })
    };
    let both = clashes.iter().map(|clash| Both {
        id: clash.field.clone(),
        label: format::label(&clash.field),
        language: "en".to_owned(),
        direction: "auto",
        theirs: told(&clash.field, &clash.theirs),
        mine: told(&clash.field, &clash.mine),
    });
    let name = now.get("title").cloned().unwrap_or_else(|| id.to_owned());
    Clashing {
        page: session.page(words::t("conflict-draft-title")).back(opportunity_path(id), name),
        action: format!("{}/part/{}", opportunity_path(id), part.name),
        hidden,
        both: both.collect(),
    }
}
