//! The extractor for a form with files.

use std::{collections::BTreeMap, convert::Infallible, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, FromRequestParts, Request},
    http::header,
};
use futures_util::{StreamExt, stream};

use crate::{
    App,
    kit::{
        forms::FormData,
        page::response::{self, PageError},
        session::{Caller, Session, challenge, csrf_token, form::is_equal, origin},
    },
};

/// How long a browser may take for each [`STRETCH_BYTES`] of a form: a slow line sends them in that time.
const READ_TIMEOUT: Duration = Duration::from_mins(2);
const STRETCH_BYTES: usize = 4 << 20;

/// The most bytes of the fields beside the file.
const MAX_FIELD_BYTES: usize = 64 * 1024;

/// The most bytes of a form without a session. It is kept through signing in.
const MAX_ANONYMOUS_BYTES: usize = 128 * 1024;

/// How much of a file that is too large is read and discarded. A browser shows the response only
/// after it has sent the whole body.
const MAX_DISCARDED_BYTES: usize = 64 << 20;

/// A form with files of at most `MAX_FILE_BYTES` together that a signed-in staff member sent.
pub(crate) struct UploadForm<const MAX_FILE_BYTES: usize> {
    pub(crate) session: Session,
    pub(crate) form: FormData,
    /// The file of the field `file`; empty if none was chosen.
    pub(crate) file: Bytes,
    /// The files of other fields, by the fields' names. Those for which none was chosen are empty.
    pub(crate) others: BTreeMap<String, Bytes>,
    /// Whether the files were too large. Then form and files are empty.
    pub(crate) is_too_large: bool,
}

impl<const MAX_FILE_BYTES: usize> FromRequest<App> for UploadForm<MAX_FILE_BYTES> {
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageError> {
        let (mut parts, body) = request.into_parts();
        if !origin::is_same_origin(&parts.headers) {
            return Err(response::cross_site_request().into());
        }
        let path = parts.uri.path().to_owned();
        // The session is read first: anonymous callers cannot make the server hold large files.
        let caller = Caller::from_request_parts(&mut parts, app).await?;
        let token = caller.token.clone();
        let session = caller.session(path.clone());
        let max =
            if session.is_some() { MAX_FILE_BYTES + MAX_FIELD_BYTES } else { MAX_ANONYMOUS_BYTES };
        let body = tokio::time::timeout(read_timeout(max), read(body, max)).await;
        let Ok(Ok(body)) = body else { return Err(response::payload_too_large().into()) };
        let content_type = parts.headers.get(header::CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let decoded = match body {
            Some(body) => Some(decode(content_type, body).await?),
            None => None,
        };
        match (session, decoded) {
            (Some(session), None) => {
                let Decoded { form, file, others } = Decoded::default();
                Ok(Self { session, form, file, others, is_too_large: true })
            }
            (Some(session), Some(Decoded { form, file, others }))
                if is_equal(form.csrf(), &csrf_token(&token)) =>
            {
                Ok(Self { session, form, file, others, is_too_large: false })
            }
            (Some(session), Some(Decoded { form, .. })) => {
                Err(challenge::resend(&session, form.to_kept(&path)).into())
            }
            // Text that was pasted is kept. A file has to be chosen again.
            (None, Some(Decoded { form, file, others }))
                if file.is_empty() && others.is_empty() =>
            {
                Err(challenge::sign_in_again(&form.to_kept(&path), &token).into())
            }
            (None, _) => Err(challenge::redirect_to_sign_in(&path).into()),
        }
    }
}

/// Returns how long a browser may take for a form of at most `max` bytes.
fn read_timeout(max: usize) -> Duration {
    let stretches = u32::try_from(max / STRETCH_BYTES).unwrap_or(u32::MAX);
    READ_TIMEOUT.saturating_mul(stretches.max(1))
}

/// Reads the body. Returns `None` if it is longer than `max`.
async fn read(body: Body, max: usize) -> Result<Option<Bytes>, axum::Error> {
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk?;
        length += chunk.len();
        if length <= max {
            bytes.extend_from_slice(&chunk);
        } else if length > MAX_DISCARDED_BYTES {
            break;
        } else {
            bytes = Vec::new();
        }
    }
    Ok((length <= max).then(|| bytes.into()))
}

/// A form's fields and files.
#[derive(Default)]
struct Decoded {
    form: FormData,
    file: Bytes,
    others: BTreeMap<String, Bytes>,
}

/// Decodes a form with or without files.
async fn decode(content_type: &str, body: Bytes) -> Result<Decoded, PageError> {
    let Ok(boundary) = multer::parse_boundary(content_type) else {
        return Ok(Decoded { form: FormData::from_bytes(&body), ..Decoded::default() });
    };
    let body = stream::iter([Ok::<_, Infallible>(body)]);
    let mut parts = multer::Multipart::new(body, boundary);
    let (mut fields, mut file, mut others) = (Vec::new(), Bytes::new(), BTreeMap::new());
    let malformed = |_| PageError::from(response::cross_site_request());
    while let Some(part) = parts.next_field().await.map_err(malformed)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            file = part.bytes().await.map_err(malformed)?;
        } else if part.file_name().is_some() {
            others.insert(name, part.bytes().await.map_err(malformed)?);
        } else {
            fields.push((name, part.text().await.map_err(malformed)?));
        }
    }
    Ok(Decoded { form: FormData::from_fields(fields), file, others })
}
