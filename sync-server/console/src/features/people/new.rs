//! The page on which a manager adds a young person.

use axum::extract::State;
use promise_database::StaffMember;
use promise_protocol::ids::StaffId;
use promise_services::{OsRandom, ServiceError, people};

use crate::{
    App,
    features::people::{
        adviser::{adviser_field, load_advisers},
        person_path,
    },
    kit::{
        forms::{Field, FormData, Question, field_error, too_long_error},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// The field with the reference.
pub(super) const REFERENCE: &str = "reference";

/// The most characters of a reference.
const MAX_REFERENCE: usize = 60;

/// Returns what is wrong with a reference, if anything is.
pub(super) fn reference_error(typed: &str) -> Option<FieldError> {
    if typed.is_empty() {
        Some(field_error(REFERENCE, "people-reference-missing"))
    } else if typed.chars().count() > MAX_REFERENCE {
        Some(too_long_error(REFERENCE, "people-reference", MAX_REFERENCE))
    } else {
        None
    }
}

/// A new person as they are typed.
#[derive(Default)]
struct PersonForm {
    reference: String,
    /// The adviser's id; empty for none.
    adviser: String,
}

impl PersonForm {
    fn read(form: &FormData) -> Self {
        Self { reference: form.text(REFERENCE), adviser: form.text("adviser") }
    }

    fn validate(&self, advisers: &[StaffMember]) -> Vec<FieldError> {
        let mut errors: Vec<FieldError> = reference_error(&self.reference).into_iter().collect();
        let is_adviser = advisers.iter().any(|staff| staff.id == self.adviser.as_str());
        if !self.adviser.is_empty() && !is_adviser {
            errors.push(field_error("adviser", "hand-over-to-missing"));
        }
        errors
    }

    fn question(
        &self,
        session: &Session,
        advisers: &[StaffMember],
        errors: Vec<FieldError>,
    ) -> Question {
        let fields = vec![
            Field::line(REFERENCE, "people-reference", &self.reference)
                .hint("people-reference-hint")
                .with_error(&errors),
            adviser_field(advisers, "people-adviser-none", &self.adviser).with_error(&errors),
        ];
        let page = session
            .page(words::t("people-new"))
            .back("/console/people", words::t("nav-people"))
            .with_errors(errors);
        Question::new(page, "/console/people/new", "people-new-button")
            .lead(words::t("people-new-lead"))
            .fields(fields)
    }
}

/// Shows an empty form.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let advisers = load_advisers(&app, &session).await?;
    let form = PersonForm::default();
    Ok(response::render(&form.question(&session, &advisers, Vec::new())))
}

/// Adds the person and redirects to their page.
pub(super) async fn post(State(app): State<App>, submitted: StaffForm) -> PageResult {
    let (session, form) = (submitted.session, PersonForm::read(&submitted.form));
    let advisers = load_advisers(&app, &session).await?;
    let errors = form.validate(&advisers);
    if !errors.is_empty() {
        return Ok(response::invalid_form(&form.question(&session, &advisers, errors)));
    }
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let (reference, adviser) = (form.reference.clone(), form.adviser.clone());
    let added = app.database.write(move |tx| {
        let adviser = Some(adviser).filter(|adviser| !adviser.is_empty()).map(StaffId::from);
        people::add_with_adviser(tx, &scope, &reference, adviser.as_ref(), now, &mut OsRandom)
    });
    match added.await {
        Ok(person) => {
            Ok(response::redirect(&format!("{}?done=person-added", person_path(&person))))
        }
        Err(ServiceError::AlreadyExists(_)) => {
            let errors = vec![field_error(REFERENCE, "people-reference-taken")];
            Ok(response::invalid_form(&form.question(&session, &advisers, errors)))
        }
        Err(error) => Err(error.into()),
    }
}
