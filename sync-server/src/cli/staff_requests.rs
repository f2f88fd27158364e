//! `staff requests`, `staff confirm`, `staff refuse` and `staff review`: what takes two administrators,
//! decided by the operator.

use clap::Args;
use promise_database::{PrivilegedAct, StaffMember, Tx};
use promise_protocol::ids::{CouncilId, PrivilegedActId};
use promise_services::{
    OsRandom, ServiceError, dual_control,
    staff::{self, Confirmed},
};

use super::{CliError, Output, format_time, now, transact};
use crate::config::Settings;

/// List what was done to sign-ins, and what waits.
#[derive(Args)]
pub(super) struct ListRequests {
    /// The council's short name.
    #[arg(long)]
    council: CouncilId,
}

impl ListRequests {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let lines = transact(settings, move |tx, _| {
            let acts = tx.privileged_acts_of(&self.council)?;
            acts.iter().map(|act| format_act(tx, act)).collect::<Result<Vec<_>, _>>()
        })?;
        for line in lines {
            output.print(&line);
        }
        Ok(())
    }
}

fn format_act(tx: &mut dyn Tx, act: &PrivilegedAct) -> Result<String, ServiceError> {
    let mut handle = |staff: &_| -> Result<String, ServiceError> {
        Ok(tx.staff(staff)?.map_or_else(String::new, |staff: StaffMember| staff.handle))
    };
    let subject = handle(&act.subject)?;
    let asker = act.asked_by.staff().map_or_else(|| Ok("operator".to_owned()), handle)?;
    let state = if dual_control::is_expired(act, now()) { "expired" } else { act.state.as_str() };
    let PrivilegedAct { id, kind, role, asked_at, reason, .. } = act;
    let (kind, asked_at) = (kind.as_str(), format_time(*asked_at));
    let line =
        format!("{id}  {asked_at}  {state}  {kind}  {subject}  {role}  by {asker}  {reason}");
    Ok(line.trim_end().to_owned())
}

/// Decide about a request.
#[derive(Args)]
pub(super) struct Request {
    /// The request's name, which its page shows and `staff requests` lists.
    #[arg(long)]
    request: PrivilegedActId,
}

impl Request {
    /// Refuses it.
    pub(super) fn refuse(
        self,
        settings: &Settings,
        output: &mut Output<'_>,
    ) -> Result<(), CliError> {
        transact(settings, move |tx, scope| staff::refuse(tx, scope, &self.request, now()))?;
        output.print("Refused. Nothing was changed.");
        Ok(())
    }

    /// Signs off an emergency.
    pub(super) fn review(
        self,
        settings: &Settings,
        output: &mut Output<'_>,
    ) -> Result<(), CliError> {
        transact(settings, move |tx, scope| staff::review(tx, scope, &self.request, now()))?;
        output.print("Signed off. The banner is gone.");
        Ok(())
    }
}

/// Confirm a request in place of a second administrator.
#[derive(Args)]
pub(super) struct ConfirmRequest {
    #[command(flatten)]
    request: Request,
    /// How long the link works, in minutes.
    #[arg(long, default_value_t = 1440, value_parser = clap::value_parser!(u32).range(1..=10_080))]
    valid_minutes: u32,
}

impl ConfirmRequest {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let Self { request: Request { request }, valid_minutes } = self;
        let server = settings.server_address();
        let Confirmed { link, .. } = transact(settings, move |tx, scope| {
            let random = &mut OsRandom;
            staff::confirm_as_operator(tx, scope, &request, valid_minutes, now(), random)
        })?;
        output.print("Confirmed. The council's log names the operator.");
        if let Some(token) = link {
            output.print(&format!("Link: {server}/console/welcome/{token}"));
            output.print(&format!("It works once, for {valid_minutes} minutes."));
        }
        Ok(())
    }
}
