//! The page that uploads a file of contacts.

use askama::Template;
use axum::{body::Bytes, extract::State};
use promise_database::DatabaseError;
use promise_protocol::vcard::{CardFileError, MAX_FILE_BYTES};
use promise_services::{
    Permission,
    address_book::import::{self, ImportedCard},
};

use crate::{
    App,
    features::address_book::{
        ADDRESS_BOOK,
        import::{CHECK, load},
    },
    kit::{
        forms::field_error,
        page::{
            FieldError, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, UploadForm},
        words::{self, times},
    },
};

#[derive(Template)]
#[template(path = "address_book/import.html")]
struct UploadTemplate {
    page: Page,
    /// When the last file was uploaded, if it is still here.
    uploaded: Option<String>,
    file_error: String,
}

impl UploadTemplate {
    fn new(session: &Session, uploaded: Option<String>, errors: Vec<FieldError>) -> Self {
        let page = session.page(words::t("cards-title"));
        Self {
            uploaded,
            file_error: errors.first().map(|error| error.message.clone()).unwrap_or_default(),
            page: page.back(ADDRESS_BOOK, words::t("nav-address-book")).with_errors(errors),
        }
    }
}

/// Shows the form.
pub(in crate::features::address_book) async fn get(
    State(app): State<App>,
    session: Session,
) -> PageResult {
    let now = app.clock.now_millis();
    let uploaded = load(&app, &session).await?;
    let uploaded = uploaded.map(|upload| times::date_time(upload.uploaded_at, now));
    Ok(response::render(&UploadTemplate::new(&session, uploaded, Vec::new())))
}

/// Stores the cards of a file, and redirects to what they would be.
pub(in crate::features::address_book) async fn post(
    State(app): State<App>,
    submitted: UploadForm<MAX_FILE_BYTES>,
) -> PageResult {
    let UploadForm { session, file, is_too_large, .. } = submitted;
    session.scope.permit(Permission::UseAddressBook)?;
    let cards = if is_too_large {
        Err("cards-too-large")
    } else if file.is_empty() {
        Err("cards-missing")
    } else {
        read(&app, file).await?.map_err(|error| match error {
            CardFileError::NoCards => "cards-none",
            CardFileError::TooLarge => "cards-too-large",
        })
    };
    let cards = match cards {
        Ok(cards) => cards,
        Err(key) => {
            let template = UploadTemplate::new(&session, None, vec![field_error("file", key)]);
            return Ok(response::invalid_form(&template));
        }
    };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    app.database.write(move |tx| import::store(tx, &scope, &cards, now)).await?;
    Ok(response::redirect(CHECK))
}

/// Reads the cards of a file. Files are read one at a time, as sheets of opportunities are.
async fn read(
    app: &App,
    file: Bytes,
) -> Result<Result<Vec<ImportedCard>, CardFileError>, PageError> {
    let stopped = || PageError::from(DatabaseError::Stopped);
    let _permit = app.state.preparing.acquire().await.map_err(|_| stopped())?;
    let cards = tokio::task::spawn_blocking(move || import::read(&file)).await;
    cards.map_err(|_| stopped())
}
