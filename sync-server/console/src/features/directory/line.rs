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
            form::{LineFields, LineForm},
            nothing, open, read,
        },
        promise::value,
    },
    kit::{
        format,
        forms::{Field, FormData, Input, PhoneRowField},
        page::{
            FieldError, Page,
            response::{self, PageResult},
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
    phones: Vec<PhoneRowField>,
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
        line: &LineForm,
        was: String,
        errors: Vec<FieldError>,
    ) -> FormPage {
        let LineFields { before, phones, after } = line.fields(&errors);
        let page = session.page(self.title.clone());
        FormPage {
            page: page.back(HOME, words::t("directory-title")).with_errors(errors),
            action: self.action.clone(),
            was,
            before,
            phones,
            after,
            button: words::t("line-check-button"),
        }
    }

    /// Shows the form again, each number as it will be dialled.
    fn check(&self, session: &Session, form: &FormData, fields: &Fields) -> CheckPage {
        let phones = fields.get("phones").cloned().unwrap_or_default();
        let phones: Vec<PhoneNumber> = serde_json::from_value(phones).unwrap_or_default();
        let number = |phone: &PhoneNumber| Number {
            shown: phone_number::format(&phone.number),
            dialled: phone.number.clone(),
            kind: format::phone_details(phone),
        };
        let rows = [
            ("display_name.en", "line-name"),
            ("role", "line-role"),
            ("organisation", "line-organisation"),
            ("hours", "line-hours"),
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
        rows.insert(4, (words::t("line-closed"), board::closed_days(closed)));
        let mut hidden = form.fields_except(&["csrf", "checked", "change"]);
        hidden.push(("checked".into(), "1".into()));
        let page = session.page(words::t("line-check-title"));
        CheckPage {
            page: page.back(HOME, words::t("directory-title")),
            action: self.action.clone(),
            hidden,
            numbers: phones.iter().map(number).collect(),
            rows,
        }
    }
}

/// Returns the form with the typed values where the line cannot be saved.
fn unsaved(status: StatusCode, template: &impl Template) -> Response {
    (status, response::render(template)).into_response()
}

fn late(key: &str) -> Vec<FieldError> {
    vec![FieldError { field: "display_name".to_owned(), message: words::t(key) }]
}

/// Shows the form for a new line.
pub(super) async fn get_new(State(app): State<App>, session: Session) -> PageResult {
    open(&app, &session).await?;
    let form = About::new_line().form(&session, &LineForm::empty(), String::new(), Vec::new());
    Ok(response::render(&form))
}

/// Adds a line, once its numbers were checked.
pub(super) async fn post_new(State(app): State<App>, sent: StaffForm) -> PageResult {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let (about, line_form) = (About::new_line(), LineForm::read(&form));
    let fields = match line_form.parse(&Fields::new()) {
        Ok(fields) => fields,
        Err(errors) => {
            return Ok(response::invalid_form(&about.form(
                &session,
                &line_form,
                String::new(),
                errors,
            )));
        }
    };
    if !form.raw("change").is_empty() {
        return Ok(response::render(&about.form(&session, &line_form, String::new(), Vec::new())));
    }
    if form.raw("checked").is_empty() {
        return Ok(response::render(&about.check(&session, &form, &fields)));
    }
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let added = app.database.write(move |tx| directory::add_line(tx, &scope, &fields, now)).await;
    match added {
        Ok(_) => Ok(response::redirect(&format!("{HOME}?done=added"))),
        Err(ServiceError::Draft(DraftRefusal::Submitted)) => {
            let page = about.form(&session, &line_form, String::new(), late("promise-late"));
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
) -> PageResult {
    let board = open(&app, &session).await?;
    let line = board.directory.lines.0.iter().find(|line| line.id == id);
    let line = line.ok_or_else(|| nothing("line"))?;
    let was = serde_json::to_string(&drafts::fields_of(line)).unwrap_or_default();
    let form = About::line(&id).form(&session, &LineForm::of_line(line), was, Vec::new());
    Ok(response::render(&form))
}

/// Saves a line, once its numbers were checked, unless somebody else changed the same meanwhile.
pub(super) async fn post(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let board = read(&app, &session).await?;
    if !board.directory.lines.0.iter().any(|line| line.id == id) && form.raw("was").is_empty() {
        return Err(nothing("line"));
    }
    let (about, line_form) = (About::line(&id), LineForm::read(&form));
    let raw_was = form.raw("was").to_owned();
    let was: Fields = serde_json::from_str(&raw_was).unwrap_or_default();
    let again = |errors| about.form(&session, &line_form, raw_was.clone(), errors);
    let mut mine = match line_form.parse(&was) {
        Ok(fields) => fields,
        Err(errors) => return Ok(response::invalid_form(&again(errors))),
    };
    if !form.raw("change").is_empty() {
        return Ok(response::render(&again(Vec::new())));
    }
    if form.raw("checked").is_empty() {
        return Ok(response::render(&about.check(&session, &form, &mine)));
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
        Ok((_, clashes)) if clashes.is_empty() => {
            Ok(response::redirect(&format!("{HOME}?done=saved")))
        }
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
