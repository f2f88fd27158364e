//! Forms: their fields, what a browser sends back, and the pages that ask for a confirmation.

mod confirm;
mod conflict;
mod field;
mod issue;
mod phones;
mod posted;
mod question;
mod time;

pub(crate) use confirm::Confirm;
pub(crate) use conflict::{Both, Clashing};
pub(crate) use field::{Choice, Field, Input, choice, date, date_parts, mistake, too_long};
pub(crate) use issue::{field_mistake, issue_text};
pub(crate) use phones::{MIN_PHONE_ROWS, PhoneRow, parse_phone, phone_rows};
pub(crate) use posted::{Carried, Posted};
pub(crate) use question::Question;
pub(crate) use time::parse_time;
