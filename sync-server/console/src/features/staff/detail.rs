//! The page of a staff member.

use axum::extract::{Path, Query, State};

use promise_protocol::ids::StaffId;

use crate::{
    App,
    features::staff::{last_signed_in, load, staff_path},
    kit::{
        format::role_name,
        forms::Question,
        page::{
            NoticeQuery,
            response::{self, PageResult},
        },
        session::Session,
        words::{self, times},
    },
};

/// Shows the account, and links to what can be changed.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<StaffId>,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let (loaded, now) = (load(&app, &session, &staff).await?, app.clock.now_millis());
    let account = &loaded.account;
    let page = session
        .page(loaded.name())
        .back("/console/staff", words::t("nav-staff"))
        .notice(query.done.as_deref());
    let role = loaded.role().map_or_else(|| words::t("staff-none"), role_name);
    let yes_or_no = |is: bool| words::t(if is { "yes" } else { "no" });
    let mut info = Question::info(page).row("staff-role", vec![role]);
    if let Some(seat) = &account.sign_in {
        info = info
            .row("staff-name", vec![seat.name.clone()])
            .row("staff-password", vec![yes_or_no(seat.has_password)])
            .row("staff-authenticator", vec![yes_or_no(seat.has_authenticator)])
            .row("staff-last", vec![last_signed_in(account, now)]);
    }
    info = info.row("staff-people", vec![loaded.people.to_string()]);
    let subpage = |page: &str| format!("{}/{page}", staff_path(loaded.id()));
    if let Some(at) = account.staff.deactivated_at {
        info = info
            .row("staff-left-at", vec![times::date_time(at, now)])
            .link(subpage("reactivate"), words::t("staff-on-link"));
        return Ok(response::render(&info));
    }
    info = info.link(subpage("sign-in"), words::t("staff-link-link"));
    if account.sign_in.is_some() {
        info = info.link(subpage("role"), words::t("staff-role-link"));
    }
    if &session.signed_in.staff != loaded.id() {
        info = info.link(subpage("deactivate"), words::t("staff-off-link"));
    }
    Ok(response::render(&info))
}
