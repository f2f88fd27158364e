//! Who asks.

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use data_encoding::BASE64URL_NOPAD;
use promise_services::{
    OsRandom, Random, ServiceError, StaffScope, sign_in as service, sign_in::SignedIn,
};
use subtle::ConstantTimeEq;

use crate::{
    App,
    features::sign_in,
    kit::{
        forms::Posted,
        page::response::{self, Failure},
        session::{ANONYMOUS, Cookies, csrf_of, keep, origin},
    },
};

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) signed_in: SignedIn,
    pub(crate) scope: StaffScope,
    pub(crate) token: String,
    /// Where they are.
    pub(crate) path: String,
    /// For managers: how many young people nobody looks after today.
    pub(crate) alone: usize,
}

impl Session {
    /// What a form on their page must send along.
    pub(crate) fn csrf(&self) -> String {
        csrf_of(&self.token)
    }
}

/// Somebody who may be signed in, half or not at all.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) signed_in: Option<SignedIn>,
    pub(crate) token: String,
    alone: usize,
}

impl FromRequestParts<App> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let token = Cookies::read(&parts.headers).session.unwrap_or_default();
        let (now, asked) = (app.clock.now_millis(), token.clone());
        let found = app.database.read(move |tx| service::find_with_alarm(tx, &asked, now)).await;
        let (signed_in, alone) = found.map_err(Failure::from_service)?;
        if signed_in.as_ref().is_some_and(|it| it.is_stale) {
            let seen = token.clone();
            app.database
                .write(move |tx| service::touch(tx, &seen, now))
                .await
                .map_err(Failure::from_service)?;
        }
        Ok(Self { signed_in, token, alone })
    }
}

impl Failure {
    fn from_service(error: ServiceError) -> Self {
        error.into()
    }
}

impl FromRequestParts<App> for Session {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let path = parts.uri.path().to_owned();
        let wanted = parts.uri.path_and_query().map_or(path.as_str(), |it| it.as_str()).to_owned();
        let caller = Caller::from_request_parts(parts, app).await?;
        caller.session(path).ok_or_else(|| sign_in::first(&wanted).into())
    }
}

impl Caller {
    pub(crate) fn session(self, path: String) -> Option<Session> {
        let signed_in = self.signed_in?;
        let scope = signed_in.scope()?.clone();
        Some(Session { signed_in, scope, token: self.token, path, alone: self.alone })
    }
}

/// What somebody who is signed in sent from a page of ours.
pub(crate) struct StaffForm {
    pub(crate) session: Session,
    pub(crate) form: Posted,
}

impl FromRequest<App> for StaffForm {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        if !origin::is_ours(&parts.headers) {
            return Err(response::not_from_here().into());
        }
        let path = parts.uri.path().to_owned();
        let form = Posted::read(body).await?;
        let caller = Caller::from_request_parts(&mut parts, app).await?;
        let token = caller.token.clone();
        let fits = same(form.csrf(), &csrf_of(&token));
        match caller.session(path.clone()) {
            Some(session) if fits => Ok(Self { session, form }),
            // Signed in again in another window: nothing is done before they say so themselves.
            Some(session) => Err(sign_in::confirm(&session, form.to_carry(&path)).into()),
            None => Err(sign_in::first_keeping(&form.to_carry(&path), &token).into()),
        }
    }
}

impl StaffForm {
    /// Asks for the password first, unless it was typed a moment ago. What was sent is kept.
    pub(crate) fn require_recent_login(self) -> Result<Self, Failure> {
        if self.session.signed_in.is_fresh {
            return Ok(self);
        }
        let carried = self.form.to_carry(&self.session.path);
        Err(sign_in::again::ask(&self.session, &carried).into())
    }
}

/// What somebody sent who is not signed in yet.
pub(crate) struct AnonymousForm {
    pub(crate) form: Posted,
    pub(crate) caller: Caller,
    /// What their next form must send along.
    pub(crate) csrf: String,
    pub(crate) address: std::net::IpAddr,
}

impl FromRequest<App> for AnonymousForm {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let address = crate::kit::caller::address(&request, app.behind_proxy);
        let (mut parts, body) = request.into_parts();
        if !origin::is_ours(&parts.headers) {
            return Err(response::not_from_here().into());
        }
        let cookies = Cookies::read(&parts.headers);
        let form = Posted::read(body).await?;
        let known = cookies.anonymous.iter().chain(&cookies.session).map(|token| csrf_of(token));
        let csrf = known.into_iter().find(|csrf| same(form.csrf(), csrf));
        let csrf = csrf.ok_or_else(|| Failure::from(response::not_from_here()))?;
        let caller = Caller::from_request_parts(&mut parts, app).await?;
        Ok(Self { form, caller, csrf, address })
    }
}

impl AnonymousForm {
    /// A page for somebody who is not signed in, with a cookie that its form is tied to.
    pub(crate) fn greet(
        cookies: &Cookies,
        page: impl FnOnce(String) -> Response,
    ) -> Result<Response, Failure> {
        if let Some(token) = &cookies.anonymous {
            return Ok(page(csrf_of(token)));
        }
        let mut bytes = [0; 32];
        OsRandom.fill(&mut bytes)?;
        let token = BASE64URL_NOPAD.encode(&bytes);
        let mut response = page(csrf_of(&token)).into_response();
        keep(response.headers_mut(), ANONYMOUS, &token);
        Ok(response)
    }
}

/// Whether two tokens are the same, in a time that does not tell how much of them is.
pub(crate) fn same(sent: &str, wanted: &str) -> bool {
    sent.as_bytes().ct_eq(wanted.as_bytes()).into()
}
