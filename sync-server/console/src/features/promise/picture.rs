//! The picture of a section or a pledge: chosen, put in words, taken out.

use askama::Template;
use axum::{
    body::Bytes,
    extract::{Path, State},
    response::Response,
};
use promise_database::DatabaseError;
use promise_edition::picture::{MAX_UPLOAD_BYTES, PictureError, PreparedPicture, prepare};
use promise_protocol::pack::{Localised, MAX_PICTURES_BYTES, Picture, Promise};
use promise_services::{
    Permission, ServiceError, StaffScope,
    publishing::{
        drafts::{self, DraftRefusal, fingerprint},
        pictures,
    },
};

use crate::{
    App,
    features::promise::{nothing, open, sections::late, target::Target, work},
    kit::{
        forms::{Field, Input, field_error},
        page::{
            FieldError, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, UploadForm},
        words,
    },
};

/// The longest words for whoever does not see a picture, in characters.
const MOST_ALT: usize = 300;

#[derive(Template)]
#[template(path = "promise/picture.html")]
struct Form {
    page: Page,
    action: String,
    /// The hash of the picture that is there; empty if there is none.
    hash: String,
    /// What it shows, in English.
    alt: String,
    /// How the picture was when this form was made.
    was: String,
    file_error: String,
    fields: Vec<Field>,
}

impl Target {
    /// Its picture, if it is there and has one.
    fn picture<'a>(&self, promise: &'a Promise) -> Option<&'a Picture> {
        let held = match self {
            Self::Promise => None,
            Self::Section(id) => {
                promise.sections.iter().find(|it| it.id == *id).map(|it| &it.picture)
            }
            Self::Pledge(id) => {
                promise.pledges.0.iter().find(|it| it.id == *id).map(|it| &it.picture)
            }
        };
        held.and_then(Option::as_ref)
    }

    /// Where its picture is kept.
    fn place<'a>(&self, promise: &'a mut Promise) -> Option<&'a mut Option<Picture>> {
        match self {
            Self::Promise => None,
            Self::Section(id) => {
                promise.sections.iter_mut().find(|it| it.id == *id).map(|it| &mut it.picture)
            }
            Self::Pledge(id) => {
                promise.pledges.0.iter_mut().find(|it| it.id == *id).map(|it| &mut it.picture)
            }
        }
    }
}

/// What a page shows of a picture: its hash and what is said of it; empty if there is none.
pub(super) fn shown(picture: Option<&Picture>) -> (String, String) {
    let english = |alt: &Localised| alt.get("en").cloned().unwrap_or_default();
    picture.map(|it| (it.hash.clone(), english(&it.alt))).unwrap_or_default()
}

fn form(
    session: &Session,
    promise: &Promise,
    target: &Target,
    typed: Option<String>,
    errors: Vec<FieldError>,
) -> Result<Form, PageError> {
    let name = target.name(promise).ok_or_else(|| nothing("record"))?;
    let picture = target.picture(promise);
    let (hash, alt) = shown(picture);
    let mut field = Field::new("alt", "picture-alt", Input::Area(2)).hint("picture-alt-hint");
    field.value = typed.unwrap_or_else(|| alt.clone());
    let file_error = errors.iter().find(|error| error.field == "file");
    Ok(Form {
        file_error: file_error.map(|error| error.message.clone()).unwrap_or_default(),
        fields: vec![field.with_error(&errors)],
        was: fingerprint(&picture),
        page: session
            .page(words::with("picture-title", "name", &name))
            .back(target.home(), name)
            .with_errors(errors),
        action: format!("{}/picture", target.home()),
        hash,
        alt,
    })
}

async fn render_form(app: &App, session: &Session, target: &Target) -> PageResult {
    let work = open(app, session).await?;
    Ok(response::render(&form(session, &work.content.promise, target, None, Vec::new())?))
}

/// Shows the form for a section's picture.
pub(super) async fn get_section(
    State(app): State<App>,
    session: Session,
    Path(section): Path<String>,
) -> PageResult {
    render_form(&app, &session, &Target::Section(section)).await
}

/// Shows the form for a pledge's picture.
pub(super) async fn get_pledge(
    State(app): State<App>,
    session: Session,
    Path(pledge): Path<String>,
) -> PageResult {
    render_form(&app, &session, &Target::Pledge(pledge)).await
}

