//! Pure functions: rules over values, with no store, no network and no clock of their own.

mod opportunity_filter;
pub(crate) mod profile_rules;
pub mod ring_now;

pub use opportunity_filter::OpportunityFilter;
