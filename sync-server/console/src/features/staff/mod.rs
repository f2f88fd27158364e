//! Staff accounts, for administrators: who signs in, in which role, and who has left.

mod deactivation;
mod detail;
mod emergency;
mod handle;
mod list;
mod new;
mod request;
mod role;
mod sign_in;

use askama::Template;
use axum::{http::HeaderMap, response::Response};
use promise_protocol::ids::{PrivilegedActId, StaffId};
use promise_services::{
    Permission, ServiceError, StaffRole,
    staff::{self, StaffAccount},
};

use crate::{
    App,
    kit::{
        feature::{Feature, NavItem, Route},
        format::staff_name,
        forms::{Field, field_error},
        page::{
            FieldError, Page,
            response::{self, PageError},
        },
        session::Session,
        url::console_address,
        words::{self, times},
    },
};

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[NavItem {
        path: "/console/staff",
        label: "nav-staff",
        permission: Permission::ManageStaff,
        unless: None,
        start_for: &[StaffRole::Administrator],
    }],
};

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/staff", list::get),
        Route::get("/console/staff/new", new::get),
        Route::post("/console/staff/new", new::post),
        Route::get("/console/staff/{staff}", detail::get),
        Route::get("/console/staff/{staff}/sign-in", sign_in::get),
        Route::post("/console/staff/{staff}/sign-in", sign_in::post),
        Route::get("/console/staff/{staff}/role", role::get),
        Route::post("/console/staff/{staff}/role", role::post),
        Route::get("/console/staff/{staff}/handle", handle::get),
        Route::post("/console/staff/{staff}/handle", handle::post),
        Route::get("/console/staff/{staff}/emergency", emergency::get),
        Route::post("/console/staff/{staff}/emergency", emergency::post),
        Route::get("/console/staff/requests/{request}", request::get),
        Route::post("/console/staff/requests/{request}", request::post),
        Route::get("/console/staff/{staff}/deactivate", deactivation::get),
        Route::post("/console/staff/{staff}/deactivate", deactivation::post),
        Route::get("/console/staff/{staff}/reactivate", deactivation::get_reactivate),
        Route::post("/console/staff/{staff}/reactivate", deactivation::post_reactivate),
    ]
}

/// Returns the path of a staff member's page.
fn staff_path(id: &StaffId) -> String {
    format!("/console/staff/{id}")
}

/// Returns the path of a request, or of a past act.
fn request_path(id: &PrivilegedActId) -> String {
    format!("/console/staff/requests/{id}")
}

/// What became of an act that may take a second administrator.
enum Outcome {
    /// It was done. Holds the token of the link.
    Link(String),
    /// It was done, and makes no link.
    Done,
    /// It waits.
    Asked(PrivilegedActId),
}

/// The field for the reason.
fn reason_field(reason: &str) -> Field {
    Field::area("reason", "staff-reason", reason).hint("staff-reason-hint")
}

/// The error of a missing reason.
fn reason_error() -> FieldError {
    field_error("reason", "staff-reason-missing")
}

/// Redirects to a request that was just made.
fn redirect_to_request(id: &PrivilegedActId) -> Response {
    response::redirect(&format!("{}?done=asked", request_path(id)))
}

/// A staff account, and how many young people the staff member is responsible for.
struct Account {
    account: StaffAccount,
    people: usize,
}

impl Account {
    fn id(&self) -> &StaffId {
        &self.account.staff.id
    }

    fn name(&self) -> String {
        staff_name(&self.account.staff)
    }

    fn role(&self) -> Option<StaffRole> {
        role(&self.account)
    }

    /// Starts a page about the staff member. `title` is the key of a message with their name.
    fn page(&self, session: &Session, title: &str) -> Page {
        session
            .page(words::with(title, "name", &self.name()))
            .back(staff_path(self.id()), self.name())
    }
}

async fn load(app: &App, session: &Session, id: &StaffId) -> Result<Account, PageError> {
    let (scope, id) = (session.scope.clone(), id.to_owned());
    let read = app.database.read(move |tx| {
        let account = staff::find(tx, &scope, &id)?;
        Ok(Account { people: staff::count_own_people(tx, &scope, &id)?, account })
    });
    read.await.map_err(|error: ServiceError| error.into())
}

/// Returns the role in which the staff member signs in, if they have a sign-in.
fn role(account: &StaffAccount) -> Option<StaffRole> {
    account.sign_in.as_ref().map(|seat| seat.role)
}

fn last_signed_in(account: &StaffAccount, now: i64) -> String {
    let at = account.sign_in.as_ref().and_then(|seat| seat.last_at);
    at.map_or_else(|| words::t("phone-never"), |at| times::date_time(at, now))
}

#[derive(Template)]
#[template(path = "staff/link.html")]
struct LinkTemplate {
    page: Page,
    link: String,
}

/// Shows the one-time link with which a staff member chooses a password. It is shown only once.
fn link_page(page: Page, app: &App, headers: &HeaderMap, token: &str) -> Response {
    let link = format!("{}/console/welcome/{token}", console_address(app, headers));
    response::render(&LinkTemplate { page, link })
}
