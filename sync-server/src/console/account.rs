//! One's own account: who one is here, and new recovery codes.

use askama::Template;
use axum::extract::State;

use super::{
    answer::{self, Answer},
    page::{Page, role_name},
    request::{Sent, Visit},
    sign_in::enrol::Codes,
    words,
};
use crate::{
    routes::App,
    service::{OsRandom, ServiceError, sign_in as service},
};

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    page: Page,
    role: String,
    codes_left: usize,
}

/// Shows it.
pub(super) async fn show(State(app): State<App>, visit: Visit) -> Answer {
    let staff = visit.signed_in.staff.clone();
    let left = app.readers.run(move |tx| Ok::<_, ServiceError>(tx.recovery_codes_left(&staff)?));
    let page = Page::of(&visit, words::t("account-title"));
    let role = role_name(visit.signed_in.role);
    Ok(answer::page(&Account { page, role, codes_left: left.await? }))
}

/// Makes new recovery codes.
pub(super) async fn codes(State(app): State<App>, sent: Sent) -> Answer {
    let visit = sent.freshly()?.visit;
    let staff = visit.signed_in.staff.clone();
    let made = app.writer.run(move |tx| service::new_recovery_codes(tx, &staff, &mut OsRandom));
    let page = Page::of(&visit, words::t("codes-title"));
    Ok(answer::page(&Codes { page, codes: made.await? }))
}
