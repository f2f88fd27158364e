//! The parts of a pledge. Each has a form of its own.

use crate::features::promise::fields::{Control, FieldSpec};

/// A part of a pledge. What is not made of fields, such as the picture, has pages of its own.
pub(super) struct Part {
    /// The name in paths.
    pub(super) name: &'static str,
    fields: &'static [(&'static str, Control)],
}

/// Every part, in the order of the pledge's page.
pub(super) const PARTS: [Part; 5] = [
    Part {
        name: "words",
        fields: &[
            ("title.en", Control::Line),
            ("text.en", Control::Lines(6)),
            ("easy_read.en", Control::Lines(6)),
        ],
    },
    Part {
        name: "who",
        fields: &[
            ("who", Control::Checks),
            ("age_min", Control::Age),
            ("age_max", Control::Age),
            ("area", Control::Radios),
        ],
    },
    Part {
        name: "how",
        fields: &[
            ("amount", Control::Line),
            ("how_to_get.en", Control::Lines(4)),
            ("ask_role", Control::Line),
            ("evidence", Control::Line),
        ],
    },
    Part {
        name: "law",
        fields: &[
            ("theme", Control::Radios),
            ("outcome", Control::Radios),
            ("basis", Control::Radios),
            ("legal_ref", Control::Line),
            ("source_url", Control::WebAddress),
        ],
    },
    Part {
        name: "days",
        fields: &[
            ("valid_from", Control::Date),
            ("valid_to", Control::Date),
            ("in_force_from", Control::Date),
            ("checked_on", Control::Date),
        ],
    },
];

impl Part {
    /// Finds a part by its name.
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        PARTS.iter().find(|part| part.name == name)
    }

    /// Finds the part that contains a field.
    pub(super) fn containing(field: &str) -> Option<&'static Self> {
        let is_own = |name: &str| name == field || name.strip_suffix(".en") == Some(field);
        PARTS.iter().find(|part| part.fields.iter().any(|(name, _)| is_own(name)))
    }

    /// Returns the fields of the part's form.
    pub(super) fn specs(&self) -> Vec<FieldSpec> {
        let spec = |(name, control): &(&str, Control)| {
            let spec = FieldSpec::new(name, *control);
            // A pledge without a title could not be found again.
            if *name == "title.en" { spec.required() } else { spec }
        };
        self.fields.iter().map(spec).collect()
    }
}
