//! The list of young people, with search and filters.

use askama::Template;
use axum::extract::{Query, State};
use promise_database::{Actor, StaffMember};
use promise_protocol::{ids::StaffId, search::TextFilter};
use promise_services::{
    Permission, ServiceError,
    calendar::today,
    colleagues,
    people::{
        caseload::{self, CaseloadRow},
        due::DueTimescale,
    },
};
use serde::Deserialize;

use crate::{
    App,
    features::{
        cards::details_check::Reminder,
        people::{person_path, shown_timescale::ShownLimit},
    },
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

/// The most rows of a page.
const PAGE_SIZE: usize = 50;

#[derive(Deserialize)]
pub(super) struct QueryParams {
    /// The search text.
    #[serde(default)]
    q: String,
    /// The name of the filter.
    #[serde(default)]
    show: String,
    #[serde(default)]
    page: usize,
    /// For roles that see teams: the adviser whose young people are listed.
    #[serde(default)]
    adviser: String,
    done: Option<String>,
}

/// Which rows the list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filter {
    All,
    NoPhone,
    Silent,
    Asks,
    /// A visit or a review is due soon or overdue.
    Due,
    Overdue,
    /// Only for roles that see everyone.
    NoAdviser,
}

impl Filter {
    const ALL: [Self; 7] = [
        Self::All,
        Self::NoAdviser,
        Self::NoPhone,
        Self::Silent,
        Self::Asks,
        Self::Due,
        Self::Overdue,
    ];

    /// Returns the name in the query.
    fn name(self) -> &'static str {
        match self {
            Self::All => "",
            Self::NoPhone => "no-phone",
            Self::Silent => "silent",
            Self::Asks => "asks",
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::NoAdviser => "no-adviser",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::All => "filter-all",
            Self::NoPhone => "filter-no-phone",
            Self::Silent => "filter-silent",
            Self::Asks => "filter-asks",
            Self::Due => "filter-due",
            Self::Overdue => "filter-overdue",
            Self::NoAdviser => "filter-no-adviser",
        }
    }

    /// Finds a filter by its name. An unknown name shows all rows.
    fn find(name: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.name() == name).unwrap_or(Self::All)
    }

    fn matches(self, row: &CaseloadRow) -> bool {
        match self {
            Self::All => true,
            Self::NoPhone => row.activity.phones == 0,
            Self::Silent => row.activity.silent,
            Self::Asks => row.activity.waiting > 0,
            Self::Due => !row.due.is_empty(),
            Self::Overdue => row.due.iter().any(DueTimescale::is_overdue),
            Self::NoAdviser => row.has_no_adviser,
        }
    }

    /// Sorts what is due first to the front, in the lists of what is due.
    fn sort(self, rows: &mut [CaseloadRow]) {
        if matches!(self, Self::Due | Self::Overdue) {
            rows.sort_by_key(|row| row.due.first().map(|due| due.limit.by));
        }
    }
}

struct Row {
    href: String,
    name: String,
    /// The label of a person in the caller's own caseload.
    label: String,
    phones: usize,
    last_sync: String,
    waiting: usize,
    is_silent: bool,
    /// From or until when they are the caller's.
    note: String,
    /// Visits and reviews that are due.
    due: Vec<ShownLimit>,
    /// Their advisers, for roles that see everyone.
    advisers: Option<String>,
}

#[derive(Template)]
#[template(path = "people/list.html")]
struct ListTemplate {
    page: Page,
    q: String,
    show: &'static str,
    filters: Vec<Link>,
    rows: Vec<Row>,
    count: usize,
    next: Option<String>,
    /// The advisers to choose from, for roles that see teams.
    advisers: Vec<Choice>,
    can_add: bool,
    /// The caller's own details are to be checked.
    reminder: Option<Reminder>,
}

/// The search as paths keep it.
struct Search {
    q: String,
    adviser: String,
}

impl Search {
    fn path(&self, filter: Filter, page: usize) -> String {
        let page = if page == 0 { String::new() } else { page.to_string() };
        let parts = [
            ("q", self.q.as_str()),
            ("adviser", &self.adviser),
            ("show", filter.name()),
            ("page", &page),
        ];
        with_query("/console/people", &parts)
    }
}

