//! The table of opportunities, with a search, filters and pages.

use askama::Template;
use axum::extract::{Query, State};
use promise_edition::opportunities::to_texts;
use promise_protocol::pack::OpportunityKind;
use promise_services::{
    ServiceError,
    opportunities::{self, DraftChange, Filter, Sort},
    publishing::drafts::Stage,
};
use serde::Deserialize;

use crate::{
    App,
    features::opportunities::{
        HOME, can_edit,
        detail::{change_tag, state_class},
        format,
    },
    kit::{
        forms::{Choice, choice},
        page::{
            Link, Page,
            response::{self, PageResult},
        },
        session::Session,
        url::opportunity_path,
        words::{self, text},
    },
};

/// Opportunities on a page.
const MAX: usize = 50;

/// What was asked for.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    when: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    page: usize,
    done: Option<String>,
    #[serde(default)]
    added: usize,
    #[serde(default)]
    changed: usize,
    #[serde(default)]
    gone: usize,
}

struct Row {
    href: String,
    title: String,
    kind: String,
    organisation: String,
    closes: String,
    state: String,
    state_class: &'static str,
    change: String,
    change_class: &'static str,
    put_back: Option<String>,
}

#[derive(Template)]
#[template(path = "opportunities/list.html")]
struct Listed {
    page: Page,
    q: String,
    when: String,
    kinds: Vec<Choice>,
    sorts: Vec<Choice>,
    filters: Vec<Link>,
    rows: Vec<Row>,
    found: usize,
    old: usize,
    can_edit: bool,
    is_handed_in: bool,
    before: Option<String>,
    next: Option<String>,
}

const WHENS: [(&str, Filter); 7] = [
    ("", Filter::All),
    ("open", Filter::Open),
    ("soon", Filter::Soon),
    ("ongoing", Filter::Ongoing),
    ("closed", Filter::Closed),
    ("draft", Filter::Draft),
    ("removed", Filter::Removed),
];

const SORTS: [(&str, Sort); 4] = [
    ("", Sort::Title),
    ("closes", Sort::Closes),
    ("organisation", Sort::Organisation),
    ("kind", Sort::Kind),
];

/// Shows it.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Query(asked): Query<Asked>,
) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let q = text::clean(&asked.q);
    let when = WHENS.into_iter().find(|(name, _)| *name == asked.when).unwrap_or(WHENS[0]);
    let sort = SORTS.into_iter().find(|(name, _)| *name == asked.sort).unwrap_or(SORTS[0]);
    let wanted = opportunities::TableQuery {
        text: q.clone(),
        kind: asked.kind.clone(),
        when: when.1,
        sort: sort.1,
    };
    let read = app.database.read(move |tx| opportunities::list(tx, &scope, &wanted, now)).await;
    let table = read.map_err(|error: ServiceError| error)?;
    let can_edit = can_edit(&session, &table.stage);
    let found = table.rows.len();
    let number = asked.page.min(found.saturating_sub(1) / MAX);
    let first = number * MAX;
    let rows = table.rows.into_iter().skip(first).take(MAX);
    let rows: Vec<Row> = rows.map(|row| shown(&row, can_edit)).collect();
    let address = |when: &str, page: usize| list_path(&q, &asked.kind, when, &asked.sort, page);
    let filters = WHENS.iter().filter_map(|(name, when)| {
        let (_, count) = table.counts.iter().find(|(it, _)| it == when)?;
        let is_current = *name == asked.when;
        // Most of the time nothing is removed, and then there is nothing to say.
        let is_shown = *when != Filter::Removed || *count > 0 || is_current;
        let key = format!("opp-filter-{}", if name.is_empty() { "all" } else { name });
        is_shown.then(|| Link {
            href: address(name, 0),
            text: words::count(&key, *count),
            is_current,
        })
    });
    let kinds =
        OpportunityKind::WORDS.iter().map(|word| choice(word, format::kind(word), &asked.kind));
    let every = choice("", words::t("opp-kind-all"), &asked.kind);
    let sorts = SORTS.iter().map(|(name, _)| {
        let key = format!("opp-sort-{}", if name.is_empty() { "title" } else { name });
        choice(name, words::t(&key), &asked.sort)
    });
    let mut page = session.page(words::t("opp-title")).notice("opp-done", asked.done.as_deref());
    if asked.done.as_deref() == Some("imported") {
        page.notice = Some(crate::features::opportunities::import::taken(
            asked.added,
            asked.changed,
            asked.gone,
        ));
    }
    Ok(response::render(&Listed {
        page,
        when: asked.when.clone(),
        kinds: [every].into_iter().chain(kinds).collect(),
        sorts: sorts.collect(),
        filters: filters.collect(),
        found,
        old: table.old,
        can_edit,
        is_handed_in: matches!(table.stage, Stage::Submitted { .. }),
        before: (number > 0).then(|| address(when.0, number.saturating_sub(1))),
        next: (first + rows.len() < found).then(|| address(when.0, number + 1)),
        rows,
        q: q.clone(),
    }))
}

fn shown(row: &opportunities::OpportunityRow, can_edit: bool) -> Row {
    let it = &row.opportunity;
    let texts = to_texts(it);
    let text = |column: &str| texts.get(column).cloned().unwrap_or_default();
    let (change_class, change) = change_tag(row.change);
    let is_removed = row.change == DraftChange::Removed;
    Row {
        href: opportunity_path(&it.id),
        title: it.title.clone(),
        kind: format::kind(&text("kind")),
        organisation: it.organisation.clone(),
        closes: format::closes_shortly(&text("closes")),
        state: words::t(&format!("opp-state-{}", row.state.name())),
        state_class: state_class(row.state),
        change,
        change_class,
        put_back: (is_removed && can_edit)
            .then(|| format!("{}/put-back", opportunity_path(&it.id))),
    }
}

fn list_path(q: &str, kind: &str, when: &str, sort: &str, page: usize) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let page = page.to_string();
    for (name, value) in
        [("q", q), ("kind", kind), ("when", when), ("sort", sort), ("page", page.as_str())]
    {
        if !value.is_empty() && value != "0" {
            query.append_pair(name, value);
        }
    }
    format!("{HOME}?{}", query.finish())
}
