//! The parts of a pledge, each a page of its own.

use crate::features::promise::fields::{Shape, Spec};

/// A part of a pledge: its name in addresses, and its fields.
///
/// A part that is not made of fields, such as a picture, is a page of its own beside these.
pub(super) struct Part {
    pub(super) name: &'static str,
    fields: &'static [(&'static str, Shape)],
}

/// All of them, in the order in which they are written.
pub(super) const PARTS: [Part; 5] = [
    Part {
        name: "words",
        fields: &[
            ("title.en", Shape::Line),
            ("text.en", Shape::Lines(6)),
            ("easy_read.en", Shape::Lines(6)),
        ],
    },
    Part {
        name: "who",
        fields: &[
            ("who", Shape::Any),
            ("age_min", Shape::Age),
            ("age_max", Shape::Age),
            ("area", Shape::One),
        ],
    },
    Part {
        name: "how",
        fields: &[
            ("amount", Shape::Line),
            ("how_to_get.en", Shape::Lines(4)),
            ("ask_role", Shape::Line),
            ("evidence", Shape::Line),
        ],
    },
    Part {
        name: "law",
        fields: &[
            ("theme", Shape::One),
            ("outcome", Shape::One),
            ("basis", Shape::One),
            ("legal_ref", Shape::Line),
            ("source_url", Shape::Address),
        ],
    },
    Part {
        name: "days",
        fields: &[
            ("valid_from", Shape::Day),
            ("valid_to", Shape::Day),
            ("in_force_from", Shape::Day),
            ("checked_on", Shape::Day),
        ],
    },
];

impl Part {
    /// The part of this name.
    pub(super) fn of(name: &str) -> Option<&'static Self> {
        PARTS.iter().find(|part| part.name == name)
    }

    /// The part that a field is in.
    pub(super) fn with(field: &str) -> Option<&'static Self> {
        let is_own = |name: &str| name == field || name.strip_suffix(".en") == Some(field);
        PARTS.iter().find(|part| part.fields.iter().any(|(name, _)| is_own(name)))
    }

    /// Its fields.
    pub(super) fn specs(&self) -> Vec<Spec> {
        let spec = |(name, shape): &(&str, Shape)| {
            let spec = Spec::new(name, *shape);
            // A pledge without a heading could not be found again.
            if *name == "title.en" { spec.required() } else { spec }
        };
        self.fields.iter().map(spec).collect()
    }
}
