//! Extractors for posted forms. They reject forms from other sites and forms whose CSRF token is
//! not of the caller's cookie.

use std::net::IpAddr;

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    response::{IntoResponse, Response},
};
use data_encoding::BASE64URL_NOPAD;
use promise_services::{OsRandom, Random};
use subtle::ConstantTimeEq;

use crate::{
    App,
    kit::{
        caller,
        forms::FormData,
        page::response::{self, PageError},
        session::{ANONYMOUS, Caller, Cookies, Session, challenge, csrf_token, origin, set_cookie},
    },
};

/// A form that a signed-in staff member sent.
///
/// If the session ended meanwhile, what was typed is kept through signing in again.
pub(crate) struct StaffForm {
    pub(crate) session: Session,
    pub(crate) form: FormData,
}

impl FromRequest<App> for StaffForm {
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageError> {
        let (mut parts, body) = request.into_parts();
        if !origin::is_same_origin(&parts.headers) {
            return Err(response::cross_site_request().into());
        }
        let path = parts.uri.path().to_owned();
        let form = FormData::read(body).await?;
        let caller = Caller::from_request_parts(&mut parts, app).await?;
        let token = caller.token.clone();
        let is_token_right = is_equal(form.csrf(), &csrf_token(&token));
        match caller.session(path.clone()) {
            Some(session) if is_token_right => Ok(Self { session, form }),
            // The staff member signed in again in another window. The form is not applied before
            // they send it again themselves.
            Some(session) => Err(challenge::resend(&session, form.to_kept(&path)).into()),
            None => Err(challenge::sign_in_again(&form.to_kept(&path), &token).into()),
        }
    }
}

impl StaffForm {
    /// Asks for the password first, unless it was typed a moment ago. What was sent is kept.
    pub(crate) fn require_recent_login(self) -> Result<Self, PageError> {
        if self.session.signed_in.is_fresh {
            return Ok(self);
        }
        let kept = self.form.to_kept(&self.session.path);
        Err(challenge::confirm_password(&self.session, &kept).into())
    }
}

/// A form that an anonymous or half signed-in caller sent.
pub(crate) struct AnonymousForm {
    pub(crate) form: FormData,
    pub(crate) caller: Caller,
    /// The token that the caller's next form must send.
    pub(crate) csrf: String,
    pub(crate) address: IpAddr,
}

impl FromRequest<App> for AnonymousForm {
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageError> {
        let address = caller::address(&request, app.behind_proxy);
        let (mut parts, body) = request.into_parts();
        if !origin::is_same_origin(&parts.headers) {
            return Err(response::cross_site_request().into());
        }
        let cookies = Cookies::read(&parts.headers);
        let form = FormData::read(body).await?;
        let tokens = cookies.anonymous.iter().chain(&cookies.session);
        let csrf = tokens.map(|token| csrf_token(token)).find(|csrf| is_equal(form.csrf(), csrf));
        let csrf = csrf.ok_or_else(|| PageError::from(response::cross_site_request()))?;
        let caller = Caller::from_request_parts(&mut parts, app).await?;
        Ok(Self { form, caller, csrf, address })
    }
}

impl AnonymousForm {
    /// Renders a page for an anonymous caller, and sets the cookie to which its form is tied.
    /// `page` gets the form's CSRF token.
    pub(crate) fn greet(
        cookies: &Cookies,
        page: impl FnOnce(String) -> Response,
    ) -> Result<Response, PageError> {
        if let Some(token) = &cookies.anonymous {
            return Ok(page(csrf_token(token)));
        }
        let mut bytes = [0; 32];
        OsRandom.fill(&mut bytes)?;
        let token = BASE64URL_NOPAD.encode(&bytes);
        let mut response = page(csrf_token(&token)).into_response();
        set_cookie(response.headers_mut(), ANONYMOUS, &token);
        Ok(response)
    }
}

/// Compares two tokens in constant time.
pub(super) fn is_equal(sent: &str, expected: &str) -> bool {
    sent.as_bytes().ct_eq(expected.as_bytes()).into()
}
