//! Applying what was shown, with a confirmation where a file shrank or many lose an adviser.

use axum::extract::State;
use promise_protocol::digits;
use promise_services::{
    Entity, OsRandom, Permission, ServiceError,
    allocations::{self, AllocationRefusal, Change, Confirmed, Decision},
};

use crate::{
    App,
    features::allocations::{ALLOCATIONS, APPLY, CHANGE, ROWS, SEEN, upload},
    kit::{
        forms::{Field, FormData, Question, field_error},
        page::response::{self, PageResult},
        session::{Session, StaffForm},
        words,
    },
};

const CONFIRM_ROWS: &str = "confirm-rows";
const CONFIRM_LOSSES: &str = "confirm-losses";

/// Applies the changes of the form. Like a hand-over, requires the password first.
pub(super) async fn post(State(app): State<App>, submitted: StaffForm) -> PageResult {
    submitted.session.scope.permit(Permission::GivePeople)?;
    let StaffForm { session, form } = submitted.require_recent_login()?;
    let decision = decide(&form)?;
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let applied = app.database.write(move |tx| {
        let council = scope.require_council()?.clone();
        allocations::apply(tx, &scope, &council, &decision, now, &mut OsRandom)
    });
    match applied.await {
        Ok(_) => Ok(response::redirect("/console/people?done=allocated")),
        Err(ServiceError::Allocations(AllocationRefusal::ChangedSinceRead)) => {
            Ok(upload::upload_again(&session))
        }
        Err(ServiceError::Allocations(AllocationRefusal::FewerRows { before, rows })) => {
            let arguments = [("before", before.into()), ("rows", rows.into())];
            let lead = words::format("alloc-fewer-rows", &arguments);
            Ok(confirm(&session, &form, (CONFIRM_ROWS, "alloc-confirm-rows"), lead))
        }
        Err(ServiceError::Allocations(AllocationRefusal::ManyLosses { losses, of })) => {
            let arguments = [("losses", losses.into()), ("of", of.into())];
            let lead = words::format("alloc-many-losses", &arguments);
            Ok(confirm(&session, &form, (CONFIRM_LOSSES, "alloc-confirm-losses"), lead))
        }
        Err(error) => Err(error.into()),
    }
}

/// Reads the form: the changes that were shown, and the ends of missing assignments that were chosen.
fn decide(form: &FormData) -> Result<Decision, ServiceError> {
    let changes = form.all(CHANGE);
    let changes: Result<Vec<Change>, _> = changes.iter().map(|change| change.parse()).collect();
    let number = |name: &str| digits::to_ascii(&form.plain(name)).parse::<usize>().ok();
    Ok(Decision {
        changes: changes.map_err(|_| ServiceError::NotFound(Entity::Upload))?,
        rows: number(ROWS).unwrap_or_default(),
        version: form.raw(SEEN).to_owned(),
        confirmed: Confirmed { rows: number(CONFIRM_ROWS), losses: number(CONFIRM_LOSSES) },
    })
}

/// Asks for a number that confirms the import, and keeps the rest of the form.
fn confirm(
    session: &Session,
    form: &FormData,
    (name, label): (&str, &str),
    lead: String,
) -> axum::response::Response {
    let is_wrong = !form.plain(name).is_empty();
    let errors = if is_wrong { vec![field_error(name, "alloc-confirm-wrong")] } else { Vec::new() };
    let field = Field::line(name, label, "").with_error(&errors);
    let page = session
        .page(words::t("alloc-confirm-title"))
        .back(ALLOCATIONS, words::t("alloc-title"))
        .with_errors(errors);
    let question = Question::new(page, APPLY, "alloc-confirm-button")
        .lead(lead)
        .lead(words::t("alloc-confirm-lead"))
        .fields(vec![field])
        .hidden(form.fields_except(&["csrf", name]))
        .danger();
    response::invalid_form(&question)
}
