//! The style sheet and the script, each under a name with a hash of its content.

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

/// Returns the path of the style sheet.
pub(crate) fn style() -> String {
    format!("/console/assets/{}", *STYLE_NAME)
}

/// Returns the path of the script.
pub(crate) fn script() -> String {
    format!("/console/assets/{}", *SCRIPT_NAME)
}

/// Serves the style sheet or the script. Browsers may cache both forever, because
/// their names change with their content.
pub(crate) async fn get(Path(file): Path<String>) -> Response {
    let (content_type, content) = match file.as_str() {
        name if name == *STYLE_NAME => ("text/css; charset=utf-8", STYLE),
        name if name == *SCRIPT_NAME => ("text/javascript; charset=utf-8", SCRIPT),
        _ => return response::not_found().await,
    };
    let cache = "public, max-age=31536000, immutable";
    ([(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, cache)], content)
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Forced colours, such as Windows contrast themes, take away shadows.
    #[test]
    fn forced_colours_leave_a_mark_where_a_shadow_was() {
        let shadows = STYLE.split('}').filter(|rule| rule.contains("box-shadow:"));
        assert!(shadows.clone().count() > 4);
        for rule in shadows {
            assert!(rule.contains("outline:") || rule.contains("border"), "{rule}");
        }
        let current = STYLE.split('}').filter(|rule| rule.contains("[aria-current]"));
        assert!(current.clone().count() > 2);
        for rule in current {
            assert!(rule.contains("border-bottom:"), "{rule}");
        }
    }
}
