//! Adding people and teams from a file of contacts: uploading it, seeing what each card would be, and adding
//! those that are ticked.

pub(super) mod check;
mod rows;
pub(super) mod upload;

use promise_services::{
    ServiceError,
    address_book::import::{self, Upload},
};

use crate::{
    App,
    kit::{page::response::PageError, session::Session},
};

/// The path of the upload.
const IMPORT: &str = "/console/address-book/import";

/// The path of the page that shows what the file holds.
const CHECK: &str = "/console/address-book/import/check";

/// Reads the uploaded file, and what adding each of its cards would do; `None` if there is no file.
async fn load(app: &App, session: &Session) -> Result<Option<Upload>, PageError> {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let plan = app.database.read(move |tx| import::plan(tx, &scope, now)).await;
    plan.map_err(|error: ServiceError| error.into())
}
