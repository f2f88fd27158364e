//! Adding a line and changing one. A wrong number leads a young person to nobody, so each is shown
//! as it will be dialled before it is kept.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use promise_edition::field_and_language;
use promise_protocol::{phone_number, values::PhoneNumber};
use promise_services::{
    Permission, ServiceError, directory,
    publishing::drafts::{self, DraftRefusal, Fields},
};

use crate::{
    App,
    features::{
        directory::{
            HOME, board,
            conflict::clash,
            form::{Row, Typed},
            nothing, open, read,
        },
        promise::value,
    },
    kit::{
        format,
        forms::{Field, Input, Posted},
        page::{
            Mistake, Page,
            response::{self, Answer},
        },
        session::{Session, StaffForm},
        url::line_path,
        words,
    },
};

#[derive(Template)]
#[template(path = "directory/line.html")]
struct FormPage {
    page: Page,
    action: String,
    was: String,
    before: Vec<Field>,
    rows: Vec<Row>,
    after: Vec<Field>,
    button: String,
}

/// A number, to be checked.
struct Number {
    shown: String,
    dialled: String,
    /// What it is for.
    kind: String,
}

#[derive(Template)]
#[template(path = "directory/check.html")]
struct CheckPage {
    page: Page,
    action: String,
    hidden: Vec<(String, String)>,
    numbers: Vec<Number>,
    rows: Vec<(String, String)>,
}

/// What a form is about: a line, or one that is to be.
struct About {
    title: String,
    action: String,
}

impl About {
    fn new_line() -> Self {
        Self { title: words::t("line-new"), action: format!("{HOME}/new-line") }
    }

    fn line(id: &str) -> Self {
        Self { title: words::t("line-change"), action: line_path(id) }
    }

    fn form(
        &self,
        session: &Session,
        typed: &Typed,
        was: String,
        mistakes: Vec<Mistake>,
    ) -> FormPage {
        let (before, rows, after) = typed.fields(&mistakes);
        let page = session.page(self.title.clone());
        FormPage {
            page: page.back(HOME.into(), words::t("directory-title")).mistakes(mistakes),
            action: self.action.clone(),
            was,
            before,
            rows,
            after,
            button: words::t("line-check-button"),
        }
    }

    /// Shows what was typed once more, each number as it will be dialled.
    fn check(&self, session: &Session, form: &Posted, fields: &Fields) -> CheckPage {
        let phones = fields.get("phones").cloned().unwrap_or_default();
        let phones: Vec<PhoneNumber> = serde_json::from_value(phones).unwrap_or_default();
        let number = |phone: &PhoneNumber| Number {
            shown: phone_number::format(&phone.number),
            dialled: phone.number.clone(),
            kind: uses(phone),
        };
        let rows = [
            ("display_name.en", "line-name"),
            ("role", "line-role"),
            ("organisation", "line-organisation"),
            ("hours", "card-hours"),
            ("about.en", "line-about"),
            ("email", "field-email"),
            ("languages", "line-languages"),
        ];
        let row = |(name, label): &(&str, &str)| {
            let (field, _) = field_and_language(name);
            let held = fields.get(*name).filter(|value| !value.is_null());
            (words::t(label), value::words(field, held))
        };
        let closed = fields.get("on_closed_days").cloned().unwrap_or_default();
        let closed = serde_json::from_value(closed).unwrap_or_default();
        let mut rows: Vec<(String, String)> = rows.iter().map(row).collect();
        rows.insert(4, (words::t("line-closed"), board::closed(closed)));
        let mut hidden = form.again(&["csrf", "checked", "change"]);
        hidden.push(("checked".into(), "1".into()));
        let page = session.page(words::t("line-check-title"));
        CheckPage {
            page: page.back(HOME.into(), words::t("directory-title")),
            action: self.action.clone(),
            hidden,
            numbers: phones.iter().map(number).collect(),
            rows,
        }
    }
}

