//! What an import is compared with: the people, staff and assignments of a council.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use promise_database::{Assignment, SignInStatus, Tx};
use promise_protocol::{
    cover::Absences,
    ids::{CouncilId, PersonId, StaffId},
    text,
    values::Leave,
};
use sha2::{Digest, Sha256};

use crate::{ServiceError, calendar, staff::teams};

/// A young person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPerson {
    /// Their id.
    pub id: PersonId,
    /// The council's reference for them, which is their id in the case system.
    pub reference: Option<String>,
}

/// A staff member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownStaff {
    /// Their id.
    pub id: StaffId,
    /// The name on their card.
    pub name: String,
    /// The names by which the directory's address can find them: with which they sign in, and their
    /// handle. As keys.
    pub addresses: BTreeSet<String>,
    /// `true` if young people can be assigned to them.
    pub can_advise: bool,
    /// `true` if they are deactivated.
    pub has_left: bool,
    /// The leave on their card.
    pub leave: Vec<Leave>,
}

impl KnownStaff {
    pub(super) fn is_away_on(&self, day: NaiveDate) -> bool {
        self.leave.iter().any(|leave| leave.includes(day))
    }

    /// Returns their leave, by which the cover for them is found.
    pub(super) fn absences(&self) -> Absences {
        let (id, leave) = (self.id.to_string(), self.leave.clone());
        Absences { id, leave, from: None, to: None, can_be_named: true }
    }
}

/// A council's people, staff and assignments on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The day in London.
    pub today: NaiveDate,
    /// The young people.
    pub people: Vec<KnownPerson>,
    /// The staff.
    pub staff: Vec<KnownStaff>,
    /// Every assignment.
    pub assignments: Vec<Assignment>,
}

impl State {
    pub(super) fn load(
        tx: &mut dyn Tx,
        council: &CouncilId,
        now_millis: i64,
    ) -> Result<Self, ServiceError> {
        let today = calendar::today(now_millis);
        let sign_ins = tx.sign_in_statuses(council)?.into_iter();
        let sign_ins: BTreeMap<StaffId, SignInStatus> =
            sign_ins.map(|sign_in| (sign_in.staff.clone(), sign_in)).collect();
        let staff = tx.staff_of(council)?.into_iter().map(|member| {
            let sign_in = sign_ins.get(&member.id);
            let names = sign_in.map(|sign_in| sign_in.name.as_str());
            KnownStaff {
                name: member.name().to_owned(),
                addresses: names.into_iter().chain([&*member.handle]).map(text::key).collect(),
                can_advise: teams::can_advise(&member, sign_in.map(|sign_in| &sign_in.role)),
                has_left: member.is_deactivated(),
                leave: member.card.leave(),
                id: member.id,
            }
        });
        let people = tx.people(council)?.into_iter();
        Ok(Self {
            today,
            people: people
                .map(|person| KnownPerson { id: person.id, reference: person.reference })
                .collect(),
            staff: staff.collect(),
            assignments: tx.assignments_in(council)?,
        })
    }

    /// Returns a hash of the state. What is applied is what was planned if it is the same.
    pub(super) fn version(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(format!("{self:?}")))
    }

    /// Returns the adviser's own assignments, without covers.
    pub(super) fn own(&self) -> impl Iterator<Item = &Assignment> {
        self.assignments.iter().filter(|assignment| assignment.covers.is_none())
    }

    pub(super) fn find_staff(&self, id: &StaffId) -> Option<&KnownStaff> {
        self.staff.iter().find(|staff| &staff.id == id)
    }
}
