//! Problem documents (RFC 9457): the body of a response with an error.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use promise_protocol::{Problem, ProblemCode, SignedOrder};

/// Returns the status, the title and what to do next.
fn describe(code: ProblemCode) -> (StatusCode, &'static str, &'static str) {
    use ProblemCode as P;
    use StatusCode as S;
    match code {
        P::CodeWrong => (
            S::FORBIDDEN,
            "This is not a pairing code of this server",
            "Check the code on your adviser's screen and type it again.",
        ),
        P::CodeUsed => (S::FORBIDDEN, "This code has been used", ASK_FOR_NEW_CODE),
        P::CodeExpired => (S::FORBIDDEN, "This code is too old", ASK_FOR_NEW_CODE),
        P::CodeLocked => (S::FORBIDDEN, "This code was typed wrongly too often", ASK_FOR_NEW_CODE),
        P::TwoPhones => {
            (S::FORBIDDEN, "Two phones sent this code, and it connects neither", ASK_FOR_NEW_CODE)
        }
        P::PairingRefused => {
            (S::FORBIDDEN, "The other side, or this phone, said no", ASK_FOR_NEW_CODE)
        }
        P::OtherPhone => (
            S::FORBIDDEN,
            "This code is for another phone",
            "Ask your adviser for a code for this phone. If it was connected before, show them its check text.",
        ),
        P::LimitedPhone => (
            S::FORBIDDEN,
            "This phone may not do that yet",
            "Say yes to it on another phone. If you have none at hand, ask your adviser after three days.",
        ),
        P::NotProven => (
            S::FORBIDDEN,
            "The request is not signed by its phone",
            "Nothing was changed. Sync and try again. If that does not help, ask your adviser for a code, and connect the phone again.",
        ),
        P::NotPaired => (
            S::UNAUTHORIZED,
            "This phone is not connected",
            "Ask your adviser for a code, and connect the phone again.",
        ),
        P::Revoked => (
            S::UNAUTHORIZED,
            "This phone was taken off",
            "It does what the signed order says. Ask your adviser for a code to connect a phone again.",
        ),
        P::WrongVersion => (
            S::BAD_REQUEST,
            "The phone and the server use different protocol versions",
            "Update the app, or the server if the app is the newer one.",
        ),
        P::Malformed => (S::BAD_REQUEST, "The request cannot be read", "Do not send it again."),
        P::TooLarge => (S::PAYLOAD_TOO_LARGE, "The request is too large", "Send less at once."),
        P::WrongType => (
            S::UNSUPPORTED_MEDIA_TYPE,
            "The content type or coding of the request is not supported",
            "Send JSON, plain or in the dcz coding with the message dictionary.",
        ),
        P::NotFound => (S::NOT_FOUND, "Not found", "Check the address."),
        P::WrongMethod => (
            S::METHOD_NOT_ALLOWED,
            "This method is not allowed here",
            "See /openapi.json for the methods.",
        ),
        P::TooMany => (S::TOO_MANY_REQUESTS, "Too many requests", "Wait a minute and try again."),
        P::Busy => (S::SERVICE_UNAVAILABLE, "The server is busy", "Try again in a moment."),
        P::Internal | P::Unknown => (
            S::INTERNAL_SERVER_ERROR,
            "The server failed",
            "Try again later, and tell the operator of the server if it goes on.",
        ),
    }
}

/// What to do about a code that cannot be used any more.
const ASK_FOR_NEW_CODE: &str = "Ask your adviser for a new code.";

/// Returns the problem document for a code, with the order to a phone that was revoked.
pub(super) fn response(code: ProblemCode, order: Option<SignedOrder>) -> Response {
    let (status, title, detail) = describe(code);
    let (title, detail) = (title.into(), detail.into());
    let problem = Problem { status: status.as_u16(), code, title, detail, order };
    let mut response = Response::new(Body::from(serde_json::to_vec(&problem).unwrap_or_default()));
    *response.status_mut() = status;
    let mut set =
        |name, value| response.headers_mut().insert(name, HeaderValue::from_static(value));
    set(header::CONTENT_TYPE, "application/problem+json");
    match code {
        ProblemCode::NotPaired | ProblemCode::Revoked => set(header::WWW_AUTHENTICATE, "Bearer"),
        ProblemCode::TooMany => set(header::RETRY_AFTER, "60"),
        ProblemCode::Busy => set(header::RETRY_AFTER, "2"),
        _ => None,
    };
    response
}
