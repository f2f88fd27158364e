//! Which opportunities to list.

use chrono::NaiveDate;
use promise_protocol::{
    availability::{Availability, closing_day},
    pack::{Opportunity, OpportunityKind},
    search::TextFilter,
    text,
};

/// Which opportunities to list. The default lists every open one.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OpportunityFilter {
    /// Only these kinds; empty for all.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub kinds: Vec<OpportunityKind>,
    /// Only this Covenant outcome, 1 to 5.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub outcome: Option<u8>,
    /// Only in this area: part of a place's name in any spelling, or the start of a postcode. What is
    /// national or online is in every area.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub area: Option<String>,
    /// Only those that close by this day.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub closes_by: Option<NaiveDate>,
    /// Closed ones too.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub closed_too: bool,
    /// Only saved ones, open or closed.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub saved_only: bool,
}

impl OpportunityFilter {
    /// Returns `true` if the filter lets this opportunity through.
    pub(crate) fn matches(
        &self,
        opportunity: &Opportunity,
        availability: Availability,
        is_saved: bool,
    ) -> bool {
        (self.closed_too || self.saved_only || !availability.is_over())
            && (!self.saved_only || is_saved)
            && (self.kinds.is_empty() || self.kinds.contains(&opportunity.kind))
            && (self.outcome.is_none() || self.outcome == opportunity.outcome)
            && self.area.as_deref().is_none_or(|area| is_in(opportunity, area))
            && self
                .closes_by
                .is_none_or(|day| closing_day(opportunity).is_some_and(|closes| closes <= day))
    }
}

fn is_in(opportunity: &Opportunity, area: &str) -> bool {
    let start = joined(&text::key(area));
    let area = TextFilter::new(area);
    opportunity.national
        || opportunity.online
        || opportunity.places.iter().any(|place| {
            let postcode = text::key(place.postcode.as_deref().unwrap_or_default());
            area.matches(&place.name) || joined(&postcode).starts_with(&start)
        })
}

/// Returns a postcode without its space, which many people do not type.
fn joined(postcode: &str) -> String {
    postcode.chars().filter(|c| *c != ' ').collect()
}
