//! Who did something on the council's side.

use promise_protocol::ids::StaffId;

/// Who did something on the council's side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// The operator, who runs the program on the server's own machine.
    Operator,
    /// A staff member, by id.
    Staff(StaffId),
}

impl Actor {
    /// The staff member's id; `None` for the operator.
    pub fn staff(&self) -> Option<&StaffId> {
        match self {
            Self::Operator => None,
            Self::Staff(id) => Some(id),
        }
    }
}

impl From<Option<StaffId>> for Actor {
    fn from(staff: Option<StaffId>) -> Self {
        staff.map_or(Self::Operator, Self::Staff)
    }
}
