//! What each role may do.

/// What somebody is to the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Looks after young people: their own caseload.
    Adviser,
    /// Runs a team: every young person of the council, and every card.
    Manager,
    /// Writes what is published.
    Editor,
    /// Publishes it.
    Publisher,
    /// Gives colleagues their sign-in. Sees no young people.
    Administrator,
    /// Checks: reads everything, changes nothing.
    Auditor,
}

/// Something that a role allows or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// See young people, and what is on their phones.
    SeePeople,
    /// Change something of theirs.
    ChangePeople,
    /// Have a card, and change it.
    OwnCard,
    /// Change a colleague's card.
    AnyCard,
    /// Read the log of who looked and who changed what.
    SeeLog,
    /// Give colleagues their sign-in.
    ManageStaff,
    /// Write what is to be published.
    Edit,
    /// What only whoever runs the server does.
    Operate,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 6] = [
        Self::Adviser,
        Self::Manager,
        Self::Editor,
        Self::Publisher,
        Self::Administrator,
        Self::Auditor,
    ];

    /// Its name, as it is stored and typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Adviser => "adviser",
            Self::Manager => "manager",
            Self::Editor => "editor",
            Self::Publisher => "publisher",
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
        }
    }

    /// The role of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether the role allows this.
    pub fn may(self, act: Act) -> bool {
        let allowed: &[Act] = match self {
            Self::Adviser => &[Act::SeePeople, Act::ChangePeople, Act::OwnCard],
            Self::Manager => &[Act::SeePeople, Act::ChangePeople, Act::OwnCard, Act::AnyCard],
            Self::Editor | Self::Publisher => &[Act::Edit],
            Self::Administrator => &[Act::ManageStaff],
            Self::Auditor => &[Act::SeePeople, Act::SeeLog],
        };
        allowed.contains(&act)
    }
}
