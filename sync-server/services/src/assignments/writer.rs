//! Writing assignments, each together with its contact on the young person's phones.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_database::{Assignment, Person, StaffMember, Tx};
use promise_protocol::{ids::StaffId, schema};
use serde_json::Value;

use crate::{
    Entity, Existing, Random, ServiceError, StaffScope,
    assignments::contact::{self, CONTACT, card_fields, date_fields},
    calendar, random,
    staff_writes::delete_from,
};

/// Writes assignments in one transaction. The caller has the permission to change the people.
pub(super) struct AssignmentWriter<'a> {
    pub(super) tx: &'a mut dyn Tx,
    pub(super) scope: &'a StaffScope,
    pub(super) now_millis: i64,
}

impl AssignmentWriter<'_> {
    pub(super) fn today(&self) -> NaiveDate {
        calendar::today(self.now_millis)
    }

    /// Adds an assignment and its contact with the staff member's card.
    ///
    /// Returns [`ServiceError::AlreadyExists`] if the staff member is assigned to the person, and
    /// [`ServiceError::DifferentCouncils`].
    pub(super) fn add(
        &mut self,
        person: &Person,
        staff: &StaffMember,
        assignment: &Assignment,
    ) -> Result<(), ServiceError> {
        if person.council != staff.council {
            return Err(ServiceError::DifferentCouncils);
        }
        if !self.tx.add_assignment(assignment)? {
            return Err(ServiceError::AlreadyExists(Existing::Assignment));
        }
        let mut fields = card_fields(self.tx, &person.id, &staff.card)?;
        fields.insert(schema::DELETED.into(), Value::Bool(false));
        fields.extend(date_fields(assignment));
        self.write_contact(person, assignment, fields)?;
        Ok(())
    }

    /// Adds an assignment that is not a cover. Returns the id of its contact.
    pub(super) fn add_own(
        &mut self,
        person: &Person,
        staff: &StaffMember,
        starts: Option<NaiveDate>,
        random: &mut dyn Random,
    ) -> Result<String, ServiceError> {
        let contact: String = random::record_id(random)?;
        let open = Assignment::open(&person.id, &staff.id, &contact);
        self.add(person, staff, &Assignment { starts, ..open })?;
        Ok(contact)
    }

    /// Makes the young person the staff member's own from `starts`, or from now on. A staff member
    /// who covers for a colleague, or whose assignment would end, keeps the person without a gap.
    /// Returns the id of the contact.
    pub(super) fn make_own(
        &mut self,
        person: &Person,
        staff: &StaffMember,
        starts: Option<NaiveDate>,
        random: &mut dyn Random,
    ) -> Result<String, ServiceError> {
        let Some(known) = self.tx.assignment(&person.id, &staff.id)? else {
            return self.add_own(person, staff, starts, random);
        };
        let starts = starts.and(known.starts);
        let own = Assignment { covers: None, starts, ends: None, ..known };
        self.change(person, &own, BTreeMap::new())?;
        Ok(own.contact)
    }

    /// Stores changed days of an assignment and writes them to its contact, with more fields.
    pub(super) fn change(
        &mut self,
        person: &Person,
        assignment: &Assignment,
        more: BTreeMap<String, Value>,
    ) -> Result<(), ServiceError> {
        self.tx.set_assignment(assignment)?;
        let mut fields: BTreeMap<String, Value> = date_fields(assignment).into();
        fields.extend(more);
        self.write_contact(person, assignment, fields)?;
        Ok(())
    }

    /// Ends an assignment and deletes its contact.
    pub(super) fn end(&mut self, person: &Person, staff: &StaffId) -> Result<(), ServiceError> {
        let ended = self.tx.delete_assignment(&person.id, staff)?;
        let ended = ended.ok_or(ServiceError::NotFound(Entity::Assignment))?;
        delete_from(self.tx, self.scope, person, (CONTACT, &ended.contact), self.now_millis)?;
        Ok(())
    }

    /// Writes fields of an assignment's contact. Returns `true` if one of them changed.
    pub(super) fn write_contact(
        &mut self,
        person: &Person,
        assignment: &Assignment,
        fields: BTreeMap<String, Value>,
    ) -> Result<bool, ServiceError> {
        let contact = &assignment.contact;
        contact::write_contact(self.tx, self.scope, person, contact, fields, self.now_millis)
    }
}
