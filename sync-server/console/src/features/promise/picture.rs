//! The page with the picture of a section or pledge.

use askama::Template;
use axum::{
    body::Bytes,
    extract::{Path, State},
    response::Response,
};
use promise_database::DatabaseError;
use promise_edition::picture::{MAX_UPLOAD_BYTES, PictureError, PreparedPicture, prepare};
use promise_protocol::pack::{Picture, Promise};
use promise_services::{
    Entity, Permission, ServiceError,
    publishing::{
        drafts::{DraftRefusal, fingerprint},
        promise::{PictureEdit, PromiseRecord, edit_picture, english_or},
    },
};

use crate::{
    App,
    features::promise::{load, load_editable, record_path},
    kit::{
        forms::{Field, FormData, Input, field_error},
        page::{
            FieldError, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, UploadForm},
        words,
    },
};

/// The most characters of an alternative text.
const MAX_ALT: usize = 300;

/// A picture as a page shows it.
pub(super) struct ShownPicture {
    pub(super) hash: String,
    /// The alternative text in English.
    pub(super) alt: String,
}

/// Returns a picture as a page shows it.
pub(super) fn shown(picture: Option<&Picture>) -> Option<ShownPicture> {
    picture.map(|picture| ShownPicture {
        hash: picture.hash.clone(),
        alt: english_or(&picture.alt, ""),
    })
}

#[derive(Template)]
#[template(path = "promise/picture.html")]
struct PictureTemplate {
    page: Page,
    action: String,
    picture: Option<ShownPicture>,
    /// The fingerprint of the picture as the form shows it.
    was: String,
    file_error: String,
    fields: Vec<Field>,
}

/// The form of a record's picture.
struct PictureForm<'a> {
    promise: &'a Promise,
    record: &'a PromiseRecord,
    /// The alternative text as it is typed; `None` shows the stored one.
    alt: Option<String>,
}

impl PictureForm<'_> {
    fn template(
        &self,
        session: &Session,
        errors: Vec<FieldError>,
    ) -> Result<PictureTemplate, ServiceError> {
        let title =
            self.record.title(self.promise).ok_or(ServiceError::NotFound(Entity::PromiseRecord))?;
        let stored = self.record.picture(self.promise);
        let picture = shown(stored);
        let stored_alt = picture.as_ref().map(|picture| picture.alt.clone()).unwrap_or_default();
        let field = Field {
            value: self.alt.clone().unwrap_or(stored_alt),
            ..Field::new("alt", "picture-alt", Input::Area(2)).hint("picture-alt-hint")
        };
        let file_error = errors.iter().find(|error| error.field == "file");
        Ok(PictureTemplate {
            file_error: file_error.map(|error| error.message.clone()).unwrap_or_default(),
            fields: vec![field.with_error(&errors)],
            was: fingerprint(&stored),
            page: session
                .page(words::with("picture-title", "name", &title))
                .back(record_path(self.record), title)
                .with_errors(errors),
            action: format!("{}/picture", record_path(self.record)),
            picture,
        })
    }
}

async fn get(app: &App, session: &Session, record: &PromiseRecord) -> PageResult {
    let draft = load_editable(app, session).await?;
    let form = PictureForm { promise: &draft.content.promise, record, alt: None };
    Ok(response::render(&form.template(session, Vec::new())?))
}

/// Shows the form of a section's picture.
pub(super) async fn get_section(
    State(app): State<App>,
    session: Session,
    Path(section): Path<String>,
) -> PageResult {
    get(&app, &session, &PromiseRecord::Section(section)).await
}

/// Shows the form of a pledge's picture.
pub(super) async fn get_pledge(
    State(app): State<App>,
    session: Session,
    Path(pledge): Path<String>,
) -> PageResult {
    get(&app, &session, &PromiseRecord::Pledge(pledge)).await
}

/// Saves or removes a section's picture.
pub(super) async fn post_section(
    State(app): State<App>,
    Path(section): Path<String>,
    submitted: UploadForm<MAX_UPLOAD_BYTES>,
) -> PageResult {
    post(&app, submitted, PromiseRecord::Section(section)).await
}

/// Saves or removes a pledge's picture.
pub(super) async fn post_pledge(
    State(app): State<App>,
    Path(pledge): Path<String>,
    submitted: UploadForm<MAX_UPLOAD_BYTES>,
) -> PageResult {
    post(&app, submitted, PromiseRecord::Pledge(pledge)).await
}

