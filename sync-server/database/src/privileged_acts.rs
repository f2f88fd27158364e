//! Acts that decide who can sign in as whom: sign-in links, resets, privileged roles.

use std::str::FromStr;

use promise_protocol::{
    access::StaffRole,
    ids::{CouncilId, PrivilegedActId, StaffId},
};

use crate::{Actor, DatabaseError};

/// What an act does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivilegedActKind {
    /// Gives a first sign-in link to a staff member who never signed in.
    Invite,
    /// Gives a new sign-in link to a staff member who signed in before: a new password and a new
    /// authenticator.
    Reset,
    /// Gives a role.
    Grant,
    /// Reactivates a staff member, with a new sign-in link.
    Reactivate,
    /// A reset by one administrator alone.
    Emergency,
}

impl PrivilegedActKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Invite, Self::Reset, Self::Grant, Self::Reactivate, Self::Emergency];

    /// Returns the word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Reset => "reset",
            Self::Grant => "grant",
            Self::Reactivate => "reactivate",
            Self::Emergency => "emergency",
        }
    }
}

/// How far an act has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivilegedActState {
    /// It waits for a second person. Nothing has changed yet.
    Waiting,
    /// It was done.
    Done,
    /// A second person refused it.
    Refused,
    /// The administrator who asked for it withdrew it.
    Withdrawn,
    /// It waited when a backup was restored, and has to be asked for again.
    Lapsed,
}

impl PrivilegedActState {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Waiting, Self::Done, Self::Refused, Self::Withdrawn, Self::Lapsed];

    /// Returns the word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
        }
    }
}

/// The word is not one of the vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownWord;

impl FromStr for PrivilegedActKind {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(UnknownWord)
    }
}

impl FromStr for PrivilegedActState {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|state| state.as_str() == word).ok_or(UnknownWord)
    }
}

/// What a person decided, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The second person.
    pub by: Actor,
    /// When.
    pub at: i64,
}

/// One act: asked for, done or refused. It is never deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivilegedAct {
    /// A random id.
    pub id: PrivilegedActId,
    /// The council.
    pub council: CouncilId,
    /// The staff member whose sign-in it is about.
    pub subject: StaffId,
    /// What it does.
    pub kind: PrivilegedActKind,
    /// The role that they have after it.
    pub role: StaffRole,
    /// The role that they had before; `None` if they had no sign-in.
    pub role_before: Option<StaffRole>,
    /// The name that they sign in with after it.
    pub sign_in_name: String,
    /// Why, in words. Empty where no reason is required.
    pub reason: String,
    /// Who asked for it, or did it.
    pub asked_by: Actor,
    /// When.
    pub asked_at: i64,
    /// How far it has come.
    pub state: PrivilegedActState,
    /// The second person's decision. `None` while it waits, and for an act that needs no second person.
    pub decision: Option<Decision>,
    /// When the staff member saw the notice about it; also set if they need none.
    pub seen_at: Option<i64>,
    /// When the staff member reported that they did not want it.
    pub disputed_at: Option<i64>,
    /// Who looked at an emergency or at a dispute and signed it off.
    pub review: Option<Decision>,
}

impl PrivilegedAct {
    /// Returns when it was done; `None` if it was not.
    pub fn done_at(&self) -> Option<i64> {
        let at = self.decision.as_ref().map_or(self.asked_at, |decision| decision.at);
        (self.state == PrivilegedActState::Done).then_some(at)
    }

    /// Returns the staff members who asked for it, did it or confirmed it, without the operator.
    pub fn participants(&self) -> impl Iterator<Item = &StaffId> {
        let second = self.decision.as_ref().map(|decision| &decision.by);
        [Some(&self.asked_by), second].into_iter().flatten().filter_map(Actor::staff)
    }
}

/// Acts on sign-ins.
pub trait PrivilegedActs {
    /// Stores an act in place of one with the same id.
    fn set_privileged_act(&mut self, act: &PrivilegedAct) -> Result<(), DatabaseError>;

    /// Returns the act with this id.
    fn privileged_act(
        &mut self,
        id: &PrivilegedActId,
    ) -> Result<Option<PrivilegedAct>, DatabaseError>;

    /// Returns the acts of every council, by id.
    fn privileged_acts(&mut self) -> Result<Vec<PrivilegedAct>, DatabaseError>;

    /// Returns a council's acts, the last one asked for first.
    fn privileged_acts_of(
        &mut self,
        council: &CouncilId,
    ) -> Result<Vec<PrivilegedAct>, DatabaseError>;

    /// Returns the acts about a staff member, the last one asked for first.
    fn privileged_acts_about(
        &mut self,
        staff: &StaffId,
    ) -> Result<Vec<PrivilegedAct>, DatabaseError>;

    /// Returns a council's acts that wait for a review, the last one asked for first: emergencies
    /// and disputed acts.
    fn open_privileged_acts(
        &mut self,
        council: &CouncilId,
    ) -> Result<Vec<PrivilegedAct>, DatabaseError>;
}
