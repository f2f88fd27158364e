//! A member of staff who makes a code, takes it along and leaves; and what the council's log has of codes and
//! phones.

use promise_database::Stage;
use promise_protocol::ids::StaffId;
use promise_services::{
    PhoneScope, ServiceError, StaffRole, StaffScope,
    audit::AuditAction,
    cards::CardEdit,
    devices::pairing::{self, CodeRefusal},
    sign_in, staff,
};

use super::{COUNCIL, PersonIndex, SERVER, Server};
use crate::harness::pairing::new_phone;

impl Server {
    /// A manager makes a code for a person and is deactivated before a phone sends it. Returns what was not as it
    /// must be: it pairs nothing, and the log names the manager.
    pub(in crate::simulation) fn leaver_uses_a_code(
        &mut self,
        now: i64,
        person: PersonIndex,
    ) -> Result<(), String> {
        let (id, handle) = (self.people[person].clone(), format!("leaver-{now}-{person}"));
        let Self { store, random, .. } = self;
        let made = store.transact(|tx| {
            let (operator, card) = (StaffScope::operator(), CardEdit::default());
            let leaver = staff::add(tx, &operator, &COUNCIL.into(), &handle, card, random)?;
            let sign_in = (handle.as_str(), StaffRole::Manager);
            sign_in::invite(tx, &operator, &leaver, sign_in, 60, now, random)?;
            let token = sign_in::begin_session(tx, &leaver, Stage::Full, now, random)?;
            let session = sign_in::find_session(tx, &token, now)?.expect("it has begun");
            let scope = session.scope().cloned().expect("it is complete");
            let code = pairing::invite(tx, &scope, &id, 30, now, random)?;
            staff::deactivate(tx, &operator, &leaver, now)?;
            Ok::<_, ServiceError>((leaver, code.to_string()))
        });
        let (leaver, code) = made.expect("a manager makes codes");
        match self.claim(now, &new_phone().start(&code, SERVER)) {
            Err(CodeRefusal::Expired) => {}
            other => return Err(format!("the code of a member of staff who left got {other:?}")),
        }
        if self.made_a_code(&leaver) {
            Ok(())
        } else {
            Err("a code of a member of staff is not in the log".to_owned())
        }
    }

    fn made_a_code(&mut self, staff: &StaffId) -> bool {
        let mut found = false;
        self.read(|tx| {
            tx.visit_entries(&COUNCIL.into(), &mut |entry| {
                let is_invited = entry.action == AuditAction::Invited.as_str();
                found = is_invited && entry.actor.staff() == Some(staff);
                !found
            })
        });
        found
    }

    /// Returns `true` if the council's log says that this was done with the phone.
    pub(in crate::simulation) fn is_logged(
        &mut self,
        action: AuditAction,
        phone: &PhoneScope,
    ) -> bool {
        let (author, mut found) = (phone.device().as_str(), false);
        self.read(|tx| {
            tx.visit_entries(&COUNCIL.into(), &mut |entry| {
                found = entry.action == action.as_str() && entry.detail.starts_with(author);
                !found
            })
        });
        found
    }
}
