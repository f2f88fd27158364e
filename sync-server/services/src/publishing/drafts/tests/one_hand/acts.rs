//! The acts of the human, by the accounts that they hold.

use std::collections::BTreeSet;

use promise_database::{
    PrivilegedAct, PrivilegedActKind, PrivilegedActState, SignIn, StaffMember, Tx,
};
use promise_protocol::{
    ids::{PrivilegedActId, StaffId},
    pack::Promise,
};
use serde_json::json;
use totp_rs::Builder;

use super::super::add;
use crate::{
    Random, ServiceError, StaffRole, StaffScope,
    calendar::today,
    fixture::{NOW, World, card_edit},
    publishing::drafts,
    sign_in::{self, HashedPassword},
    staff::{self, Wanted},
};

pub(super) const MINUTE: i64 = 60_000;
pub(super) const SECRET: [u8; 20] = [9; 20];
const REASON: &str = "They lost their phone";

/// One act of the human, by one of the accounts that they hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Act {
    Create(StaffId, StaffRole),
    AskToCreate(StaffId, StaffRole),
    Link(StaffId, StaffId, StaffRole),
    AskForLink(StaffId, StaffId),
    AskForRole(StaffId, StaffId, StaffRole),
    AskToReactivate(StaffId, StaffId),
    ChangeRole(StaffId, StaffId, StaffRole),
    Deactivate(StaffId, StaffId),
    Reactivate(StaffId, StaffId),
    Emergency(StaffId, StaffId),
    Confirm(StaffId, PrivilegedActId),
    Review(StaffId, PrivilegedActId),
    Write(StaffId),
    Publish(StaffId),
    /// Eve confirms, and hands the link over.
    Deceive(PrivilegedActId),
    /// Eight days pass.
    Wait,
}

/// A bounded source of random bytes, which depends on how many acts came before.
pub(super) struct Seeded(pub(super) u64);

impl Random for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), ServiceError> {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99);
            *byte = self.0.to_be_bytes()[0];
        }
        Ok(())
    }
}

/// What the human may do besides acting by the accounts that they hold.
#[derive(Clone, Copy)]
pub(super) struct Story {
    pub(super) is_eve_deceived: bool,
    pub(super) may_wait: bool,
}

pub(super) struct Model {
    password: HashedPassword,
    stored_password: String,
    story: Story,
    pub(super) seen: BTreeSet<(usize, String)>,
    pub(super) published: Vec<Vec<Act>>,
    pub(super) tried: usize,
}

fn scope_of(tx: &mut dyn Tx, staff: &StaffId, now: i64) -> Result<StaffScope, ServiceError> {
    StaffScope::of_stored_member(tx, staff, today(now))?.ok_or(ServiceError::NotAllowed)
}

fn code(now: i64) -> String {
    let totp = Builder::new().with_secret(&SECRET[..]).build().unwrap();
    totp.generate(u64::try_from(now / 1000).unwrap()).to_string()
}

impl Model {
    pub(super) fn new(story: Story) -> Self {
        let mut world = World::new();
        let password = sign_in::hash_password("seven green kettles sing").unwrap();
        let jo = world.jo.clone();
        let stored_password = world
            .staff(|tx, scope, random| {
                let jos = ("jo", StaffRole::Adviser);
                let link = sign_in::invite(tx, scope, &jo, jos, 30, NOW, random)?;
                sign_in::set_password(tx, &link, password.clone(), NOW)?;
                Ok(tx.sign_in(&jo)?.and_then(|sign_in| sign_in.password).unwrap())
            })
            .unwrap();
        let (seen, published) = (BTreeSet::new(), Vec::new());
        Self { password, stored_password, story, seen, published, tried: 0 }
    }

    /// Opens a link that reached the human.
    pub(super) fn open(&self, tx: &mut dyn Tx, link: &str, now: i64) -> Result<(), ServiceError> {
        let invitee = sign_in::set_password(tx, link, self.password.clone(), now)?;
        let sign_in = tx.sign_in(&invitee.staff)?.unwrap();
        tx.set_sign_in(&SignIn { totp: Some(SECRET.to_vec()), ..sign_in })?;
        tx.set_last_sign_in(&invitee.staff, now)?;
        Ok(())
    }

