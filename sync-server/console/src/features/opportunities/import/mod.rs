//! Importing a sheet of opportunities: uploading it, checking what it would change, correcting its
//! rows, and applying it to the draft.

pub(super) mod check;
pub(super) mod fix_row;
pub(super) mod list;
mod rows;
pub(super) mod upload;

use promise_services::{
    ServiceError,
    publishing::imports::{self, Plan},
};
use serde::Deserialize;

use crate::{
    App,
    kit::{
        page::{Page, response::PageError},
        session::Session,
        words,
    },
};

/// The path of the upload.
const IMPORT: &str = "/console/opportunities/import";

/// The path of the page that shows what the sheet would change.
const CHECK: &str = "/console/opportunities/import/check";

/// Reads what the uploaded sheet would change; `None` if there is no sheet.
pub(super) async fn load_plan(app: &App, session: &Session) -> Result<Option<Plan>, PageError> {
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let plan = app.database.read(move |tx| imports::plan(tx, &scope, now)).await;
    plan.map_err(|error: ServiceError| error.into())
}

/// What an applied sheet changed.
#[derive(Deserialize)]
pub(super) struct AppliedQuery {
    #[serde(default)]
    added: usize,
    #[serde(default)]
    changed: usize,
    #[serde(default)]
    cleared: usize,
    #[serde(default)]
    excluded: usize,
}

impl AppliedQuery {
    /// Adds the notice of what was just done to a page. That of an applied sheet has its numbers.
    pub(super) fn add_notice(&self, page: Page, done: Option<&str>) -> Page {
        match done {
            Some("imported") => Page { notice: Some(self.notice()), ..page },
            done => page.notice(done),
        }
    }

    fn notice(&self) -> String {
        let numbers = [("added", self.added), ("changed", self.changed), ("cleared", self.cleared)];
        let notice =
            words::format("import-applied", &numbers.map(|(name, number)| (name, number.into())));
        match self.excluded {
            0 => notice,
            excluded => format!("{notice} {}", words::count("import-excluded", excluded)),
        }
    }
}

/// Groups of rows, by their names in paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Added,
    Changed,
    Unchanged,
    /// In the draft and not in the sheet.
    Missing,
    Invalid,
}

const GROUPS: [Group; 5] =
    [Group::Added, Group::Changed, Group::Unchanged, Group::Missing, Group::Invalid];

impl Group {
    fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Missing => "missing",
            Self::Invalid => "invalid",
        }
    }

    fn path(self) -> String {
        format!("{IMPORT}/list/{}", self.name())
    }

    fn count(self, plan: &Plan) -> usize {
        match self {
            Self::Added => plan.added.len(),
            Self::Changed => plan.changed.len(),
            Self::Unchanged => plan.unchanged.len(),
            Self::Missing => plan.missing.len(),
            Self::Invalid => plan.invalid.len(),
        }
    }

    /// Formats how many rows the group has.
    fn title(self, plan: &Plan) -> String {
        words::count(&format!("import-count-{}", self.name()), self.count(plan))
    }
}
