//! The list of all rows of one group.

use askama::Template;
use axum::extract::{Path, Query, State};
use promise_services::{Entity, ServiceError};
use serde::Deserialize;

use crate::{
    App,
    features::opportunities::import::{
        CHECK, GROUPS, Group, IMPORT, load_plan,
        rows::{ChangedItem, InvalidItem, PlainItem},
    },
    kit::{
        page::{
            Page,
            response::{self, PageResult},
        },
        session::Session,
        words,
    },
};

/// The number of rows on a page.
const PAGE_SIZE: usize = 50;

#[derive(Deserialize)]
pub(in crate::features::opportunities) struct QueryParams {
    #[serde(default)]
    page: usize,
}

#[derive(Template)]
#[template(path = "opportunities/import_list.html")]
struct ListTemplate {
    page: Page,
    /// The level of the headings of rows.
    level: u8,
    invalid: Vec<InvalidItem>,
    changed: Vec<ChangedItem>,
    plain: Vec<PlainItem>,
    previous: Option<String>,
    next: Option<String>,
}

/// Shows a page of the list.
pub(in crate::features::opportunities) async fn get(
    State(app): State<App>,
    session: Session,
    Path(group): Path<String>,
    Query(query): Query<QueryParams>,
) -> PageResult {
    let Some(plan) = load_plan(&app, &session).await? else {
        return Ok(response::redirect(IMPORT));
    };
    let group = GROUPS.into_iter().find(|known| known.name() == group);
    let group = group.ok_or(ServiceError::NotFound(Entity::Page))?;
    let count = group.count(&plan);
    let page_index = query.page.min(count.saturating_sub(1) / PAGE_SIZE);
    let first = page_index * PAGE_SIZE;
    let path = |page: usize| format!("{}?page={page}", group.path());
    let page = session.page(group.title(&plan)).back(CHECK, words::t("import-check-title"));
    let mut template = ListTemplate {
        page,
        level: 2,
        invalid: Vec::new(),
        changed: Vec::new(),
        plain: Vec::new(),
        previous: (page_index > 0).then(|| path(page_index.saturating_sub(1))),
        next: (first + PAGE_SIZE < count).then(|| path(page_index + 1)),
    };
    match group {
        Group::Added => {
            let rows = plan.added.iter().skip(first).take(PAGE_SIZE);
            template.plain = rows.map(PlainItem::of_added).collect();
        }
        Group::Changed => {
            let rows = plan.changed.iter().skip(first).take(PAGE_SIZE);
            template.changed = rows.map(ChangedItem::new).collect();
        }
        Group::Unchanged => {
            let rows = plan.unchanged.iter().skip(first).take(PAGE_SIZE);
            let item =
                |(line, _, title): &(usize, String, String)| PlainItem::new(Some(*line), title, "");
            template.plain = rows.map(item).collect();
        }
        Group::Missing => {
            let missing = plan.missing.iter().skip(first).take(PAGE_SIZE);
            let items =
                missing.map(|missing| PlainItem::new(None, &missing.title, &missing.organisation));
            template.plain = items.collect();
        }
        Group::Invalid => {
            let rows = plan.invalid.iter().skip(first).take(PAGE_SIZE);
            template.invalid = rows.map(InvalidItem::new).collect();
        }
    }
    Ok(response::render(&template))
}
