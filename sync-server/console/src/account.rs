//! One's own account: who one is here, and new recovery codes.

use askama::Template;
use axum::extract::State;

use super::{
    answer::{self, Answer},
    page::{Page, role_name},
    request::{Session, StaffForm},
    sign_in::enrol::Codes,
    words,
};
use crate::App;
use promise_services::{OsRandom, ServiceError, sign_in as service};

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    page: Page,
    role: String,
    codes_left: usize,
}

/// Shows it.
pub(super) async fn show(State(app): State<App>, session: Session) -> Answer {
    let staff = session.signed_in.staff.clone();
    let left = app.database.read(move |tx| Ok::<_, ServiceError>(tx.count_recovery_codes(&staff)?));
    let page = Page::of(&session, words::t("account-title"));
    let role = role_name(session.signed_in.role);
    Ok(answer::page(&Account { page, role, codes_left: left.await? }))
}

/// Makes new recovery codes.
pub(super) async fn codes(State(app): State<App>, sent: StaffForm) -> Answer {
    let session = sent.require_recent_login()?.session;
    let staff = session.signed_in.staff.clone();
    let made = app.database.write(move |tx| service::new_recovery_codes(tx, &staff, &mut OsRandom));
    let page = Page::of(&session, words::t("codes-title"));
    Ok(answer::page(&Codes { page, codes: made.await? }))
}
