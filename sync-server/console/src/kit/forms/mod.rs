//! Forms: fields, the data that a browser sends, and pages that ask for a confirmation.

mod conflict;
pub(crate) mod cost_confirmation;
mod data;
mod field;
mod hours;
mod issue;
mod languages;
mod phones;
mod question;
mod time;
mod translation;

pub(crate) use conflict::{ConflictField, ConflictTemplate, Side, resent_fields};
pub(crate) use data::{FormData, KeptForm};
pub(crate) use field::{
    Choice, Field, Input, InvalidDate, choice, date_parts, field_error, parse_date, parts_of_date,
    too_long_error,
};
pub(crate) use hours::{hours_questions, parse_hours, read_hours};
pub(crate) use issue::{issue_error, issue_text};
pub(crate) use languages::{LANGUAGES, language_choices, selected_languages};
pub(crate) use phones::{PhoneRow, PhoneRowField};
pub(crate) use question::Question;
pub(crate) use time::parse_time;
pub(crate) use translation::{TranslationRow, TranslationTemplate};
