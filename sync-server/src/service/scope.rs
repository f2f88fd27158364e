//! What a caller may reach. Only a check that passed makes a scope.

use promise_protocol::Author;

use super::ServiceError;
use crate::store::{Person, StaffMember, Tx};

/// One paired phone: it reaches its own person and nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneScope {
    council: String,
    person: String,
    device: Author,
}

impl PhoneScope {
    pub(super) fn new(council: String, person: String, device: Author) -> Self {
        Self { council, person, device }
    }

    /// A scope that no token was checked for. The simulation has no tokens.
    #[cfg(any(test, feature = "planted-bugs"))]
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
}

impl StaffScope {
    /// Whoever runs the program on the server's own machine, and so has the database in hand.
    pub fn operator() -> Self {
        Self { council: None }
    }

    /// A council's own operator: reaches that council alone.
    pub fn of_council(council: impl Into<String>) -> Self {
        Self { council: Some(council.into()) }
    }

    /// Whether this council is within reach.
    pub fn reaches(&self, council: &str) -> bool {
        self.council.as_deref().is_none_or(|own| own == council)
    }

    /// The person of this name. Somebody out of reach is as unknown as somebody who does not
    /// exist.
    pub fn person(&self, tx: &mut dyn Tx, id: &str) -> Result<Person, ServiceError> {
        let person = tx.person(id)?.filter(|person| self.reaches(&person.council));
        person.ok_or(ServiceError::Unknown("person"))
    }

    /// The member of staff of this name.
    pub fn staff(&self, tx: &mut dyn Tx, id: &str) -> Result<StaffMember, ServiceError> {
        let staff = tx.staff(id)?.filter(|staff| self.reaches(&staff.council));
        staff.ok_or(ServiceError::Unknown("member of staff"))
    }
}
