//! The parts of an opportunity. Each has a form of its own.

use crate::kit::words;

/// A part of an opportunity.
pub(super) struct Part {
    /// The name in paths.
    pub(super) name: &'static str,
    pub(super) columns: &'static [&'static str],
}

/// Every part, in the order of the opportunity's page.
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
    /// Finds a part by its name.
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        PARTS.iter().find(|part| part.name == name)
    }

    /// Returns the heading.
    pub(super) fn title(&self) -> String {
        words::t(&format!("opp-part-{}", self.name))
    }
}