/// Shows a page of the list.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Query(query): Query<QueryParams>,
) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let sees_teams = scope.may(Permission::SeeTeams);
    let adviser = Some(query.adviser).filter(|adviser| sees_teams && !adviser.is_empty());
    let listed = adviser.as_deref().map(StaffId::from);
    let own_card = match scope.actor() {
        Actor::Staff(staff) if scope.may(Permission::OwnCard) => Some(staff),
        _ => None,
    };
    let read = app.database.read(move |tx| {
        let all = caseload::list(tx, &scope, listed.as_ref(), now)?;
        let council = scope.own_council().filter(|_| sees_teams);
        let staff = council.map(|council| colleagues::by_name(tx, council)).transpose()?;
        let own = own_card.map(|own| tx.staff(&own)).transpose()?.flatten();
        Ok::<_, ServiceError>((all, staff.unwrap_or_default(), own))
    });
    let (mut all, staff, own) = read.await?;
    let search = Search { q: text::clean(&query.q), adviser: adviser.unwrap_or_default() };
    let filter = Filter::find(&query.show);
    let filters = Filter::ALL.into_iter().filter(|it| sees_teams || *it != Filter::NoAdviser);
    let filters = filters.map(|other| {
        let count = all.iter().filter(|row| other.matches(row)).count();
        Link {
            href: search.path(other, 0),
            text: words::count(other.label(), count),
            is_current: other == filter,
        }
    });
    let filters: Vec<Link> = filters.collect();
    filter.sort(&mut all);
    let searched = TextFilter::new(&search.q);
    let found: Vec<Row> = all
        .into_iter()
        .filter(|row| filter.matches(row))
        .map(|caseload_row| row(caseload_row, sees_teams, now))
        .filter(|row| [&row.name, &row.label].iter().any(|text| searched.matches(text)))
        .collect();
    let count = found.len();
    let first = query.page.saturating_mul(PAGE_SIZE);
    let rows: Vec<Row> = found.into_iter().skip(first).take(PAGE_SIZE).collect();
    let has_more = first + rows.len() < count;
    let title = words::t(if sees_teams { "nav-people" } else { "people-title" });
    Ok(response::render(&ListTemplate {
        page: session.page(title).notice(query.done.as_deref()),
        show: filter.name(),
        filters,
        rows,
        count,
        next: has_more.then(|| search.path(filter, query.page + 1)),
        advisers: adviser_choices(&staff, &search.adviser),
        can_add: session.scope.may(Permission::GivePeople),
        reminder: own.and_then(|own| Reminder::of_staff(&own, today(now))),
        q: search.q,
    }))
}

/// Returns the advisers to choose from. Staff members who left are marked.
fn adviser_choices(staff: &[StaffMember], selected: &str) -> Vec<Choice> {
    if staff.is_empty() {
        return Vec::new();
    }
    let option = |staff: &StaffMember| {
        let name = staff_name(staff);
        let has_left = staff.is_deactivated();
        let text = if has_left { words::with("people-adviser-left", "name", &name) } else { name };
        choice(staff.id.as_str(), text, selected)
    };
    let mut choices = vec![choice("", words::t("people-adviser-all"), selected)];
    choices.extend(staff.iter().map(option));
    choices
}

#[expect(clippy::needless_pass_by_value, reason = "each row is shown once")]
fn row(row: CaseloadRow, sees_teams: bool, now: i64) -> Row {
    let on_day = |key, date| words::with(key, "day", &times::day(date));
    let note = match (row.starts, row.ends) {
        (Some(starts), _) => on_day("people-yours-from", starts),
        (None, Some(ends)) if row.is_cover => on_day("people-cover-until", ends),
        (None, Some(ends)) => on_day("people-yours-until", ends),
        (None, None) => String::new(),
    };
    let advisers = sees_teams.then(|| {
        let none = row.advisers.is_empty();
        if none { words::t("people-nobody") } else { row.advisers.join(", ") }
    });
    Row {
        name: display_reference(row.person.as_str(), row.reference.as_deref()),
        label: row.label.as_ref().map(|label| label.as_str().to_owned()).unwrap_or_default(),
        href: person_path(&row.person),
        phones: row.activity.phones,
        last_sync: row
            .activity
            .last_sync_at
            .map(|at| times::date_time(at, now))
            .unwrap_or_default(),
        waiting: row.activity.waiting,
        is_silent: row.activity.silent,
        note,
        due: row.due.iter().map(ShownLimit::of_due).collect(),
        advisers,
    }
}
