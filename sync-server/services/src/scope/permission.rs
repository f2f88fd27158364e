//! What each role may do.

use promise_protocol::access::StaffRole;

/// What a role may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// See young people and what staff wrote to their phones.
    SeePeople,
    /// Change what staff write to their phones.
    ChangePeople,
    /// Have a card and change it.
    OwnCard,
    /// Change a colleague's card.
    AnyCard,
    /// Use the council's address book: add entries, change them and give them to young people whom the
    /// caller may change.
    UseAddressBook,
    /// Merge and remove entries of the address book.
    CurateAddressBook,
    /// See the size of every adviser's caseload, and young people without an adviser.
    SeeTeams,
    /// Add young people and assign advisers to them.
    GivePeople,
    /// Export everything that is held about a young person.
    ExportPeople,
    /// Export the audit log.
    ExportLog,
    /// Read the audit log.
    SeeLog,
    /// Manage colleagues' sign-ins.
    ManageStaff,
    /// See that a colleague's sign-in was reset by one administrator alone.
    SeeEmergencies,
    /// See what is published, and drafts.
    SeePublished,
    /// Edit a draft.
    Edit,
    /// Publish a colleague's draft.
    Publish,
    /// What only the server's operator may do.
    Operate,
}

impl Permission {
    /// Returns `true` if the role has this permission.
    pub fn is_granted_to(self, role: StaffRole) -> bool {
        let granted: &[Self] = match role {
            StaffRole::Adviser => {
                &[Self::SeePeople, Self::ChangePeople, Self::OwnCard, Self::UseAddressBook]
            }
            StaffRole::Manager => &[
                Self::SeePeople,
                Self::ChangePeople,
                Self::OwnCard,
                Self::AnyCard,
                Self::UseAddressBook,
                Self::CurateAddressBook,
                Self::SeeTeams,
                Self::GivePeople,
                Self::ExportPeople,
                Self::ExportLog,
                Self::SeePublished,
                Self::SeeEmergencies,
            ],
            StaffRole::Editor => &[Self::SeePublished, Self::Edit],
            StaffRole::Publisher => &[Self::SeePublished, Self::Edit, Self::Publish],
            StaffRole::Administrator => &[Self::ManageStaff, Self::SeeEmergencies],
            StaffRole::Auditor => &[
                Self::SeePeople,
                Self::SeeTeams,
                Self::SeeLog,
                Self::ExportLog,
                Self::SeePublished,
                Self::SeeEmergencies,
            ],
        };
        granted.contains(&self)
    }
}
