//! What the draft changes: how many records of each kind, and the old values beside the new ones.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use promise_edition::{EditionContent, FieldChange, KindChanges, RecordChange, compare};
use promise_services::publishing::{drafts::WorkingCopy, promise::english_or};
use serde_json::Value;

use crate::{
    App,
    features::promise::{PROMISE, load, status::load_published, value},
    kit::{
        page::{
            Page,
            response::{self, PageError, PageResult},
        },
        session::Session,
        words::{self, text},
    },
};

/// The fields that come first, in the order of the forms.
const FIRST_FIELDS: [&str; 6] = ["section", "title", "intro", "text", "easy_read", "how_to_get"];

/// A field that changes.
pub(super) struct ChangedField {
    pub(super) label: String,
    pub(super) language: String,
    pub(super) direction: &'static str,
    /// The value before the change; `None` if there was none.
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// A record that is added, changed or removed.
struct ChangedRecord {
    name: String,
    class: &'static str,
    tag: String,
    is_new: bool,
    /// The fields that change; none for a record that is removed.
    fields: Vec<ChangedField>,
}

/// What changes among the records of one kind.
struct Group {
    title: String,
    records: Vec<ChangedRecord>,
    is_reordered: bool,
}

/// A part of a page with all changes.
#[derive(Template)]
#[template(path = "promise/changes_list.html")]
pub(super) struct ChangesListTemplate {
    page: Page,
    counts: Vec<String>,
    groups: Vec<Group>,
}

impl ChangesListTemplate {
    /// Compares the draft with what is published.
    pub(super) async fn load(
        app: &App,
        session: &Session,
        draft: &WorkingCopy,
    ) -> Result<Self, PageError> {
        Ok(Self::new(load_published(app, session).await?.as_ref(), &draft.content))
    }

    fn new(published: Option<&EditionContent>, content: &EditionContent) -> Self {
        let changes = compare(published, content);
        let names = SectionNames::new(published.into_iter().chain([content]));
        Self {
            page: Page::default(),
            counts: changes.iter().flat_map(counts).collect(),
            groups: changes.iter().map(|changes| group(changes, &names)).collect(),
        }
    }

    /// Renders the part of the page.
    pub(super) fn html(&self) -> String {
        self.render().unwrap_or_default()
    }

    fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

fn counts(changes: &KindChanges) -> Vec<String> {
    let counts = [
        ("added", changes.added.len()),
        ("changed", changes.changed.len()),
        ("removed", changes.removed.len()),
    ];
    let kind = changes.kind.as_str();
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    counts.map(|(change, count)| words::count(&format!("{change}-{kind}"), count)).collect()
}

fn group(changes: &KindChanges, names: &SectionNames) -> Group {
    let record = |record: &RecordChange, (class, tag): (&'static str, &str)| ChangedRecord {
        name: record.name.clone(),
        class,
        tag: words::t(tag),
        is_new: class == "good",
        fields: if class == "bad" { Vec::new() } else { fields(record, names) },
    };
    let added = changes.added.iter().map(|added| record(added, ("good", "tag-new")));
    let changed = changes.changed.iter().map(|changed| record(changed, ("ask", "tag-changed")));
    let removed = changes.removed.iter().map(|removed| record(removed, ("bad", "tag-removed")));
    Group {
        title: words::t(&format!("kind-of-{}", changes.kind.as_str())),
        records: added.chain(changed).chain(removed).collect(),
        is_reordered: changes.is_reordered,
    }
}

fn fields(record: &RecordChange, names: &SectionNames) -> Vec<ChangedField> {
    let rank = |change: &FieldChange| {
        let rank = FIRST_FIELDS.iter().position(|field| *field == change.field);
        rank.unwrap_or(FIRST_FIELDS.len())
    };
    // An id never changes and means nothing to an editor.
    let mut changes: Vec<_> = record.fields.iter().filter(|change| change.field != "id").collect();
    changes.sort_by_key(|change| rank(change));
    changes.into_iter().map(|change| names.field(change)).collect()
}

/// The titles of sections by id. A pledge's section is shown by its title.
pub(super) struct SectionNames(BTreeMap<String, String>);

impl SectionNames {
    /// Collects the titles. A later content replaces those of an earlier one.
    pub(super) fn new<'a>(contents: impl Iterator<Item = &'a EditionContent>) -> Self {
        let sections = contents.flat_map(|content| &content.promise.sections);
        let titles =
            sections.map(|section| (section.id.clone(), english_or(&section.title, &section.id)));
        Self(titles.collect())
    }

    /// Formats the change of a field.
    pub(super) fn field(&self, change: &FieldChange) -> ChangedField {
        let FieldChange { field, language, before, after } = change;
        let language = language.as_deref().unwrap_or("en");
        let formatted = |value: &Value| match value.as_str().and_then(|id| self.0.get(id)) {
            Some(title) if field == "section" => title.clone(),
            _ => value::format(field, Some(value)),
        };
        ChangedField {
            label: value::label(field, Some(language)),
            language: language.to_owned(),
            direction: text::direction(language),
            before: before.as_ref().map(formatted),
            after: after.as_ref().map(formatted),
        }
    }
}

#[derive(Template)]
#[template(path = "promise/changes.html")]
struct ChangesTemplate {
    page: Page,
    is_empty: bool,
    changes: String,
}

/// Shows what the draft changes.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let draft = load(&app, &session).await?;
    let changes = ChangesListTemplate::load(&app, &session, &draft).await?;
    let page = session.page(words::t("changes-title"));
    Ok(response::render(&ChangesTemplate {
        page: page.back(PROMISE, words::t("promise-title")),
        is_empty: changes.is_empty(),
        changes: changes.html(),
    }))
}
