//! The search through everything that the human can do from a state of the server.

use std::collections::BTreeMap;

use promise_database::Tx;
use promise_database_sqlite::SqliteConnection;
use promise_protocol::ids::StaffId;

use super::acts::{Act, MINUTE, Model, Seeded};
use crate::{
    ServiceError,
    dual_control::{self, COOLING_OFF_MILLIS},
    fixture::signer,
};

/// A state of the server. The database knows which accounts the human holds: those with their password.
pub(super) struct State {
    pub(super) bytes: Vec<u8>,
    pub(super) now: i64,
    pub(super) acts: Vec<Act>,
}

impl Model {
    /// Returns what decides about later acts, without times and random ids.
    fn summary(&self, tx: &mut dyn Tx, now: i64) -> Result<String, ServiceError> {
        let staff = tx.staff_of(&"barnet".into())?;
        let handles: BTreeMap<StaffId, String> =
            staff.iter().map(|member| (member.id.clone(), member.handle.clone())).collect();
        let mut summary = Vec::new();
        for member in &staff {
            let sign_in = tx.sign_in(&member.id)?;
            let holds = self.holds(sign_in.as_ref());
            let role = sign_in.map(|sign_in| sign_in.role);
            let used = dual_control::was_used(tx, &member.id)?;
            summary.push(format!(
                "{} {role:?} {holds} {used} {}",
                member.handle,
                member.is_deactivated()
            ));
        }
        let mut acts = Vec::new();
        for act in tx.privileged_acts_of(&"barnet".into())? {
            let names: Vec<&String> = act.participants().map(|it| &handles[it]).collect();
            let is_old = act.done_at().is_some_and(|at| now - at >= COOLING_OFF_MILLIS);
            acts.push(format!(
                "{:?} {} {:?} {:?} {names:?} {is_old} {}",
                act.kind,
                handles[&act.subject],
                act.role,
                act.state,
                act.review.is_some()
            ));
        }
        acts.sort();
        let authors: Vec<String> = tx
            .draft_authors(&"barnet".into())?
            .iter()
            .filter_map(|author| Some(handles[author.staff()?].clone()))
            .collect();
        Ok(format!("{summary:?} {acts:?} {authors:?} {:?}", tx.draft(&"barnet".into())?.is_some()))
    }

    /// Tries everything from a state, with so many acts left.
    pub(super) fn explore(&mut self, state: &State, left: usize) {
        let mut store = SqliteConnection::from_snapshot(&state.bytes, signer()).unwrap();
        let acts = store.transact(|tx| self.acts(tx, left)).unwrap();
        for act in acts {
            self.tried += 1;
            let wait = if act == Act::Wait { COOLING_OFF_MILLIS + 60 * MINUTE } else { 0 };
            let now = state.now + wait + MINUTE;
            let seed = self.tried as u64;
            let mut acts = state.acts.clone();
            acts.push(act.clone());
            if left <= 2 {
                // Nothing comes after what follows, so that it need not be kept.
                let published = self.try_to_publish(&mut store, &act, now, seed);
                self.published.extend(published.then_some(acts));
                continue;
            }
            let done = store.transact(|tx| {
                let published = self.run(tx, &act, now, &mut Seeded(seed))?;
                Ok::<_, ServiceError>((published, self.summary(tx, now)?))
            });
            let Ok((published, summary)) = done else { continue };
            if published {
                self.published.push(acts);
            } else if self.seen.insert((left, summary)) {
                let bytes = store.snapshot().unwrap();
                self.explore(&State { bytes, now, acts }, left - 1);
            }
            store = SqliteConnection::from_snapshot(&state.bytes, signer()).unwrap();
        }
    }

    /// Does an act and then publishes, in a transaction that is rolled back. Returns `true` if something
    /// was published.
    fn try_to_publish(&self, store: &mut SqliteConnection, act: &Act, now: i64, seed: u64) -> bool {
        let mut published = false;
        let rolled_back = store.transact(|tx| {
            let mut random = Seeded(seed);
            published = self.run(tx, act, now, &mut random)?;
            for last in self.acts(tx, 1)? {
                published |= self.run(tx, &last, now + MINUTE, &mut random).unwrap_or(false);
            }
            Err::<(), _>(ServiceError::NotAllowed)
        });
        assert!(rolled_back.is_err());
        published
    }
}
