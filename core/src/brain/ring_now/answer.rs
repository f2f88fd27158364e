//! The answer: whom to ring, why, and until when it holds.

use chrono::{DateTime, NaiveDate, Utc};
use promise_protocol::{ContactId, pack::Localised, values::PhoneNumber};

/// Whom a young person can ring at a moment. It is the same until [`next_change`](Self::next_change).
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RingNow {
    /// Who answers a call now, in the order in which to try. Never empty: 999 is always in it.
    pub ring: Vec<RingEntry>,
    /// Who answers now and takes only texts or WhatsApp, in the same order.
    pub text: Vec<RingEntry>,
    /// Who does not answer now, in the same order.
    pub later: Vec<LaterEntry>,
    /// The first moment at which the answer is another one, by the council's clock. `None` if no such
    /// moment is known.
    pub next_change: Option<DateTime<Utc>>,
}

/// Someone who answers now.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RingEntry {
    /// Who it is.
    pub who: RingWho,
    /// Their place in the order.
    pub place: RingPlace,
    /// Why they answer now.
    pub why: WhyNow,
    /// The numbers that can be rung, the preferred one first.
    pub numbers: Vec<PhoneNumber>,
    /// The numbers that take only texts or WhatsApp.
    pub texts: Vec<PhoneNumber>,
}

/// Someone who does not answer now.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct LaterEntry {
    /// Who it is.
    pub who: RingWho,
    /// Their place in the order.
    pub place: RingPlace,
    /// Why they do not answer now.
    pub why: WhyNotNow,
    /// When they answer next, by the council's clock. `None` if it is not known.
    pub next: Option<DateTime<Utc>>,
    /// The numbers that can be rung, the preferred one first.
    pub numbers: Vec<PhoneNumber>,
    /// The numbers that take only texts or WhatsApp.
    pub texts: Vec<PhoneNumber>,
}

/// Who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum RingWho {
    /// A contact that the council gives.
    Contact {
        /// The contact's id.
        id: ContactId,
        /// The young person's own name for them, or their name.
        name: String,
        /// What they do.
        role: String,
    },
    /// A line of the directory.
    Line {
        /// The line's id.
        id: String,
        /// The line's name.
        name: Localised,
        /// What it is.
        role: String,
        /// When to ring it. Empty if the council does not say.
        about: Localised,
    },
    /// Police, ambulance and fire, on a phone whose council publishes no line for them.
    EmergencyServices,
}

/// The places in the order in which to ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum RingPlace {
    /// The personal adviser, or who came after one.
    Adviser,
    /// Who covers for the personal adviser.
    Cover,
    /// Another contact.
    Helper,
    /// A line of the council in office hours.
    DutyLine,
    /// The council's line out of office hours.
    EmergencyTeam,
    /// Police, ambulance and fire.
    EmergencyServices,
    /// A line of the whole country.
    National,
}

/// Why someone answers now.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum WhyNow {
    /// A contact works.
    Working {
        /// Until when, by the council's clock.
        until: DateTime<Utc>,
    },
    /// A contact works, and covers for one who is away.
    Covers {
        /// The contact who is away.
        contact: ContactId,
        /// The last day on which they cover.
        last_day: NaiveDate,
        /// Until when they work now, by the council's clock. `None` if no end is known.
        until: Option<DateTime<Utc>>,
    },
    /// A line is open.
    Open {
        /// Until when, by the council's clock.
        until: DateTime<Utc>,
    },
    /// Day and night: no end is known.
    Always,
}

impl WhyNow {
    /// When they stop to answer.
    pub(super) fn until(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Working { until } | Self::Open { until } => Some(*until),
            Self::Covers { until, .. } => *until,
            Self::Always => None,
        }
    }
}

/// Why someone does not answer now.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum WhyNotNow {
    /// It is outside their hours.
    OutOfHours,
    /// They are away.
    OnLeave {
        /// The last day on which they are.
        last_day: NaiveDate,
        /// The contact who covers today. `None` if none does: ring the duty line.
        cover: Option<ContactId>,
    },
    /// They do not answer today because offices are closed.
    ClosedDay {
        /// What day it is, such as "Christmas Day".
        name: String,
    },
    /// They are not the one to ring yet.
    NotYet {
        /// The first day on which they are.
        first_day: NaiveDate,
    },
    /// The council does not say when they answer. Ring them too; they may.
    HoursUnknown,
}
