//! `GET /openapi.json`: the description of the routes.

use std::sync::OnceLock;

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use promise_protocol::Problem;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        OpenApi as Description,
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};

/// The description without its routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Pocket Promise",
        description = "The interface between the phones of care leavers and their council's \
                       server. PROTOCOL.md has each rule with its reason."
    ),
    components(schemas(Problem)),
    modifiers(&Token)
)]
pub(super) struct Document;

struct Token;

impl Modify for Token {
    fn modify(&self, description: &mut Description) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        let components = description.components.get_or_insert_default();
        components.add_security_scheme("token", scheme);
    }
}

/// Get this description
#[utoipa::path(
    get,
    path = "/openapi.json",
    responses((status = 200, description = "OpenAPI 3.1", content_type = "application/json",
        body = Object))
)]
pub(super) async fn document() -> Response {
    static JSON: OnceLock<String> = OnceLock::new();
    let json =
        JSON.get_or_init(|| super::documented().into_openapi().to_json().unwrap_or_default());
    ([(header::CONTENT_TYPE, "application/json")], json.as_str()).into_response()
}
