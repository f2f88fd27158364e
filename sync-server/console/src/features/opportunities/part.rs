//! The form of a part of an opportunity: shown, and saved unless another editor changed the same
//! column.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, State},
    response::Response,
};
use promise_edition::{
    Texts,
    opportunities::{column, to_texts},
};
use promise_services::{
    Entity, Permission, ServiceError,
    opportunities::{self, PLACE_SEPARATOR, PLACES, SaveOutcome},
    publishing::drafts::FieldConflict,
};
use serde_json::Value;

use crate::{
    App,
    features::opportunities::{
        detail::load_editable, error_at_first, form::OpportunityForm, format, parts::Part,
    },
    kit::{
        forms::{
            ConflictField, ConflictTemplate, FormData, Question, Side, cost_confirmation,
            resent_fields,
        },
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        url::opportunity_path,
        words,
    },
};

/// The columns that hold the places. An editor chooses between both at once.
const PLACE_COLUMNS: [&str; 2] = ["area", "postcode"];

/// A part's page.
struct PartPage<'a> {
    session: &'a Session,
    id: &'a str,
    /// The name of the opportunity's page.
    title: &'a str,
    part: &'static Part,
}

impl PartPage<'_> {
    fn action(&self) -> String {
        format!("{}/part/{}", opportunity_path(self.id), self.part.name)
    }

    fn question(&self, form: &OpportunityForm, was: String, errors: Vec<FieldError>) -> Question {
        let fields = form.fields(&errors);
        let page = self
            .session
            .page(self.part.title())
            .back(opportunity_path(self.id), self.title.to_owned())
            .with_errors(errors);
        let question = Question::new(page, self.action(), "promise-save")
            .fields(fields)
            .hidden(vec![("was".to_owned(), was)]);
        match words::find(&format!("opp-part-{}-lead", self.part.name)) {
            Some(lead) => question.lead(lead),
            None => question,
        }
    }

    /// Shows both values of each column that both editors changed.
    fn conflict(
        &self,
        form: &FormData,
        (mut shown, current): (Texts, &Texts),
        conflicts: &[FieldConflict],
    ) -> Response {
        for conflict in conflicts {
            for column in columns(&conflict.field).iter().filter_map(|name| column(name)) {
                shown.insert(column, current.get(column).cloned().unwrap_or_default());
            }
        }
        let fields: Vec<ConflictField> = conflicts.iter().map(conflict_field).collect();
        let was = serde_json::to_string(&shown).unwrap_or_default();
        let title = current.get("title").cloned().unwrap_or_else(|| self.id.to_owned());
        let page = self.session.page(words::t("conflict-draft-title"));
        response::conflict(&ConflictTemplate {
            page: page.back(opportunity_path(self.id), title),
            lead: words::t("conflict-draft-lead"),
            action: self.action(),
            hidden: resent_fields(form, was, &fields),
            fields,
            button: words::t("promise-save"),
        })
    }
}

/// Returns the columns of a field that is saved as one.
fn columns(field: &str) -> Vec<&str> {
    if field == PLACES { PLACE_COLUMNS.to_vec() } else { vec![field] }
}

fn conflict_field(conflict: &FieldConflict) -> ConflictField {
    let formatted = |value: &Value| {
        let text = value.as_str().unwrap_or_default();
        let is_empty = text.chars().all(|c| c == PLACE_SEPARATOR);
        format::value(&conflict.field, if is_empty { "" } else { text })
    };
    let (theirs, mine) = (formatted(&conflict.theirs), formatted(&conflict.mine));
    ConflictField::new(conflict.field.clone(), format::label(&conflict.field), theirs, mine)
}

fn find_part(name: &str) -> Result<&'static Part, ServiceError> {
    Part::find(name).ok_or(ServiceError::NotFound(Entity::Page))
}

/// Returns the columns as the form showed them.
fn parse_shown(form: &FormData) -> Texts {
    let shown: BTreeMap<String, String> = serde_json::from_str(form.raw("was")).unwrap_or_default();
    shown.into_iter().filter_map(|(name, text)| Some((column(&name)?, text))).collect()
}

/// Returns the texts without those for which the other editor's value was chosen.
fn without_theirs(mut texts: Texts, form: &FormData) -> Texts {
    texts.retain(|column, _| {
        let field = if PLACE_COLUMNS.contains(column) { PLACES } else { column };
        Side::read(form, field) != Some(Side::Theirs)
    });
    texts
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path((id, part)): Path<(String, String)>,
) -> PageResult {
    let opportunity = load_editable(&app, &session, &id).await?.row.opportunity;
    let part = find_part(&part)?;
    let texts = to_texts(&opportunity);
    let form = OpportunityForm::of_texts(part.columns, &texts);
    let own: Texts = part
        .columns
        .iter()
        .filter_map(|column| Some((*column, texts.get(column)?.clone())))
        .collect();
    let was = serde_json::to_string(&own).unwrap_or_default();
    let page = PartPage { session: &session, id: &id, title: &opportunity.title, part };
    Ok(response::render(&page.question(&form, was, Vec::new())))
}

/// Saves the part, unless another editor changed the same column.
pub(super) async fn post(
    State(app): State<App>,
    Path((id, part)): Path<(String, String)>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form: data } = submitted;
    session.scope.permit(Permission::Edit)?;
    let part = find_part(&part)?;
    let page = PartPage { session: &session, id: &id, title: &id, part };
    let mut form = OpportunityForm::read(part.columns, &data);
    let costly = form.confirm_cost(&data);
    let unsaved = |errors| page.question(&form, data.raw("was").to_owned(), errors);
    if form.is_invalid() {
        return Ok(response::invalid_form(&unsaved(form.errors(&[]))));
    }
    if !data.raw(cost_confirmation::CHANGE).is_empty() {
        return Ok(response::render(&unsaved(Vec::new())));
    }
    if !costly.is_empty() {
        let question = session.page(words::t("phone-cost-title"));
        let question = cost_confirmation::question(question, page.action(), &data, &costly);
        return Ok(response::render(&question));
    }
    let shown = parse_shown(&data);
    let (before, mine) = (shown.clone(), without_theirs(form.texts.clone(), &data));
    let (scope, now, opportunity) = (session.scope.clone(), app.clock.now_millis(), id.clone());
    let saved = app
        .database
        .write(move |tx| opportunities::save(tx, &scope, &opportunity, (&before, &mine), now))
        .await;
    match saved {
        Ok(SaveOutcome::Saved) => {
            Ok(response::redirect(&format!("{}?done=saved", opportunity_path(&id))))
        }
        Ok(SaveOutcome::Invalid(issues)) => {
            Ok(response::invalid_form(&unsaved(form.errors(&issues))))
        }
        Ok(SaveOutcome::Conflicting { current, conflicts }) => {
            Ok(page.conflict(&data, (shown, &current), &conflicts))
        }
        Err(error) => {
            response::unsaved(error, |key| unsaved(vec![error_at_first(&form.fields(&[]), key)]))
        }
    }
}
