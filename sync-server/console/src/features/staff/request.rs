//! The page of a request for an act of power: what is asked for, and the decision of a second
//! administrator. Past acts and emergencies have the same page.

use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
};
use promise_database::{PrivilegedAct, PrivilegedActState};
use promise_protocol::ids::PrivilegedActId;
use promise_services::{
    OsRandom, ServiceError,
    dual_control::{self, DualControlRefusal},
    staff::{self, Confirmed},
};

use crate::{
    App,
    features::{
        sign_in::refusal_error,
        staff::{link_page, request_path, sign_in::LINK_MINUTES, staff_path},
    },
    kit::{
        delays::ANY_ADDRESS,
        format::role_name,
        forms::{Field, FormData, Input, Question},
        page::{
            FieldError, NoticeQuery, Page,
            response::{self, PageError, PageResult, power_refusal},
        },
        privileged_act::ActTexts,
        session::{EMERGENCIES, Session, StaffForm},
        words,
    },
};

/// A request as one administrator sees it.
struct Request {
    act: PrivilegedAct,
    texts: ActTexts,
    /// Why the caller cannot confirm it.
    confirm: Option<DualControlRefusal>,
    /// Why the caller cannot sign it off, as an emergency.
    review: Option<DualControlRefusal>,
    /// The names of those who could confirm it.
    confirmers: Vec<String>,
    is_waiting: bool,
}

async fn load(app: &App, session: &Session, id: PrivilegedActId) -> Result<Request, PageError> {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let read = app.database.read(move |tx| {
        let act = staff::find_request(tx, &scope, &id)?;
        let texts = ActTexts::load(tx, &act.council, now)?;
        let is_waiting =
            act.state == PrivilegedActState::Waiting && !dual_control::is_expired(&act, now);
        let confirm = staff::confirm_refusal(tx, &scope, &act, now)?;
        let review = staff::review_refusal(tx, &scope, &act, now)?;
        let confirmers =
            if is_waiting { staff::list_confirmers(tx, &scope, &act, now)? } else { Vec::new() };
        let confirmers = confirmers.iter().map(|staff| texts.name(staff)).collect();
        Ok::<_, ServiceError>(Request { act, texts, confirm, review, confirmers, is_waiting })
    });
    read.await.map_err(Into::into)
}

impl Request {
    fn page(&self, session: &Session) -> Page {
        let page = session.page(self.texts.title(&self.act));
        page.back(staff_path(&self.act.subject), self.texts.name(&self.act.subject))
    }

    /// The page with what the caller can do.
    fn question(&self, session: &Session, page: Page, errors: &[FieldError]) -> Question {
        let path = request_path(&self.act.id);
        let step = |step: &str| vec![("step".to_owned(), step.to_owned())];
        let is_own = self.act.asked_by == session.scope.actor();
        if !self.is_waiting {
            return match self.review {
                None => Question::new(page, path, "request-review-button")
                    .hidden(step("review"))
                    .note(words::t("request-review-lead")),
                Some(_) => Question::info(page),
            };
        }
        if is_own {
            return self
                .waiting(Question::new(page, path, "request-withdraw").hidden(step("withdraw")));
        }
        match self.confirm {
            None => {
                let code = Field {
                    autocomplete: "one-time-code",
                    ..Field::new("code", "code-label", Input::Line("text", "short"))
                };
                Question::new(page, path, "request-confirm")
                    .note(words::with("request-code", "name", &self.texts.name(&self.act.subject)))
                    .fields(vec![code.hint("code-hint").with_error(errors)])
                    .second_button("refuse", "request-refuse")
            }
            Some(refusal) => self.waiting(
                Question::new(page, path, "request-refuse")
                    .hidden(step("refuse"))
                    .note(words::t(power_refusal(refusal))),
            ),
        }
    }

    /// Adds who can agree.
    fn waiting(&self, question: Question) -> Question {
        let question = question.note(words::t("request-wait"));
        if self.confirmers.is_empty() {
            let text = words::with("request-operator", "id", self.act.id.as_str());
            return question.note(text);
        }
        question.note(words::with("request-who", "names", &self.confirmers.join(", ")))
    }

