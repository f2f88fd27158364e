//! The audit log: its pages, the check of its chain, and downloads.

mod check;
mod export;
mod filter;
mod list;
mod unusual_access;

use promise_services::{Permission, StaffRole};

use crate::kit::{
    feature::{Feature, NavItem, Route},
    words,
};

pub(crate) use unusual_access::UnusualAccessRow;

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[
        NavItem {
            path: "/console/log",
            label: "nav-log",
            permission: Permission::SeeLog,
            unless: None,
            start_for: &[StaffRole::Auditor],
        },
        NavItem {
            path: "/console/export",
            label: "nav-export",
            permission: Permission::ExportLog,
            unless: None,
            start_for: &[],
        },
    ],
};

fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/log", list::get),
        Route::get("/console/log/check", check::get),
        Route::post("/console/log/check", check::post),
        Route::get("/console/export", export::get),
        Route::post("/console/export/log", export::post_log),
        Route::post("/console/export/people", export::post_caseload),
    ]
}

/// Returns the name of an action in the log.
fn action_name(action: &str) -> String {
    words::t(&format!("act-{}", action.replace('_', "-")))
}
