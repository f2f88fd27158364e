//! `staff add`, `staff set-handle`, `staff sign-in`, `staff off`, `staff on`, and the commands of
//! `staff_requests`

use clap::Subcommand;
use promise_protocol::ids::CouncilId;
use promise_services::{OsRandom, cards::CardEdit, staff};

use super::{
    CliError, Output,
    card::Card,
    find_staff, now,
    sign_in::CreateLink,
    staff_requests::{ConfirmRequest, ListRequests, Request},
    transact,
};
use crate::config::Settings;

/// Staff.
#[derive(Subcommand)]
pub(super) enum Staff {
    /// Add a staff member with their card.
    Add {
        /// Their council's short name.
        #[arg(long)]
        council: CouncilId,
        /// Their short name on the command line, such as j.okoro.
        #[arg(long)]
        handle: String,
        #[command(flatten)]
        card: Box<Card>,
    },
    /// Change the handle by which commands and an import of the council's own systems find a staff member.
    SetHandle {
        /// The staff member's id or handle.
        #[arg(long)]
        staff: String,
        /// The new handle, such as their address in the staff directory.
        #[arg(long)]
        handle: String,
    },
    /// Create a link with which a staff member signs in to the console for the first time.
    SignIn(CreateLink),
    /// Deactivate a staff member who leaves: they are signed out at once, and phones show no number
    /// of theirs.
    Off {
        /// The staff member's id or handle.
        #[arg(long)]
        staff: String,
    },
    /// Reactivate a staff member.
    On {
        /// The staff member's id or handle.
        #[arg(long)]
        staff: String,
    },
    /// List what was done to sign-ins, and what waits for a second administrator.
    Requests(ListRequests),
    /// Confirm a request in place of a second administrator.
    Confirm(ConfirmRequest),
    /// Refuse a request.
    Refuse(Request),
    /// Sign off an emergency reset.
    Review(Request),
}

impl Staff {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        match self {
            Self::Add { council, handle, card } => add(settings, output, council, handle, *card),
            Self::SetHandle { staff, handle } => {
                transact(settings, move |tx, scope| {
                    let staff = find_staff(tx, &staff)?;
                    staff::handle::set(tx, scope, &staff, &handle, now())
                })?;
                output.print("Saved. The name with which they sign in stays as it is.");
                Ok(())
            }
            Self::SignIn(command) => command.run(settings, output),
            Self::Off { staff } => deactivate(settings, output, staff),
            Self::On { staff } => reactivate(settings, output, staff),
            Self::Requests(command) => command.run(settings, output),
            Self::Confirm(command) => command.run(settings, output),
            Self::Refuse(command) => command.refuse(settings, output),
            Self::Review(command) => command.review(settings, output),
        }
    }
}

fn add(
    settings: &Settings,
    output: &mut Output<'_>,
    council: CouncilId,
    handle: String,
    card: Card,
) -> Result<(), CliError> {
    let fields = card.into_fields()?;
    if !fields.contains_key("display_name") {
        let error = "a card needs a name: add --name \"Jo Okoro\"";
        return Err(CliError::InvalidArgument(error.into()));
    }
    let id = transact(settings, move |tx, scope| {
        staff::add(tx, scope, &council, &handle, CardEdit::new(fields)?, &mut OsRandom)
    })?;
    output.print(id.as_str());
    Ok(())
}

fn deactivate(settings: &Settings, output: &mut Output<'_>, staff: String) -> Result<(), CliError> {
    let people = transact(settings, move |tx, scope| {
        let staff = find_staff(tx, &staff)?;
        staff::deactivate(tx, scope, &staff, now())
    })?;
    output.print(&format!("Switched off. Young people who were theirs: {people}."));
    if people > 0 {
        output.print("`unassigned --council ID` lists who needs another adviser now.");
    }
    Ok(())
}

fn reactivate(settings: &Settings, output: &mut Output<'_>, staff: String) -> Result<(), CliError> {
    let people = transact(settings, move |tx, scope| {
        let staff = find_staff(tx, &staff)?;
        staff::reactivate(tx, scope, &staff, now(), &mut OsRandom)
    })?;
    output.print(&format!("Switched on. Young people who are theirs: {people}."));
    output.print("To sign in they need a new link: `staff sign-in --staff STAFF`.");
    Ok(())
}
