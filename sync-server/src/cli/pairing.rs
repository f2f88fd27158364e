//! `pairing confirm` and `pairing refuse`: the operator says yes or no to a phone that waits with a code.

use std::time::Duration;

use clap::Subcommand;
use promise_database::{Database, Tx};
use promise_protocol::{PairingCode, pairing::PairingDigits};
use promise_services::{
    ServiceError, StaffScope,
    devices::pairing::{self, Waiting, WaitingState},
};

use super::{CliError, Output, block_on, now, transact};
use crate::{config::Settings, storage::Storage};

/// How often to look whether a phone waits.
const INTERVAL: Duration = Duration::from_millis(500);

/// Phones that wait for a yes.
#[derive(Subcommand)]
pub(super) enum Pairing {
    /// Wait for the phone, show its number, and ask. With `--digits`, say yes to the phone that shows them.
    Confirm {
        /// The code, or its first four characters.
        #[arg(long)]
        code: String,
        /// The six digits that the phone shows.
        #[arg(long)]
        digits: Option<String>,
    },
    /// Say no to the phone that shows these digits. The code ends.
    Refuse {
        /// The code, or its first four characters.
        #[arg(long)]
        code: String,
        /// The six digits that the phone shows.
        #[arg(long)]
        digits: String,
    },
}

impl Pairing {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        match self {
            Self::Confirm { code, digits: None } => {
                wait_and_ask(settings, &id(&code), None, output)
            }
            Self::Confirm { code, digits: Some(digits) } => {
                decide(settings, &id(&code), parse(&digits)?, true, output)
            }
            Self::Refuse { code, digits } => {
                decide(settings, &id(&code), parse(&digits)?, false, output)
            }
        }
    }
}

/// Waits until a phone shows its digits, shows them, and asks. `server` is the address that the operator gave
/// out, if this program knows it: a phone that came by another one is refused.
pub(super) fn wait_and_ask(
    settings: &Settings,
    code: &str,
    server: Option<&str>,
    output: &mut Output<'_>,
) -> Result<(), CliError> {
    output.print("Waiting for the phone. It shows a number.");
    let (digits, address) = match wait_for_phone(settings, code)? {
        WaitingState::Digits { digits, server } => (digits, server),
        other => return over(&other, output),
    };
    output.print(&format!("The phone reached this server at {address}"));
    if server.is_some_and(|server| server != address) {
        output.print("That is not the address that was given out.");
        return decide(settings, code, digits, false, output);
    }
    let question = format!("Does their phone show {digits}, and is it the right person's?");
    let is_yes = output.confirm(&question);
    decide(settings, code, digits, is_yes, output)
}

/// Waits until a phone shows its digits, or until no phone can do so any more. The storage is opened once, and
/// stays open while this waits.
fn wait_for_phone(settings: &Settings, code: &str) -> Result<WaitingState, CliError> {
    block_on(async {
        let storage = Storage::open(settings).await?;
        let found = poll(&storage.database, code).await;
        storage.close().await;
        found.map_err(CliError::from)
    })
}

async fn poll(database: &Database, code: &str) -> Result<WaitingState, ServiceError> {
    loop {
        let id = code.to_owned();
        let look = move |tx: &mut dyn Tx| pairing::find(tx, &StaffScope::operator(), &id, now());
        match database.read(look).await?.state {
            WaitingState::NoPhone => tokio::time::sleep(INTERVAL).await,
            state => return Ok(state),
        }
    }
}

fn decide(
    settings: &Settings,
    code: &str,
    digits: PairingDigits,
    is_yes: bool,
    output: &mut Output<'_>,
) -> Result<(), CliError> {
    let id = code.to_owned();
    let is_done = transact(settings, move |tx, scope| {
        if is_yes {
            pairing::confirm(tx, scope, &id, digits, now())
        } else {
            pairing::refuse(tx, scope, &id, digits, now())
        }
    })?;
    match (is_done, is_yes) {
        (true, true) => output.print("Confirmed. Now they say yes on the phone."),
        (true, false) => output.print("Refused. The code does not work any more."),
        (false, _) => return over(&state(settings, code)?, output),
    }
    Ok(())
}

fn state(settings: &Settings, code: &str) -> Result<WaitingState, CliError> {
    let id = code.to_owned();
    let found = transact(settings, move |tx, scope| pairing::find(tx, scope, &id, now()))?;
    let Waiting { state, .. } = found;
    Ok(state)
}

/// Says why there is nothing to decide. That is an error unless this side said yes before.
fn over(state: &WaitingState, output: &mut Output<'_>) -> Result<(), CliError> {
    let reason = match state {
        WaitingState::Confirmed => {
            output.print("You said yes already. Now they say yes on the phone.");
            return Ok(());
        }
        WaitingState::Paired => {
            output.print("The phone is connected already.");
            return Ok(());
        }
        WaitingState::NoPhone => "no phone waits with this code",
        WaitingState::Digits { .. } => "the phone that waits shows another number",
        WaitingState::Refused => {
            "the phone or this side said no, and the code does not work any more"
        }
        WaitingState::TwoPhones => {
            "two phones sent this code, and it connects neither: make a new one, and show it to no one else"
        }
        WaitingState::Expired => "the code has expired",
    };
    Err(CliError::InvalidArgument(reason.to_owned()))
}

fn parse(digits: &str) -> Result<PairingDigits, CliError> {
    let invalid =
        |_| CliError::InvalidArgument("the number has six digits, such as 482 913".into());
    digits.parse().map_err(invalid)
}

/// Returns the part of a code that is no secret, and names its invitation.
fn id(code: &str) -> String {
    let whole = code.parse::<PairingCode>().map(|code| code.invitation_id().to_owned());
    whole.unwrap_or_else(|_| code.trim().to_ascii_uppercase())
}
