//! The step that sets up an authenticator, and the recovery codes that come with it.

use askama::Template;
use axum::{extract::State, response::Response};
use data_encoding::BASE32_NOPAD;
use promise_database::Stage;
use promise_services::{
    OsRandom, ServiceError,
    sign_in::{self as service, CodeRefusal},
};

use crate::{
    App,
    features::sign_in::{
        code::refusal_error, half_signed_in_page, new_session, wait_for_turn, with_session,
        without_anonymous_cookie,
    },
    kit::{
        forms::{Field, Input},
        page::{
            Page,
            response::{self, PageResult},
        },
        qr,
        session::{AnonymousForm, Caller, challenge},
        words,
    },
};

/// The length of a TOTP secret, in bytes.
const SECRET_LENGTH: usize = 20;

#[derive(Template)]
#[template(path = "sign_in/authenticator.html")]
struct AuthenticatorTemplate {
    page: Page,
    /// The QR code, as SVG that this server made.
    qr: String,
    /// The secret in groups of four characters, to type.
    typed: String,
    secret: String,
    fields: Vec<Field>,
}

/// New recovery codes. They are shown only once.
#[derive(Template)]
#[template(path = "sign_in/recovery_codes.html")]
pub(crate) struct RecoveryCodesTemplate {
    pub(crate) page: Page,
    pub(crate) codes: Vec<String>,
}

/// Shows a new secret, or the same one again after a code for it was refused.
pub(super) fn page(
    token: &str,
    name: &str,
    refused: Option<(&[u8], CodeRefusal)>,
) -> Result<Response, ServiceError> {
    let secret = match refused {
        Some((secret, _)) => secret.to_vec(),
        None => service::new_totp_secret(&mut OsRandom)?,
    };
    let (uri, encoded) = service::totp_uri(&secret, name);
    let errors: Vec<_> = refused.map(|(_, refusal)| refusal_error(refusal)).into_iter().collect();
    let field = Field {
        autocomplete: "one-time-code",
        ..Field::new("code", "code-label", Input::Line("text", "short"))
    };
    let groups: Vec<String> =
        encoded.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into()).collect();
    let template = AuthenticatorTemplate {
        fields: vec![field.hint("enrol-hint").with_error(&errors)],
        page: half_signed_in_page("enrol-title", token, errors),
        qr: qr::svg_image(&uri),
        typed: groups.join(" "),
        secret: encoded,
    };
    let is_invalid = refused.is_some();
    Ok(if is_invalid { response::invalid_form(&template) } else { response::render(&template) })
}

/// Shows the page to a caller who has a password and no authenticator yet.
pub(super) async fn get(caller: Caller) -> PageResult {
    match caller.signed_in.filter(|signed_in| signed_in.stage == Stage::Enrol) {
        Some(signed_in) => Ok(page(&caller.token, &signed_in.name, None)?),
        None => Ok(response::redirect("/console")),
    }
}

/// Verifies a code of the authenticator, and completes the session.
pub(super) async fn post(State(app): State<App>, submitted: AnonymousForm) -> PageResult {
    let signed_in = submitted.caller.signed_in.clone();
    let Some(signed_in) = signed_in.filter(|signed_in| signed_in.stage == Stage::Enrol) else {
        return Ok(challenge::redirect_to_sign_in("/console"));
    };
    let encoded = submitted.form.raw("secret");
    let secret = BASE32_NOPAD.decode(encoded.as_bytes()).unwrap_or_default();
    if secret.len() != SECRET_LENGTH {
        return Ok(page(&submitted.caller.token, &signed_in.name, None)?);
    }
    let turn = wait_for_turn(&app, signed_in.staff.as_str(), &submitted).await?;
    let (begun, code) = (submitted.caller.token.clone(), submitted.form.plain("code"));
    let (now, stored, staff) = (app.clock.now_millis(), secret.clone(), signed_in.staff);
    let enrolled = app.database.write(move |tx| {
        match service::enrol_totp(tx, &staff, &stored, &code, now, &mut OsRandom)? {
            Ok(codes) => Ok(Ok((codes, service::complete(tx, &begun, now, &mut OsRandom)?))),
            Err(refusal) => Ok::<_, ServiceError>(Err(refusal)),
        }
    });
    let (codes, token) = match enrolled.await? {
        Ok(enrolled) => enrolled,
        Err(refusal) => {
            app.state.delays.failed(&turn);
            let refused = Some((secret.as_slice(), refusal));
            return Ok(page(&submitted.caller.token, &signed_in.name, refused)?);
        }
    };
    app.state.delays.succeeded(&turn);
    let session = new_session(&app, token.clone()).await?;
    let template = RecoveryCodesTemplate { page: session.page(words::t("codes-title")), codes };
    Ok(with_session(without_anonymous_cookie(response::render(&template)), &token))
}
