//! `allocations check` and `allocations apply`: who looks after whom, from the council's own systems.

mod report;

use std::{fs, path::PathBuf, sync::Arc};

use clap::{Args, Subcommand};
use promise_protocol::ids::CouncilId;
use promise_services::{
    OsRandom,
    allocations::{
        self, AllocationFiles, Change, Confirmed, CountedRoles, Decision, Extract, Plan,
    },
};

use super::{CliError, Output, now, transact};
use crate::config::Settings;

/// Who looks after whom, from the council's own systems.
#[derive(Subcommand)]
pub(super) enum Allocations {
    /// Print what an import would change, and change nothing.
    Check(Import),
    /// Import, if the files are whole and few lose an adviser. Repeating it changes nothing.
    Apply(Apply),
}

/// The files of an import. The exit code is 3 if something needs a person: a row that does not count, an
/// assignment that is not in the files, or a young person who loses the last adviser.
#[derive(Args, Clone)]
pub(super) struct Import {
    /// The council's short name.
    #[arg(long)]
    council: CouncilId,
    /// `ssd_involvements` of the Standard Safeguarding Dataset.
    #[arg(long, value_name = "FILE")]
    involvements: PathBuf,
    /// `ssd_professionals` of the Standard Safeguarding Dataset.
    #[arg(long, value_name = "FILE")]
    professionals: PathBuf,
    /// The staff directory, with the columns `employeeId`, `mail` and `accountEnabled`.
    #[arg(long, value_name = "FILE")]
    directory: PathBuf,
    /// A role that makes a worker the adviser [default: what councils call personal advisers]. May be
    /// repeated.
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<String>,
}

/// An import, and what a person has confirmed about it.
#[derive(Args, Clone)]
pub(super) struct Apply {
    #[command(flatten)]
    import: Import,
    /// End the assignments that are not in the files.
    #[arg(long)]
    end_missing: bool,
    /// The file may have so few rows.
    #[arg(long, value_name = "COUNT")]
    confirm_rows: Option<usize>,
    /// So many may lose an adviser.
    #[arg(long, value_name = "COUNT")]
    confirm_losses: Option<usize>,
}

impl Allocations {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        match self {
            Self::Check(import) => import.check(settings, output),
            Self::Apply(apply) => apply.run(settings, output),
        }
    }
}

impl Import {
    fn read(&self) -> Result<Arc<Extract>, CliError> {
        let bytes = |path: &PathBuf| {
            let unreadable = |error| {
                CliError::InvalidArgument(format!("cannot read {}: {error}", path.display()))
            };
            fs::read(path).map_err(unreadable)
        };
        let files = [&self.involvements, &self.professionals, &self.directory];
        let [involvements, professionals, directory] = files.map(bytes);
        let (involvements, professionals, directory) = (involvements?, professionals?, directory?);
        let files = AllocationFiles {
            involvements: &involvements,
            professionals: &professionals,
            directory: &directory,
        };
        Ok(Arc::new(Extract::read(&files)?))
    }

    fn check(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let extract = self.read()?;
        let roles = CountedRoles::new(&self.roles);
        let plan = transact(settings, move |tx, scope| {
            allocations::plan(tx, scope, &self.council, &extract, &roles, now())
        })?;
        report::print(&plan, output);
        output.print("Nothing was changed: this was a check.");
        finish(&plan)
    }
}

impl Apply {
    fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let extract = self.import.read()?;
        let roles = CountedRoles::new(&self.import.roles);
        let (plan, applied) = transact(settings, move |tx, scope| {
            let (council, now) = (&self.import.council, now());
            let plan = allocations::plan(tx, scope, council, &extract, &roles, now)?;
            let decision = self.decide(&plan);
            let applied = allocations::apply(tx, scope, council, &decision, now, &mut OsRandom)?;
            Ok((plan, applied))
        })?;
        report::print(&plan, output);
        output.print(&report::format_applied(applied));
        finish(&plan)
    }

    fn decide(&self, plan: &Plan) -> Decision {
        let mut changes = plan.changes.clone();
        if self.end_missing {
            let missing = plan.missing.iter().cloned();
            changes
                .extend(missing.map(|pair| Change::End { person: pair.person, staff: pair.staff }));
        }
        let confirmed = Confirmed { rows: self.confirm_rows, losses: self.confirm_losses };
        Decision { changes, rows: plan.rows, version: plan.version.clone(), confirmed }
    }
}

/// Fails with an exit code of its own if something needs a person.
fn finish(plan: &Plan) -> Result<(), CliError> {
    if plan.needs_attention() { Err(CliError::NeedsAttention) } else { Ok(()) }
}