    fn with_facts(&self, question: Question) -> Question {
        let (act, texts) = (&self.act, &self.texts);
        let by_at = |by, at| vec![texts.actor(by), texts.when(at)];
        let mut question = question
            .row("request-for", vec![texts.name(&act.subject)])
            .row("request-role", vec![role_name(act.role)])
            .row("request-state", vec![texts.state(act)])
            .row("request-asker", by_at(&act.asked_by, act.asked_at));
        if !act.reason.is_empty() {
            question =
                question.row("staff-reason", act.reason.lines().map(str::to_owned).collect());
        }
        if let Some(decision) = &act.decision {
            question = question.row("request-second", by_at(&decision.by, decision.at));
        }
        if let Some(at) = act.disputed_at {
            question = question.row("request-disputed", vec![texts.when(at)]);
        }
        if let Some(review) = &act.review {
            question = question.row("request-reviewed", by_at(&review.by, review.at));
        }
        question
    }
}

/// Shows the request.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<PrivilegedActId>,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let request = load(&app, &session, id).await?;
    let page = request.page(&session).notice(query.done.as_deref());
    let question = request.question(&session, page, &[]);
    Ok(response::render(&request.with_facts(question)))
}

/// Takes the caller's decision.
pub(super) async fn post(
    State(app): State<App>,
    Path(id): Path<PrivilegedActId>,
    headers: HeaderMap,
    submitted: StaffForm,
) -> PageResult {
    let is_refusal = !submitted.form.raw("refuse").is_empty();
    let step = if is_refusal { "refuse".to_owned() } else { submitted.form.text("step") };
    let (scope, now) = (submitted.session.scope.clone(), app.clock.now_millis());
    let decided =
        |done: &str| Ok(response::redirect(&format!("{}?done={done}", request_path(&id))));
    let act = id.clone();
    match step.as_str() {
        "withdraw" => {
            app.database.write(move |tx| staff::withdraw(tx, &scope, &act, now)).await?;
            decided("request-withdrawn")
        }
        "refuse" => {
            app.database.write(move |tx| staff::refuse(tx, &scope, &act, now)).await?;
            decided("refused")
        }
        "review" => {
            submitted.require_recent_login()?;
            app.database.write(move |tx| staff::review(tx, &scope, &act, now)).await?;
            Ok(response::redirect(&format!("{EMERGENCIES}?done=reviewed")))
        }
        _ => confirm(&app, &submitted.session, &headers, &submitted.form, id).await,
    }
}

/// Confirms with the second factor, typed again.
async fn confirm(
    app: &App,
    session: &Session,
    headers: &HeaderMap,
    form: &FormData,
    id: PrivilegedActId,
) -> PageResult {
    // A caller who may see no request learns nothing from the delay.
    let request = load(app, session, id.clone()).await?;
    let turn = app.state.delays.turn(session.signed_in.staff.as_str(), ANY_ADDRESS).await;
    let Some(turn) = turn else { return Ok(response::too_many_requests()) };
    let (scope, now, code) = (session.scope.clone(), app.clock.now_millis(), form.plain("code"));
    let act = id.clone();
    let confirmed = app
        .database
        .write(move |tx| staff::confirm(tx, &scope, &act, &code, LINK_MINUTES, now, &mut OsRandom));
    match confirmed.await? {
        Ok(Confirmed { link: Some(token), .. }) => {
            app.state.delays.succeeded(&turn);
            let name = request.texts.name(&request.act.subject);
            let page = session.page(words::with("staff-sign-in-title", "name", &name));
            Ok(link_page(page, app, headers, &token))
        }
        Ok(Confirmed { link: None, .. }) => {
            app.state.delays.succeeded(&turn);
            Ok(response::redirect(&format!("{}?done=confirmed", request_path(&id))))
        }
        Err(refusal) => {
            app.state.delays.failed(&turn);
            let errors = vec![refusal_error(refusal)];
            let page = request.page(session).with_errors(errors.clone());
            let question = request.question(session, page, &errors);
            Ok(response::invalid_form(&request.with_facts(question)))
        }
    }
}
