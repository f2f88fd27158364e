//! What a feature gives the console: its routes and its entries in the navigation.

use axum::{handler::Handler, routing};
use promise_services::{Permission, StaffRole};

use crate::App;

/// A group of pages with one purpose. Its words are in `words/en/`, its templates in `templates/`,
/// each under the feature's name.
pub(crate) struct Feature {
    /// Builds the routes of the feature.
    pub(crate) routes: fn() -> Vec<Route>,
    /// The entries in the navigation, in order.
    pub(crate) navigation: &'static [NavItem],
}

/// One route.
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) handler: routing::MethodRouter<App>,
}

impl Route {
    /// A route for GET requests.
    pub(crate) fn get<H: Handler<T, App>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self { method: "GET", path, handler: routing::get(handler) }
    }

    /// A route for POST requests.
    pub(crate) fn post<H: Handler<T, App>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self { method: "POST", path, handler: routing::post(handler) }
    }
}

/// An entry in the navigation.
pub(crate) struct NavItem {
    /// The page's path. `{staff}` stands for the id of the signed-in staff member.
    pub(crate) path: &'static str,
    /// The key of the entry's text.
    pub(crate) label: &'static str,
    /// The permission that shows the entry.
    pub(crate) permission: Permission,
    /// With this permission an entry that leads further is there, and this one is not.
    pub(crate) unless: Option<Permission>,
    /// The roles whose first page after signing in it is.
    pub(crate) start_for: &'static [StaffRole],
}

impl NavItem {
    /// Returns `true` if the role sees the entry.
    pub(crate) fn is_shown_to(&self, role: StaffRole) -> bool {
        let is_covered = self.unless.is_some_and(|permission| permission.is_granted_to(role));
        self.permission.is_granted_to(role) && !is_covered
    }

    /// Returns the path for a staff member.
    pub(crate) fn href(&self, staff: &str) -> String {
        self.path.replace("{staff}", staff)
    }
}
