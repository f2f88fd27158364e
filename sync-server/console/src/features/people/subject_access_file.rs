//! The exported page with everything that is held about a young person. It needs no server.

use askama::Template;
use promise_protocol::schema::{self, Kind};
use promise_services::people::subject_access::{
    Adviser, EarlierValue, Export, FieldValue, Invitation, LogEntry, PairedPhone, Record,
};
use serde_json::Value;

use crate::kit::{
    format::{self, display_reference},
    words::{self, times},
};

/// A label and its text.
type Line = (String, String);

/// One thing, such as a record or a phone.
struct Part {
    title: String,
    lines: Vec<Line>,
}

/// All things of one kind.
struct Section {
    title: String,
    parts: Vec<Part>,
}

#[derive(Template)]
#[template(path = "people/subject_access_file.html")]
pub(super) struct FileTemplate {
    title: String,
    lead: Vec<String>,
    /// The name of the list of sections.
    contents: String,
    sections: Vec<Section>,
}

impl FileTemplate {
    /// Returns a text as HTML, in which numbers and addresses keep their order.
    fn isolated(text: &str) -> String {
        words::text::isolated(text, None)
    }

    /// The page of an export.
    pub(super) fn new(export: &Export, now: i64) -> Self {
        let file = File { now };
        let name = display_reference(&export.person, export.reference.as_deref());
        let mut sections = vec![section("subject-person", vec![file.person(export, &name)])];
        sections.extend(file.records(&export.records));
        let earlier = export.earlier_values.iter().map(|value| file.earlier(value)).collect();
        let phones = export.phones.iter().map(|phone| file.phone(phone)).collect();
        let codes = export.invitations.iter().map(|code| file.invitation(code)).collect();
        let advisers = export.looked_after_by.iter().map(adviser).collect();
        let log = export.log.iter().map(|entry| file.log_entry(entry)).collect();
        sections.extend([
            section("subject-earlier", earlier),
            section("person-phones", phones),
            section("subject-codes", codes),
            section("subject-by", advisers),
            section("subject-log", log),
        ]);
        Self {
            title: words::with("subject-title", "name", &name),
            lead: vec![words::t("subject-file-lead"), words::t("subject-sealed-lead")],
            contents: words::t("subject-contents"),
            sections,
        }
    }
}

/// Formats the parts of the page.
struct File {
    now: i64,
}

impl File {
    fn date_time(&self, text: &str) -> String {
        times::stored_date_time(text, self.now)
    }

    fn date_time_or_nothing(&self, text: Option<&str>) -> String {
        text.map_or_else(|| words::t("nothing"), |text| self.date_time(text))
    }

    fn person(&self, export: &Export, name: &str) -> Part {
        let mut lines = vec![
            line("subject-council", &export.council),
            line("subject-id", &export.person),
            line("people-reference", export.reference.as_deref().unwrap_or_default()),
            line("label-name", export.label.as_deref().unwrap_or_default()),
            line("subject-made", &self.date_time(&export.made_at)),
        ];
        lines.extend(export.person_on_phones.as_deref().map(|id| line("subject-id-on-phones", id)));
        Part { title: name.to_owned(), lines }
    }

    /// A section for each collection, in the order of the export.
    fn records(&self, records: &[Record]) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        for record in records {
            let title = collection_name(&record.collection);
            if sections.last().is_none_or(|last| last.title != title) {
                sections.push(Section { title, parts: Vec::new() });
            }
            let lines = record.fields.iter().map(|(field, held)| {
                let value = value(&record.collection, field, held);
                (plain_name(field), format!("{value} ({})", self.written(held)))
            });
            let part = Part { title: record.record.clone(), lines: lines.collect() };
            if let Some(last) = sections.last_mut() {
                last.parts.push(part);
            }
        }
        sections
    }

    fn earlier(&self, earlier: &EarlierValue) -> Part {
        let EarlierValue { collection, field, held, replaced_at, .. } = earlier;
        Part {
            title: format!("{}: {}", collection_name(collection), plain_name(field)),
            lines: vec![
                line("subject-held", &value(collection, field, held)),
                line("subject-written", &self.written(held)),
                line("subject-replaced", &self.date_time(replaced_at)),
            ],
        }
    }

    fn written(&self, held: &FieldValue) -> String {
        let is_theirs = held.written_by == "them";
        let key = if is_theirs { "subject-by-them" } else { "subject-by-staff" };
        words::with(key, "when", &self.date_time(&held.written_at))
    }

    fn phone(&self, phone: &PairedPhone) -> Part {
        Part {
            title: phone.phone.clone(),
            lines: vec![
                line("phone-paired", &self.date_time(&phone.connected_at)),
                line("people-sync", &self.date_time_or_nothing(phone.last_sync_at.as_deref())),
                line("subject-off", &self.date_time_or_nothing(phone.revoked_at.as_deref())),
            ],
        }
    }

    fn invitation(&self, invitation: &Invitation) -> Part {
        Part {
            title: words::t("subject-code"),
            lines: vec![
                line("invite-until", &self.date_time(&invitation.works_until)),
                line("subject-used", &self.date_time_or_nothing(invitation.used_at.as_deref())),
            ],
        }
    }

    fn log_entry(&self, entry: &LogEntry) -> Part {
        let role = words::t(&format!("role-{}", entry.role));
        let who = if entry.by.is_empty() { role } else { format!("{} ({role})", entry.by) };
        let action = words::t(&format!("act-{}", entry.act.replace('_', "-")));
        Part {
            title: self.date_time(&entry.at),
            lines: vec![
                line("log-who", &who),
                line("log-act", &action),
                line("log-about", &entry.detail),
            ],
        }
    }
}

fn adviser(adviser: &Adviser) -> Part {
    let days = [
        ("subject-covers", &adviser.covers),
        ("subject-starts", &adviser.starts),
        ("subject-ends", &adviser.ends),
    ];
    let lines = days.into_iter().filter_map(|(key, text)| Some(line(key, text.as_deref()?)));
    Part { title: adviser.name.clone(), lines: lines.collect() }
}

fn section(key: &str, parts: Vec<Part>) -> Section {
    Section { title: words::t(key), parts }
}

fn line(key: &str, text: &str) -> Line {
    (words::t(key), text.to_owned())
}

/// Returns the name of a collection. A collection of a newer version has none.
fn collection_name(collection: &str) -> String {
    let key = format!("collection-{}", collection.replace('_', "-"));
    words::find(&key).unwrap_or_else(|| plain_name(collection))
}

fn plain_name(field: &str) -> String {
    field.replace('_', " ")
}

fn value(collection: &str, field: &str, held: &FieldValue) -> String {
    if held.sealed {
        return words::t("subject-sealed");
    }
    let kind = schema::field(collection, field).map(|field| field.kind);
    match (kind, &held.value) {
        (Some(kind @ (Kind::Phones | Kind::Hours | Kind::Leave | Kind::Languages)), value)
            if value.is_array() =>
        {
            format::value(kind, value)
        }
        (_, Value::Array(_) | Value::Object(_) | Value::Number(_)) => held.value.to_string(),
        (_, plain) => format::value(Kind::Text(0), plain),
    }
}
