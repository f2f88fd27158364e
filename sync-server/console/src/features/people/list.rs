//! The list of young people, with a search and what to look after first.

use askama::Template;
use axum::extract::{Query, State};
use promise_database::StaffMember;
use promise_services::{Permission, ServiceError, people::caseload};
use serde::Deserialize;

use crate::{
    App,
    kit::{
        format::{display_reference, staff_name},
        forms::{Choice, choice},
        page::{
            Link, Page,
            response::{self, PageResult},
        },
        session::Session,
        url::with_query,
        words::{self, text, times},
    },
};

/// People on a page.
const MAX: usize = 50;

/// What was asked for.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
    #[serde(default)]
    show: String,
    #[serde(default)]
    page: usize,
    /// For those who see teams: whose young people.
    #[serde(default)]
    adviser: String,
    done: Option<String>,
}

struct Row {
    id: String,
    name: String,
    phones: usize,
    last_sync: String,
    waiting: usize,
    silent: bool,
    note: String,
    /// Who looks after them, for those who see everybody.
    advisers: Option<String>,
}

#[derive(Template)]
#[template(path = "people/list.html")]
struct People {
    page: Page,
    q: String,
    show: String,
    filters: Vec<Link>,
    rows: Vec<Row>,
    found: usize,
    next: Option<String>,
    /// Whose young people can be chosen.
    choices: Vec<Choice>,
    may_add: bool,
}

/// Shows it.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Query(wanted): Query<Wanted>,
) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let sees_teams = scope.may(Permission::SeeTeams);
    let adviser = Some(wanted.adviser.clone()).filter(|it| sees_teams && !it.is_empty());
    let of = adviser.clone();
    let read = app.database.read(move |tx| {
        let all = caseload::list(tx, &scope, of.as_deref(), now)?;
        let council = scope.own_council().filter(|_| sees_teams);
        let staff = council.map(|council| tx.staff_of(council)).transpose()?;
        Ok::<_, ServiceError>((all, staff.unwrap_or_default()))
    });
    let (all, staff) = read.await?;
    let asked = Asked {
        q: text::clean(&wanted.q),
        show: wanted.show.clone(),
        adviser: adviser.unwrap_or_default(),
    };
    let q = asked.q.clone();
    let counts = ["", "no-phone", "silent", "asks"]
        .map(|show| (show, all.iter().filter(|row| belongs(row, show)).count()));
    let found: Vec<_> = all
        .into_iter()
        .filter(|row| belongs(row, &wanted.show))
        .map(|row| shown(row, sees_teams, now))
        .filter(|row| row.name.to_lowercase().contains(&q.to_lowercase()))
        .collect();
    let count = found.len();
    let first = wanted.page.saturating_mul(MAX);
    let rows: Vec<Row> = found.into_iter().skip(first).take(MAX).collect();
    let next = (first + rows.len() < count).then(|| asked.with_query(&asked.show, wanted.page + 1));
    let filters = counts.map(|(show, count)| Link {
        href: asked.with_query(show, 0),
        text: words::count(if show.is_empty() { "filter-all" } else { key(show) }, count),
        is_current: show == wanted.show,
    });
    let title = if sees_teams { words::t("nav-people") } else { words::t("people-title") };
    Ok(response::render(&People {
        page: session.page(title).notice("done", wanted.done.as_deref()),
        q,
        show: wanted.show,
        filters: filters.to_vec(),
        rows,
        found: count,
        next,
        choices: choices(&staff, &asked.adviser),
        may_add: session.scope.may(Permission::GivePeople),
    }))
}

/// Everybody whose young people can be chosen: those who left are told apart.
fn choices(staff: &[StaffMember], chosen: &str) -> Vec<Choice> {
    if staff.is_empty() {
        return Vec::new();
    }
    let name = |it: &StaffMember| {
        let name = staff_name(it);
        if it.is_deactivated() { words::with("people-adviser-left", "name", &name) } else { name }
    };
    let mut choices = vec![choice("", words::t("people-adviser-all"), chosen)];
    choices.extend(staff.iter().map(|it| choice(&it.id, name(it), chosen)));
    choices
}

fn key(show: &str) -> &'static str {
    match show {
        "no-phone" => "filter-no-phone",
        "silent" => "filter-silent",
        _ => "filter-asks",
    }
}

fn belongs(row: &caseload::CaseloadRow, show: &str) -> bool {
    match show {
        "no-phone" => row.activity.phones == 0,
        "silent" => row.activity.silent,
        "asks" => row.activity.waiting > 0,
        _ => true,
    }
}

fn shown(row: caseload::CaseloadRow, sees_teams: bool, now: i64) -> Row {
    let day = |day: chrono::NaiveDate| times::day(day);
    let note = match (row.starts, row.ends) {
        (Some(starts), _) => words::with("people-yours-from", "day", &day(starts)),
        (None, Some(ends)) if row.is_cover => words::with("people-cover-until", "day", &day(ends)),
        (None, Some(ends)) => words::with("people-yours-until", "day", &day(ends)),
        (None, None) => String::new(),
    };
    Row {
        name: display_reference(&row.person, row.reference.as_deref()),
        id: row.person,
        phones: row.activity.phones,
        last_sync: row
            .activity
            .last_sync_at
            .map(|at| times::date_time(at, now))
            .unwrap_or_default(),
        waiting: row.activity.waiting,
        silent: row.activity.silent,
        note,
        advisers: sees_teams.then(|| match row.advisers.join(", ") {
            nobody if nobody.is_empty() => words::t("people-nobody"),
            names => names,
        }),
    }
}

/// What was asked for, to be kept in addresses.
struct Asked {
    q: String,
    show: String,
    adviser: String,
}

impl Asked {
    fn with_query(&self, show: &str, page: usize) -> String {
        let page = if page == 0 { String::new() } else { page.to_string() };
        let parts = [("q", &*self.q), ("adviser", &self.adviser), ("show", show), ("page", &page)];
        with_query("/console/people", &parts)
    }
}
