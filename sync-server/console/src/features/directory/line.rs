//! The pages that add and change a line. A wrong number leads a young person to the wrong place, so
//! the editor checks each number as it will be dialled before the line is saved.

use askama::Template;
use axum::extract::{Path, State};
use promise_edition::field_and_language;
use promise_protocol::{phone_number, values::PhoneNumber};
use promise_services::{
    Permission, directory,
    publishing::drafts::{self, Fields},
};

use crate::{
    App,
    features::{
        directory::{
            DIRECTORY, back_to_directory, find_line,
            form::{LineFields, LineForm},
            load, load_editable,
        },
        promise::{
            conflict::{SentForm, without_theirs},
            value,
        },
    },
    kit::{
        format,
        forms::{Field, FormData, Input, PhoneRowField, field_error},
        page::{
            FieldError, Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        url::line_path,
        words,
    },
};

/// What the check shows: the fields and the keys of their labels.
const CHECKED: [(&str, &str); 8] = [
    ("display_name.en", "line-name"),
    ("role", "line-role"),
    ("organisation", "line-organisation"),
    ("hours", "line-hours"),
    ("on_closed_days", "line-closed"),
    ("about.en", "line-about"),
    ("email", "field-email"),
    ("languages", "line-languages"),
];

#[derive(Template)]
#[template(path = "directory/line.html")]
struct LineTemplate {
    page: Page,
    action: String,
    was: String,
    before: Vec<Field>,
    phones: Vec<PhoneRowField>,
    after: Vec<Field>,
}

/// A number to be checked.
struct Number {
    shown: String,
    /// The link that rings or texts it.
    link: Option<String>,
    dialled: String,
    /// Whether it takes texts only.
    is_texted: bool,
    /// What a call costs, if it costs extra.
    cost: Option<String>,
    /// What it is for.
    kind: String,
}

#[derive(Template)]
#[template(path = "directory/check.html")]
struct CheckTemplate {
    page: Page,
    action: String,
    hidden: Vec<(String, String)>,
    numbers: Vec<Number>,
    rows: Vec<(String, String)>,
}

/// The pages of a new line, or of one in the draft.
struct Pages {
    title: String,
    action: String,
}

impl Pages {
    fn new_line() -> Self {
        Self { title: words::t("line-new"), action: format!("{DIRECTORY}/new-line") }
    }

    fn of_line(id: &str) -> Self {
        Self { title: words::t("line-change"), action: line_path(id) }
    }

    fn form(
        &self,
        session: &Session,
        form: &LineForm,
        was: String,
        errors: Vec<FieldError>,
    ) -> LineTemplate {
        let LineFields { before, phones, after } = form.fields(&errors);
        let page = session.page(self.title.clone());
        LineTemplate {
            page: page.back(DIRECTORY, words::t("directory-title")).with_errors(errors),
            action: self.action.clone(),
            was,
            before,
            phones,
            after,
        }
    }

    /// The page with each number as it will be dialled.
    fn check(&self, session: &Session, form: &FormData, fields: &Fields) -> CheckTemplate {
        let phones: Vec<PhoneNumber> = format::list(fields.get("phones"));
        let number = |phone: &PhoneNumber| Number {
            shown: phone_number::format(&phone.number),
            link: phone.link(),
            dialled: phone_number::dial_string(&phone.number, phone.ext.as_deref())
                .unwrap_or_else(|| phone.number.clone()),
            is_texted: !phone.can_be_rung(),
            cost: format::call_cost(phone),
            kind: format::phone_details(phone),
        };
        let row = |(name, label): &(&str, &str)| {
            let (field, _) = field_and_language(name);
            let stored = fields.get(*name).filter(|value| !value.is_null());
            (words::t(label), value::format(field, stored))
        };
        let mut hidden = form.fields_except(&["csrf", "checked", "change"]);
        hidden.push(("checked".into(), "1".into()));
        let page = session.page(words::t("line-check-title"));
        CheckTemplate {
            page: page.back(DIRECTORY, words::t("directory-title")),
            action: self.action.clone(),
            hidden,
            numbers: phones.iter().map(number).collect(),
            rows: CHECKED.iter().map(row).collect(),
        }
    }
}

/// What the editor wants to do with a valid form.
enum Step {
    /// Check the numbers.
    Check,
    /// Change something after the check.
    Change,
    /// Save the checked line.
    Save,
}

impl Step {
    fn read(form: &FormData) -> Self {
        if !form.raw("change").is_empty() {
            Self::Change
        } else if form.raw("checked").is_empty() {
            Self::Check
        } else {
            Self::Save
        }
    }
}

fn late(key: &str) -> Vec<FieldError> {
    vec![field_error("display_name", key)]
}

/// Shows the form of a new line.
pub(super) async fn get_new(State(app): State<App>, session: Session) -> PageResult {
    load_editable(&app, &session).await?;
    let form = Pages::new_line().form(&session, &LineForm::empty(), String::new(), Vec::new());
    Ok(response::render(&form))
}

/// Adds a line once its numbers were checked.
pub(super) async fn post_new(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let StaffForm { session, form } = submitted;
    session.scope.permit(Permission::Edit)?;
    let (pages, line) = (Pages::new_line(), LineForm::read(&form));
    let template = |errors| pages.form(&session, &line, String::new(), errors);
    let fields = match line.parse(&Fields::new()) {
        Ok(fields) => fields,
        Err(errors) => return Ok(response::invalid_form(&template(errors))),
    };
    match Step::read(&form) {
        Step::Check => return Ok(response::render(&pages.check(&session, &form, &fields))),
        Step::Change => return Ok(response::render(&template(Vec::new()))),
        Step::Save => {}
    }
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let added = app.database.write(move |tx| directory::add_line(tx, &scope, &fields, now)).await;
    match added {
        Ok(_) => Ok(response::redirect(&format!("{DIRECTORY}?done=added"))),
        Err(error) => response::unsaved(error, |key| template(late(key))),
    }
}

/// Shows the form of a line.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> PageResult {
    let view = load_editable(&app, &session).await?;
    let line = find_line(&view, &id)?;
    let was = serde_json::to_string(&drafts::fields_of(line)).unwrap_or_default();
    let form = LineForm::of_line(line);
    Ok(response::render(&Pages::of_line(&id).form(&session, &form, was, Vec::new())))
}

