//! Who answers now: the contacts that may be read, the lines and the closed days at a moment.

use chrono::{DateTime, Utc};

use super::{PocketPhone, PromiseError};
use crate::{
    app_lock::View,
    brain::ring_now::{self, Helper, Input, RingNow},
    collections::{
        contacts::{self, Contact},
        pledges,
    },
    store::{StoreError, Tx},
};

impl PocketPhone {
    /// Returns whom the person can ring at a moment, in the order in which to try, and until when the answer
    /// holds. For now, pass [`PocketPhone::council_time`]: the phone's clock may be wrong. The phone's
    /// time zone makes no difference.
    ///
    /// Hidden contacts are not in it. While the app lock is on, it is as if discreet ones were not there.
    /// 999 is in it always, also on a phone that is not paired.
    pub fn ring_now(&self, at: DateTime<Utc>) -> Result<RingNow, PromiseError> {
        let view = self.view();
        let input = self.transact(|tx| read_input(tx, view))?;
        Ok(ring_now::answer(&input, at))
    }

    /// Returns the time by the council's clock, as the last response gave it. It is the phone's own until
    /// the first one.
    pub fn council_time(&self) -> Result<DateTime<Utc>, PromiseError> {
        self.transact(|tx| self.server_now(tx))
    }
}

fn read_input(tx: &mut dyn Tx, view: View) -> Result<Input, StoreError> {
    let mut contacts = contacts::list(tx, view)?;
    contacts.retain(|contact| !contact.hidden);
    let directory = pledges::directory(tx)?;
    let council = tx.pairing()?.map(|pairing| pairing.council_name);
    Ok(Input {
        council: council.unwrap_or_default(),
        helpers: contacts.into_iter().map(Helper::from).collect(),
        lines: directory.lines.0,
        closed_days: directory.closed_days,
    })
}

impl From<Contact> for Helper {
    fn from(contact: Contact) -> Self {
        Self {
            id: contact.id,
            name: contact.nickname.unwrap_or(contact.display_name),
            role: contact.role,
            phones: contact.phones,
            hours: contact.working_pattern,
            on_closed_days: contact.on_closed_days,
            leave: contact.leave,
            cover_days: contact.cover_days,
            valid_from: contact.valid_from,
            valid_to: contact.valid_to,
            replaced_by: contact.replaced_by,
        }
    }
}
