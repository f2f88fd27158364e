//! Setting up an authenticator, and the recovery codes that come with it.

use askama::Template;
use axum::{extract::State, response::Response};
use data_encoding::BASE32_NOPAD;
use promise_database::Stage;
use promise_services::{OsRandom, ServiceError, sign_in as service};

use crate::{
    App,
    features::{
        people::qr,
        sign_in::{after, between, code, first, no_stranger, signed_in},
    },
    kit::{
        forms::{Field, Input, mistake},
        page::{
            Page,
            response::{self, Answer},
        },
        session::{AnonymousForm, Caller},
    },
};

#[derive(Template)]
#[template(path = "sign_in/authenticator.html")]
struct Authenticator {
    page: Page,
    /// The picture to scan, as SVG of our own making.
    qr: String,
    /// The secret in groups of four, to type.
    typed: String,
    secret: String,
    fields: Vec<Field>,
}

/// The codes, shown this once.
#[derive(Template)]
#[template(path = "sign_in/recovery_codes.html")]
pub(crate) struct Codes {
    pub(crate) page: Page,
    pub(crate) codes: Vec<String>,
}

/// Shows what to scan; a secret that was shown before stays the same.
pub(super) fn page(
    token: &str,
    name: &str,
    again: Option<&[u8]>,
) -> Result<Response, ServiceError> {
    let secret =
        again.map_or_else(|| service::new_totp(&mut OsRandom), |again| Ok(again.to_vec()))?;
    let (link, typed) = service::totp_link(&secret, name);
    let mistakes = again.map(|_| mistake("code", "code-wrong")).into_iter().collect::<Vec<_>>();
    let field = Field {
        autocomplete: "one-time-code",
        ..Field::new("code", "code-label", Input::Line("text", "short"))
    };
    let groups: Vec<String> =
        typed.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into()).collect();
    let shown = Authenticator {
        fields: vec![field.hint("enrol-hint").checked(&mistakes)],
        page: between("enrol-title", token, mistakes),
        qr: qr(&link),
        typed: groups.join(" "),
        secret: typed,
    };
    Ok(if again.is_some() { response::not_right(&shown) } else { response::page(&shown) })
}

/// Shows it to whoever chose a password and has no authenticator yet.
pub(crate) async fn show(caller: Caller) -> Answer {
    match caller.signed_in.filter(|it| it.stage == Stage::Enrol) {
        Some(half) => Ok(page(&caller.token, &half.name, None)?),
        None => Ok(response::go("/console")),
    }
}

/// Checks that the authenticator works, and signs in.
pub(crate) async fn send(State(app): State<App>, stranger: AnonymousForm) -> Answer {
    let half = stranger.caller.signed_in.clone().filter(|it| it.stage == Stage::Enrol);
    let Some(half) = half else { return Ok(first("/console")) };
    let secret = BASE32_NOPAD.decode(stranger.form.raw("secret").as_bytes()).unwrap_or_default();
    if secret.len() != 20 {
        return Ok(page(&stranger.caller.token, &half.name, None)?);
    }
    let turn = crate::features::sign_in::may_try(&app, &half.staff, &stranger).await?;
    let (old, code) = (stranger.caller.token.clone(), stranger.form.text("code"));
    let (now, kept, staff) = (app.clock.now_millis(), secret.clone(), half.staff);
    let done = app.database.write(move |tx| {
        let codes = service::confirm_totp(tx, &staff, &kept, &code, now, &mut OsRandom)?;
        let Some(codes) = codes else { return Ok(None) };
        Ok(Some((codes, service::upgrade(tx, &old, now, &mut OsRandom)?)))
    });
    let done: Option<(Vec<String>, String)> = done.await.map_err(|error: ServiceError| error)?;
    let Some((codes, token)) = done else {
        app.state.delays.wrong_again(&turn);
        return Ok(page(&stranger.caller.token, &half.name, Some(&secret))?);
    };
    app.state.delays.right(&turn);
    let session = code::session(&app, &token).await?;
    let page = Page { title: crate::features::sign_in::words::t("codes-title"), ..after(&session) };
    Ok(signed_in(no_stranger(response::page(&Codes { page, codes })), &token))
}