/// Keeps a section's picture, or takes it out.
pub(super) async fn post_section(
    State(app): State<App>,
    Path(section): Path<String>,
    sent: UploadForm<MAX_UPLOAD_BYTES>,
) -> PageResult {
    save(&app, sent, Target::Section(section)).await
}

/// Keeps a pledge's picture, or takes it out.
pub(super) async fn post_pledge(
    State(app): State<App>,
    Path(pledge): Path<String>,
    sent: UploadForm<MAX_UPLOAD_BYTES>,
) -> PageResult {
    save(&app, sent, Target::Pledge(pledge)).await
}

async fn save(app: &App, sent: UploadForm<MAX_UPLOAD_BYTES>, target: Target) -> PageResult {
    let UploadForm { session, form: typed, file, is_too_large } = sent;
    session.scope.permit(Permission::Edit)?;
    let known = work(app, &session).await?.content.promise;
    target.name(&known).ok_or_else(|| nothing("record"))?;
    let alt = typed.text("alt");
    let again = |errors: Vec<FieldError>| -> Result<Response, PageError> {
        Ok(response::invalid_form(&form(&session, &known, &target, Some(alt.clone()), errors)?))
    };
    let removes = typed.raw("remove") == "yes";
    let mut errors = Vec::new();
    let mut ready = None;
    if !removes {
        match read(app, file, is_too_large).await? {
            Ok(read) => ready = read,
            Err(problem) => errors.push(field_error("file", key(problem))),
        }
        if errors.is_empty() && ready.is_none() && target.picture(&known).is_none() {
            errors.push(field_error("file", "picture-missing"));
        }
        if alt.is_empty() {
            errors.push(field_error("alt", "picture-alt-missing"));
        } else if alt.chars().count() > MOST_ALT {
            errors.push(field_error("alt", "picture-alt-long"));
        }
    }
    if !errors.is_empty() {
        return again(errors);
    }
    let (scope, now, was) =
        (session.scope.clone(), app.clock.now_millis(), typed.raw("was").to_owned());
    let (of, said) = (target.clone(), alt.clone());
    let kept = app.database.write(move |tx| {
        if removes {
            return keep(tx, &scope, &of, &was, now, |picture| *picture = None);
        }
        let english = || [("en".to_owned(), said.clone())].into();
        match ready {
            Some(ready) => {
                let new = pictures::add(tx, &scope, &ready, english(), now)?;
                keep(tx, &scope, &of, &was, now, |picture| *picture = Some(new))
            }
            None => keep(tx, &scope, &of, &was, now, |picture| {
                if let Some(picture) = picture {
                    picture.alt.insert("en".to_owned(), said);
                }
            }),
        }
    });
    match kept.await {
        Ok(()) => Ok(response::redirect(&format!("{}?done=saved", target.home()))),
        Err(ServiceError::Draft(DraftRefusal::Submitted)) => again(vec![late("alt")]),
        Err(ServiceError::Draft(DraftRefusal::ChangedSinceRead)) => {
            again(vec![field_error("file", "picture-changed")])
        }
        Err(ServiceError::Picture(problem)) => again(vec![field_error("file", key(problem))]),
        Err(error) => Err(error.into()),
    }
}

/// Changes the picture in the draft, if it is still what they saw.
fn keep(
    tx: &mut dyn promise_database::Tx,
    scope: &StaffScope,
    target: &Target,
    was: &str,
    now_millis: i64,
    edit: impl FnOnce(&mut Option<Picture>),
) -> Result<(), ServiceError> {
    drafts::edit(tx, scope, &target.what(), now_millis, |promise: &mut Promise| {
        let place = target.place(promise).ok_or(ServiceError::NotFound("record"))?;
        if fingerprint(&place.as_ref()) != was {
            return Err(DraftRefusal::ChangedSinceRead.into());
        }
        edit(place);
        if promise.picture_bytes() > u64::from(MAX_PICTURES_BYTES) {
            return Err(PictureError::TooMuch.into());
        }
        Ok(())
    })
}

/// Makes what was chosen ready for phones; nothing if nothing was chosen. One at a time: each takes
/// a processor and much memory.
async fn read(
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
    let _turn = app.state.preparing.acquire().await.map_err(|_| stopped())?;
    let made = tokio::task::spawn_blocking(move || prepare(&file)).await;
    Ok(made.map_err(|_| stopped())?.map(Some))
}

/// What the editor is told.
fn key(problem: PictureError) -> &'static str {
    match problem {
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
