//! Every adviser's caseload in figures, team by team.

use askama::Template;
use axum::extract::{Query, State};
use promise_services::{
    Permission, ServiceError,
    assignments::unassigned,
    audit::unusual_access as many,
    staff::teams::{self, AdviserCaseload},
};
use serde::Deserialize;

use crate::{
    App,
    features::log::unusual_access::{self, ManyLook},
    kit::{
        feature::{Feature, NavItem, Route},
        page::{
            Link, Page,
            response::{self, PageResult},
        },
        session::Session,
        url::with_query,
        words::{self, times},
    },
};

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[NavItem {
        path: "/console/team",
        label: "nav-team",
        permission: Some(Permission::SeeTeams),
        start_for: &[],
    }],
};

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/team", get),
    ]
}

/// Milliseconds in a day.
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// Which team is asked for.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    team: String,
}

struct Row {
    staff: String,
    name: String,
    is_deactivated: bool,
    people: usize,
    covering: String,
    without_phone: usize,
    silent: usize,
    waiting: usize,
    oldest: String,
    away: String,
    cover: String,
}

struct Team {
    name: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "team/team.html")]
struct Shown {
    page: Page,
    many_looks: Vec<ManyLook>,
    /// How many young people nobody looks after, for whoever has no banner that says it.
    alone: usize,
    filters: Vec<Link>,
    teams: Vec<Team>,
}

/// Shows them.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Query(wanted): Query<Wanted>,
) -> PageResult {
    let (scope, now, many_are) =
        (session.scope.clone(), app.clock.now_millis(), app.unusual_access);
    let read = app.database.read(move |tx| {
        let all = teams::list(tx, &scope, now)?;
        let council = scope.own_council().unwrap_or_default();
        let has_banner = scope.may(Permission::GivePeople);
        let alone = if has_banner { 0 } else { unassigned::list(tx, &scope, council, now)?.len() };
        Ok::<_, ServiceError>((all, alone, many::list(tx, &scope, many_are, now)?))
    });
    let (all, alone, many_looks) = read.await?;
    let mut teams: Vec<Team> = Vec::new();
    for caseload in all {
        let name = team_name(&caseload);
        if teams.last().is_none_or(|last| !same(&last.name, &name)) {
            teams.push(Team { name, rows: Vec::new() });
        }
        if let Some(last) = teams.last_mut() {
            last.rows.push(row(caseload, now));
        }
    }
    let filters = filters(&teams, &wanted.team);
    if !wanted.team.is_empty() {
        teams.retain(|team| same(&team.name, &wanted.team));
    }
    let many_looks = unusual_access::say(many_looks, session.scope.may(Permission::SeeLog));
    let page = session.page(words::t("team-title"));
    Ok(response::render(&Shown { page, many_looks, alone, filters, teams }))
}

/// Teams are typed on cards, in capitals or not.
fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn team_name(caseload: &AdviserCaseload) -> String {
    if caseload.team.is_empty() { words::t("team-none") } else { caseload.team.clone() }
}

fn filters(teams: &[Team], wanted: &str) -> Vec<Link> {
    let all = Link {
        href: "/console/team".into(),
        text: words::t("team-all"),
        is_current: wanted.is_empty(),
    };
    let each = teams.iter().map(|team| Link {
        href: with_query("/console/team", &[("team", &team.name)]),
        text: team.name.clone(),
        is_current: same(&team.name, wanted),
    });
    [all].into_iter().chain(each).collect()
}

fn row(it: AdviserCaseload, now: i64) -> Row {
    let days = it.oldest_at.map(|at| usize::try_from((now - at) / DAY_MILLIS).unwrap_or(0));
    let covering = (it.covering > 0).then(|| words::count("team-covering", it.covering));
    let cover = it.covered_by.join(", ");
    let cover = (!cover.is_empty()).then(|| words::with("leave-covered", "name", &cover));
    let away = it.away_until.map(|until| words::with("contact-until", "day", &times::day(until)));
    Row {
        staff: it.staff,
        name: it.name,
        is_deactivated: it.is_deactivated,
        people: it.people,
        covering: covering.unwrap_or_default(),
        without_phone: it.without_phone,
        silent: it.silent,
        waiting: it.waiting,
        oldest: days.map(|days| words::count("team-oldest", days)).unwrap_or_default(),
        away: away.unwrap_or_default(),
        cover: cover.unwrap_or_default(),
    }
}
