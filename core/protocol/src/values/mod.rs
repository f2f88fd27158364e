//! The types of values that are more than a text or a number: telephone numbers, opening hours,
//! leave, periods and times in care.
//!
//! Each keeps what a newer version wrote and this one does not know, so that reading, changing and
//! saving a value loses nothing.

mod care_period;
pub mod hour_and_minute;
mod leave;
mod opening;
mod period;
mod phone_number;

pub use care_period::CarePeriod;
pub use leave::Leave;
pub use opening::{Opening, Weekday};
pub use period::{InvalidPeriod, Period, PeriodUnit};
pub use phone_number::{PhoneKind, PhoneNumber};
