//! The table of opportunities, with a search, filters and pages.

use askama::Template;
use axum::extract::{Query, State};
use promise_edition::opportunities::to_texts;
use promise_protocol::pack::OpportunityKind;
use promise_services::{
    ServiceError,
    opportunities::{self, DraftChange, Filter, OpportunityRow, Sort, TableQuery},
    publishing::drafts::Stage,
};
use serde::Deserialize;

use crate::{
    App,
    features::opportunities::{
        OPPORTUNITIES, can_edit,
        detail::{availability_class, change_tag},
        format,
        import::AppliedQuery,
    },
    kit::{
        forms::{Choice, choice},
        page::{
            Link, NoticeQuery, Page,
            response::{self, PageResult},
        },
        session::Session,
        url::{opportunity_path, with_query},
        words::{self, text},
    },
};

/// The number of opportunities on a page.
const PAGE_SIZE: usize = 50;

/// The filters by their names in paths.
const FILTERS: [(&str, Filter); 7] = [
    ("", Filter::All),
    ("open", Filter::Open),
    ("soon", Filter::Soon),
    ("ongoing", Filter::Ongoing),
    ("closed", Filter::Closed),
    ("draft", Filter::Draft),
    ("removed", Filter::Removed),
];

/// The orders by their names in paths.
const SORTS: [(&str, Sort); 4] = [
    ("", Sort::Title),
    ("closes", Sort::Closes),
    ("organisation", Sort::Organisation),
    ("kind", Sort::Kind),
];

#[derive(Deserialize)]
pub(super) struct QueryParams {
    #[serde(default)]
    q: String,
    #[serde(default)]
    kind: String,
    /// The name of a filter.
    #[serde(default)]
    when: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    page: usize,
}

impl QueryParams {
    /// Returns the path of another page or filter of the same search.
    fn path(&self, filter: &str, page: usize) -> String {
        let page = if page == 0 { String::new() } else { page.to_string() };
        with_query(
            OPPORTUNITIES,
            &[
                ("q", &text::clean(&self.q)),
                ("kind", &self.kind),
                ("when", filter),
                ("sort", &self.sort),
                ("page", &page),
            ],
        )
    }

    /// Returns the links to the filters, with how many opportunities each has.
    fn filter_links(&self, counts: &[(Filter, usize)]) -> Vec<Link> {
        let link = |(name, filter): (&str, Filter)| {
            let (_, count) = counts.iter().find(|(counted, _)| *counted == filter)?;
            let is_current = name == self.when;
            // Mostly nothing is removed, and then the filter is of no use.
            let is_shown = filter != Filter::Removed || *count > 0 || is_current;
            let key = format!("opp-filter-{}", if name.is_empty() { "all" } else { name });
            is_shown.then(|| Link {
                href: self.path(name, 0),
                text: words::count(&key, *count),
                is_current,
            })
        };
        FILTERS.into_iter().filter_map(link).collect()
    }
}

/// A row of the table.
struct Row {
    href: String,
    title: String,
    kind: String,
    organisation: String,
    closes: String,
    availability: String,
    availability_class: &'static str,
    change: String,
    change_class: &'static str,
    /// The action that restores the opportunity, if the draft removes it and the caller may.
    restore: Option<String>,
}

impl Row {
    fn new(row: &OpportunityRow, can_edit: bool) -> Self {
        let opportunity = &row.opportunity;
        let texts = to_texts(opportunity);
        let text = |column: &str| texts.get(column).map_or("", String::as_str);
        let (change_class, change) = change_tag(row.change);
        let href = opportunity_path(&opportunity.id);
        let can_restore = can_edit && row.change == DraftChange::Removed;
        Self {
            restore: can_restore.then(|| format!("{href}/restore")),
            href,
            title: opportunity.title.clone(),
            kind: format::kind(text("kind")),
            organisation: opportunity.organisation.clone(),
            closes: format::short_closing_date(text("closes")),
            availability: words::t(&format!("opp-state-{}", row.availability.name())),
            availability_class: availability_class(row.availability),
            change,
            change_class,
        }
    }
}

#[derive(Template)]
#[template(path = "opportunities/list.html")]
struct ListTemplate {
    page: Page,
    q: String,
    when: String,
    kinds: Vec<Choice>,
    sorts: Vec<Choice>,
    filters: Vec<Link>,
    rows: Vec<Row>,
    count: usize,
    outdated: usize,
    can_edit: bool,
    is_submitted: bool,
    previous: Option<String>,
    next: Option<String>,
}

fn find<T: Copy>(named: &[(&'static str, T)], name: &str) -> Option<(&'static str, T)> {
    named.iter().copied().find(|(known, _)| *known == name)
}

/// Shows the table.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Query(query): Query<QueryParams>,
    Query(notice): Query<NoticeQuery>,
    Query(applied): Query<AppliedQuery>,
) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let (filter_name, filter) = find(&FILTERS, &query.when).unwrap_or(("", Filter::All));
    let (_, sort) = find(&SORTS, &query.sort).unwrap_or(("", Sort::Title));
    let q = text::clean(&query.q);
    let table_query = TableQuery { text: q.clone(), kind: query.kind.clone(), filter, sort };
    let read =
        app.database.read(move |tx| opportunities::list(tx, &scope, &table_query, now)).await;
    let table = read.map_err(|error: ServiceError| error)?;
    let can_edit = can_edit(&session, &table.stage);
    let count = table.rows.len();
    let page_index = query.page.min(count.saturating_sub(1) / PAGE_SIZE);
    let first = page_index * PAGE_SIZE;
    let rows = table.rows.iter().skip(first).take(PAGE_SIZE);
    let rows: Vec<Row> = rows.map(|row| Row::new(row, can_edit)).collect();
    let all_kinds = choice("", words::t("opp-kind-all"), &query.kind);
    let kinds =
        OpportunityKind::WORDS.iter().map(|word| choice(word, format::kind(word), &query.kind));
    let sorts = SORTS.iter().map(|(name, _)| {
        let key = format!("opp-sort-{}", if name.is_empty() { "title" } else { name });
        choice(name, words::t(&key), &query.sort)
    });
    let page = session.page(words::t("opp-title"));
    Ok(response::render(&ListTemplate {
        page: applied.add_notice(page, notice.done.as_deref()),
        kinds: [all_kinds].into_iter().chain(kinds).collect(),
        sorts: sorts.collect(),
        filters: query.filter_links(&table.counts),
        count,
        outdated: table.outdated,
        can_edit,
        is_submitted: matches!(table.stage, Stage::Submitted { .. }),
        previous: (page_index > 0).then(|| query.path(filter_name, page_index.saturating_sub(1))),
        next: (first + rows.len() < count).then(|| query.path(filter_name, page_index + 1)),
        rows,
        q,
        when: query.when,
    }))
}
