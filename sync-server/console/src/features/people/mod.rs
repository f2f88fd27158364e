//! Young people: the list, the page of each, and what an adviser does there.

pub(crate) mod appointment;
pub(crate) mod ask;
pub(crate) mod invite;
pub(crate) mod list;
pub(crate) mod new;
pub(crate) mod person;
pub(crate) mod subject_access;
pub(crate) mod unpair;

use axum::http::{HeaderMap, header};
use promise_database as store;
use promise_services::StaffScope;
use qrcode::{QrCode, render::svg};

use crate::{App, kit::words};

/// How staff call somebody: by the council's reference, or else by a part of their random name.
pub(crate) fn called(id: &str, reference: Option<&str>) -> String {
    reference.map_or_else(
        || {
            let short: String = id.chars().take(6).collect();
            words::with("person-without-reference", "id", &short)
        },
        str::to_owned,
    )
}

/// A picture to scan, as SVG; empty if there is too much in it.
pub(crate) fn qr(text: &str) -> String {
    let Ok(code) = QrCode::new(text) else { return String::new() };
    let svg = code.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    // Within a page there is no place for the declaration in front.
    svg.split_once("?>").map_or(svg.clone(), |(_, svg)| svg.to_owned())
}

/// This server's address as the reader's browser reached it.
pub(crate) fn own_address(app: &App, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let scheme = if app.is_https { "https" } else { "http" };
    format!("{scheme}://{host}")
}

/// The person, to show a form about them; to be changed, if the reader may.
async fn person(
    app: &App,
    scope: &StaffScope,
    id: String,
) -> Result<store::Person, promise_services::ServiceError> {
    let scope = scope.clone();
    app.database.read(move |tx| scope.person_to_change(tx, &id)).await
}
