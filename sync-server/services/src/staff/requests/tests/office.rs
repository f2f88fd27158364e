//! The staff of a council, and what they do in these tests.

use totp_rs::Builder;

use super::*;
use crate::fixture::World;

/// The reason of every request that is well explained.
pub(super) const REASON: &str = "Pat lost their phone";

/// The secret of every authenticator in these tests.
const SECRET: [u8; 20] = [3; 20];

pub(super) fn code(at: i64) -> String {
    let totp = Builder::new().with_secret(&SECRET[..]).build().unwrap();
    totp.generate(u64::try_from(at / 1000).unwrap()).to_string()
}

/// A council whose staff the operator added: three administrators, a publisher and an adviser, who
/// have all signed in.
pub(super) struct Office {
    pub(super) world: World,
    pub(super) adam: StaffScope,
    pub(super) eve: StaffScope,
    pub(super) sue: StaffScope,
    pub(super) pat: StaffId,
}

impl Office {
    pub(super) fn new() -> Self {
        let mut world = World::new();
        let mut administrator = |handle: &str| {
            let id = colleague(&mut world, handle, StaffRole::Administrator);
            scope(&id, StaffRole::Administrator)
        };
        let [adam, eve, sue] = ["adam", "eve", "sue"].map(&mut administrator);
        let pat = colleague(&mut world, "pat", StaffRole::Publisher);
        let jo = world.jo.clone();
        sign_up(&mut world, &jo, "jo", StaffRole::Adviser);
        Self { world, adam, eve, sue, pat }
    }

    pub(super) fn ask(
        &mut self,
        by: &StaffScope,
        staff: &StaffId,
        wanted: Wanted<'_>,
    ) -> Result<PrivilegedActId, ServiceError> {
        self.ask_at(by, staff, wanted, NOW)
    }

    pub(super) fn ask_at(
        &mut self,
        by: &StaffScope,
        staff: &StaffId,
        wanted: Wanted<'_>,
        at: i64,
    ) -> Result<PrivilegedActId, ServiceError> {
        self.world.staff(|tx, _, random| ask(tx, by, staff, wanted, REASON, at, random))
    }

    pub(super) fn ask_for_reset(&mut self) -> PrivilegedActId {
        let (adam, pat) = (self.adam.clone(), self.pat.clone());
        self.ask(&adam, &pat, Wanted::Link("pat", StaffRole::Publisher)).unwrap()
    }

    pub(super) fn confirm(
        &mut self,
        by: &StaffScope,
        id: &PrivilegedActId,
        at: i64,
    ) -> Result<Confirmed, ServiceError> {
        let done =
            self.world.staff(|tx, _, random| confirm(tx, by, id, &code(at), 30, at, random))?;
        Ok(done.expect("the code is right"))
    }

    pub(super) fn act(&mut self, id: &PrivilegedActId) -> PrivilegedAct {
        self.world.run(|tx| tx.privileged_act(id)).unwrap()
    }

    pub(super) fn sign_in(&mut self, staff: &StaffId) -> SignIn {
        self.world.run(|tx| tx.sign_in(staff)).unwrap()
    }

    /// The actions and details of the log, oldest first.
    pub(super) fn log(&mut self) -> Vec<String> {
        let mut entries = Vec::new();
        self.world.run(|tx| {
            tx.visit_entries(&"barnet".into(), &mut |entry| {
                entries.push(format!("{} {}", entry.action, entry.detail));
                true
            })
        });
        entries
    }
}

pub(super) fn scope(staff: &StaffId, role: StaffRole) -> StaffScope {
    StaffScope::of_member("barnet".into(), staff.clone(), role, calendar::today(NOW))
}

pub(super) fn colleague(world: &mut World, handle: &str, role: StaffRole) -> StaffId {
    let card = card_edit(json!({"display_name": handle}));
    let id = world
        .staff(|tx, scope, random| staff::add(tx, scope, &"barnet".into(), handle, card, random))
        .unwrap();
    sign_up(world, &id, handle, role);
    id
}

/// Gives a sign-in as the operator, which its owner sets up.
fn sign_up(world: &mut World, id: &StaffId, name: &str, role: StaffRole) {
    world
        .staff(|tx, scope, random| {
            sign_in::invite(tx, scope, id, (name, role), 30, NOW - DAY_MILLIS, random)?;
            tx.delete_sign_in_links(id)?;
            set_up(tx, id)
        })
        .unwrap();
}

pub(super) fn set_up(tx: &mut dyn Tx, id: &StaffId) -> Result<(), ServiceError> {
    let known = tx.sign_in(id)?.unwrap();
    let password = Some("hash".to_owned());
    tx.set_sign_in(&SignIn { password, totp: Some(SECRET.to_vec()), ..known })?;
    Ok(tx.set_last_sign_in(id, NOW - DAY_MILLIS)?)
}

pub(super) fn refusal<R: std::fmt::Debug>(done: Result<R, ServiceError>) -> DualControlRefusal {
    match done {
        Err(ServiceError::DualControl(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}
