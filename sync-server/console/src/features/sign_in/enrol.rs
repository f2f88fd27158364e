//! Setting up an authenticator, and the recovery codes that come with it.

use askama::Template;
use axum::{extract::State, response::Response};
use data_encoding::BASE32_NOPAD;
use promise_database::Stage;
use promise_services::{OsRandom, ServiceError, sign_in as service};

use crate::{
    App,
    features::sign_in::{
        half_signed_in_page, new_session, wait_for_turn, with_session, without_anonymous_cookie,
    },
    kit::{
        forms::{Field, Input, field_error},
        page::{
            Page,
            response::{self, PageResult},
        },
        qr,
        session::{AnonymousForm, Caller, challenge},
        words,
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
    let secret = again
        .map_or_else(|| service::new_totp_secret(&mut OsRandom), |again| Ok(again.to_vec()))?;
    let (link, typed) = service::totp_uri(&secret, name);
    let errors = again.map(|_| field_error("code", "code-wrong")).into_iter().collect::<Vec<_>>();
    let field = Field {
        autocomplete: "one-time-code",
        ..Field::new("code", "code-label", Input::Line("text", "short"))
    };
    let groups: Vec<String> =
        typed.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into()).collect();
    let shown = Authenticator {
        fields: vec![field.hint("enrol-hint").with_error(&errors)],
        page: half_signed_in_page("enrol-title", token, errors),
        qr: qr::svg_image(&link),
        typed: groups.join(" "),
        secret: typed,
    };
    Ok(if again.is_some() { response::invalid_form(&shown) } else { response::render(&shown) })
}

/// Shows it to whoever chose a password and has no authenticator yet.
pub(crate) async fn get(caller: Caller) -> PageResult {
    match caller.signed_in.filter(|it| it.stage == Stage::Enrol) {
        Some(half) => Ok(page(&caller.token, &half.name, None)?),
        None => Ok(response::redirect("/console")),
    }
}

/// Checks that the authenticator works, and signs in.
pub(crate) async fn post(State(app): State<App>, sent: AnonymousForm) -> PageResult {
    let half = sent.caller.signed_in.clone().filter(|it| it.stage == Stage::Enrol);
    let Some(half) = half else { return Ok(challenge::redirect_to_sign_in("/console")) };
    let secret = BASE32_NOPAD.decode(sent.form.raw("secret").as_bytes()).unwrap_or_default();
    if secret.len() != 20 {
        return Ok(page(&sent.caller.token, &half.name, None)?);
    }
    let turn = wait_for_turn(&app, &half.staff, &sent).await?;
    let (old, code) = (sent.caller.token.clone(), sent.form.text("code"));
    let (now, kept, staff) = (app.clock.now_millis(), secret.clone(), half.staff);
    let done = app.database.write(move |tx| {
        let codes = service::enrol_totp(tx, &staff, &kept, &code, now, &mut OsRandom)?;
        let Some(codes) = codes else { return Ok(None) };
        Ok(Some((codes, service::complete(tx, &old, now, &mut OsRandom)?)))
    });
    let done: Option<(Vec<String>, String)> = done.await.map_err(|error: ServiceError| error)?;
    let Some((codes, token)) = done else {
        app.state.delays.failed(&turn);
        return Ok(page(&sent.caller.token, &half.name, Some(&secret))?);
    };
    app.state.delays.succeeded(&turn);
    let session = new_session(&app, token.clone()).await?;
    let page = session.page(words::t("codes-title"));
    Ok(with_session(without_anonymous_cookie(response::render(&Codes { page, codes })), &token))
}