/// What a number is for, its extension, and whether to try it first.
fn uses(phone: &PhoneNumber) -> String {
    let extension = phone.ext.as_ref().map(|ext| words::with("phone-ext", "ext", ext));
    let first = phone.prefer.then(|| words::t("phone-first"));
    let parts = [Some(format::phone_kind(phone.kind)), extension, first];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Nothing typed is lost where it cannot be saved.
fn unsaved(status: StatusCode, template: &impl Template) -> Response {
    (status, response::page(template)).into_response()
}

fn late(key: &str) -> Vec<Mistake> {
    vec![Mistake { field: "display_name".to_owned(), text: words::t(key) }]
}

/// Shows the form for a new line.
pub(super) async fn get_new(State(app): State<App>, session: Session) -> Answer {
    open(&app, &session).await?;
    let form = About::new_line().form(&session, &Typed::empty(), String::new(), Vec::new());
    Ok(response::page(&form))
}

/// Adds a line, once its numbers were checked.
pub(super) async fn post_new(State(app): State<App>, sent: StaffForm) -> Answer {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let (about, typed) = (About::new_line(), Typed::sent(&form));
    let fields = match typed.read(&Fields::new()) {
        Ok(fields) => fields,
        Err(mistakes) => {
            return Ok(response::not_right(&about.form(&session, &typed, String::new(), mistakes)));
        }
    };
    if !form.raw("change").is_empty() {
        return Ok(response::page(&about.form(&session, &typed, String::new(), Vec::new())));
    }
    if form.raw("checked").is_empty() {
        return Ok(response::page(&about.check(&session, &form, &fields)));
    }
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let added = app.database.write(move |tx| directory::add_line(tx, &scope, &fields, now)).await;
    match added {
        Ok(_) => Ok(response::go(&format!("{HOME}?done=added"))),
        Err(ServiceError::Draft(DraftRefusal::Submitted)) => {
            let page = about.form(&session, &typed, String::new(), late("promise-late"));
            Ok(unsaved(StatusCode::CONFLICT, &page))
        }
        Err(error) => Err(error.into()),
    }
}

/// Shows the form of a line.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> Answer {
    let board = open(&app, &session).await?;
    let line = board.directory.lines.0.iter().find(|line| line.id == id);
    let line = line.ok_or_else(|| nothing("line"))?;
    let was = serde_json::to_string(&drafts::fields_of(line)).unwrap_or_default();
    let form = About::line(&id).form(&session, &Typed::held(line), was, Vec::new());
    Ok(response::page(&form))
}

/// Saves a line, once its numbers were checked, unless somebody else changed the same meanwhile.
pub(super) async fn post(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: StaffForm,
) -> Answer {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let board = read(&app, &session).await?;
    if !board.directory.lines.0.iter().any(|line| line.id == id) && form.raw("was").is_empty() {
        return Err(nothing("line"));
    }
    let (about, typed) = (About::line(&id), Typed::sent(&form));
    let raw_was = form.raw("was").to_owned();
    let was: Fields = serde_json::from_str(&raw_was).unwrap_or_default();
    let again = |mistakes| about.form(&session, &typed, raw_was.clone(), mistakes);
    let mut mine = match typed.read(&was) {
        Ok(fields) => fields,
        Err(mistakes) => return Ok(response::not_right(&again(mistakes))),
    };
    if !form.raw("change").is_empty() {
        return Ok(response::page(&again(Vec::new())));
    }
    if form.raw("checked").is_empty() {
        return Ok(response::page(&about.check(&session, &form, &mine)));
    }
    // Where theirs was chosen, nothing of mine is left to save.
    mine.retain(|name, _| form.raw(&format!("choose-{}", name.replace('.', "-"))) != "theirs");
    let (scope, now, line, before) =
        (session.scope.clone(), app.clock.now_millis(), id.clone(), was.clone());
    let saved = app
        .database
        .write(move |tx| directory::save_line(tx, &scope, &line, (&before, &mine), now))
        .await;
    match saved {
        Ok((_, clashes)) if clashes.is_empty() => Ok(response::go(&format!("{HOME}?done=saved"))),
        Ok((held, clashes)) => {
            let page = clash(&session, &about.action, &form, (was, &held), &clashes);
            Ok(unsaved(StatusCode::CONFLICT, &page))
        }
        Err(ServiceError::Draft(DraftRefusal::Submitted)) => {
            Ok(unsaved(StatusCode::CONFLICT, &again(late("promise-late"))))
        }
        Err(ServiceError::NotFound(_)) => {
            Ok(unsaved(StatusCode::NOT_FOUND, &again(late("promise-gone"))))
        }
        Err(error) => Err(error.into()),
    }
}
