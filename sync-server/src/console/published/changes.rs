//! What the draft changes: how many of each, and the old beside the new.

use askama::Template;
use axum::extract::State;

use super::{
    super::{
        answer::{self, Answer, Failure},
        page::Page,
        request::Visit,
        text, words,
    },
    HOME,
    overview::published,
    value, work,
};
use crate::{
    edition::{Draft, FieldChange, KindChanges, RecordChange, compare},
    routes::App,
    service::drafts::Work,
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
#[template(path = "promise_changes_list.html")]
pub(super) struct Changes {
    page: Page,
    counts: Vec<String>,
    groups: Vec<Group>,
}

impl Changes {
    /// What the draft changes in what is published.
    pub(super) async fn read(app: &App, visit: &Visit, work: &Work) -> Result<Self, Failure> {
        Ok(Self::of(published(app, visit).await?.as_ref(), &work.content))
    }

    fn of(published: Option<&Draft>, content: &Draft) -> Self {
        let changes = compare(published, content);
        Self {
            page: Page::default(),
            counts: changes.iter().flat_map(counts).collect(),
            groups: changes.iter().map(group).collect(),
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
    said.map(|(done, count)| words::count(&format!("{done}-{}", changes.kind.name()), count))
        .collect()
}

fn group(changes: &KindChanges) -> Group {
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
            // What goes is not read once more, field by field.
            fields: if class == "bad" { Vec::new() } else { fields(record) },
        })
    });
    Group {
        title: words::t(&format!("kind-of-{}", changes.kind.name())),
        records: records.collect(),
        is_reordered: changes.is_reordered,
    }
}

/// The fields in the order in which forms ask for them.
fn fields(record: &RecordChange) -> Vec<Field> {
    const FIRST: [&str; 6] = ["section", "title", "intro", "text", "easy_read", "how_to_get"];
    let place = |change: &FieldChange| {
        FIRST.iter().position(|field| *field == change.field).unwrap_or(FIRST.len())
    };
    // The name in the address never changes, and means nothing to whoever reads.
    let mut changes: Vec<_> = record.fields.iter().filter(|it| it.field != "id").collect();
    changes.sort_by_key(|change| place(change));
    changes.into_iter().map(field).collect()
}

/// What changes in a field, in words.
pub(super) fn field(change: &FieldChange) -> Field {
    let FieldChange { field, language, before, after } = change;
    let language = language.as_deref().unwrap_or("en");
    let told = |value: &Option<serde_json::Value>| {
        value.as_ref().map(|value| value::words(field, Some(value)))
    };
    Field {
        label: value::called(field, Some(language)),
        language: language.to_owned(),
        direction: text::direction(language),
        before: told(before),
        after: told(after),
    }
}

#[derive(Template)]
#[template(path = "promise_changes.html")]
struct Shown {
    page: Page,
    is_empty: bool,
    changes: String,
}

/// Shows what the draft changes.
pub(super) async fn show(State(app): State<App>, visit: Visit) -> Answer {
    let work = work(&app, &visit).await?;
    let changes = Changes::read(&app, &visit, &work).await?;
    let page = Page::of(&visit, words::t("changes-title"));
    Ok(answer::page(&Shown {
        page: page.back(HOME.into(), words::t("promise-title")),
        is_empty: changes.is_empty(),
        changes: changes.html(),
    }))
}
