//! Everything that is held about a young person, for whoever asks what is held about them: as a
//! page to read and as JSON.

use askama::Template;
use axum::{
    body::Body,
    extract::{Path, State},
};
use promise_protocol::schema::{self, Kind};
use promise_services::{
    Permission, ServiceError,
    calendar::today,
    people::subject_access::{self, Export, FieldValue},
};
use serde_json::Value;

use crate::{
    App,
    kit::{
        csv,
        format::{self, display_reference},
        page::{
            Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words::{self, times},
    },
};

#[derive(Template)]
#[template(path = "people/subject_access.html")]
struct Ask {
    page: Page,
    action: String,
}

/// Says what is in it, and asks in which form.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> PageResult {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        scope.permit(Permission::ExportPeople)?;
        scope.person(tx, &id)
    });
    let person = read.await.map_err(|error: ServiceError| error)?;
    let name = display_reference(&person.id, person.reference.as_deref());
    let page = session
        .page(words::with("subject-title", "name", &name))
        .back(format!("/console/people/{}", person.id), name);
    Ok(response::render(&Ask { page, action: format!("/console/people/{}/export", person.id) }))
}

/// Answers with the file. The password is asked for: it is everything about somebody.
pub(crate) async fn post(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: StaffForm,
) -> PageResult {
    sent.session.scope.permit(Permission::ExportPeople)?;
    let StaffForm { session, form } = sent.require_recent_login()?;
    let now = app.clock.now_millis();
    let export =
        app.database.write(move |tx| subject_access::export(tx, &session.scope, &id, now)).await?;
    let name = format!("everything-{}-{}", export.person, today(now));
    if form.raw("kind") == "json" {
        let json = serde_json::to_vec_pretty(&export).unwrap_or_default();
        return Ok(csv::download(&format!("{name}.json"), "application/json", Body::from(json)));
    }
    let html = File::of(&export, now).render().map_err(|_| ServiceError::Compression)?;
    Ok(csv::download(&format!("{name}.html"), "text/html; charset=utf-8", Body::from(html)))
}

/// One line: what it is called, and what it is.
type Line = (String, String);

/// Something of which there are several: a heading, and its lines.
struct Part {
    title: String,
    lines: Vec<Line>,
}

/// All of one kind.
struct Section {
    title: String,
    parts: Vec<Part>,
}

/// The page to keep. It stands alone, without this server.
#[derive(Template)]
#[template(path = "people/subject_access_file.html")]
struct File {
    title: String,
    lead: Vec<String>,
    sections: Vec<Section>,
}

impl File {
    fn of(export: &Export, now: i64) -> Self {
        let name = display_reference(&export.person, export.reference.as_deref());
        let moment = |text: &str| times::stored_date_time(text, now);
        let mut sections = vec![Section {
            title: words::t("subject-person"),
            parts: vec![Part {
                title: name.clone(),
                lines: vec![
                    line("subject-council", &export.council),
                    line("subject-id", &export.person),
                    line("people-reference", export.reference.as_deref().unwrap_or_default()),
                    line("subject-made", &moment(&export.made_at)),
                ],
            }],
        }];
        sections.extend(records(export, now));
        sections.push(listed(
            "subject-earlier",
            export.earlier_values.iter().map(|it| Part {
                title: format!("{}: {}", collection(&it.collection), human(&it.field)),
                lines: vec![
                    (words::t("subject-held"), value(&it.field, &it.held)),
                    line("subject-written", &written(&it.held, now)),
                    line("subject-replaced", &moment(&it.replaced_at)),
                ],
            }),
        ));
        let or_none =
            |text: &Option<String>| text.as_deref().map_or_else(|| words::t("nothing"), moment);
        sections.push(listed(
            "person-phones",
            export.phones.iter().map(|it| Part {
                title: it.phone.clone(),
                lines: vec![
                    line("phone-paired", &moment(&it.connected_at)),
                    line("people-sync", &or_none(&it.last_sync_at)),
                    line("subject-off", &or_none(&it.revoked_at)),
                ],
            }),
        ));
        sections.push(listed(
            "subject-codes",
            export.invitations.iter().map(|it| Part {
                title: words::t("subject-code"),
                lines: vec![
                    line("invite-until", &moment(&it.works_until)),
                    line("subject-used", &or_none(&it.used_at)),
                ],
            }),
        ));
        sections.push(listed(
            "subject-by",
            export.looked_after_by.iter().map(|it| Part {
                title: it.name.clone(),
                lines: [
                    ("subject-covers", &it.covers),
                    ("subject-starts", &it.starts),
                    ("subject-ends", &it.ends),
                ]
                .into_iter()
                .filter_map(|(key, text)| Some(line(key, text.as_deref()?)))
                .collect(),
            }),
        ));
        sections.push(listed(
            "subject-log",
            export.log.iter().map(|it| {
                let role = words::t(&format!("role-{}", it.role));
                let who = if it.by.is_empty() { role } else { format!("{} ({role})", it.by) };
                let act = words::t(&format!("act-{}", it.act.replace('_', "-")));
                Part {
                    title: moment(&it.at),
                    lines: vec![
                        line("log-who", &who),
                        line("log-act", &act),
                        line("log-about", &it.detail),
                    ],
                }
            }),
        ));
        Self {
            title: words::with("subject-title", "name", &name),
            lead: vec![words::t("subject-file-lead"), words::t("subject-sealed-lead")],
            sections,
        }
    }
}

fn line(key: &str, text: &str) -> Line {
    (words::t(key), text.to_owned())
}

fn listed(key: &str, parts: impl Iterator<Item = Part>) -> Section {
    Section { title: words::t(key), parts: parts.collect() }
}

/// A section for each collection, in the order of the file.
fn records(export: &Export, now: i64) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for record in &export.records {
        let title = collection(&record.collection);
        if sections.last().is_none_or(|last| last.title != title) {
            sections.push(Section { title, parts: Vec::new() });
        }
        let lines = record.fields.iter().map(|(name, held)| {
            let said = format!("{} ({})", value(name, held), written(held, now));
            (human(name), said)
        });
        let part = Part { title: record.record.clone(), lines: lines.collect() };
        if let Some(last) = sections.last_mut() {
            last.parts.push(part);
        }
    }
    sections
}

/// A collection by its name for people; one that has none here is told as it is.
fn collection(name: &str) -> String {
    let key = format!("collection-{}", name.replace('_', "-"));
    let said = words::t(&key);
    if said == key { human(name) } else { said }
}

fn human(field: &str) -> String {
    field.replace('_', " ")
}

fn written(held: &FieldValue, now: i64) -> String {
    let key = if held.written_by == "them" { "subject-by-them" } else { "subject-by-staff" };
    words::with(key, "when", &times::stored_date_time(&held.written_at, now))
}

fn value(field: &str, held: &FieldValue) -> String {
    if held.sealed {
        return words::t("subject-sealed");
    }
    match (schema::CONTACT.field(field).map(|field| field.kind), &held.value) {
        (Some(kind @ (Kind::Phones | Kind::Hours | Kind::Leave | Kind::Languages)), value) => {
            format::value(kind, value)
        }
        (_, Value::Array(_) | Value::Object(_) | Value::Number(_)) => held.value.to_string(),
        (_, plain) => format::value(Kind::Document, plain),
    }
}
