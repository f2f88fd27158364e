//! Which accounts one human may control, computed from what was done to sign-ins.

use std::collections::BTreeSet;

use promise_database::{Actor, PrivilegedAct, PrivilegedActKind, Tx};
use promise_protocol::ids::{CouncilId, StaffId};

use super::{COOLING_OFF_MILLIS, DualControlRefusal};
use crate::ServiceError;

/// The acts of one council.
pub(crate) struct History(Vec<PrivilegedAct>);

impl History {
    pub(crate) fn load(tx: &mut dyn Tx, council: &CouncilId) -> Result<Self, ServiceError> {
        Ok(Self(tx.privileged_acts_of(council)?))
    }

    /// Returns the accounts whose holder may also hold this one: the account itself, those who gave it
    /// a sign-in or a role after `since`, and those who did so to them.
    ///
    /// The operator is not among them: the owner of the machine needs no link.
    fn controllers(&self, account: &StaffId, since: i64) -> BTreeSet<StaffId> {
        let mut found = BTreeSet::from([account.clone()]);
        let mut queue = vec![account.clone()];
        while let Some(next) = queue.pop() {
            let about = self.0.iter().filter(|act| act.subject == next);
            let recent = about.filter(|act| act.done_at().is_some_and(|at| at > since));
            for participant in recent.flat_map(PrivilegedAct::participants) {
                if found.insert(participant.clone()) {
                    queue.push(participant.clone());
                }
            }
        }
        found
    }

    /// Returns `true` if one human may hold both accounts, given what was done in the last seven days.
    pub(crate) fn may_be_one_human(&self, one: &StaffId, other: &StaffId, now_millis: i64) -> bool {
        self.may_publish_own(one, other, now_millis, now_millis)
    }

    /// Like [`History::may_be_one_human`], for a publisher and an author of a draft that was last
    /// changed at this time. Waiting with a draft does not separate its author from who made the
    /// author's account.
    pub(crate) fn may_publish_own(
        &self,
        publisher: &StaffId,
        author: &StaffId,
        changed_at: i64,
        now_millis: i64,
    ) -> bool {
        let since = now_millis.saturating_sub(COOLING_OFF_MILLIS);
        let author_since = changed_at.min(now_millis).saturating_sub(COOLING_OFF_MILLIS);
        let publishers = self.controllers(publisher, since);
        !publishers.is_disjoint(&self.controllers(author, author_since))
    }

    /// Returns `true` if the account was reset in an emergency that is not over: seven days have not
    /// passed, or no other administrator has reviewed it.
    pub(crate) fn is_in_emergency(&self, account: &StaffId, now_millis: i64) -> bool {
        let since = now_millis.saturating_sub(COOLING_OFF_MILLIS);
        self.0.iter().any(|act| {
            act.kind == PrivilegedActKind::Emergency
                && &act.subject == account
                && (act.review.is_none() || act.asked_at > since)
        })
    }

    /// Returns why this actor cannot decide about what another administrator asked for or did; `None` if
    /// they can. The operator always can.
    pub(crate) fn decision_refusal(
        &self,
        actor: &Actor,
        act: &PrivilegedAct,
        now_millis: i64,
    ) -> Option<DualControlRefusal> {
        let caller = actor.staff()?;
        let asker = act.asked_by.staff();
        if actor == &act.asked_by {
            Some(DualControlRefusal::OwnRequest)
        } else if caller == &act.subject {
            Some(DualControlRefusal::AboutSelf)
        } else if self.is_in_emergency(caller, now_millis) {
            Some(DualControlRefusal::InEmergency)
        } else if asker.is_some_and(|asker| self.may_be_one_human(caller, asker, now_millis)) {
            Some(DualControlRefusal::SameHands)
        } else {
            None
        }
    }

    /// Returns `true` if the actor took part in something that this staff member disputes.
    pub(crate) fn is_disputed_by(&self, subject: &StaffId, actor: &Actor) -> bool {
        let Some(staff) = actor.staff() else { return false };
        let mut disputed = self.0.iter().filter(|act| {
            &act.subject == subject && act.disputed_at.is_some() && act.review.is_none()
        });
        disputed.any(|act| act.participants().any(|it| it == staff))
    }
}
