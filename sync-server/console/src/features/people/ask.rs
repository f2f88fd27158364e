//! Answering what a young person asked.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use promise_database::Person;
use promise_services::{
    Permission, ServiceError,
    people::asks::{self, Ask},
};
use serde_json::Value;

use crate::{
    App,
    kit::{
        format::display_reference,
        forms::{Field, Input, choice, field_error, too_long_error},
        page::{
            FieldError, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words::{self, times},
    },
};

/// The most characters of a reply.
const MAX: usize = 2000;

#[derive(Template)]
#[template(path = "people/ask.html")]
struct Answering {
    page: Page,
    action: String,
    text: String,
    shown: String,
    when: String,
    fields: Vec<Field>,
}

async fn find(
    app: &App,
    session: &Session,
    person: String,
    ask: String,
) -> Result<(Person, Ask), PageError> {
    let scope = session.scope.clone();
    let found = app.database.read(move |tx| {
        scope.permit(Permission::ChangePeople)?;
        let asks = asks::list(tx, &scope, &person)?;
        let ask = asks.into_iter().find(|known| known.id == ask);
        Ok((scope.person(tx, &person)?, ask.ok_or(ServiceError::NotFound("ask"))?))
    });
    found.await.map_err(|error: ServiceError| error.into())
}

fn shown(
    session: &Session,
    (person, ask): &(Person, Ask),
    (status, reply): (&str, &str),
    errors: Vec<FieldError>,
    now: i64,
) -> Answering {
    let choices = ["seen", "doing", "done", "cannot"];
    let choices = choices.map(|it| choice(it, words::t(&format!("reply-{it}")), status)).to_vec();
    let fields = vec![
        Field::area("reply", "reply-label", reply).hint("reply-hint").with_error(&errors),
        Field::new("status", "reply-status", Input::Radios(choices)).with_error(&errors),
    ];
    let name = display_reference(&person.id, person.reference.as_deref());
    Answering {
        page: session
            .page(words::t("ask-title"))
            .back(format!("/console/people/{}", person.id), name)
            .with_errors(errors),
        action: format!("/console/people/{}/asks/{}", person.id, ask.id),
        text: ask.text("text").to_owned(),
        shown: ask.text("shown").to_owned(),
        when: times::stored_date_time(ask.text("asked_at"), now),
        fields,
    }
}

/// Shows the ask and the form.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path((person, ask)): Path<(String, String)>,
) -> PageResult {
    let found = find(&app, &session, person, ask).await?;
    let status = Some(found.1.text("status")).filter(|it| !it.is_empty()).unwrap_or("done");
    let typed = (status.to_owned(), found.1.text("reply").to_owned());
    let now = app.clock.now_millis();
    Ok(response::render(&shown(&session, &found, (&typed.0, &typed.1), Vec::new(), now)))
}

/// Answers.
pub(crate) async fn post(
    State(app): State<App>,
    Path((person, ask)): Path<(String, String)>,
    sent: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = sent;
    let (reply, status, now) = (form.lines("reply"), form.text("status"), app.clock.now_millis());
    let found = find(&app, &session, person.clone(), ask.clone()).await?;
    let mut errors = Vec::new();
    if reply.chars().count() > MAX {
        errors.push(too_long_error("reply", "reply-label", MAX));
    }
    if !["seen", "doing", "done", "cannot"].contains(&status.as_str()) {
        errors.push(field_error("status-0", "reply-status-missing"));
    }
    if !errors.is_empty() {
        return Ok(response::invalid_form(&shown(
            &session,
            &found,
            (&status, &reply),
            errors,
            now,
        )));
    }
    let at = chrono::DateTime::from_timestamp_millis(now).unwrap_or_default();
    let reply = Some(reply).filter(|it| !it.is_empty()).map_or(Value::Null, Value::from);
    let said = BTreeMap::from([
        ("status".to_owned(), Value::from(status)),
        ("reply".to_owned(), reply),
        ("replied_by".to_owned(), Value::from(session.signed_in.name.clone())),
        ("replied_at".to_owned(), at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true).into()),
    ]);
    let back = format!("/console/people/{person}?done=answered");
    let scope = session.scope.clone();
    app.database.write(move |tx| asks::reply(tx, &scope, &person, &ask, said, now)).await?;
    Ok(response::redirect(&back))
}
