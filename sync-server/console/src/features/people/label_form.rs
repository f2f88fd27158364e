//! The form with the label by which the staff of a caseload tell a young person apart.

use axum::extract::{Path, State};
use promise_protocol::ids::PersonId;
use promise_services::people::label::{self, InvalidLabel, MAX_CHARS, PersonLabel};

use crate::{
    App,
    features::people::{NamedPerson, person_path},
    kit::{
        forms::{Field, Input, Question, field_error, too_long_error},
        page::{
            FieldError,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// The name of the field.
const LABEL: &str = "label";

/// Reads a person whose label the caller may change.
async fn load(app: &App, session: &Session, id: PersonId) -> Result<NamedPerson, PageError> {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| label::to_change(tx, &scope, &id));
    let (person, label) = read.await?;
    Ok(NamedPerson { person, label })
}

fn question(
    session: &Session,
    named: &NamedPerson,
    typed: &str,
    errors: Vec<FieldError>,
) -> Question {
    let field = Field {
        value: typed.to_owned(),
        ..Field::new(LABEL, "label-name", Input::Line("text", "short"))
    };
    let field = field.hint("label-hint").with_error(&errors);
    let page = named.page(session, words::t("label-title")).with_errors(errors);
    Question::new(page, format!("{}/label", person_path(&named.person.id)), "label-button")
        .lead(words::t("label-lead"))
        .lead(words::t("label-log"))
        .fields(vec![field])
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<PersonId>,
) -> PageResult {
    let named = load(&app, &session, id).await?;
    let typed = named.label.as_ref().map_or("", PersonLabel::as_str);
    Ok(response::render(&question(&session, &named, typed, Vec::new())))
}

/// Saves the label. An empty one is deleted.
pub(super) async fn post(
    State(app): State<App>,
    Path(id): Path<PersonId>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    let typed = form.text(LABEL);
    let label = match PersonLabel::parse(&typed) {
        Ok(label) => label,
        Err(error) => {
            let error = match error {
                InvalidLabel::TooLong => too_long_error(LABEL, "label-name", MAX_CHARS),
                InvalidLabel::ControlCharacter => field_error(LABEL, "label-wrong"),
            };
            let named = load(&app, &session, id).await?;
            let question = question(&session, &named, &typed, vec![error]);
            return Ok(response::invalid_form(&question));
        }
    };
    let done = format!("{}?done=label", person_path(&id));
    let (scope, now) = (session.scope, app.clock.now_millis());
    app.database.write(move |tx| label::set(tx, &scope, &id, label.as_ref(), now)).await?;
    Ok(response::redirect(&done))
}
