//! Who did something on the council's side.

/// Who did something on the council's side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// The operator, who runs the program on the server's own machine.
    Operator,
    /// A staff member, by id.
    Staff(String),
}

impl Actor {
    /// The staff member's id; `None` for the operator.
    pub fn staff(&self) -> Option<&str> {
        match self {
            Self::Operator => None,
            Self::Staff(id) => Some(id),
        }
    }
}

impl From<Option<String>> for Actor {
    fn from(staff: Option<String>) -> Self {
        staff.map_or(Self::Operator, Self::Staff)
    }
}