/// Saves a line once its numbers were checked, unless another editor changed the same field.
pub(super) async fn post(
    State(app): State<App>,
    Path(id): Path<String>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    session.scope.permit(Permission::Edit)?;
    let was = form.raw("was").to_owned();
    // A line that was removed meanwhile is reported with the form, if there is one.
    if was.is_empty() {
        find_line(&load(&app, &session).await?, &id)?;
    }
    let (pages, line) = (Pages::of_line(&id), LineForm::read(&form));
    let template = |errors| pages.form(&session, &line, was.clone(), errors);
    let shown: Fields = serde_json::from_str(&was).unwrap_or_default();
    let fields = match line.parse(&shown) {
        Ok(fields) => fields,
        Err(errors) => return Ok(response::invalid_form(&template(errors))),
    };
    match Step::read(&form) {
        Step::Check => return Ok(response::render(&pages.check(&session, &form, &fields))),
        Step::Change => return Ok(response::render(&template(Vec::new()))),
        Step::Save => {}
    }
    let (mine, before) = (without_theirs(fields, &form), shown.clone());
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let saved = app
        .database
        .write(move |tx| directory::save_line(tx, &scope, &id, (&before, &mine), now))
        .await;
    let sent = SentForm {
        session: &session,
        form: &form,
        action: pages.action.clone(),
        back: back_to_directory(),
        shown,
    };
    sent.response(saved, |key| template(late(key)))
}
