//! Who asks.

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use data_encoding::BASE64URL_NOPAD;
use subtle::ConstantTimeEq;

use super::{
    super::{
        answer::{self, Failure},
        sign_in,
    },
    Cookies, Posted, VISIT, csrf_of, keep, origin,
};
use crate::{
    routes::App,
    service::{
        OsRandom, Random, ServiceError, StaffScope,
        sign_in::{self as service, SignedIn},
    },
};

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(in crate::console) struct Visit {
    pub(in crate::console) signed_in: SignedIn,
    pub(in crate::console) scope: StaffScope,
    pub(in crate::console) token: String,
    /// Where they are.
    pub(in crate::console) path: String,
    /// For managers: how many young people nobody looks after today.
    pub(in crate::console) alone: usize,
}

impl Visit {
    /// What a form on their page must send along.
    pub(in crate::console) fn csrf(&self) -> String {
        csrf_of(&self.token)
    }
}

/// Somebody who may be signed in, half or not at all.
#[derive(Clone, Debug)]
pub(in crate::console) struct Caller {
    pub(in crate::console) signed_in: Option<SignedIn>,
    pub(in crate::console) token: String,
    alone: usize,
}

impl FromRequestParts<App> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let token = Cookies::read(&parts.headers).session.unwrap_or_default();
        let (now, asked) = (app.clock.now_millis(), token.clone());
        let found = app.readers.run(move |tx| service::find_with_alarm(tx, &asked, now)).await;
        let (signed_in, alone) = found.map_err(Failure::from_service)?;
        if signed_in.as_ref().is_some_and(|it| it.is_stale) {
            let seen = token.clone();
            app.writer
                .run(move |tx| service::touch(tx, &seen, now))
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

impl FromRequestParts<App> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let path = parts.uri.path().to_owned();
        let wanted = parts.uri.path_and_query().map_or(path.as_str(), |it| it.as_str()).to_owned();
        let caller = Caller::from_request_parts(parts, app).await?;
        caller.visit(path).ok_or_else(|| sign_in::first(&wanted).into())
    }
}

impl Caller {
    pub(super) fn visit(self, path: String) -> Option<Visit> {
        let signed_in = self.signed_in?;
        let scope = signed_in.scope()?.clone();
        Some(Visit { signed_in, scope, token: self.token, path, alone: self.alone })
    }
}

/// What somebody who is signed in sent from a page of ours.
pub(in crate::console) struct Sent {
    pub(in crate::console) visit: Visit,
    pub(in crate::console) form: Posted,
}

impl FromRequest<App> for Sent {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        if !origin::is_ours(&parts.headers) {
            return Err(answer::not_from_here().into());
        }
        let path = parts.uri.path().to_owned();
        let form = Posted::read(body).await?;
        let caller = Caller::from_request_parts(&mut parts, app).await?;
        let token = caller.token.clone();
        let fits = same(form.csrf(), &csrf_of(&token));
        match caller.visit(path.clone()) {
            Some(visit) if fits => Ok(Self { visit, form }),
            // Signed in again in another window: nothing is done before they say so themselves.
            Some(visit) => Err(sign_in::confirm(&visit, form.to_carry(&path)).into()),
            None => Err(sign_in::first_keeping(&form.to_carry(&path), &token).into()),
        }
    }
}

impl Sent {
    /// Asks for the password first, unless it was typed a moment ago. What was sent is kept.
    pub(in crate::console) fn freshly(self) -> Result<Self, Failure> {
        if self.visit.signed_in.is_fresh {
            return Ok(self);
        }
        let carried = self.form.to_carry(&self.visit.path);
        Err(sign_in::again::ask(&self.visit, &carried).into())
    }
}

/// What somebody sent who is not signed in yet.
pub(in crate::console) struct Stranger {
    pub(in crate::console) form: Posted,
    pub(in crate::console) caller: Caller,
    /// What their next form must send along.
    pub(in crate::console) csrf: String,
    pub(in crate::console) address: std::net::IpAddr,
}

impl FromRequest<App> for Stranger {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let address = crate::routes::caller::address(&request, app.behind_proxy);
        let (mut parts, body) = request.into_parts();
        if !origin::is_ours(&parts.headers) {
            return Err(answer::not_from_here().into());
        }
        let cookies = Cookies::read(&parts.headers);
        let form = Posted::read(body).await?;
        let known = cookies.visit.iter().chain(&cookies.session).map(|token| csrf_of(token));
        let csrf = known.into_iter().find(|csrf| same(form.csrf(), csrf));
        let csrf = csrf.ok_or_else(|| Failure::from(answer::not_from_here()))?;
        let caller = Caller::from_request_parts(&mut parts, app).await?;
        Ok(Self { form, caller, csrf, address })
    }
}

impl Stranger {
    /// A page for somebody who is not signed in, with a cookie that its form is tied to.
    pub(in crate::console) fn greet(
        cookies: &Cookies,
        page: impl FnOnce(String) -> Response,
    ) -> Result<Response, Failure> {
        if let Some(token) = &cookies.visit {
            return Ok(page(csrf_of(token)));
        }
        let mut bytes = [0; 32];
        OsRandom.fill(&mut bytes)?;
        let token = BASE64URL_NOPAD.encode(&bytes);
        let mut response = page(csrf_of(&token)).into_response();
        keep(response.headers_mut(), VISIT, &token);
        Ok(response)
    }
}

/// Whether two tokens are the same, in a time that does not tell how much of them is.
pub(super) fn same(sent: &str, wanted: &str) -> bool {
    sent.as_bytes().ct_eq(wanted.as_bytes()).into()
}
