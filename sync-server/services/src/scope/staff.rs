//! What staff and the operator may reach.

use chrono::NaiveDate;
use promise_database::{Actor, AddressBookEntry, Person, StaffMember, Tx};
use promise_protocol::ids::{CouncilId, EntryId, PersonId, StaffId};

use crate::{Entity, Permission, ServiceError, StaffRole};

/// The scope of a staff member who signed in, or of the server's operator.
///
/// A service calls one of its methods once, in the transaction that reads or writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffScope {
    /// `None` reaches every council.
    council: Option<CouncilId>,
    /// `None` is the operator.
    member: Option<Member>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Member {
    staff: StaffId,
    role: StaffRole,
    /// The day in London, for assignments that begin or end.
    today: NaiveDate,
}

impl StaffScope {
    /// Returns the scope of the operator, who runs the program on the server's own machine and so
    /// has access to the database anyway.
    pub fn operator() -> Self {
        Self { council: None, member: None }
    }

    /// Returns the scope of an operator who reaches one council only.
    pub fn of_council(council: CouncilId) -> Self {
        Self { council: Some(council), member: None }
    }

    /// Returns the scope of a staff member. Only signing in creates one,
    /// and [`StaffScope::of_stored_member`].
    pub(crate) fn of_member(
        council: CouncilId,
        staff: StaffId,
        role: StaffRole,
        today: NaiveDate,
    ) -> Self {
        Self { council: Some(council), member: Some(Member { staff, role, today }) }
    }

    /// Returns the scope that a staff member has now, for what they began while they were signed in, or
    /// `None` if they were deactivated or their account was held since.
    pub(crate) fn of_stored_member(
        tx: &mut dyn Tx,
        staff: &StaffId,
        today: NaiveDate,
    ) -> Result<Option<Self>, ServiceError> {
        let staff = tx.staff(staff)?.filter(|staff| !staff.is_deactivated());
        let Some(staff) = staff else { return Ok(None) };
        let sign_in = tx.sign_in(&staff.id)?.filter(|sign_in| sign_in.held_at.is_none());
        let scope = |role| Self::of_member(staff.council, staff.id, role, today);
        Ok(sign_in.map(|sign_in| scope(sign_in.role)))
    }

    /// Returns the staff member or the operator.
    pub fn actor(&self) -> Actor {
        Actor::from(self.member.as_ref().map(|member| member.staff.clone()))
    }

    /// Returns the role, or `None` for the operator, who has every permission.
    pub fn role(&self) -> Option<StaffRole> {
        self.member.as_ref().map(|member| member.role)
    }

    /// Returns the council of a staff member.
    pub fn own_council(&self) -> Option<&CouncilId> {
        self.council.as_ref()
    }

    /// Returns the council of a staff member, or [`ServiceError::NotFound`] for the operator of all
    /// councils.
    pub fn require_council(&self) -> Result<&CouncilId, ServiceError> {
        self.own_council().ok_or(ServiceError::NotFound(Entity::Council))
    }

    /// Returns `true` if the council with this id is in reach.
    pub fn reaches(&self, council: &CouncilId) -> bool {
        self.council.as_ref().is_none_or(|own| own == council)
    }

    /// Returns `true` if the role has the permission.
    pub fn may(&self, permission: Permission) -> bool {
        self.role().is_none_or(|role| permission.is_granted_to(role))
    }

    /// Returns [`ServiceError::NotAllowed`] unless the role has the permission.
    pub fn permit(&self, permission: Permission) -> Result<(), ServiceError> {
        if self.may(permission) { Ok(()) } else { Err(ServiceError::NotAllowed) }
    }

    /// Like [`StaffScope::permit`], and checks the stored role again. A staff member who was
    /// deactivated, whose role changed or whose account was held after the request arrived is refused.
    pub(crate) fn permit_now(
        &self,
        tx: &mut dyn Tx,
        permission: Permission,
    ) -> Result<(), ServiceError> {
        self.permit(permission)?;
        let Some(member) = &self.member else { return Ok(()) };
        let staff = tx.staff(&member.staff)?.filter(|staff| !staff.is_deactivated());
        let sign_in = tx.sign_in(&member.staff)?;
        let has_role =
            sign_in.is_some_and(|sign_in| sign_in.role == member.role && sign_in.held_at.is_none());
        if staff.is_some() && has_role { Ok(()) } else { Err(ServiceError::NotAllowed) }
    }

    /// Returns the id of a council in reach.
    pub(crate) fn council(
        &self,
        tx: &mut dyn Tx,
        id: &CouncilId,
    ) -> Result<CouncilId, ServiceError> {
        let known = tx.council(id)?.filter(|council| self.reaches(&council.id));
        known.map(|council| council.id).ok_or(ServiceError::NotFound(Entity::Council))
    }

