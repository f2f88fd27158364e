//! A form with a file.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, FromRequestParts, Request},
    http::header,
};
use futures_util::{StreamExt, stream};
use promise_edition::picture::MAX_UPLOAD_BYTES;
use promise_services::publishing::imports;

use crate::{
    App,
    kit::{
        forms::Posted,
        page::response::{self, Failure},
        session::{Caller, Session, challenge, csrf_token, form::is_equal, origin},
    },
};

/// How long it may take: a slow line sends four megabytes in two minutes.
const PATIENCE: Duration = Duration::from_mins(2);

/// What a form may hold beside the file.
const BESIDE: usize = 64 * 1024;

/// What is read and thrown away of a file that is too large, so that the browser is done sending and
/// shows what we say.
const THROWN_AWAY: usize = 64 << 20;

/// What is carried along through signing in again, in bytes.
const CARRIED: usize = 64 * 1024;

/// What somebody who is signed in sent with a file.
pub(crate) struct SentFile {
    pub(crate) session: Session,
    pub(crate) form: Posted,
    /// The file; empty if none was chosen.
    pub(crate) file: Bytes,
    /// Whether there was more than we take. Then there is nothing of it here.
    pub(crate) is_too_large: bool,
}

impl FromRequest<App> for SentFile {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        if !origin::is_same_origin(&parts.headers) {
            return Err(response::not_from_here().into());
        }
        let path = parts.uri.path().to_owned();
        // Nobody who is not signed in makes us keep megabytes.
        let caller = Caller::from_request_parts(&mut parts, app).await?;
        let token = caller.token.clone();
        let session = caller.session(path.clone());
        let most = if session.is_some() { most(&path) + BESIDE } else { 2 * CARRIED };
        let read = tokio::time::timeout(PATIENCE, read(body, most)).await;
        let Ok(Ok(body)) = read else { return Err(response::too_large().into()) };
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let sent = match body {
            None => None,
            Some(body) => Some(fields(kind.unwrap_or_default(), body).await?),
        };
        match (session, sent) {
            (Some(session), None) => {
                let (form, file) = Default::default();
                Ok(Self { session, form, file, is_too_large: true })
            }
            (Some(session), Some((form, file))) if is_equal(form.csrf(), &csrf_token(&token)) => {
                Ok(Self { session, form, file, is_too_large: false })
            }
            (Some(session), Some((form, _))) => {
                Err(challenge::resend(&session, form.to_carry(&path)).into())
            }
            // A file has to be chosen again; what was pasted is kept.
            (None, Some((form, file))) if file.is_empty() => {
                Err(challenge::sign_in_again(&form.to_carry(&path), &token).into())
            }
            (None, _) => Err(challenge::redirect_to_sign_in(&path).into()),
        }
    }
}

/// The largest file that a page takes, in bytes: a photograph as a phone takes it, or a sheet.
fn most(path: &str) -> usize {
    if path.ends_with("/picture") { MAX_UPLOAD_BYTES } else { imports::MAX_BYTES }
}

/// The body, if it is no larger than this.
async fn read(body: Body, most: usize) -> Result<Option<Bytes>, axum::Error> {
    let (mut kept, mut length) = (Vec::new(), 0_usize);
    let mut parts = body.into_data_stream();
    while let Some(part) = parts.next().await {
        let part = part?;
        length += part.len();
        if length <= most {
            kept.extend_from_slice(&part);
        } else if length > THROWN_AWAY {
            break;
        } else {
            kept = Vec::new();
        }
    }
    Ok((length <= most).then(|| kept.into()))
}

/// The fields of a form of either kind, and the file called `file`.
async fn fields(kind: &str, body: Bytes) -> Result<(Posted, Bytes), Failure> {
    let Ok(boundary) = multer::parse_boundary(kind) else {
        return Ok((Posted::of_bytes(&body), Bytes::new()));
    };
    let body = stream::iter([Ok::<_, std::convert::Infallible>(body)]);
    let mut parts = multer::Multipart::new(body, boundary);
    let (mut fields, mut file) = (Vec::new(), Bytes::new());
    let broken = |_| Failure::from(response::not_from_here());
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            file = part.bytes().await.map_err(broken)?;
        } else {
            fields.push((name, part.text().await.map_err(broken)?));
        }
    }
    Ok((Posted::of_fields(fields), file))
}
