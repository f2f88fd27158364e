//! Colleagues, for administrators: who signs in, in which role, and who no longer works here.

mod deactivate;
mod new;
mod role;
mod sign_in;

use askama::Template;
use axum::extract::{Path, Query, State};
use promise_services::{
    Permission, ServiceError, StaffRole,
    staff::{self, StaffAccount},
};

use crate::{
    App,
    kit::{
        feature::{Feature, NavItem, Route},
        format::{role_name, staff_name},
        forms::Question,
        page::{
            NoticeQuery, Page,
            response::{self, PageError, PageResult},
        },
        session::Session,
        words::{self, times},
    },
};

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[NavItem {
        path: "/console/staff",
        label: "nav-staff",
        permission: Some(Permission::ManageStaff),
        start_for: &[StaffRole::Administrator],
    }],
};

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/staff", get_list),
        Route::get("/console/staff/new", new::get),
        Route::post("/console/staff/new", new::post),
        Route::get("/console/staff/{staff}", get),
        Route::get("/console/staff/{staff}/sign-in", sign_in::get),
        Route::post("/console/staff/{staff}/sign-in", sign_in::post),
        Route::get("/console/staff/{staff}/role", role::get),
        Route::post("/console/staff/{staff}/role", role::post),
        Route::get("/console/staff/{staff}/off", deactivate::get),
        Route::post("/console/staff/{staff}/off", deactivate::post),
        Route::get("/console/staff/{staff}/on", deactivate::get_reactivate),
        Route::post("/console/staff/{staff}/on", deactivate::post_reactivate),
    ]
}

struct Row {
    id: String,
    name: String,
    sign_in: String,
    role: String,
    team: String,
    last: String,
    has_authenticator: bool,
    is_deactivated: bool,
}

#[derive(Template)]
#[template(path = "staff/list.html")]
struct Staff {
    page: Page,
    colleagues: Vec<Row>,
}

/// The one-time link, shown this once.
#[derive(Template)]
#[template(path = "staff/link.html")]
struct Link {
    page: Page,
    link: String,
}

/// One colleague, and how many young people are theirs.
struct Found {
    colleague: StaffAccount,
    people: usize,
}

impl Found {
    fn id(&self) -> &str {
        &self.colleague.staff.id
    }

    fn name(&self) -> String {
        staff_name(&self.colleague.staff)
    }

    /// Their role, if they have a sign-in.
    fn role(&self) -> Option<StaffRole> {
        self.colleague.sign_in.as_ref().and_then(|seat| seat.role.parse::<StaffRole>().ok())
    }

    /// A page about them.
    fn page(&self, session: &Session, title: &str) -> Page {
        session
            .page(words::with(title, "name", &self.name()))
            .back(format!("/console/staff/{}", self.id()), self.name())
    }
}

async fn find(app: &App, session: &Session, id: &str) -> Result<Found, PageError> {
    let (scope, id) = (session.scope.clone(), id.to_owned());
    let read = app.database.read(move |tx| {
        let colleague = staff::find(tx, &scope, &id)?;
        Ok(Found { people: staff::count_own_people(tx, &scope, &id)?, colleague })
    });
    read.await.map_err(|error: ServiceError| error.into())
}

fn last_signed_in(colleague: &StaffAccount, now: i64) -> String {
    let at = colleague.sign_in.as_ref().and_then(|seat| seat.last_at);
    at.map_or_else(|| words::t("phone-never"), |at| times::date_time(at, now))
}

/// Lists them: those who work here first.
pub(crate) async fn get_list(State(app): State<App>, session: Session) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let mut all = app.database.read(move |tx| staff::list(tx, &scope)).await?;
    all.sort_by_cached_key(|it| (it.staff.is_deactivated(), staff_name(&it.staff).to_lowercase()));
    let row = |it: StaffAccount| Row {
        name: staff_name(&it.staff),
        last: last_signed_in(&it, now),
        is_deactivated: it.staff.is_deactivated(),
        team: text(&it, "team"),
        has_authenticator: it.sign_in.as_ref().is_some_and(|seat| seat.has_authenticator),
        role: it
            .sign_in
            .as_ref()
            .and_then(|seat| seat.role.parse::<StaffRole>().ok())
            .map(role_name)
            .unwrap_or_default(),
        sign_in: it.sign_in.map(|seat| seat.name).unwrap_or_default(),
        id: it.staff.id,
    };
    let colleagues = all.into_iter().map(row).collect();
    Ok(response::render(&Staff { page: session.page(words::t("staff-title")), colleagues }))
}

fn text(colleague: &StaffAccount, field: &str) -> String {
    let value = colleague.staff.card.value(field).as_str();
    value.unwrap_or_default().to_owned()
}

/// Shows one of them, and what can be done.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<String>,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let (found, now) = (find(&app, &session, &staff).await?, app.clock.now_millis());
    let StaffAccount { staff, sign_in: seat } = &found.colleague;
    let page = session
        .page(found.name())
        .back("/console/staff", words::t("nav-staff"))
        .notice("done", query.done.as_deref());
    let line = |text: String| vec![text];
    let role = found.role().map_or_else(|| words::t("staff-none"), role_name);
    let yes_or_no = |is: bool| words::t(if is { "yes" } else { "no" });
    let mut told = Question::info(page).row("staff-role", line(role));
    if let Some(seat) = seat {
        told = told
            .row("staff-name", line(seat.name.clone()))
            .row("staff-password", line(yes_or_no(seat.has_password)))
            .row("staff-authenticator", line(yes_or_no(seat.has_authenticator)))
            .row("staff-last", line(last_signed_in(&found.colleague, now)));
    }
    told = told.row("staff-people", line(found.people.to_string()));
    let to = |page: &str| format!("/console/staff/{}/{page}", staff.id);
    if let Some(deactivated_at) = staff.deactivated_at {
        let told = told.row("staff-left-at", line(times::date_time(deactivated_at, now)));
        return Ok(response::render(&told.link(to("on"), words::t("staff-on-link"))));
    }
    told = told.link(to("sign-in"), words::t("staff-link-link"));
    if seat.is_some() {
        told = told.link(to("role"), words::t("staff-role-link"));
    }
    if session.signed_in.staff != staff.id {
        told = told.link(to("off"), words::t("staff-off-link"));
    }
    Ok(response::render(&told))
}
