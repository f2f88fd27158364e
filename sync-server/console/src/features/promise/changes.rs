//! What the draft changes: how many of each, and the old beside the new.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use promise_edition::{EditionContent, FieldChange, KindChanges, RecordChange, compare};
use promise_services::publishing::drafts::WorkingCopy;
use serde_json::Value;

use crate::{
    App,
    features::promise::{HOME, overview::published, target, value, work},
    kit::{
        page::{
            Page,
            response::{self, PageError, PageResult},
        },
        session::Session,
        words::{self, text},
    },
};

/// What changes in a field, in words.
pub(super) struct Field {
    pub(super) label: String,
    pub(super) language: String,
    pub(super) direction: &'static str,
    /// Nothing where there was none.
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// What changes in a record.
struct Record {
    name: String,
    class: &'static str,
    tag: String,
    is_new: bool,
    fields: Vec<Field>,
}

/// What changes among the records of a kind.
struct Group {
    title: String,
    records: Vec<Record>,
    is_reordered: bool,
}

/// What changes at all.
#[derive(Template)]
#[template(path = "promise/changes_list.html")]
pub(super) struct Changes {
    page: Page,
    counts: Vec<String>,
    groups: Vec<Group>,
}

impl Changes {
    /// What the draft changes in what is published.
    pub(super) async fn read(
        app: &App,
        session: &Session,
        work: &WorkingCopy,
    ) -> Result<Self, PageError> {
        Ok(Self::of(published(app, session).await?.as_ref(), &work.content))
    }

    fn of(published: Option<&EditionContent>, content: &EditionContent) -> Self {
        let changes = compare(published, content);
        let names = Names::of(published.into_iter().chain([content]));
        Self {
            page: Page::default(),
            counts: changes.iter().flat_map(counts).collect(),
            groups: changes.iter().map(|changes| group(changes, &names)).collect(),
        }
    }

    /// As part of a page.
    pub(super) fn html(&self) -> String {
        self.render().unwrap_or_default()
    }

    fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

fn counts(changes: &KindChanges) -> Vec<String> {
    let all = [
        ("added", changes.added.len()),
        ("changed", changes.changed.len()),
        ("removed", changes.removed.len()),
    ];
    let said = all.into_iter().filter(|(_, count)| *count > 0);
    said.map(|(done, count)| words::count(&format!("{done}-{}", changes.kind.as_str()), count))
        .collect()
}

fn group(changes: &KindChanges, names: &Names) -> Group {
    let all = [
        ("good", "tag-new", &changes.added),
        ("ask", "tag-changed", &changes.changed),
        ("bad", "tag-removed", &changes.removed),
    ];
    let records = all.into_iter().flat_map(|(class, tag, records)| {
        records.iter().map(move |record| Record {
            name: record.name.clone(),
            class,
            tag: words::t(tag),
            is_new: class == "good",
            // What goes is not read once more, field by field.
            fields: if class == "bad" { Vec::new() } else { fields(record, names) },
        })
    });
    Group {
        title: words::t(&format!("kind-of-{}", changes.kind.as_str())),
        records: records.collect(),
        is_reordered: changes.is_reordered,
    }
}

/// The fields in the order in which forms ask for them.
fn fields(record: &RecordChange, names: &Names) -> Vec<Field> {
    const FIRST: [&str; 6] = ["section", "title", "intro", "text", "easy_read", "how_to_get"];
    let place = |change: &FieldChange| {
        FIRST.iter().position(|field| *field == change.field).unwrap_or(FIRST.len())
    };
    // The name in the address never changes, and means nothing to whoever reads.
    let mut changes: Vec<_> = record.fields.iter().filter(|it| it.field != "id").collect();
    changes.sort_by_key(|change| place(change));
    changes.into_iter().map(|change| names.field(change)).collect()
}

/// What sections are called: a pledge says by its section's name where it stands.
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// The names in these drafts, of which the last counts most.
    pub(super) fn of<'a>(drafts: impl Iterator<Item = &'a EditionContent>) -> Self {
        let sections = drafts.flat_map(|draft| &draft.promise.sections);
        Self(sections.map(|it| (it.id.clone(), target::title(&it.title, &it.id))).collect())
    }

    /// What changes in a field, in words.
    pub(super) fn field(&self, change: &FieldChange) -> Field {
        let FieldChange { field, language, before, after } = change;
        let language = language.as_deref().unwrap_or("en");
        let told = |value: &Value| match value.as_str().and_then(|id| self.0.get(id)) {
            Some(name) if field == "section" => name.clone(),
            _ => value::words(field, Some(value)),
        };
        Field {
            label: value::called(field, Some(language)),
            language: language.to_owned(),
            direction: text::direction(language),
            before: before.as_ref().map(told),
            after: after.as_ref().map(told),
        }
    }
}

#[derive(Template)]
#[template(path = "promise/changes.html")]
struct Shown {
    page: Page,
    is_empty: bool,
    changes: String,
}

/// Shows what the draft changes.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let work = work(&app, &session).await?;
    let changes = Changes::read(&app, &session, &work).await?;
    let page = session.page(words::t("changes-title"));
    Ok(response::render(&Shown {
        page: page.back(HOME, words::t("promise-title")),
        is_empty: changes.is_empty(),
        changes: changes.html(),
    }))
}
