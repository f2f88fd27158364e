//! What a phone may reach.

use promise_protocol::{
    Author,
    ids::{CouncilId, PersonId},
};

/// The scope of a paired phone: its own person and no one else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneScope {
    council: CouncilId,
    person: PersonId,
    device: Author,
}

impl PhoneScope {
    pub(crate) fn new(council: CouncilId, person: PersonId, device: Author) -> Self {
        Self { council, person, device }
    }

    /// Creates a scope without checking a token. The simulation has no tokens.
    #[cfg(any(test, feature = "fault-injection"))]
    pub fn unchecked_for_simulation(council: CouncilId, person: PersonId, device: Author) -> Self {
        Self::new(council, person, device)
    }

    /// Returns the council of the phone's person.
    pub fn council(&self) -> &CouncilId {
        &self.council
    }

    /// Returns the phone's person.
    pub fn person(&self) -> &PersonId {
        &self.person
    }

    /// Returns the author of the phone's stamps, which is also its id.
    pub fn device(&self) -> &Author {
        &self.device
    }
}
