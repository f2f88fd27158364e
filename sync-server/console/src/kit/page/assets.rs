//! The style and the script, each under a name that changes with what is in it.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::kit::page::response;

const STYLE: &str = include_str!("../../../assets/console.css");
const SCRIPT: &str = include_str!("../../../assets/console.js");

static STYLE_NAME: LazyLock<String> = LazyLock::new(|| name(STYLE, "css"));
static SCRIPT_NAME: LazyLock<String> = LazyLock::new(|| name(SCRIPT, "js"));

fn name(content: &str, ending: &str) -> String {
    let hash: String = HEXLOWER.encode(&Sha256::digest(content)).chars().take(12).collect();
    format!("console-{hash}.{ending}")
}

/// Where the style is.
pub(crate) fn style() -> String {
    format!("/console/assets/{}", *STYLE_NAME)
}

/// Where the script is.
pub(crate) fn script() -> String {
    format!("/console/assets/{}", *SCRIPT_NAME)
}

/// Answers with one of them. Its name is its content, so it may be kept for good.
pub(crate) async fn get(Path(file): Path<String>) -> Response {
    let (kind, content) = match file.as_str() {
        name if name == *STYLE_NAME => ("text/css; charset=utf-8", STYLE),
        name if name == *SCRIPT_NAME => ("text/javascript; charset=utf-8", SCRIPT),
        _ => return response::nothing_here().await,
    };
    let kept = "public, max-age=31536000, immutable";
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)], content).into_response()
}
