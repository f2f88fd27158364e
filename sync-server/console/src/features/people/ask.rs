//! The page on which an adviser answers an ask.

use askama::Template;
use axum::extract::{Path, State};
use promise_protocol::ids::PersonId;
use promise_protocol::{schema, vocabulary::AskStatus};
use promise_services::{
    Entity, Permission, ServiceError,
    people::asks::{self, Ask, Reply},
};

use crate::{
    App,
    features::people::{NamedPerson, person_path},
    kit::{
        forms::{Field, FormData, Input, choice, field_error, too_long_error},
        page::{
            FieldError, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words::{self, times},
    },
};

#[derive(Template)]
#[template(path = "people/ask.html")]
struct AskTemplate {
    page: Page,
    action: String,
    text: String,
    /// A private note that the young person chose to show with the ask.
    shown: String,
    when: String,
    fields: Vec<Field>,
}

/// The answer as it is typed.
struct ReplyForm {
    /// `None` if no valid status was chosen.
    status: Option<AskStatus>,
    text: String,
}

impl ReplyForm {
    /// The form with the answer that there is.
    fn of_ask(ask: &Ask) -> Self {
        let status = ask.status().unwrap_or(AskStatus::Done);
        Self { status: Some(status), text: ask.text("reply").to_owned() }
    }

    fn read(form: &FormData) -> Self {
        Self { status: form.text("status").parse().ok(), text: form.lines("reply") }
    }

    fn validate(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let max = schema::field("ask", "reply").and_then(schema::Field::max_chars);
        if let Some(max) = max.filter(|max| self.text.chars().count() > *max) {
            errors.push(too_long_error("reply", "reply-label", max));
        }
        if self.status.is_none() {
            errors.push(field_error("status-0", "reply-status-missing"));
        }
        errors
    }

    fn template(
        &self,
        session: &Session,
        (named, ask): &(NamedPerson, Ask),
        errors: Vec<FieldError>,
        now: i64,
    ) -> AskTemplate {
        let chosen = self.status.as_ref().map_or("", AskStatus::as_str);
        let statuses = AskStatus::WORDS.iter();
        let statuses = statuses
            .map(|status| choice(status, words::t(&format!("reply-{status}")), chosen))
            .collect();
        let fields = vec![
            Field::area("reply", "reply-label", &self.text).hint("reply-hint").with_error(&errors),
            Field::new("status", "reply-status", Input::Radios(statuses)).with_error(&errors),
        ];
        AskTemplate {
            page: named.page(session, words::t("ask-title")).with_errors(errors),
            action: format!("{}/asks/{}", person_path(&named.person.id), ask.id),
            text: ask.text("text").to_owned(),
            shown: ask.text("shown").to_owned(),
            when: times::stored_date_time(ask.text("asked_at"), now),
            fields,
        }
    }
}

async fn load(
    app: &App,
    session: &Session,
    person: PersonId,
    ask: String,
) -> Result<(NamedPerson, Ask), PageError> {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        scope.permit(Permission::ChangePeople)?;
        let mut asks = asks::list(tx, &scope, &person)?;
        asks.retain(|other| other.id == ask);
        let person = scope.person(tx, &person)?;
        let named = NamedPerson::load(tx, &scope, person)?;
        Ok((named, asks.pop().ok_or(ServiceError::NotFound(Entity::Ask))?))
    });
    read.await.map_err(|error: ServiceError| error.into())
}

/// Shows the ask and the form.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path((person, ask)): Path<(PersonId, String)>,
) -> PageResult {
    let loaded = load(&app, &session, person, ask).await?;
    let form = ReplyForm::of_ask(&loaded.1);
    let now = app.clock.now_millis();
    Ok(response::render(&form.template(&session, &loaded, Vec::new(), now)))
}

/// Saves the answer.
pub(super) async fn post(
    State(app): State<App>,
    Path((person, ask)): Path<(PersonId, String)>,
    submitted: StaffForm,
) -> PageResult {
    let (session, form) = (submitted.session, ReplyForm::read(&submitted.form));
    session.scope.permit(Permission::ChangePeople)?;
    let now = app.clock.now_millis();
    let errors = form.validate();
    let Some(status) = form.status.clone().filter(|_| errors.is_empty()) else {
        let loaded = load(&app, &session, person, ask).await?;
        return Ok(response::invalid_form(&form.template(&session, &loaded, errors, now)));
    };
    let done = format!("{}?done=answered", person_path(&person));
    let reply = Reply { status, text: Some(form.text), by: Some(session.signed_in.name) };
    let scope = session.scope;
    app.database.write(move |tx| asks::reply(tx, &scope, &person, &ask, reply, now)).await?;
    Ok(response::redirect(&done))
}
