//! The page of a staff member.

use axum::extract::{Path, Query, State};
use promise_database::{PrivilegedAct, PrivilegedActKind, PrivilegedActState, SignInStatus};
use promise_protocol::ids::StaffId;
use promise_services::{ServiceError, dual_control};

use crate::{
    App,
    features::staff::{last_signed_in, load, request_path, staff_path},
    kit::{
        format::role_name,
        forms::Question,
        page::{
            NoticeQuery,
            response::{self, PageResult},
        },
        privileged_act::ActTexts,
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
    let scope = session.scope.clone();
    let read = app.database.read(move |tx| {
        let acts = dual_control::list_about(tx, &scope, &staff)?;
        let texts = ActTexts::load(tx, scope.require_council()?, now)?;
        let is_held = tx.sign_in(&staff)?.is_some_and(|sign_in| sign_in.held_at.is_some());
        Ok::<_, ServiceError>((acts, texts, is_held))
    });
    let (acts, texts, is_held) = read.await?;
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
    info = info.row("staff-handle", vec![account.staff.handle.clone()]);
    info = info.row("staff-people", vec![loaded.people.to_string()]);
    if is_held {
        info = info.lead(words::t("staff-held"));
    }
    if !acts.is_empty() {
        let lines = acts.iter().map(|act| texts.line(act)).collect();
        info = info.titled_list("staff-history", lines);
    }
    let open = acts.iter().filter(|act| is_open(act, now));
    for act in open {
        info = info.link(request_path(&act.id), texts.title(act));
    }
    let subpage = |page: &str| format!("{}/{page}", staff_path(loaded.id()));
    if let Some(at) = account.staff.deactivated_at {
        info = info
            .row("staff-left-at", vec![times::date_time(at, now)])
            .link(subpage("reactivate"), words::t("staff-on-link"));
        return Ok(response::render(&info));
    }
    info = info.link(subpage("sign-in"), words::t("staff-link-link"));
    info = info.link(subpage("handle"), words::t("staff-handle-link"));
    if account.sign_in.is_some() {
        info = info.link(subpage("role"), words::t("staff-role-link"));
    }
    let was_used = account.sign_in.as_ref().is_some_and(SignInStatus::was_used);
    if &session.signed_in.staff != loaded.id() {
        if was_used && !is_held {
            info = info.link(subpage("emergency"), words::t("staff-emergency-link"));
        }
        info = info.link(subpage("deactivate"), words::t("staff-off-link"));
    }
    Ok(response::render(&info))
}

/// Returns `true` if an administrator has something to decide about the act.
fn is_open(act: &PrivilegedAct, now: i64) -> bool {
    let is_waiting =
        act.state == PrivilegedActState::Waiting && !dual_control::is_expired(act, now);
    let is_emergency = act.kind == PrivilegedActKind::Emergency && act.review.is_none();
    is_waiting || is_emergency
}
