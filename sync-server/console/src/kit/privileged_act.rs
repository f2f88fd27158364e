//! Texts about acts on sign-ins: who asked for what, who decided, and when.

use std::collections::BTreeMap;

use promise_database::{Actor, PrivilegedAct, PrivilegedActState, Tx};
use promise_protocol::ids::{CouncilId, StaffId};
use promise_services::{ServiceError, dual_control};

use crate::kit::{
    format::{role_name, staff_name},
    words::{self, times},
};

/// What the texts of one council's acts need.
pub(crate) struct ActTexts {
    names: BTreeMap<StaffId, String>,
    now: i64,
}

impl ActTexts {
    pub(crate) fn load(
        tx: &mut dyn Tx,
        council: &CouncilId,
        now: i64,
    ) -> Result<Self, ServiceError> {
        let staff = tx.staff_of(council)?;
        let names = staff.iter().map(|staff| (staff.id.clone(), staff_name(staff))).collect();
        Ok(Self { names, now })
    }

    /// Returns a staff member's name.
    pub(crate) fn name(&self, staff: &StaffId) -> String {
        self.names.get(staff).cloned().unwrap_or_default()
    }

    /// Returns the name of who did something.
    pub(crate) fn actor(&self, actor: &Actor) -> String {
        match actor {
            Actor::Operator => words::t("power-operator"),
            Actor::Staff(staff) => self.name(staff),
            // A phone has no power over sign-ins.
            Actor::OwnPhone => words::t("role-phone"),
        }
    }

    /// Formats when something was done.
    pub(crate) fn when(&self, at: i64) -> String {
        times::date_time(at, self.now)
    }

    /// Returns what the act does, with the role if it gives one.
    pub(crate) fn kind(act: &PrivilegedAct) -> String {
        let kind = words::t(&format!("power-kind-{}", act.kind.as_str()));
        if act.role_before == Some(act.role) {
            return kind;
        }
        let role = role_name(act.role);
        words::format("power-kind-role", &[("kind", kind.into()), ("role", role.into())])
    }

    /// Returns how far the act has come.
    pub(crate) fn state(&self, act: &PrivilegedAct) -> String {
        let state =
            if dual_control::is_expired(act, self.now) { "expired" } else { act.state.as_str() };
        words::t(&format!("power-state-{state}"))
    }

    /// Returns the title of the act's page.
    pub(crate) fn title(&self, act: &PrivilegedAct) -> String {
        let arguments =
            [("kind", Self::kind(act).into()), ("name", self.name(&act.subject).into())];
        words::format("power-title", &arguments)
    }

    /// Formats the act as one line: what, who, when, and why.
    pub(crate) fn line(&self, act: &PrivilegedAct) -> String {
        let mut arguments = vec![
            ("kind", Self::kind(act).into()),
            ("state", self.state(act).into()),
            ("asker", self.actor(&act.asked_by).into()),
            ("when", self.when(act.asked_at).into()),
        ];
        let key = match &act.decision {
            Some(decision) => {
                arguments.push(("second", self.actor(&decision.by).into()));
                arguments.push(("decided", self.when(decision.at).into()));
                "power-line-two"
            }
            None if act.state == PrivilegedActState::Done => "power-line-alone",
            None => "power-line",
        };
        let line = words::format(key, &arguments);
        if act.reason.is_empty() {
            return line;
        }
        let arguments = [("line", line.into()), ("reason", act.reason.as_str().into())];
        words::format("power-line-why", &arguments)
    }
}
