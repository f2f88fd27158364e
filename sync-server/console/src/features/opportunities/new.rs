//! The page that adds an opportunity.

use axum::extract::State;
use promise_edition::Texts;
use promise_services::{Permission, ServiceError, opportunities, publishing::drafts};

use crate::{
    App,
    features::opportunities::{
        OPPORTUNITIES, check_editable, error_at_first, form::OpportunityForm,
    },
    kit::{
        forms::{Field, Question},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        url::opportunity_path,
        words,
    },
};

/// The columns that a new opportunity starts with. Its page has the others.
const COLUMNS: [&str; 6] = ["kind", "title", "organisation", "summary", "closes", "ref"];

fn question(session: &Session, form: &OpportunityForm, errors: Vec<FieldError>) -> Question {
    let with_hint = |field: Field| match field.name.as_str() {
        "ref" => field.hint("opp-new-ref-hint"),
        _ => field,
    };
    let fields = form.fields(&errors).into_iter().map(with_hint).collect();
    let page = session.page(words::t("opp-new")).back(OPPORTUNITIES, words::t("opp-title"));
    let action = format!("{OPPORTUNITIES}/new");
    Question::new(page.with_errors(errors), action, "opp-new-button")
        .lead(words::t("opp-new-lead"))
        .fields(fields)
}

/// Shows the form.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let scope = session.scope.clone();
    scope.permit(Permission::Edit)?;
    let draft = app.database.read(move |tx| drafts::load(tx, &scope)).await;
    check_editable(&session, &draft.map_err(|error: ServiceError| error)?.stage)?;
    let form = OpportunityForm::of_texts(&COLUMNS, &Texts::new());
    Ok(response::render(&question(&session, &form, Vec::new())))
}

/// Adds the opportunity.
pub(super) async fn post(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let StaffForm { session, form } = submitted;
    session.scope.permit(Permission::Edit)?;
    let form = OpportunityForm::read(&COLUMNS, &form);
    let invalid = |errors| Ok(response::invalid_form(&question(&session, &form, errors)));
    if form.is_invalid() {
        return invalid(form.errors(&[]));
    }
    let (scope, now, texts) = (session.scope.clone(), app.clock.now_millis(), form.texts.clone());
    let added = app.database.write(move |tx| opportunities::add(tx, &scope, &texts, now)).await;
    match added {
        Ok(Ok(id)) => {
            Ok(response::redirect(&format!("{}?done=opportunity-added", opportunity_path(&id))))
        }
        Ok(Err(issues)) => invalid(form.errors(&issues)),
        Err(error) => response::unsaved(error, |key| {
            question(&session, &form, vec![error_at_first(&form.fields(&[]), key)])
        }),
    }
}
