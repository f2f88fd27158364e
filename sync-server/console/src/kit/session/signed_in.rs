//! The session of a request: [`Session`] if the staff member is fully signed in, else [`Caller`].

use axum::{
    extract::FromRequestParts,
    http::{Method, request::Parts},
};
use promise_services::{
    ServiceError, StaffScope,
    assignments::unassigned,
    dual_control,
    sign_in::{self, SignedIn},
};

use crate::{
    App,
    kit::{
        feature::Feature,
        page::{
            Link, Page,
            response::{self, PageError},
        },
        session::{Cookies, challenge, csrf_token},
        words,
    },
};

/// The page that lists young people without an adviser. It needs no banner that links to it.
const UNASSIGNED: &str = "/console/unassigned";

/// The page of the staff member's own account. Its link stands beside their name, so that the menu
/// has room for a manager's places.
const ACCOUNT: &str = "/console/account";

/// The page with what was done to the staff member's own sign-in.
pub(crate) const NOTICES: &str = "/console/notices";

/// The page with emergencies. It needs no banner that links to it.
pub(crate) const EMERGENCIES: &str = "/console/emergencies";

/// A request of a staff member who is signed in. As an extractor it redirects other callers to
/// sign in.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) signed_in: SignedIn,
    pub(crate) scope: StaffScope,
    pub(crate) token: String,
    /// The path of the request.
    pub(crate) path: String,
    /// For managers: how many young people have no adviser today.
    unassigned: usize,
    /// For administrators, managers and auditors: how many emergencies wait for a review.
    emergencies: usize,
    features: &'static [Feature],
}

impl Session {
    /// Returns the token that forms on the staff member's pages must send.
    pub(crate) fn csrf(&self) -> String {
        csrf_token(&self.token)
    }

    /// Starts a page for the staff member: with navigation and, for managers, the banner about
    /// young people without an adviser.
    pub(crate) fn page(&self, title: String) -> Page {
        Page {
            title,
            user: self.signed_in.name.clone(),
            council: self.signed_in.council.clone(),
            links: self.navigation(),
            account: Some(Link {
                href: ACCOUNT.to_owned(),
                text: words::t("nav-account"),
                is_current: self.path.starts_with(ACCOUNT),
            }),
            csrf: self.csrf(),
            unassigned_banner: self.unassigned_banner(),
            emergency_banner: self.emergency_banner(),
            ..Page::default()
        }
    }

    fn unassigned_banner(&self) -> Option<String> {
        let is_shown = self.unassigned > 0 && !self.path.starts_with(UNASSIGNED);
        is_shown.then(|| words::count("unassigned-banner", self.unassigned))
    }

    fn emergency_banner(&self) -> Option<String> {
        let is_shown = self.emergencies > 0 && !self.path.starts_with(EMERGENCIES);
        is_shown.then(|| words::count("emergency-banner", self.emergencies))
    }

    /// Returns the navigation entries that the staff member's role sees.
    fn navigation(&self) -> Vec<Link> {
        let items = self.features.iter().flat_map(|feature| feature.navigation);
        let mut links: Vec<Link> = items
            .filter(|item| item.is_shown_to(self.signed_in.role))
            .map(|item| Link::new(item.href(self.signed_in.staff.as_str()), words::t(item.label)))
            .collect();
        // The longest match: a manager's own card is below the list of cards.
        let current = links
            .iter_mut()
            .filter(|link| self.path.starts_with(&link.href))
            .max_by_key(|link| link.href.len());
        if let Some(link) = current {
            link.is_current = true;
        }
        links
    }
}

impl FromRequestParts<App> for Session {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let path = parts.uri.path().to_owned();
        let return_to =
            parts.uri.path_and_query().map_or(path.as_str(), |uri| uri.as_str()).to_owned();
        let caller = Caller::from_request_parts(parts, app).await?;
        if caller.has_notice && path != NOTICES && parts.method == Method::GET {
            return Err(response::redirect(NOTICES).into());
        }
        caller.session(path).ok_or_else(|| challenge::redirect_to_sign_in(&return_to).into())
    }
}

/// A request of any caller: signed in, half signed in (the second step is missing) or anonymous.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) signed_in: Option<SignedIn>,
    pub(crate) token: String,
    unassigned: usize,
    emergencies: usize,
    /// `true` if something was done to their sign-in that they have not read.
    has_notice: bool,
    features: &'static [Feature],
}

impl Caller {
    /// Reads the caller with this session token.
    pub(crate) async fn load(app: &App, token: String) -> Result<Self, ServiceError> {
        let (now, session_token) = (app.clock.now_millis(), token.clone());
        let read = app.database.read(move |tx| {
            let signed_in = sign_in::find_session(tx, &session_token, now)?;
            let Some(scope) = signed_in.as_ref().and_then(SignedIn::scope) else {
                return Ok::<_, ServiceError>((signed_in, 0, 0, false));
            };
            let unassigned = unassigned::count(tx, scope, now)?;
            let emergencies = dual_control::list_open(tx, scope)?.len();
            let staff = signed_in.as_ref().map(|signed_in| signed_in.staff.clone());
            let has_notice = match staff {
                Some(staff) => !dual_control::list_notices(tx, &staff)?.is_empty(),
                None => false,
            };
            Ok((signed_in, unassigned, emergencies, has_notice))
        });
        let (signed_in, unassigned, emergencies, has_notice) = read.await?;
        let features = app.state.features;
        Ok(Self { signed_in, token, unassigned, emergencies, has_notice, features })
    }

    /// Returns the session for a request to `path`, or `None` unless the caller is fully signed
    /// in.
    pub(crate) fn session(self, path: String) -> Option<Session> {
        let signed_in = self.signed_in?;
        let scope = signed_in.scope()?.clone();
        Some(Session {
            signed_in,
            scope,
            token: self.token,
            path,
            unassigned: self.unassigned,
            emergencies: self.emergencies,
            features: self.features,
        })
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let token = Cookies::read(&parts.headers).session.unwrap_or_default();
        let caller = Self::load(app, token).await?;
        if caller.signed_in.as_ref().is_some_and(|signed_in| signed_in.is_stale) {
            let (now, token) = (app.clock.now_millis(), caller.token.clone());
            app.database.write(move |tx| sign_in::touch_session(tx, &token, now)).await?;
        }
        Ok(caller)
    }
}
