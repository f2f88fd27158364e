//! `invite`: a code to type, and a QR code to scan.

use clap::Args;
use promise_protocol::PairingLink;
use qrcode::{QrCode, render::unicode::Dense1x2};

use super::{CliError, Output, now, transact};
use crate::config::Settings;
use promise_services::{OsRandom, devices::pairing};

/// An invitation.
#[derive(Args)]
pub(super) struct Invite {
    /// The young person.
    #[arg(long)]
    person: String,
    /// How long the code works, in minutes.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=10_080))]
    valid_minutes: u32,
    /// The server's address as phones reach it [default: where it listens].
    #[arg(long, env = "PROMISE_SERVER", value_name = "URL")]
    server: Option<String>,
}

impl Invite {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let scheme = if settings.tls.is_some() { "https" } else { "http" };
        let server = self.server.unwrap_or_else(|| format!("{scheme}://{}", settings.listen));
        let code = transact(settings, |tx, scope| {
            pairing::invite(tx, scope, &self.person, self.valid_minutes, now(), &mut OsRandom)
        })?;
        let link = PairingLink { server, code };
        output.say(&format!("Code: {}", link.code));
        output.say(&format!("Server: {}", link.server));
        output.say(&format!("It works once, for {} minutes.", self.valid_minutes));
        // A code that does not fit into a picture can still be typed.
        if let Ok(qr) = QrCode::new(link.to_string()) {
            output.say(&picture(&qr));
        }
        Ok(())
    }
}

/// Terminals are dark as a rule: what is dark in the code is left empty.
fn picture(qr: &QrCode) -> String {
    qr.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build()
}
