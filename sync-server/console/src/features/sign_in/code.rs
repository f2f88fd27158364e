//! The second step: the authenticator's code, or a recovery code.

use axum::{extract::State, response::Response};
use promise_database::Stage;
use promise_services::{OsRandom, ServiceError, sign_in as service};

use crate::{
    App,
    features::sign_in::{
        half_signed_in_page, new_session, next_page, wait_for_turn, with_session,
        without_anonymous_cookie,
    },
    kit::{
        forms::{Field, Input, KeptForm, field_error},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{
            AnonymousForm, Caller,
            challenge::{self, StepTemplate},
        },
        words,
    },
};

/// The form.
pub(super) fn page(token: &str, kept: &KeptForm, to: &str, errors: Vec<FieldError>) -> Response {
    let field = Field {
        autocomplete: "one-time-code",
        ..Field::new("code", "code-label", Input::Line("text", "short"))
    };
    let mut hidden = kept.hidden();
    hidden.push(("to".into(), to.to_owned()));
    let is_wrong = !errors.is_empty();
    let step = StepTemplate {
        fields: vec![field.hint("code-hint").with_error(&errors)],
        page: half_signed_in_page("code-title", token, errors),
        lead: vec![words::t("code-lead")],
        action: "/console/sign-in/code".into(),
        hidden,
        button: words::t("code-button"),
    };
    if is_wrong { response::invalid_form(&step) } else { response::render(&step) }
}

/// Shows the form to whoever typed the password.
pub(crate) async fn get(caller: Caller) -> PageResult {
    let half = caller.signed_in.is_some_and(|it| it.stage == Stage::Password);
    if !half {
        return Ok(response::redirect("/console"));
    }
    Ok(page(&caller.token, &KeptForm::default(), "", Vec::new()))
}

/// Checks the code, and signs in.
pub(crate) async fn post(State(app): State<App>, sent: AnonymousForm) -> PageResult {
    let half = sent.caller.signed_in.clone().filter(|it| it.stage == Stage::Password);
    let (kept, to) = (sent.form.kept(), sent.form.text("to"));
    let Some(half) = half else {
        if kept.to.is_empty() {
            return Ok(challenge::redirect_to_sign_in("/console"));
        }
        return Ok(challenge::sign_in_again(&kept, &sent.caller.token));
    };
    let turn = wait_for_turn(&app, &half.staff, &sent).await?;
    let (old, code, now) =
        (sent.caller.token.clone(), sent.form.text("code"), app.clock.now_millis());
    let staff = half.staff;
    let checked = app.database.write(move |tx| {
        if !service::verify_code(tx, &staff, &code, now)? {
            service::record_failure(tx, &staff, now)?;
            return Ok(None);
        }
        service::complete(tx, &old, now, &mut OsRandom).map(Some)
    });
    let new: Option<String> = checked.await.map_err(|error: ServiceError| error)?;
    let Some(token) = new else {
        app.state.delays.failed(&turn);
        let errors = vec![field_error("code", "code-wrong")];
        return Ok(page(&sent.caller.token, &kept, &to, errors));
    };
    app.state.delays.succeeded(&turn);
    let session = new_session(&app, token.clone()).await?;
    Ok(with_session(without_anonymous_cookie(next_page(&session, kept, &to)), &token))
}
