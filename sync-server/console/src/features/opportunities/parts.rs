//! The parts of an opportunity, each a page of its own.

use crate::kit::words;

/// A part of an opportunity, which is a page of its own.
pub(super) struct Part {
    /// Its name in addresses.
    pub(super) name: &'static str,
    pub(super) columns: &'static [&'static str],
}

/// All of them, in order.
pub(super) const PARTS: [Part; 6] = [
    Part { name: "words", columns: &["kind", "title", "organisation", "summary", "body"] },
    Part { name: "when", columns: &["closes", "starts", "ends", "hours"] },
    Part {
        name: "apply",
        columns: &[
            "how_to_apply",
            "apply_url",
            "url",
            "contact_name",
            "contact_phone",
            "contact_email",
        ],
    },
    Part { name: "where", columns: &["area", "postcode", "national", "online"] },
    Part {
        name: "who",
        columns: &[
            "care_leavers_only",
            "age_min",
            "age_max",
            "who",
            "evidence",
            "languages",
            "outcome",
            "councils",
        ],
    },
    Part {
        name: "money",
        columns: &["amount", "cost", "pay", "pay_type", "pay_min", "pay_max", "pay_unit"],
    },
];

impl Part {
    pub(super) fn of(name: &str) -> Option<&'static Self> {
        PARTS.iter().find(|part| part.name == name)
    }

    pub(super) fn title(&self) -> String {
        words::t(&format!("opp-part-{}", self.name))
    }
}
