//! The kinds of records an edition holds.

use promise_protocol::PackName;

/// The kind of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordKind {
    /// The promise as a whole: the council, its title and introduction.
    Promise,
    /// A section of the promise.
    Section,
    /// A pledge.
    Pledge,
    /// An opportunity.
    Opportunity,
    /// A phone line of the directory.
    Line,
    /// A day on which offices are closed.
    ClosedDay,
    /// How often something has to happen.
    Timescale,
}

impl RecordKind {
    /// The kinds that an edition holds as lists.
    pub(crate) const LISTS: [Self; 6] = [
        Self::Section,
        Self::Pledge,
        Self::Opportunity,
        Self::Line,
        Self::ClosedDay,
        Self::Timescale,
    ];

    /// The identifier used in URLs and as part of message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Promise => "promise",
            Self::Section => "section",
            Self::Pledge => "pledge",
            Self::Opportunity => "opportunity",
            Self::Line => "line",
            Self::ClosedDay => "closed-day",
            Self::Timescale => "timescale",
        }
    }

    /// The kind with this identifier.
    pub fn parse(identifier: &str) -> Option<Self> {
        [Self::Promise].into_iter().chain(Self::LISTS).find(|kind| kind.as_str() == identifier)
    }

    /// The pack that holds the records, and the list's key in it. The promise itself has no list.
    pub(super) fn location(self) -> (PackName, &'static str) {
        match self {
            Self::Promise => (PackName::Promise, ""),
            Self::Section => (PackName::Promise, "sections"),
            Self::Pledge => (PackName::Promise, "pledges"),
            Self::Opportunity => (PackName::Opportunities, "opportunities"),
            Self::Line => (PackName::Directory, "lines"),
            Self::ClosedDay => (PackName::Directory, "closed_days"),
            Self::Timescale => (PackName::Directory, "timescales"),
        }
    }
}
