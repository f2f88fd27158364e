//! What each role may do.

/// What somebody is to the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StaffRole {
    /// Looks after young people: their own caseload.
    Adviser,
    /// Runs a team: every young person of the council, and every card.
    Manager,
    /// Writes what is published.
    Editor,
    /// Writes too, and publishes what others wrote.
    Publisher,
    /// Gives colleagues their sign-in. Sees no young people.
    Administrator,
    /// Checks: reads everything, changes nothing.
    Auditor,
}

/// Something that a role allows or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// See young people, and what is on their phones.
    SeePeople,
    /// Change something of theirs.
    ChangePeople,
    /// Have a card, and change it.
    OwnCard,
    /// Change a colleague's card.
    AnyCard,
    /// See every adviser's caseload in figures, and who has nobody.
    SeeTeams,
    /// Add young people, and give them an adviser.
    GivePeople,
    /// Take everything along that is held about a young person, for whoever asked for it.
    ExportPeople,
    /// Take the log along.
    ExportLog,
    /// Read the log of who looked and who changed what.
    SeeLog,
    /// Give colleagues their sign-in.
    ManageStaff,
    /// See what is published, and what is about to be.
    SeePublished,
    /// Write what is to be published.
    Edit,
    /// Publish what somebody else wrote.
    Publish,
    /// What only whoever runs the server does.
    Operate,
}

impl StaffRole {
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
    pub fn may(self, act: Permission) -> bool {
        let allowed: &[Permission] = match self {
            Self::Adviser => {
                &[Permission::SeePeople, Permission::ChangePeople, Permission::OwnCard]
            }
            Self::Manager => &[
                Permission::SeePeople,
                Permission::ChangePeople,
                Permission::OwnCard,
                Permission::AnyCard,
                Permission::SeeTeams,
                Permission::GivePeople,
                Permission::ExportPeople,
                Permission::ExportLog,
                Permission::SeePublished,
            ],
            Self::Editor => &[Permission::SeePublished, Permission::Edit],
            Self::Publisher => &[Permission::SeePublished, Permission::Edit, Permission::Publish],
            Self::Administrator => &[Permission::ManageStaff],
            Self::Auditor => &[
                Permission::SeePeople,
                Permission::SeeTeams,
                Permission::SeeLog,
                Permission::ExportLog,
                Permission::SeePublished,
            ],
        };
        allowed.contains(&act)
    }
}
