//! Labels by which the staff of a caseload tell young people apart.

use promise_protocol::ids::PersonId;

use crate::DatabaseError;

/// Labels of young people. They are apart from [`Person`](crate::Person), so that code which reads a
/// person does not read the label too: only the staff of their caseload see it.
pub trait PersonLabels {
    /// Returns a person's label, if they have one.
    fn person_label(&mut self, person: &PersonId) -> Result<Option<String>, DatabaseError>;

    /// Replaces a person's label. `None` deletes it.
    fn set_person_label(
        &mut self,
        person: &PersonId,
        label: Option<&str>,
    ) -> Result<(), DatabaseError>;
}
