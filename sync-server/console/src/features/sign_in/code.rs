//! The second step: a code of the authenticator, or a recovery code.

use axum::{extract::State, response::Response};
use promise_database::Stage;
use promise_services::{
    OsRandom, ServiceError,
    sign_in::{self as service, CodeRefusal},
};

use crate::{
    App,
    features::sign_in::{
        half_signed_in_page, new_session, next_page, wait_for_turn, with_session,
        without_anonymous_cookie,
    },
    kit::{
        forms::{Field, Input, KeptForm},
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
    let is_invalid = !errors.is_empty();
    let step = StepTemplate {
        fields: vec![field.hint("code-hint").with_error(&errors)],
        page: half_signed_in_page("code-title", token, errors),
        lead: vec![words::t("code-lead")],
        action: "/console/sign-in/code".into(),
        hidden,
        button: words::t("code-button"),
    };
    if is_invalid { response::invalid_form(&step) } else { response::render(&step) }
}

/// Returns the error that explains why a code was refused. The caller has given the right password:
/// see [`CodeRefusal`].
pub(crate) fn refusal_error(refusal: CodeRefusal) -> FieldError {
    let with_minutes = |key: &str, minutes: u64| words::format(key, &[("count", minutes.into())]);
    let message = match refusal {
        CodeRefusal::AlreadyUsed => words::t("code-used"),
        CodeRefusal::Old { minutes } => with_minutes("code-old", minutes),
        CodeRefusal::Early { minutes } => with_minutes("code-early", minutes),
        CodeRefusal::NoMatch => words::t("code-wrong"),
    };
    FieldError { field: "code".into(), message }
}

/// Shows the form to a caller who has typed the password.
pub(super) async fn get(caller: Caller) -> PageResult {
    let signed_in = caller.signed_in.as_ref();
    if signed_in.is_none_or(|signed_in| signed_in.stage != Stage::Password) {
        return Ok(response::redirect("/console"));
    }
    Ok(page(&caller.token, &KeptForm::default(), "", Vec::new()))
}

/// Verifies the code, and completes the session.
pub(super) async fn post(State(app): State<App>, submitted: AnonymousForm) -> PageResult {
    let (kept, to) = (submitted.form.kept(), submitted.form.text("to"));
    let signed_in = submitted.caller.signed_in.clone();
    let Some(signed_in) = signed_in.filter(|signed_in| signed_in.stage == Stage::Password) else {
        return Ok(if kept.to.is_empty() {
            challenge::redirect_to_sign_in("/console")
        } else {
            challenge::sign_in_again(&kept, &submitted.caller.token)
        });
    };
    let turn = wait_for_turn(&app, signed_in.staff.as_str(), &submitted).await?;
    let (begun, code) = (submitted.caller.token.clone(), submitted.form.plain("code"));
    let (staff, now) = (signed_in.staff, app.clock.now_millis());
    let completed = app.database.write(move |tx| {
        if let Err(refusal) = service::verify_code(tx, &staff, &code, now)? {
            service::record_failure(tx, &staff, now)?;
            return Ok::<_, ServiceError>(Err(refusal));
        }
        service::complete(tx, &begun, now, &mut OsRandom).map(Ok)
    });
    let token = match completed.await? {
        Ok(token) => token,
        Err(refusal) => {
            app.state.delays.failed(&turn);
            let errors = vec![refusal_error(refusal)];
            return Ok(page(&submitted.caller.token, &kept, &to, errors));
        }
    };
    app.state.delays.succeeded(&turn);
    let session = new_session(&app, token.clone()).await?;
    Ok(with_session(without_anonymous_cookie(next_page(&session, kept, &to)), &token))
}
