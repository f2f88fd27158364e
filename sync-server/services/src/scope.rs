//! What a caller may reach. Only a check that passed makes a scope.

use chrono::NaiveDate;
use promise_protocol::Author;

use crate::{Permission, ServiceError, StaffRole};
use promise_database::{Actor, Person, StaffMember, Tx};

/// One paired phone: it reaches its own person and nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneScope {
    council: String,
    person: String,
    device: Author,
}

impl PhoneScope {
    pub(crate) fn new(council: String, person: String, device: Author) -> Self {
        Self { council, person, device }
    }

    /// A scope that no token was checked for. The simulation has no tokens.
    #[cfg(any(test, feature = "fault-injection"))]
    pub fn unchecked_for_simulation(
        council: impl Into<String>,
        person: impl Into<String>,
        device: Author,
    ) -> Self {
        Self::new(council.into(), person.into(), device)
    }

    /// The council of the phone's person.
    pub fn council(&self) -> &str {
        &self.council
    }

    /// The phone's person.
    pub fn person(&self) -> &str {
        &self.person
    }

    /// The phone, by the author of its stamps.
    pub fn device(&self) -> &Author {
        &self.device
    }
}

/// Staff, or whoever runs the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffScope {
    /// `None` reaches every council.
    council: Option<String>,
    /// Who signed in; `None` is whoever runs the server.
    member: Option<Member>,
}

/// A member of staff who signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Member {
    staff: String,
    role: StaffRole,
    /// The day in London: some assignments begin or end.
    today: NaiveDate,
}

impl StaffScope {
    /// Whoever runs the program on the server's own machine, and so has the database in hand.
    pub fn operator() -> Self {
        Self { council: None, member: None }
    }

    /// A council's own operator: reaches that council alone.
    pub fn of_council(council: impl Into<String>) -> Self {
        Self { council: Some(council.into()), member: None }
    }

    /// A member of staff. Only signing in makes one.
    pub(crate) fn of_member(
        council: String,
        staff: String,
        role: StaffRole,
        today: NaiveDate,
    ) -> Self {
        Self { council: Some(council), member: Some(Member { staff, role, today }) }
    }

    /// The staff member, or the operator.
    pub fn actor(&self) -> Actor {
        Actor::from(self.member.as_ref().map(|member| member.staff.clone()))
    }

    /// The role; `None` for whoever runs the server, who may do everything.
    pub fn role(&self) -> Option<StaffRole> {
        self.member.as_ref().map(|member| member.role)
    }

    /// The council of a member of staff.
    pub fn own_council(&self) -> Option<&str> {
        self.council.as_deref()
    }

    /// Whether this council is within reach.
    pub fn reaches(&self, council: &str) -> bool {
        self.council.as_deref().is_none_or(|own| own == council)
    }

    /// Whether the role allows this.
    pub fn may(&self, act: Permission) -> bool {
        self.role().is_none_or(|role| act.is_granted_to(role))
    }

    /// [`ServiceError::NotAllowed`], unless the role allows this.
    pub fn permit(&self, act: Permission) -> Result<(), ServiceError> {
        if self.may(act) { Ok(()) } else { Err(ServiceError::NotAllowed) }
    }

    /// Like [`StaffScope::permit`], once more in the transaction that acts on it: whoever was
    /// switched off, or lost the role, while their request was on its way does nothing any more.
    pub(crate) fn permit_still(
        &self,
        tx: &mut dyn Tx,
        act: Permission,
    ) -> Result<(), ServiceError> {
        self.permit(act)?;
        let Some(member) = &self.member else { return Ok(()) };
        let staff = tx.staff(&member.staff)?.filter(|staff| !staff.is_deactivated());
        let sign_in = tx.sign_in(&member.staff)?;
        let has_role = sign_in.is_some_and(|sign_in| sign_in.role == member.role.as_str());
        if staff.is_some() && has_role { Ok(()) } else { Err(ServiceError::NotAllowed) }
    }

    /// The council of this name, if it is within reach.
    pub(crate) fn council(&self, tx: &mut dyn Tx, id: &str) -> Result<String, ServiceError> {
        let known = tx.council(id)?.filter(|council| self.reaches(&council.id));
        known.map(|council| council.id).ok_or(ServiceError::NotFound("council"))
    }

    /// A colleague of this name who works here.
    pub(crate) fn colleague(&self, tx: &mut dyn Tx, id: &str) -> Result<StaffMember, ServiceError> {
        let staff = self.staff(tx, id)?;
        if staff.is_deactivated() { Err(ServiceError::StaffDeactivated) } else { Ok(staff) }
    }

    /// The person of this name, to look at. Somebody out of reach is as unknown as somebody who
    /// does not exist.
    pub fn person(&self, tx: &mut dyn Tx, id: &str) -> Result<Person, ServiceError> {
        self.permit(Permission::SeePeople)?;
        let person = tx.person(id)?.filter(|person| self.reaches(&person.council));
        let person = person.ok_or(ServiceError::NotFound("person"))?;
        if self.looks_after(tx, id)? { Ok(person) } else { Err(ServiceError::NotFound("person")) }
    }

    /// The person of this name, to change something.
    pub fn person_to_change(&self, tx: &mut dyn Tx, id: &str) -> Result<Person, ServiceError> {
        self.permit(Permission::ChangePeople)?;
        tx.person_for_update(id)?;
        self.person(tx, id)
    }

    /// The member of staff of this name.
    pub fn staff(&self, tx: &mut dyn Tx, id: &str) -> Result<StaffMember, ServiceError> {
        let staff = tx.staff(id)?.filter(|staff| self.reaches(&staff.council));
        staff.ok_or(ServiceError::NotFound("member of staff"))
    }

    /// The member of staff of this name, to change their card: oneself, or as a manager.
    pub fn card_holder(&self, tx: &mut dyn Tx, id: &str) -> Result<StaffMember, ServiceError> {
        let is_own = self.member.as_ref().is_some_and(|member| member.staff == id);
        let staff = self.staff(tx, id)?;
        self.permit(if is_own { Permission::OwnCard } else { Permission::AnyCard })?;
        Ok(staff)
    }

    /// An adviser reaches those assigned to them; the other roles that see people see them all.
    fn looks_after(&self, tx: &mut dyn Tx, person: &str) -> Result<bool, ServiceError> {
        let Some(member) = self.member.as_ref().filter(|member| member.role == StaffRole::Adviser)
        else {
            return Ok(true);
        };
        let assignment = tx.assignment(person, &member.staff)?;
        Ok(assignment.is_some_and(|assignment| assignment.grants_access_on(member.today)))
    }
}
