//! The list of staff members.

use askama::Template;
use axum::extract::State;
use promise_database::PrivilegedActState;
use promise_protocol::text;
use promise_services::{
    ServiceError, dual_control,
    staff::{self, StaffAccount},
};

use crate::{
    App,
    features::staff::{last_signed_in, request_path, role, staff_path},
    kit::{
        format::{role_name, staff_name},
        page::{
            Link, Page,
            response::{self, PageResult},
        },
        privileged_act::ActTexts,
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
    /// The requests that wait for a second administrator.
    waiting: Vec<Link>,
    rows: Vec<Row>,
}

/// Shows the list. Those who left come last.
pub(super) async fn get(State(app): State<App>, session: Session) -> PageResult {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let read = app.database.read(move |tx| {
        let accounts = staff::list(tx, &scope)?;
        let mut acts = dual_control::list(tx, &scope)?;
        acts.retain(|act| {
            act.state == PrivilegedActState::Waiting && !dual_control::is_expired(act, now)
        });
        Ok::<_, ServiceError>((accounts, acts, ActTexts::load(tx, scope.require_council()?, now)?))
    });
    let (mut accounts, acts, texts) = read.await?;
    let waiting =
        acts.iter().map(|act| Link::new(request_path(&act.id), texts.title(act))).collect();
    accounts.sort_by_cached_key(|account| {
        let staff = &account.staff;
        (staff.is_deactivated(), text::sort_key(&staff_name(staff)), staff.id.clone())
    });
    let rows = accounts.into_iter().map(|account| row(account, now)).collect();
    let page = session.page(words::t("staff-title"));
    Ok(response::render(&ListTemplate { page, waiting, rows }))
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