    /// Returns a staff member in reach who is not deactivated.
    pub(crate) fn colleague(
        &self,
        tx: &mut dyn Tx,
        id: &StaffId,
    ) -> Result<StaffMember, ServiceError> {
        let staff = self.staff(tx, id)?;
        if staff.is_deactivated() { Err(ServiceError::StaffDeactivated) } else { Ok(staff) }
    }

    /// Returns a young person whom the caller may see. A person out of reach is reported like one
    /// who does not exist.
    pub fn person(&self, tx: &mut dyn Tx, id: &PersonId) -> Result<Person, ServiceError> {
        self.permit(Permission::SeePeople)?;
        let person = tx.person(id)?.filter(|person| self.reaches(&person.council));
        let person = person.ok_or(ServiceError::NotFound(Entity::Person))?;
        if self.is_assigned(tx, id)? {
            Ok(person)
        } else {
            Err(ServiceError::NotFound(Entity::Person))
        }
    }

    /// Returns a young person whom the caller may change, and reserves them for this transaction.
    pub fn person_to_change(&self, tx: &mut dyn Tx, id: &PersonId) -> Result<Person, ServiceError> {
        self.permit(Permission::ChangePeople)?;
        tx.person_for_update(id)?;
        self.person(tx, id)
    }

    /// Returns a staff member in reach.
    pub fn staff(&self, tx: &mut dyn Tx, id: &StaffId) -> Result<StaffMember, ServiceError> {
        let staff = tx.staff(id)?.filter(|staff| self.reaches(&staff.council));
        staff.ok_or(ServiceError::NotFound(Entity::Staff))
    }

    /// Returns a staff member whose card the caller may change: the caller's own, or as a manager
    /// any.
    pub fn card_holder(&self, tx: &mut dyn Tx, id: &StaffId) -> Result<StaffMember, ServiceError> {
        let is_own = self.member.as_ref().is_some_and(|member| &member.staff == id);
        let staff = self.staff(tx, id)?;
        self.permit(if is_own { Permission::OwnCard } else { Permission::AnyCard })?;
        Ok(staff)
    }

    /// Returns an entry of the address book that the caller may use and change: one that everyone of the
    /// council can have, or one of a young person whom the caller may change.
    pub fn entry(&self, tx: &mut dyn Tx, id: &EntryId) -> Result<AddressBookEntry, ServiceError> {
        self.permit(Permission::UseAddressBook)?;
        let entry = tx.book_entry(id)?;
        let entry = entry.filter(|entry| self.reaches(&entry.council) && !entry.is_removed());
        let entry = entry.ok_or(ServiceError::NotFound(Entity::AddressBookEntry))?;
        if let Some(person) = &entry.only_for {
            self.person_to_change(tx, person)?;
        }
        Ok(entry)
    }

    /// Returns `true` if the caller may see the young person.
    pub(crate) fn sees(&self, tx: &mut dyn Tx, id: &PersonId) -> Result<bool, ServiceError> {
        match self.person(tx, id) {
            Ok(_) => Ok(true),
            Err(ServiceError::NotFound(_) | ServiceError::NotAllowed) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Returns `true` if the young person is in the caller's own caseload: an assignment lets the caller
    /// see them today. Never for the operator, and not for a manager because of their role alone.
    pub(crate) fn has_in_caseload(
        &self,
        tx: &mut dyn Tx,
        person: &PersonId,
    ) -> Result<bool, ServiceError> {
        let Some(member) = self.caseload_holder() else { return Ok(false) };
        let assignment = tx.assignment(person, &member.staff)?;
        Ok(assignment.is_some_and(|assignment| assignment.grants_access_on(member.today)))
    }

    /// Returns the young people in the caller's own caseload.
    pub(crate) fn caseload(&self, tx: &mut dyn Tx) -> Result<Vec<PersonId>, ServiceError> {
        let Some(member) = self.caseload_holder() else { return Ok(Vec::new()) };
        let assignments = tx.assignments_of_staff(&member.staff)?.into_iter();
        let own = assignments.filter(|assignment| assignment.grants_access_on(member.today));
        Ok(own.map(|assignment| assignment.person).collect())
    }

    /// A role that changes no young people has no caseload, whatever assignments are left from before.
    fn caseload_holder(&self) -> Option<&Member> {
        self.member.as_ref().filter(|member| Permission::ChangePeople.is_granted_to(member.role))
    }

    /// Advisers reach the people assigned to them. Other roles that see people see all of them.
    fn is_assigned(&self, tx: &mut dyn Tx, person: &PersonId) -> Result<bool, ServiceError> {
        let Some(member) = self.member.as_ref().filter(|member| member.role == StaffRole::Adviser)
        else {
            return Ok(true);
        };
        let assignment = tx.assignment(person, &member.staff)?;
        Ok(assignment.is_some_and(|assignment| assignment.grants_access_on(member.today)))
    }
}