    pub(super) fn holds(&self, sign_in: Option<&SignIn>) -> bool {
        sign_in.is_some_and(|sign_in| {
            sign_in.password.as_ref() == Some(&self.stored_password) && sign_in.held_at.is_none()
        })
    }

    /// Returns what the human can try, with so many acts left. The last one publishes, and the one before
    /// writes if there is no draft yet.
    pub(super) fn acts(&self, tx: &mut dyn Tx, left: usize) -> Result<Vec<Act>, ServiceError> {
        use StaffRole::{Administrator, Editor, Publisher};
        let mut acts = Vec::new();
        let mut staff = Vec::new();
        for member in tx.staff_of(&"barnet".into())? {
            let role = tx.sign_in(&member.id)?.map(|sign_in| sign_in.role);
            staff.push((member, role));
        }
        let has_draft = tx.draft(&"barnet".into())?.is_some();
        let all = tx.privileged_acts_of(&"barnet".into())?;
        let waiting: Vec<&PrivilegedAct> =
            all.iter().filter(|act| act.state == PrivilegedActState::Waiting).collect();
        let is_free = left > 2 || (left == 2 && has_draft);
        for (member, role) in staff.iter().filter(|(member, _)| !member.is_deactivated()) {
            if !self.holds(tx.sign_in(&member.id)?.as_ref()) {
                continue;
            }
            let me = member.id.clone();
            match role {
                Some(Publisher) if has_draft => acts.push(Act::Publish(me)),
                Some(Editor | Publisher) if left > 1 && !has_draft => acts.push(Act::Write(me)),
                Some(Administrator) if is_free => {
                    Self::administrator(&me, &staff, &all, &waiting, &mut acts);
                }
                _ => {}
            }
        }
        if self.story.is_eve_deceived && is_free {
            acts.extend(waiting.iter().map(|act| Act::Deceive(act.id.clone())));
        }
        if self.story.may_wait && is_free {
            acts.push(Act::Wait);
        }
        Ok(acts)
    }

    fn administrator(
        me: &StaffId,
        staff: &[(StaffMember, Option<StaffRole>)],
        all: &[PrivilegedAct],
        waiting: &[&PrivilegedAct],
        acts: &mut Vec<Act>,
    ) {
        use StaffRole::{Administrator, Editor, Publisher};
        // Two accounts of their own are one more than an author and a publisher need.
        if staff.len() < 9 {
            acts.extend([Editor, Publisher].map(|role| Act::Create(me.clone(), role)));
            acts.extend([Administrator, Publisher].map(|role| Act::AskToCreate(me.clone(), role)));
        }
        for (other, role) in staff.iter().filter(|(member, _)| member.handle != "jo") {
            let pair = || (me.clone(), other.id.clone());
            let mut about = |act: fn(StaffId, StaffId) -> Act| {
                let (me, other) = pair();
                acts.push(act(me, other));
            };
            if other.is_deactivated() {
                about(Act::AskToReactivate);
                about(Act::Reactivate);
                continue;
            }
            about(Act::AskForLink);
            about(Act::Deactivate);
            about(Act::Emergency);
            let own = role.filter(|role| *role != Editor);
            for role in own.into_iter().chain([Editor]) {
                let (me, other) = pair();
                acts.push(Act::Link(me, other, role));
            }
            for role in [Editor, Publisher].into_iter().filter(|new| Some(*new) != *role) {
                let (me, other) = pair();
                acts.push(Act::ChangeRole(me, other, role));
            }
            for role in [Administrator, Publisher].into_iter().filter(|new| Some(*new) != *role) {
                let (me, other) = pair();
                acts.push(Act::AskForRole(me, other, role));
            }
        }
        acts.extend(waiting.iter().map(|act| Act::Confirm(me.clone(), act.id.clone())));
        let open = all
            .iter()
            .filter(|act| act.kind == PrivilegedActKind::Emergency && act.review.is_none());
        acts.extend(open.map(|act| Act::Review(me.clone(), act.id.clone())));
    }

