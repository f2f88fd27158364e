//! The first page, and what we say about accessibility.

use askama::Template;
use axum::extract::State;
use promise_database::Stage;
use promise_services::{Permission, StaffRole};

use crate::{
    App,
    features::sign_in,
    kit::{
        page::{
            Page,
            response::{self, Answer},
        },
        session::Caller,
        words,
    },
};

/// Sends whoever is signed in to what they do most, and others to sign in.
pub(crate) async fn show(caller: Caller) -> Answer {
    let Some(signed_in) = caller.signed_in else { return Ok(response::go("/console/sign-in")) };
    Ok(response::go(match signed_in.stage {
        Stage::Password => "/console/sign-in/code",
        Stage::Enrol => "/console/sign-in/authenticator",
        Stage::Full => start(signed_in.role),
    }))
}

fn start(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Auditor => "/console/log",
        role if Permission::SeePeople.is_granted_to(role) => "/console/people",
        role if Permission::Edit.is_granted_to(role) => "/console/promise",
        role if Permission::ManageStaff.is_granted_to(role) => "/console/staff",
        _ => "/console/account",
    }
}

#[derive(Template)]
#[template(path = "home/accessibility.html")]
struct Accessibility {
    page: Page,
}

/// What we say about accessibility. Anybody may read it.
pub(crate) async fn accessibility(State(app): State<App>, caller: Caller) -> Answer {
    let full = caller.signed_in.is_some_and(|it| it.stage == Stage::Full);
    let page = if full {
        Page::of(
            &sign_in::code::session(&app, &caller.token).await?,
            words::t("accessibility-title"),
        )
    } else {
        Page::plain("accessibility-title", String::new())
    };
    Ok(response::page(&Accessibility { page }))
}
