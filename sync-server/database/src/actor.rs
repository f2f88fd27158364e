//! Who did something that the audit log records.

use promise_protocol::ids::StaffId;

/// Who did something that the audit log records.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// The operator, who runs the program on the server's own machine.
    Operator,
    /// A staff member, by id.
    Staff(StaffId),
    /// One of the young person's own phones. Only entries about them have it.
    OwnPhone,
}

impl Actor {
    /// The staff member's id; `None` for the operator and a phone.
    pub fn staff(&self) -> Option<&StaffId> {
        match self {
            Self::Operator | Self::OwnPhone => None,
            Self::Staff(id) => Some(id),
        }
    }
}

impl From<Option<StaffId>> for Actor {
    fn from(staff: Option<StaffId>) -> Self {
        staff.map_or(Self::Operator, Self::Staff)
    }
}
