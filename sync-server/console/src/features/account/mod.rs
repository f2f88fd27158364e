//! One's own account: who one is here, and new recovery codes.

use askama::Template;
use axum::extract::State;
use promise_services::{OsRandom, ServiceError, sign_in as service};

use crate::{
    App,
    features::sign_in::enrol::Codes,
    kit::{
        page::{
            Page,
            response::{self, Answer},
            role_name,
        },
        session::{Session, StaffForm},
        words,
    },
};

#[derive(Template)]
#[template(path = "account/account.html")]
struct Account {
    page: Page,
    role: String,
    codes_left: usize,
}

/// Shows it.
pub(crate) async fn show(State(app): State<App>, session: Session) -> Answer {
    let staff = session.signed_in.staff.clone();
    let left = app.database.read(move |tx| Ok::<_, ServiceError>(tx.count_recovery_codes(&staff)?));
    let page = Page::of(&session, words::t("account-title"));
    let role = role_name(session.signed_in.role);
    Ok(response::page(&Account { page, role, codes_left: left.await? }))
}

/// Makes new recovery codes.
pub(crate) async fn codes(State(app): State<App>, sent: StaffForm) -> Answer {
    let session = sent.require_recent_login()?.session;
    let staff = session.signed_in.staff.clone();
    let made = app.database.write(move |tx| service::new_recovery_codes(tx, &staff, &mut OsRandom));
    let page = Page::of(&session, words::t("codes-title"));
    Ok(response::page(&Codes { page, codes: made.await? }))
}
