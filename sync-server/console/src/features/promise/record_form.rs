//! A form about one record of the promise: shown, validated, and saved unless another editor changed
//! the same field.

use promise_edition::field_and_language;
use promise_services::{
    Entity, Permission, ServiceError,
    publishing::{
        drafts::{Fields, WorkingCopy},
        promise::{PromiseRecord, save_record},
    },
};
use serde_json::Value;

use crate::{
    App,
    features::promise::{
        conflict::{SentForm, without_theirs},
        fields::{self, FieldSpec},
        load, load_editable,
    },
    kit::{
        forms::{Field, FormData, TranslationRow, TranslationTemplate, field_error},
        page::{
            FieldError,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
    },
};

/// A form about a record.
pub(super) struct RecordForm {
    pub(super) record: PromiseRecord,
    pub(super) specs: Vec<FieldSpec>,
    pub(super) title: String,
    pub(super) lead: Vec<String>,
    pub(super) action: String,
    /// The path and title of the page that follows.
    pub(super) back: (String, String),
}

impl RecordForm {
    fn template(
        &self,
        session: &Session,
        draft: &WorkingCopy,
        (was, fields): (String, Vec<Field>),
        errors: Vec<FieldError>,
    ) -> TranslationTemplate {
        let stored = self.record.fields(&draft.content.promise).unwrap_or_default();
        let row = |(spec, field): (&FieldSpec, Field)| {
            let (name, language) = field_and_language(&spec.name);
            let is_translation = language.is_some_and(|language| language != "en");
            let english = stored.get(&format!("{name}.en")).and_then(Value::as_str);
            let english = english.filter(|_| is_translation).unwrap_or_default().to_owned();
            TranslationRow { field, english }
        };
        let (href, text) = self.back.clone();
        TranslationTemplate {
            page: session.page(self.title.clone()).back(href, text).with_errors(errors),
            lead: self.lead.clone(),
            action: self.action.clone(),
            was,
            rows: self.specs.iter().zip(fields).map(row).collect(),
        }
    }

    fn render(&self, session: &Session, draft: &WorkingCopy) -> PageResult {
        let stored = self.record.fields(&draft.content.promise);
        let stored = stored.ok_or(ServiceError::NotFound(Entity::PromiseRecord))?;
        let was = serde_json::to_string(&fields::only(&self.specs, &stored)).unwrap_or_default();
        let fields = fields::of_record(&self.specs, &stored);
        Ok(response::render(&self.template(session, draft, (was, fields), Vec::new())))
    }

    /// Returns the form as it was sent, so that nothing typed is lost where it cannot be saved.
    fn unsaved(
        &self,
        session: &Session,
        draft: &WorkingCopy,
        form: &FormData,
        errors: Vec<FieldError>,
    ) -> TranslationTemplate {
        let fields = fields::of_form(&self.specs, form, &errors);
        self.template(session, draft, (form.raw("was").to_owned(), fields), errors)
    }

    async fn save(&self, app: &App, draft: &WorkingCopy, submitted: StaffForm) -> PageResult {
        let StaffForm { session, form } = submitted;
        let unsaved = |errors| self.unsaved(&session, draft, &form, errors);
        let fields = match fields::parse(&self.specs, &form) {
            Ok(fields) => fields,
            Err(errors) => return Ok(response::invalid_form(&unsaved(errors))),
        };
        let shown: Fields = serde_json::from_str(form.raw("was")).unwrap_or_default();
        let (mine, before) = (without_theirs(fields, &form), shown.clone());
        let (scope, now) = (session.scope.clone(), app.clock.now_millis());
        let record = self.record.clone();
        let saved = app
            .database
            .write(move |tx| save_record(tx, &scope, &record, (&before, &mine), now))
            .await;
        let late = |key: &str| {
            let anchor = self.specs.first().map(FieldSpec::anchor).unwrap_or_default();
            unsaved(vec![field_error(&anchor, key)])
        };
        let sent = SentForm {
            session: &session,
            form: &form,
            action: self.action.clone(),
            back: self.back.clone(),
            shown,
        };
        sent.response(saved, late)
    }
}

/// Shows a form to a caller who can edit the draft.
pub(super) async fn get(
    app: &App,
    session: &Session,
    form: impl FnOnce(&WorkingCopy) -> Result<RecordForm, PageError>,
) -> PageResult {
    let draft = load_editable(app, session).await?;
    form(&draft)?.render(session, &draft)
}

/// Saves a form.
pub(super) async fn post(
    app: &App,
    submitted: StaffForm,
    form: impl FnOnce(&WorkingCopy) -> Result<RecordForm, PageError>,
) -> PageResult {
    submitted.session.scope.permit(Permission::Edit)?;
    let draft = load(app, &submitted.session).await?;
    form(&draft)?.save(app, &draft, submitted).await
}
