//! What changed in an opportunity that a person saved.

use chrono::{DateTime, NaiveDate, Utc};
use promise_protocol::{
    availability::{availability, closing_day},
    pack::Opportunity,
};

use super::text_change::{TextChange, TextPart, text_change};

/// What changed in an opportunity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OpportunityChange {
    /// Whether it can be applied for no longer.
    pub has_closed: bool,
    /// Whether it can be applied for again.
    pub has_reopened: bool,
    /// The closing days, if they differ.
    pub closing_day: Option<DayChange>,
    /// Whether it begins or ends on another day.
    pub dates: bool,
    /// The texts that changed.
    pub texts: Vec<TextChange>,
}

/// A day that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct DayChange {
    /// The day before; `None` if there was none.
    pub before: Option<NaiveDate>,
    /// The day now; `None` if there is none.
    pub now: Option<NaiveDate>,
}

impl OpportunityChange {
    /// Returns `true` if nothing changed.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Compares two editions of an opportunity at a moment by the server's clock. Neither edition has closed since
/// the other if both are over at that moment: time alone closed them.
pub(crate) fn opportunity_change(
    before: &Opportunity,
    now: &Opportunity,
    at: DateTime<Utc>,
) -> OpportunityChange {
    let (was_over, is_over) = (availability(before, at).is_over(), availability(now, at).is_over());
    let closing = DayChange { before: closing_day(before), now: closing_day(now) };
    let texts = texts(before).into_iter().zip(texts(now));
    OpportunityChange {
        has_closed: !was_over && is_over,
        has_reopened: was_over && !is_over,
        closing_day: (closing.before != closing.now).then_some(closing),
        dates: (before.starts, before.ends) != (now.starts, now.ends),
        texts: texts
            .filter_map(|((part, before), (_, now))| text_change(part, &before, &now))
            .collect(),
    }
}

/// Returns `true` if two editions of an opportunity differ in what matters to a person who saved it.
pub(crate) fn is_changed(before: &Opportunity, now: &Opportunity) -> bool {
    (before.status, before.closes_at, before.starts, before.ends)
        != (now.status, now.closes_at, now.starts, now.ends)
        || texts(before) != texts(now)
}

fn texts(opportunity: &Opportunity) -> [(TextPart, String); 11] {
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let number = [&opportunity.phone, &opportunity.phone_ext].map(|part| text(part.as_deref()));
    [
        (TextPart::Title, opportunity.title.clone()),
        (TextPart::Text, opportunity.summary.clone()),
        (TextPart::Details, opportunity.body.clone()),
        (TextPart::Organisation, opportunity.organisation.clone()),
        (TextPart::HowToGet, text(opportunity.how_to_apply.as_deref())),
        (TextPart::AskFor, text(opportunity.contact_name.as_deref())),
        (TextPart::Phone, number.join(" ")),
        (TextPart::Evidence, text(opportunity.evidence.as_deref())),
        (TextPart::Amount, text(opportunity.amount.as_deref())),
        (TextPart::Cost, text(opportunity.cost.as_deref())),
        (TextPart::Hours, text(opportunity.hours.as_deref())),
    ]
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::*;

    fn opportunity(fields: Value) -> Opportunity {
        let mut opportunity = json!({"id": "a", "kind": "job", "title": "Baker", "summary": "Bake bread.",
            "closes_at": "2027-06-30T22:59:59Z"});
        let fields: Map<String, Value> = serde_json::from_value(fields).unwrap();
        opportunity.as_object_mut().unwrap().extend(fields);
        serde_json::from_value(opportunity).unwrap()
    }

    fn change(fields: Value, at: &str) -> OpportunityChange {
        opportunity_change(&opportunity(json!({})), &opportunity(fields), at.parse().unwrap())
    }

    const BEFORE: &str = "2027-06-01T12:00:00Z";
    const AFTER: &str = "2027-07-02T12:00:00Z";

    #[test]
    fn closed_by_the_council_is_closed_and_by_time_is_not() {
        let closed = json!({"status": "closed"});
        let expected = OpportunityChange { has_closed: true, ..OpportunityChange::default() };
        assert_eq!(change(closed.clone(), BEFORE), expected);
        assert!(change(closed, AFTER).is_empty(), "it was over by then in any case");
        assert!(change(json!({}), AFTER).is_empty());
    }

    #[test]
    fn other_closing_day_is_both_days_and_can_reopen() {
        let later = json!({"closes_at": "2027-07-31T22:59:59Z"});
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let moved = DayChange { before: day("2027-06-30"), now: day("2027-07-31") };
        let expected =
            OpportunityChange { closing_day: Some(moved), ..OpportunityChange::default() };
        assert_eq!(change(later.clone(), BEFORE), expected);
        assert_eq!(change(later, AFTER), OpportunityChange { has_reopened: true, ..expected });
    }

    #[test]
    fn texts_and_numbers_are_compared_by_words() {
        let found = change(json!({"summary": "Bake cakes.", "phone": "+442079460000"}), BEFORE);
        let parts: Vec<TextPart> = found.texts.iter().map(|text| text.part).collect();
        assert_eq!(parts, [TextPart::Text, TextPart::Phone]);
        let upkeep = opportunity(json!({"source": {"name": "DfE", "id": "7"}, "outcome": 2}));
        assert!(!is_changed(&opportunity(json!({})), &upkeep));
        assert!(is_changed(&opportunity(json!({})), &opportunity(json!({"ends": "2027-08-01"}))));
    }
}
