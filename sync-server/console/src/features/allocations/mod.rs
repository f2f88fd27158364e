//! Importing who looks after whom from the council's own systems: uploading the files, seeing in words
//! what they would change, and applying it.
//!
//! Nothing is stored in between. The page holds the changes, each of which the manager could make by hand,
//! and a hash of what they were worked out from.

mod apply;
mod plan;
mod upload;

use crate::kit::feature::{Feature, Route};

/// The path of the upload.
const ALLOCATIONS: &str = "/console/allocations";

/// The path that applies what was shown.
const APPLY: &str = "/console/allocations/apply";

/// The field of each change.
const CHANGE: &str = "change";

/// The field with the number of rows of the file.
const ROWS: &str = "rows";

/// The field with the version of the plan that was shown.
const SEEN: &str = "seen";

/// The feature's routes. The list of young people links to it.
pub(crate) const FEATURE: Feature = Feature { routes, navigation: &[] };

fn routes() -> Vec<Route> {
    vec![
        Route::get(ALLOCATIONS, upload::get),
        Route::post(ALLOCATIONS, upload::post),
        Route::post(APPLY, apply::post),
    ]
}
