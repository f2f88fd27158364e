//! Pure functions: rules over values, with no store, no network and no clock of their own.

mod opportunity_change;
mod opportunity_filter;
mod pledge_change;
pub(crate) mod profile_rules;
mod reminders;
pub mod ring_now;
mod text_change;

pub(crate) use opportunity_change::{is_changed as is_opportunity_changed, opportunity_change};
pub(crate) use pledge_change::{is_changed as is_pledge_changed, pledge_change};
pub(crate) use reminders::{Occasion, plan};
pub(crate) use text_change::text_change;

pub use opportunity_change::{DayChange, OpportunityChange};
pub use opportunity_filter::OpportunityFilter;
pub use pledge_change::PledgeChange;
pub use reminders::{PlannedReminder, REMINDER_TEXT, ReminderAbout};
pub use text_change::{TextChange, TextPart, WordChange, WordRun};
