//! The list of staff members.

use askama::Template;
use axum::extract::State;
use promise_protocol::text;
use promise_services::staff::{self, StaffAccount};

use crate::{
    App,
    features::staff::{last_signed_in, role, staff_path},
    kit::{
        format::{role_name, staff_name},
        page::{
            Page,
            response::{self, PageResult},
        },
        session::Session,
        words,
    },
};

struct Row {
    href: String,
    name: String,
    sign_in: String,
    role: String,
    team: String,
    last_signed_in: String,
    has_authenticator: bool,
    is_deactivated: bool,
}

#[derive(Template)]
#[template(path = "staff/list.html")]
struct ListTemplate {
    page: Page,
    rows: Vec<Row>,
}

/// Shows the list. Those who left come last.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let mut accounts = app.database.read(move |tx| staff::list(tx, &scope)).await?;
    accounts.sort_by_cached_key(|account| {
        let staff = &account.staff;
        (staff.is_deactivated(), text::sort_key(&staff_name(staff)), staff.id.clone())
    });
    let rows = accounts.into_iter().map(|account| row(account, now)).collect();
    Ok(response::render(&ListTemplate { page: session.page(words::t("staff-title")), rows }))
}

fn row(account: StaffAccount, now: i64) -> Row {
    Row {
        href: staff_path(&account.staff.id),
        name: staff_name(&account.staff),
        role: role(&account).map(role_name).unwrap_or_default(),
        team: account.staff.card.text("team").to_owned(),
        last_signed_in: last_signed_in(&account, now),
        has_authenticator: account.sign_in.as_ref().is_some_and(|seat| seat.has_authenticator),
        is_deactivated: account.staff.is_deactivated(),
        sign_in: account.sign_in.map(|seat| seat.name).unwrap_or_default(),
    }
}