async fn post(
    app: &App,
    submitted: UploadForm<MAX_UPLOAD_BYTES>,
    record: PromiseRecord,
) -> PageResult {
    let UploadForm { session, form: data, file, is_too_large, .. } = submitted;
    session.scope.permit(Permission::Edit)?;
    let promise = load(app, &session).await?.content.promise;
    record.title(&promise).ok_or(ServiceError::NotFound(Entity::PromiseRecord))?;
    let alt = data.text("alt");
    let form = PictureForm { promise: &promise, record: &record, alt: Some(alt.clone()) };
    let invalid = |errors: Vec<FieldError>| -> Result<Response, PageError> {
        Ok(response::invalid_form(&form.template(&session, errors)?))
    };
    let has_picture = record.picture(&promise).is_some();
    let edit = if is_removal(&data) {
        PictureEdit::Remove
    } else {
        let picture = prepare_file(app, file, is_too_large).await?;
        match parse(picture, alt, has_picture) {
            Ok(edit) => edit,
            Err(errors) => return invalid(errors),
        }
    };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let (edited, was) = (record.clone(), data.raw("was").to_owned());
    let saved =
        app.database.write(move |tx| edit_picture(tx, &scope, &edited, &was, edit, now)).await;
    match saved {
        Ok(()) => Ok(response::redirect(&format!("{}?done=saved", record_path(&record)))),
        Err(ServiceError::Draft(DraftRefusal::Submitted)) => {
            let late = form.template(&session, vec![field_error("alt", "promise-late")])?;
            Ok(response::conflict(&late))
        }
        Err(ServiceError::Draft(DraftRefusal::ChangedSinceRead)) => {
            invalid(vec![field_error("file", "picture-changed")])
        }
        Err(ServiceError::Picture(error)) => invalid(vec![field_error("file", message_key(error))]),
        Err(error) => Err(error.into()),
    }
}

fn is_removal(form: &FormData) -> bool {
    form.raw("remove") == "yes"
}

/// Returns what the form changes.
fn parse(
    picture: Result<Option<PreparedPicture>, PictureError>,
    alt: String,
    has_picture: bool,
) -> Result<PictureEdit, Vec<FieldError>> {
    let mut errors = Vec::new();
    let picture = picture.unwrap_or_else(|error| {
        errors.push(field_error("file", message_key(error)));
        None
    });
    if errors.is_empty() && picture.is_none() && !has_picture {
        errors.push(field_error("file", "picture-missing"));
    }
    if alt.is_empty() {
        errors.push(field_error("alt", "picture-alt-missing"));
    } else if alt.chars().count() > MAX_ALT {
        errors.push(field_error("alt", "picture-alt-long"));
    }
    match picture {
        _ if !errors.is_empty() => Err(errors),
        Some(picture) => Ok(PictureEdit::Replace { picture: Box::new(picture), alt }),
        None => Ok(PictureEdit::SetAlt(alt)),
    }
}

/// Prepares a file for phones; `None` if none was chosen. Pictures are prepared one at a time,
/// because each takes a processor and much memory.
async fn prepare_file(
    app: &App,
    file: Bytes,
    is_too_large: bool,
) -> Result<Result<Option<PreparedPicture>, PictureError>, PageError> {
    if is_too_large {
        return Ok(Err(PictureError::TooManyBytes));
    }
    if file.is_empty() {
        return Ok(Ok(None));
    }
    let stopped = || PageError::from(DatabaseError::Stopped);
    let _permit = app.state.preparing.acquire().await.map_err(|_| stopped())?;
    let prepared = tokio::task::spawn_blocking(move || prepare(&file)).await;
    Ok(prepared.map_err(|_| stopped())?.map(Some))
}

/// Returns the key of an error's message.
fn message_key(error: PictureError) -> &'static str {
    match error {
        PictureError::NotAPicture => "picture-none",
        PictureError::Heic => "picture-heic",
        PictureError::Damaged => "picture-damaged",
        PictureError::TooManyBytes => "picture-too-large",
        PictureError::TooManyPixels => "picture-too-wide",
        PictureError::NotSmall => "picture-not-small",
        PictureError::TooMuch => "picture-too-much",
        PictureError::NoWords => "picture-alt-missing",
        PictureError::Missing => "picture-missing",
    }
}
