//! One dishonest administrator tries every sequence of acts to publish what they wrote themselves.
//!
//! The human holds Adam's account, and every account whose sign-in link they were given or whose link
//! reached them. Who opens a link holds the account: humans and accounts are different things.
//! No one else acts, unless a story says that the second administrator is deceived: then Eve confirms
//! every request and hands the link to the human, which is the worst that she can do.

use std::collections::{BTreeMap, BTreeSet};

use promise_database::{
    PrivilegedAct, PrivilegedActKind, PrivilegedActState, SignIn, StaffMember, Tx,
};
use promise_database_sqlite::SqliteConnection;
use promise_protocol::{
    ids::{PrivilegedActId, StaffId},
    pack::Promise,
};
use serde_json::json;
use totp_rs::Builder;

use super::{add, ed, pat};
use crate::{
    Random, ServiceError, StaffRole, StaffScope,
    calendar::today,
    dual_control::{self, COOLING_OFF_MILLIS},
    fixture::{NOW, World, card_edit, signer},
    publishing::drafts,
    sign_in::{self, HashedPassword},
    staff::{self, Wanted},
};

const MINUTE: i64 = 60_000;
const SECRET: [u8; 20] = [9; 20];
const REASON: &str = "They lost their phone";

/// One act of the human, by one of the accounts that they hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
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
struct Seeded(u64);

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
struct Story {
    is_eve_deceived: bool,
    may_wait: bool,
}

/// A state of the server. The database knows which accounts the human holds: those with their password.
struct State {
    bytes: Vec<u8>,
    now: i64,
    acts: Vec<Act>,
}

struct Model {
    password: HashedPassword,
    stored_password: String,
    story: Story,
    seen: BTreeSet<(usize, String)>,
    published: Vec<Vec<Act>>,
    tried: usize,
}

fn scope_of(tx: &mut dyn Tx, staff: &StaffId, now: i64) -> Result<StaffScope, ServiceError> {
    StaffScope::of_stored_member(tx, staff, today(now))?.ok_or(ServiceError::NotAllowed)
}

fn code(now: i64) -> String {
    let totp = Builder::new().with_secret(&SECRET[..]).build().unwrap();
    totp.generate(u64::try_from(now / 1000).unwrap()).to_string()
}

impl Model {
    fn new(story: Story) -> Self {
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
    fn open(&self, tx: &mut dyn Tx, link: &str, now: i64) -> Result<(), ServiceError> {
        let invitee = sign_in::set_password(tx, link, self.password.clone(), now)?;
        let sign_in = tx.sign_in(&invitee.staff)?.unwrap();
        tx.set_sign_in(&SignIn { totp: Some(SECRET.to_vec()), ..sign_in })?;
        tx.set_last_sign_in(&invitee.staff, now)?;
        Ok(())
    }

    fn holds(&self, sign_in: Option<&SignIn>) -> bool {
        sign_in.is_some_and(|sign_in| {
            sign_in.password.as_ref() == Some(&self.stored_password) && sign_in.held_at.is_none()
        })
    }

    /// Returns what the human can try, with so many acts left. The last one publishes, and the one before
    /// writes if there is no draft yet.
    fn acts(&self, tx: &mut dyn Tx, left: usize) -> Result<Vec<Act>, ServiceError> {
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
    fn run(
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
            let used = dual_control::was_used(tx, member)?;
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
    fn explore(&mut self, state: &State, left: usize) {
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

fn name(tx: &mut dyn Tx, staff: &StaffId) -> Result<String, ServiceError> {
    Ok(tx.staff(staff)?.map(|staff| staff.handle).unwrap_or_default())
}

fn staff_named(tx: &mut dyn Tx, handle: &str) -> Result<StaffId, ServiceError> {
    Ok(tx.staff_by_handle(handle)?.pop().unwrap().id)
}

/// A council with Adam, whose account the human holds, another administrator, a publisher and an
/// editor, all made by the operator, and a publisher who has not used the first link.
fn council(model: &Model) -> State {
    let mut world = World::new();
    let roles = [
        ("adam", StaffRole::Administrator),
        ("eve", StaffRole::Administrator),
        ("pat", StaffRole::Publisher),
        ("ed", StaffRole::Editor),
        ("nora", StaffRole::Publisher),
    ];
    for (handle, role) in roles {
        world
            .staff(|tx, scope, random| {
                let card = card_edit(json!({"display_name": handle}));
                let id = staff::add(tx, scope, &"barnet".into(), handle, card, random)?;
                let link = sign_in::invite(tx, scope, &id, (handle, role), 30, NOW, random)?;
                match handle {
                    "nora" => {}
                    "adam" => model.open(tx, &link, NOW)?,
                    _ => {
                        let mut sign_in = tx.sign_in(&id)?.unwrap();
                        sign_in.password = Some("their own".into());
                        sign_in.totp = Some(SECRET.to_vec());
                        tx.set_sign_in(&sign_in)?;
                        tx.set_last_sign_in(&id, NOW)?;
                    }
                }
                Ok(())
            })
            .unwrap();
    }
    State { bytes: world.store.snapshot().unwrap(), now: NOW, acts: Vec::new() }
}

/// The same, with an editor whom Adam made a day ago and whose draft is submitted.
fn council_with_draft(model: &Model) -> State {
    let mut state = council(model);
    let mut store = SqliteConnection::from_snapshot(&state.bytes, signer()).unwrap();
    let mut random = Seeded(5);
    store
        .transact(|tx| {
            let adam = staff_named(tx, "adam")?;
            model.run(tx, &Act::Create(adam, StaffRole::Editor), NOW + MINUTE, &mut random)?;
            let own = staff_named(tx, "new6")?;
            model.run(tx, &Act::Write(own), NOW + 2 * MINUTE, &mut random)
        })
        .unwrap();
    state.bytes = store.snapshot().unwrap();
    state.now = NOW + 24 * 60 * MINUTE;
    state
}

fn explore(story: Story, start: fn(&Model) -> State, acts: usize) -> Model {
    let mut model = Model::new(story);
    let start = start(&model);
    model.explore(&start, acts);
    model
}

#[test]
fn one_dishonest_administrator_publishes_nothing_with_four_acts() {
    let story = Story { is_eve_deceived: false, may_wait: true };
    for start in [council, council_with_draft] {
        let model = explore(story, start, 4);
        assert_eq!(model.published, Vec::<Vec<Act>>::new());
        assert!(model.tried > 1_000, "{}", model.tried);
    }
}

#[test]
fn deceived_second_administrator_makes_no_author_their_own_publisher() {
    let story = Story { is_eve_deceived: true, may_wait: false };
    for start in [council, council_with_draft] {
        let model = explore(story, start, 4);
        assert_eq!(model.published, Vec::<Vec<Act>>::new());
        assert!(model.tried > 1_000, "{}", model.tried);
    }
}

/// The search finds what it looks for: honest people publish.
#[test]
fn author_and_publisher_of_their_own_publish() {
    let mut world = World::new();
    super::write(&mut world, &ed(), "money").unwrap();
    super::submit(&mut world, &ed()).unwrap();
    assert_eq!(super::publish(&mut world, &pat()).unwrap(), 1);
}
