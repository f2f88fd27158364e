//! Every adviser's caseload in figures, team by team.

use askama::Template;
use axum::extract::{Query, State};
use promise_protocol::text::is_same;
use promise_services::{
    Permission, ServiceError,
    assignments::{
        cover_clash::{self, CoverClash},
        unassigned,
    },
    audit::unusual_access,
    staff::teams::{self, AdviserCaseload},
};
use serde::Deserialize;

use crate::{
    App,
    features::{cards::card_path, log::UnusualAccessRow},
    kit::{
        feature::{Feature, NavItem, Route},
        format,
        page::{
            Link, Page,
            response::{self, PageResult},
        },
        session::Session,
        url::with_query,
        words::{self, times},
    },
};

const TEAM: &str = "/console/team";

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[NavItem {
        path: TEAM,
        label: "nav-team",
        permission: Permission::SeeTeams,
        unless: None,
        start_for: &[],
    }],
};

fn routes() -> Vec<Route> {
    vec![Route::get(TEAM, get)]
}

#[derive(Deserialize)]
struct QueryParams {
    /// The name of the only team to show.
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
    /// How long the oldest ask waits.
    oldest: String,
    /// Young people with visits and reviews that are due soon, overdue, and overdue by law.
    due_soon: usize,
    overdue: usize,
    overdue_by_law: usize,
    /// Until when the adviser is on leave.
    away: String,
    cover: String,
}

struct Team {
    name: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "team/team.html")]
struct TeamTemplate {
    page: Page,
    unusual_access: Vec<UnusualAccessRow>,
    /// How many young people have no adviser, for roles whose pages have no banner with that
    /// number.
    unassigned: usize,
    /// Coming days on which a colleague who covers is on leave too. Each links to the leave of the
    /// adviser.
    clashes: Vec<Link>,
    filters: Vec<Link>,
    teams: Vec<Team>,
}

/// Shows the teams.
async fn get(
    State(app): State<App>,
    session: Session,
    Query(query): Query<QueryParams>,
) -> PageResult {
    let (scope, now, threshold) =
        (session.scope.clone(), app.clock.now_millis(), app.unusual_access);
    let read = app.database.read(move |tx| {
        let caseloads = teams::list(tx, &scope, now)?;
        let council = scope.require_council()?;
        let has_banner = scope.may(Permission::GivePeople);
        let unassigned =
            if has_banner { 0 } else { unassigned::list(tx, &scope, council, now)?.len() };
        let unusual = unusual_access::list(tx, &scope, threshold, now)?;
        let clashes = cover_clash::list(tx, &scope, now)?;
        Ok::<_, ServiceError>((caseloads, unassigned, unusual, clashes))
    });
    let (caseloads, unassigned, unusual, clashes) = read.await?;
    let mut teams = group(caseloads, now);
    let filters = filters(&teams, &query.team);
    if !query.team.is_empty() {
        teams.retain(|team| is_same(&team.name, &query.team));
    }
    let sees_log = session.scope.may(Permission::SeeLog);
    Ok(response::render(&TeamTemplate {
        page: session.page(words::t("team-title")),
        unusual_access: UnusualAccessRow::list(unusual, sees_log),
        unassigned,
        clashes: clashes.iter().map(clash_link).collect(),
        filters,
        teams,
    }))
}

fn clash_link(clash: &CoverClash) -> Link {
    Link::new(format!("{}/leave", card_path(&clash.adviser)), format::cover_clash(clash))
}

/// Groups caseloads, which are sorted by team.
fn group(caseloads: Vec<AdviserCaseload>, now: i64) -> Vec<Team> {
    let mut teams: Vec<Team> = Vec::new();
    for caseload in caseloads {
        let name =
            if caseload.team.is_empty() { words::t("team-none") } else { caseload.team.clone() };
        if teams.last().is_none_or(|last| !is_same(&last.name, &name)) {
            teams.push(Team { name, rows: Vec::new() });
        }
        if let Some(last) = teams.last_mut() {
            last.rows.push(row(caseload, now));
        }
    }
    teams
}

fn filters(teams: &[Team], selected: &str) -> Vec<Link> {
    let all =
        Link { href: TEAM.into(), text: words::t("team-all"), is_current: selected.is_empty() };
    let each = teams.iter().map(|team| Link {
        href: with_query(TEAM, &[("team", &team.name)]),
        text: team.name.clone(),
        is_current: is_same(&team.name, selected),
    });
    [all].into_iter().chain(each).collect()
}

fn row(caseload: AdviserCaseload, now: i64) -> Row {
    let waiting_days =
        caseload.oldest_at.map(|at| usize::try_from((now - at) / DAY_MILLIS).unwrap_or_default());
    let covering =
        (caseload.covering > 0).then(|| words::count("team-covering", caseload.covering));
    let covered_by = caseload.covered_by.join(", ");
    let cover = (!covered_by.is_empty()).then(|| words::with("leave-covered", "name", &covered_by));
    let away =
        caseload.away_until.map(|until| words::with("contact-until", "day", &times::day(until)));
    Row {
        staff: caseload.staff.into_string(),
        name: caseload.name,
        is_deactivated: caseload.is_deactivated,
        people: caseload.people,
        covering: covering.unwrap_or_default(),
        without_phone: caseload.without_phone,
        silent: caseload.silent,
        waiting: caseload.waiting,
        oldest: waiting_days.map(|days| words::count("team-oldest", days)).unwrap_or_default(),
        due_soon: caseload.due_soon,
        overdue: caseload.overdue,
        overdue_by_law: caseload.overdue_by_law,
        away: away.unwrap_or_default(),
        cover: cover.unwrap_or_default(),
    }
}
