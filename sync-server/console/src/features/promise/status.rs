//! How each record of the draft compares with what is published, and the list of pledges with it.

use std::collections::BTreeMap;

use promise_edition::{EditionContent, Issue, Place, RecordKind, compare, validate};
use promise_protocol::pack::Promise;
use promise_services::{
    ServiceError,
    publishing::{
        drafts::{self, WorkingCopy},
        promise::english_or,
    },
};

use crate::{
    App,
    features::promise::value,
    kit::{forms::issue_text, page::response::PageError, session::Session, words},
};

/// How a record compares with what is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    New,
    Changed,
    HasIssues,
}

/// The status of each record that differs from what is published, by kind and id.
pub(super) struct Statuses(BTreeMap<(RecordKind, String), Status>);

impl Statuses {
    /// Compares the draft with what is published.
    pub(super) async fn load(
        app: &App,
        session: &Session,
        draft: &WorkingCopy,
    ) -> Result<Self, PageError> {
        let published = load_published(app, session).await?;
        Ok(Self::new(published.as_ref(), &draft.content))
    }

    fn new(published: Option<&EditionContent>, content: &EditionContent) -> Self {
        let mut statuses = BTreeMap::new();
        for changes in compare(published, content) {
            let added = changes.added.iter().map(|record| (record, Status::New));
            let changed = changes.changed.iter().map(|record| (record, Status::Changed));
            let all = added.chain(changed);
            statuses
                .extend(all.map(|(record, status)| ((changes.kind, record.id.clone()), status)));
        }
        for issue in validate(content) {
            if let Place::Record { kind, id, .. } = issue.place {
                statuses.insert((kind, id), Status::HasIssues);
            }
        }
        Self(statuses)
    }

    /// Returns the CSS class and the text of a record's tag. Both are empty if it has none.
    fn tag(&self, kind: RecordKind, id: &str) -> (&'static str, String) {
        match self.0.get(&(kind, id.to_owned())) {
            Some(Status::New) => ("ask", words::t("tag-new")),
            Some(Status::Changed) => ("ask", words::t("tag-changed")),
            Some(Status::HasIssues) => ("warn", words::t("tag-lacking")),
            None => ("", String::new()),
        }
    }
}

/// Reads what is published; `None` if nothing is.
pub(super) async fn load_published(
    app: &App,
    session: &Session,
) -> Result<Option<EditionContent>, PageError> {
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| drafts::load_published(tx, &scope)).await;
    read.map_err(|error: ServiceError| error.into())
}

/// A section or pledge in a list.
pub(super) struct Item {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) class: &'static str,
    pub(super) tag: String,
    pub(super) is_first: bool,
    pub(super) is_last: bool,
}

/// A section with its pledges.
pub(super) struct SectionItem {
    pub(super) item: Item,
    pub(super) pledges: Vec<Item>,
}

fn items<'a>(
    records: impl ExactSizeIterator<Item = (&'a str, String)>,
    kind: RecordKind,
    statuses: &Statuses,
) -> Vec<Item> {
    let last = records.len().saturating_sub(1);
    let item = |(index, (id, title)): (usize, (&str, String))| {
        let (class, tag) = statuses.tag(kind, id);
        let (is_first, is_last) = (index == 0, index == last);
        Item { id: id.to_owned(), title, class, tag, is_first, is_last }
    };
    records.enumerate().map(item).collect()
}

/// Returns the pledges of a section, in order.
pub(super) fn pledge_items(promise: &Promise, section: &str, statuses: &Statuses) -> Vec<Item> {
    let pledges: Vec<_> =
        promise.pledges.0.iter().filter(|pledge| pledge.section == section).collect();
    let records =
        pledges.into_iter().map(|pledge| (&*pledge.id, english_or(&pledge.title, &pledge.id)));
    items(records, RecordKind::Pledge, statuses)
}

/// Returns the sections with their pledges, in order.
pub(super) fn section_items(promise: &Promise, statuses: &Statuses) -> Vec<SectionItem> {
    let sections = promise.sections.iter();
    let records = sections.map(|section| (&*section.id, english_or(&section.title, &section.id)));
    let with_pledges =
        |item: Item| SectionItem { pledges: pledge_items(promise, &item.id, statuses), item };
    items(records, RecordKind::Section, statuses).into_iter().map(with_pledges).collect()
}

/// Formats an issue of the draft.
pub(super) fn draft_issue(issue: &Issue) -> String {
    issue_text(issue, &value::label(issue.field().unwrap_or_default(), None))
}

/// Formats the issues of one record of the draft.
pub(super) fn record_issues(content: &EditionContent, record: RecordKind, id: &str) -> Vec<String> {
    let is_own = |issue: &&Issue| match &issue.place {
        Place::Record { kind, id: own, .. } => *kind == record && own == id,
        _ => false,
    };
    validate(content).iter().filter(is_own).map(draft_issue).collect()
}