    /// Does one act. Returns `true` if something was published.
    pub(super) fn run(
        &self,
        tx: &mut dyn Tx,
        act: &Act,
        now: i64,
        random: &mut Seeded,
    ) -> Result<bool, ServiceError> {
        let link = match act {
            Act::Create(me, role) | Act::AskToCreate(me, role) => {
                let me = scope_of(tx, me, now)?;
                let name = format!("new{}", tx.staff_of(&"barnet".into())?.len());
                let (card, sign_in) = (card_edit(json!({"display_name": name})), (&*name, *role));
                if matches!(act, Act::Create(..)) {
                    Some(staff::add_with_sign_in(tx, &me, sign_in, card, 30, now, random)?.1)
                } else {
                    staff::add_and_ask(tx, &me, sign_in, card, REASON, now, random)?;
                    None
                }
            }
            Act::Link(me, other, role) => {
                let (me, name) = (scope_of(tx, me, now)?, name(tx, other)?);
                Some(sign_in::invite(tx, &me, other, (&name, *role), 30, now, random)?)
            }
            Act::AskForLink(me, other) => {
                let (me, name) = (scope_of(tx, me, now)?, name(tx, other)?);
                let role = tx.sign_in(other)?.map_or(StaffRole::Editor, |it| it.role);
                staff::ask(tx, &me, other, Wanted::Link(&name, role), REASON, now, random)?;
                None
            }
            Act::AskForRole(me, other, role) => {
                let me = scope_of(tx, me, now)?;
                staff::ask(tx, &me, other, Wanted::Role(*role), REASON, now, random)?;
                None
            }
            Act::AskToReactivate(me, other) => {
                let me = scope_of(tx, me, now)?;
                staff::ask(tx, &me, other, Wanted::Reactivation, REASON, now, random)?;
                None
            }
            Act::ChangeRole(me, other, role) => {
                let me = scope_of(tx, me, now)?;
                staff::change_role(tx, &me, other, *role, now, random)?;
                None
            }
            Act::Deactivate(me, other) => {
                let me = scope_of(tx, me, now)?;
                staff::deactivate(tx, &me, other, now)?;
                None
            }
            Act::Reactivate(me, other) => {
                let me = scope_of(tx, me, now)?;
                staff::reactivate(tx, &me, other, now, random)?;
                None
            }
            Act::Emergency(me, other) => {
                let me = scope_of(tx, me, now)?;
                Some(staff::reset_in_emergency(tx, &me, other, REASON, 30, now, random)?)
            }
            Act::Confirm(me, id) => {
                let me = scope_of(tx, me, now)?;
                let done = staff::confirm(tx, &me, id, &code(now), 30, now, random)?;
                done.map_err(|_| ServiceError::NotAllowed)?.link
            }
            Act::Review(me, id) => {
                let me = scope_of(tx, me, now)?;
                staff::review(tx, &me, id, now)?;
                None
            }
            Act::Deceive(id) => {
                let eve = staff_named(tx, "eve")?;
                let eve = scope_of(tx, &eve, now)?;
                let done = staff::confirm(tx, &eve, id, &code(now), 30, now, random)?;
                done.map_err(|_| ServiceError::NotAllowed)?.link
            }
            Act::Write(me) => {
                let me = scope_of(tx, me, now)?;
                drafts::edit(tx, &me, "section one", now, |promise: &mut Promise| {
                    add(promise, "one");
                    Ok(())
                })?;
                drafts::submit(tx, &me, now)?;
                None
            }
            Act::Publish(me) => {
                let me = scope_of(tx, me, now)?;
                let version = drafts::load(tx, &me)?.version();
                drafts::publish(tx, &me, &version, now)?;
                return Ok(true);
            }
            Act::Wait => None,
        };
        if let Some(link) = link {
            self.open(tx, &link, now)?;
        }
        Ok(false)
    }
}

fn name(tx: &mut dyn Tx, staff: &StaffId) -> Result<String, ServiceError> {
    Ok(tx.staff(staff)?.map(|staff| staff.handle).unwrap_or_default())
}

pub(super) fn staff_named(tx: &mut dyn Tx, handle: &str) -> Result<StaffId, ServiceError> {
    Ok(tx.staff_by_handle(handle)?.pop().unwrap().id)
}
