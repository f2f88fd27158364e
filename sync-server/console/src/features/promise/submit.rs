//! Handing the draft in, taking it or sending it back, throwing it away.

use axum::extract::State;
use promise_edition::validate;
use promise_services::{
    Permission, ServiceError,
    publishing::drafts::{self, DraftRefusal, Stage},
};

use crate::{
    App,
    features::promise::{HOME, overview, work},
    kit::{
        forms::{Confirm, Field, mistake, too_long},
        page::{
            Mistake,
            response::{self, Answer},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// The most characters of what is to be mended.
const MOST: usize = 2000;

fn confirm(session: &Session, title: &str, lead: &[&str], action: &str, button: &str) -> Confirm {
    Confirm {
        page: session.page(words::t(title)).back(HOME.into(), words::t("promise-title")),
        lead: lead.iter().map(|key| words::t(key)).collect(),
        names: Vec::new(),
        action: format!("{HOME}/{action}"),
        hidden: Vec::new(),
        fields: Vec::new(),
        button: words::t(button),
        is_danger: false,
    }
}

/// Asks before the draft is handed in, or says what it lacks.
pub(super) async fn get(State(app): State<App>, session: Session) -> Answer {
    let work = crate::features::promise::open(&app, &session).await?;
    if work.stage == Stage::NoDraft {
        return Err(ServiceError::from(DraftRefusal::NothingChanged).into());
    }
    if work.is_behind() {
        return Err(ServiceError::from(DraftRefusal::OutOfDate).into());
    }
    if !validate(&work.content).is_empty() {
        return Ok(response::go(&format!("{HOME}#mend")));
    }
    let lead = ["hand-in-lead", "hand-in-second"];
    let page = confirm(&session, "hand-in-title", &lead, "hand-in", "hand-in-button");
    Ok(response::page(&page))
}

/// Hands it in.
pub(super) async fn post(State(app): State<App>, sent: StaffForm) -> Answer {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    app.database.write(move |tx| drafts::submit(tx, &scope, now)).await?;
    Ok(response::go(&format!("{HOME}?done=handed-in")))
}

/// Takes it back.
pub(super) async fn post_take_back(State(app): State<App>, sent: StaffForm) -> Answer {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    app.database.write(move |tx| drafts::withdraw(tx, &scope, now)).await?;
    Ok(response::go(&format!("{HOME}?done=taken-back")))
}

fn reason_form(session: &Session, typed: &str, mistakes: Vec<Mistake>) -> Confirm {
    let field = Field::area("reason", "send-back-reason", typed).hint("send-back-hint");
    let form = confirm(session, "send-back-title", &["send-back-lead"], "send-back", "send-back");
    Confirm { fields: vec![field.checked(&mistakes)], page: form.page.mistakes(mistakes), ..form }
}

/// Asks what is to be mended.
pub(super) async fn get_send_back(State(app): State<App>, session: Session) -> Answer {
    session.scope.permit(Permission::Publish)?;
    match work(&app, &session).await?.stage {
        Stage::Submitted { .. } => Ok(response::page(&reason_form(&session, "", Vec::new()))),
        _ => Err(ServiceError::from(DraftRefusal::NotSubmitted).into()),
    }
}

/// Sends it back.
pub(super) async fn post_send_back(State(app): State<App>, sent: StaffForm) -> Answer {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Publish)?;
    let reason = form.lines("reason");
    let mistake = match reason.chars().count() {
        0 => Some(mistake("reason", "send-back-missing")),
        count if count > MOST => Some(too_long("reason", "send-back-reason", MOST)),
        _ => None,
    };
    if let Some(mistake) = mistake {
        return Ok(response::not_right(&reason_form(&session, &reason, vec![mistake])));
    }
    let (scope, now) = (session.scope, app.clock.now_millis());
    app.database.write(move |tx| drafts::return_to_authors(tx, &scope, &reason, now)).await?;
    Ok(response::go(&format!("{HOME}?done=sent-back")))
}

/// Asks before all of it goes, and says whose work that is.
pub(super) async fn get_discard(State(app): State<App>, session: Session) -> Answer {
    let work = crate::features::promise::open(&app, &session).await?;
    if work.stage == Stage::NoDraft {
        return Err(ServiceError::from(DraftRefusal::NothingChanged).into());
    }
    let lead = ["throw-away-lead", "throw-away-whose"];
    let page = confirm(&session, "throw-away-title", &lead, "throw-away", "throw-away-button");
    Ok(response::page(&Confirm {
        names: overview::names(&app, work.authors.clone()).await?,
        hidden: vec![("seen".into(), work.version())],
        is_danger: true,
        ..page
    }))
}

/// Throws it away, if it is still what was seen.
pub(super) async fn post_discard(State(app): State<App>, sent: StaffForm) -> Answer {
    let (scope, now) = (sent.session.scope, app.clock.now_millis());
    let seen = sent.form.raw("seen").to_owned();
    app.database.write(move |tx| drafts::discard(tx, &scope, &seen, now)).await?;
    Ok(response::go(&format!("{HOME}?done=thrown-away")))
}
