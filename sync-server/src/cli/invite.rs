//! `invite`: a code to type, and a QR code to scan. Then it waits for the phone, and asks.

use clap::Args;
use promise_protocol::{PairingLink, PhoneCheck, ids::PersonId};
use promise_services::{
    OsRandom,
    devices::{self, pairing},
};
use qrcode::{QrCode, render::unicode::Dense1x2};

use super::{CliError, Output, now, pairing::wait_and_ask, transact};
use crate::config::Settings;

/// An invitation.
#[derive(Args)]
pub(super) struct Invite {
    /// The young person's id.
    #[arg(long)]
    person: PersonId,
    /// How long the code works, in minutes.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=10_080))]
    valid_minutes: u32,
    /// Link a phone again that was paired before a restore which lost its record: the check text that
    /// the phone shows. The code works for that phone only, and the phone keeps all that it holds.
    #[arg(long, value_name = "CHECK")]
    relink: Option<PhoneCheck>,
    /// The person has lost their recovery phrase with all their phones, or someone who stole it has changed it.
    /// Releases all their phones, deletes from the server for good what only they could read, and makes a code. A
    /// phone that they still have keeps all that is on it. Pair it with the code: it begins with new words. Take
    /// phones that are lost or stolen off before, with `phones revoke --reason lost_or_stolen`.
    #[arg(long, conflicts_with = "relink")]
    start_afresh: bool,
    /// Do not wait for the phone. `pairing confirm` says yes to it.
    #[arg(long)]
    no_wait: bool,
}

impl Invite {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let Self { person, valid_minutes, relink, start_afresh, no_wait } = self;
        let server = settings.server_address();
        let is_for_one_phone = relink.is_some();
        let code = transact(settings, move |tx, scope| {
            if start_afresh {
                devices::start_afresh(tx, scope, &person, now())?;
            }
            match relink {
                None => pairing::invite(tx, scope, &person, valid_minutes, now(), &mut OsRandom),
                Some(phone) => pairing::invite_to_relink(
                    tx,
                    scope,
                    &person,
                    phone,
                    valid_minutes,
                    now(),
                    &mut OsRandom,
                ),
            }
        })?;
        let link = PairingLink { server, code };
        output.print(&format!("Code: {}", link.code));
        output.print(&format!("Server: {}", link.server));
        output.print(&format!("It works once, for {valid_minutes} minutes."));
        if is_for_one_phone {
            output.print("It works for that phone only. On the phone, choose to link it again.");
        }
        if start_afresh {
            output.print(
                "What only they could read is deleted here. Pair the phone that they have now: it keeps \
                 all that is on it, and begins with new words.",
            );
        }
        // An address that is too long for a QR code can still be typed.
        if let Ok(qr) = QrCode::new(link.to_string()) {
            output.print(&render(&qr));
        }
        if is_for_one_phone || no_wait {
            return Ok(());
        }
        wait_and_ask(settings, link.code.invitation_id(), Some(&link.server), output)
    }
}

/// Renders light on dark, because most terminals have a dark background.
fn render(qr: &QrCode) -> String {
    qr.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build()
}
