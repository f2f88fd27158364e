//! The kinds of things that service errors are about.

use std::fmt;

/// A kind of thing that an id, a name or an address refers to, and that was not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entity {
    /// An entry of the address book.
    AddressBookEntry,
    /// An appointment of a young person.
    Appointment,
    /// An ask of a young person.
    Ask,
    /// An assignment of a staff member to a young person.
    Assignment,
    /// A closed day of the directory.
    ClosedDay,
    /// A collection of the schema.
    Collection,
    /// A council.
    Council,
    /// A staff member who is deactivated.
    DeactivatedStaff,
    /// A planned hand-over.
    HandOver,
    /// A notice about a staff member's own sign-in.
    Notice,
    /// A request for an act of power over a sign-in.
    Request,
    /// A row of an uploaded sheet.
    ImportRow,
    /// A line of the directory.
    Line,
    /// An opportunity.
    Opportunity,
    /// A page of the console, or a variant of one, that an address names.
    Page,
    /// A young person.
    Person,
    /// A paired phone.
    Phone,
    /// A pledge of the promise.
    Pledge,
    /// A record of the promise.
    PromiseRecord,
    /// A section of the promise.
    Section,
    /// A session of the console.
    Session,
    /// The sign-in of a staff member.
    SignIn,
    /// A sign-in link.
    SignInLink,
    /// A staff member.
    Staff,
    /// A timescale of a young person.
    Timescale,
    /// An uploaded sheet.
    Upload,
}

impl Entity {
    fn name(self) -> &'static str {
        match self {
            Self::AddressBookEntry => "entry of the address book",
            Self::Appointment => "appointment",
            Self::Ask => "ask",
            Self::Assignment => "assignment",
            Self::ClosedDay => "closed day",
            Self::Collection => "collection",
            Self::Council => "council",
            Self::DeactivatedStaff => "leaver",
            Self::HandOver => "hand-over",
            Self::Notice => "notice",
            Self::Request => "request",
            Self::ImportRow => "row",
            Self::Line => "line",
            Self::Opportunity => "opportunity",
            Self::Page => "page",
            Self::Person => "person",
            Self::Phone => "phone",
            Self::Pledge => "pledge",
            Self::PromiseRecord => "record",
            Self::Section => "section",
            Self::Session => "session",
            Self::SignIn => "sign-in",
            Self::SignInLink => "link",
            Self::Staff => "member of staff",
            Self::Timescale => "timescale",
            Self::Upload => "upload",
        }
    }
}

impl fmt::Display for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Something unique that exists already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// An adviser who is assigned to the young person.
    Adviser,
    /// An assignment of the staff member to the young person.
    Assignment,
    /// A closed day on the date.
    ClosedDay,
    /// The entry of the address book on the young person's phones.
    GivenContact,
    /// A council with the id.
    Council,
    /// A staff member of the council with the handle.
    Handle,
    /// An opportunity with the id.
    Opportunity,
    /// An invitation with the id. Retry with another one.
    PairingCode,
    /// A young person of the council with the reference.
    Reference,
    /// A staff member with the sign-in name.
    SignInName,
}

impl Existing {
    fn name(self) -> &'static str {
        match self {
            Self::Adviser => "adviser",
            Self::Assignment => "assignment",
            Self::ClosedDay => "closed day",
            Self::GivenContact => "contact of the young person",
            Self::Council => "council",
            Self::Handle => "handle in this council",
            Self::Opportunity => "opportunity",
            Self::PairingCode => "code",
            Self::Reference => "reference in this council",
            Self::SignInName => "sign-in name",
        }
    }
}

impl fmt::Display for Existing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
