//! One form about one record: shown, checked, and saved unless somebody else changed the same.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use promise_edition::field_and_language;
use promise_protocol::pack::Promise;
use promise_services::{
    Permission, ServiceError,
    publishing::drafts::{self, DraftRefusal, FieldConflict, Fields, WorkingCopy},
};
use serde_json::Value;

use crate::{
    App,
    features::promise::{
        fields::{self, Spec},
        nothing,
        target::Target,
        value,
    },
    kit::{
        forms::{ConflictField, ConflictTemplate, Field, FormData, Input, Side},
        page::{
            FieldError, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// A form about a record.
pub(super) struct Form {
    pub(super) target: Target,
    pub(super) specs: Vec<Spec>,
    pub(super) title: String,
    pub(super) lead: Vec<String>,
    pub(super) action: String,
    /// The page to go back to, and on to once it is saved.
    pub(super) back: (String, String),
}

/// A field, with the English text that it is a translation of.
struct Row {
    field: Field,
    english: String,
}

#[derive(Template)]
#[template(path = "kit/translation_form.html")]
struct Shown {
    page: Page,
    lead: Vec<String>,
    action: String,
    was: String,
    rows: Vec<Row>,
}

impl Form {
    fn shown(
        &self,
        session: &Session,
        work: &WorkingCopy,
        (was, fields): (String, Vec<Field>),
        errors: Vec<FieldError>,
    ) -> Shown {
        let held = self.target.fields(&work.content.promise).unwrap_or_default();
        let row = |(spec, field): (&Spec, Field)| {
            let (name, language) = field_and_language(&spec.name);
            let translates = language.is_some_and(|language| language != "en");
            let english = held.get(&format!("{name}.en")).and_then(Value::as_str);
            let english = english.filter(|_| translates).unwrap_or_default().to_owned();
            Row { field, english }
        };
        let (href, text) = self.back.clone();
        Shown {
            page: session.page(self.title.clone()).back(href, text).with_errors(errors),
            lead: self.lead.clone(),
            action: self.action.clone(),
            was,
            rows: self.specs.iter().zip(fields).map(row).collect(),
        }
    }

    /// Shows the form as the record is.
    pub(super) fn show(&self, session: &Session, work: &WorkingCopy) -> PageResult {
        let held = self.target.fields(&work.content.promise).ok_or_else(|| nothing("record"))?;
        let was = json(&fields::only(&self.specs, &held));
        let fields = fields::held(&self.specs, &held);
        Ok(response::render(&self.shown(session, work, (was, fields), Vec::new())))
    }

    /// Shows the form as it was sent, with what is wrong.
    fn again(
        &self,
        session: &Session,
        work: &WorkingCopy,
        sent: &FormData,
        errors: Vec<FieldError>,
    ) -> Response {
        let fields = fields::sent(&self.specs, sent, &errors);
        let was = sent.raw("was").to_owned();
        response::render(&self.shown(session, work, (was, fields), errors))
    }

    /// Saves what was sent, unless it is not right or somebody else changed the same.
    pub(super) async fn save(&self, app: &App, work: &WorkingCopy, sent: StaffForm) -> PageResult {
        let StaffForm { session, form: sent } = sent;
        session.scope.permit(Permission::Edit)?;
        let mut mine = match fields::read(&self.specs, &sent) {
            Ok(mine) => mine,
            Err(errors) => {
                let page = self.again(&session, work, &sent, errors);
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
            }
        };
        let was: Fields = serde_json::from_str(sent.raw("was")).unwrap_or_default();
        // Where theirs was chosen, nothing of mine is left to save.
        for (name, _) in fields::chosen(&self.specs, &sent).iter().filter(|(_, mine)| !**mine) {
            mine.remove(name);
        }
        match self.write(app, &session, was.clone(), mine).await {
            Ok((_, clashes)) if clashes.is_empty() => {
                Ok(response::redirect(&format!("{}?done=saved", self.back.0)))
            }
            Ok((now, clashes)) => Ok(self.clash(&session, &sent, was, &now, &clashes)),
            Err(ServiceError::Draft(DraftRefusal::Submitted)) => {
                Ok(self.too_late(&session, work, &sent, StatusCode::CONFLICT, "promise-late"))
            }
            Err(ServiceError::NotFound(_)) => {
                Ok(self.too_late(&session, work, &sent, StatusCode::NOT_FOUND, "promise-gone"))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Nothing typed is lost where it cannot be saved: it is shown once more, to be copied or sent
    /// again later.
    fn too_late(
        &self,
        session: &Session,
        work: &WorkingCopy,
        sent: &FormData,
        status: StatusCode,
        key: &str,
    ) -> Response {
        let field = self.specs.first().map(Spec::anchor).unwrap_or_default();
        let errors = vec![FieldError { field, message: words::t(key) }];
        (status, self.again(session, work, sent, errors)).into_response()
    }

    /// Writes it into the draft. Answers what the record held, and where both changed the same.
    async fn write(
        &self,
        app: &App,
        session: &Session,
        was: Fields,
        mine: Fields,
    ) -> Result<(Fields, Vec<FieldConflict>), ServiceError> {
        let (scope, now) = (session.scope.clone(), app.clock.now_millis());
        let target = self.target.clone();
        let save = move |promise: &mut Promise| {
            // Read again where it is written: nobody can come in between.
            let held = target.fields(promise).ok_or(ServiceError::NotFound("record"))?;
            match drafts::merge_fields(&was, &held, &mine, &[].into()) {
                Ok(fields) => target.put(promise, &fields).map(|()| (held, Vec::new())),
                Err(clashes) => Ok((held, clashes)),
            }
        };
        let what = self.target.what();
        app.database.write(move |tx| drafts::edit(tx, &scope, &what, now, save)).await
    }

    /// Shows both, side by side. What is saved now is what the next form was made from: if it
    /// changes once more, they are asked once more.
    fn clash(
        &self,
        session: &Session,
        sent: &FormData,
        mut was: Fields,
        now: &Fields,
        clashes: &[FieldConflict],
    ) -> Response {
        for clash in clashes {
            match now.get(&clash.field) {
                Some(value) => drop(was.insert(clash.field.clone(), value.clone())),
                None => drop(was.remove(&clash.field)),
            }
        }
        let asked: Vec<String> = self
            .specs
            .iter()
            .filter(|spec| clashes.iter().any(|clash| clash.field == spec.name))
            .map(|spec| Side::field_name(&spec.id()))
            .collect();
        let without: Vec<&str> =
            ["csrf", "was"].into_iter().chain(asked.iter().map(String::as_str)).collect();
        let mut hidden = sent.fields_except(&without);
        hidden.push(("was".into(), json(&was)));
        let (href, text) = self.back.clone();
        let shown = ConflictTemplate {
            page: session.page(words::t("conflict-draft-title")).back(href, text),
            action: self.action.clone(),
            hidden,
            lead: words::t("conflict-draft-lead"),
            fields: clashes.iter().map(conflict_field).collect(),
            button: words::t("promise-save"),
        };
        (StatusCode::CONFLICT, response::render(&shown)).into_response()
    }
}

fn conflict_field(clash: &FieldConflict) -> ConflictField {
    let (name, language) = field_and_language(&clash.field);
    let language = language.unwrap_or("en");
    ConflictField::new(
        clash.field.replace('.', "-"),
        value::called(name, Some(language)),
        value::words(name, Some(&clash.theirs)),
        value::words(name, Some(&clash.mine)),
    )
    .language(language)
}

fn json(fields: &Fields) -> String {
    serde_json::to_string(fields).unwrap_or_default()
}

/// Shows a form to whoever may edit.
pub(super) async fn get_form(
    app: &App,
    session: &Session,
    form: impl FnOnce(&WorkingCopy) -> Result<Form, PageError>,
) -> PageResult {
    let work = crate::features::promise::open(app, session).await?;
    form(&work)?.show(session, &work)
}

/// Takes a form from whoever may edit.
pub(super) async fn post_form(
    app: &App,
    sent: StaffForm,
    form: impl FnOnce(&WorkingCopy) -> Result<Form, PageError>,
) -> PageResult {
    sent.session.scope.permit(Permission::Edit)?;
    let work = crate::features::promise::work(app, &sent.session).await?;
    form(&work)?.save(app, &work, sent).await
}
