//! What changed in a pledge.

use chrono::NaiveDate;
use promise_protocol::pack::{Category, Localised, Pledge, PledgeArea};

use super::text_change::{TextChange, TextPart, localised_change, text_change};

/// What changed in a pledge: only what matters to a person who relies on it. When the council last checked
/// it, for example, does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PledgeChange {
    /// The texts that changed.
    pub texts: Vec<TextChange>,
    /// Whether it is for other care leavers than before: by category, age or place.
    pub who: bool,
    /// Whether it holds from another day, or until another day.
    pub dates: bool,
}

impl PledgeChange {
    /// Returns `true` if nothing changed.
    pub(crate) fn is_empty(&self) -> bool {
        self.texts.is_empty() && !self.who && !self.dates
    }
}

/// Compares two editions of a pledge, the texts in the first of these languages that both have.
pub(crate) fn pledge_change(before: &Pledge, now: &Pledge, languages: &[&str]) -> PledgeChange {
    let localised = localised_texts(before).into_iter().zip(localised_texts(now));
    let localised = localised
        .filter_map(|((part, before), (_, now))| localised_change(part, before, now, languages));
    let plain = plain_texts(before).into_iter().zip(plain_texts(now));
    let plain = plain.filter_map(|((part, before), (_, now))| text_change(part, before, now));
    let mut texts: Vec<TextChange> = localised.chain(plain).collect();
    texts.sort_by_key(|change| change.part);
    PledgeChange { texts, who: is_for(before) != is_for(now), dates: holds(before) != holds(now) }
}

/// Returns `true` if a pledge changed in any language.
pub(crate) fn is_changed(before: &Pledge, now: &Pledge) -> bool {
    localised_texts(before) != localised_texts(now) || !pledge_change(before, now, &[]).is_empty()
}

fn localised_texts(pledge: &Pledge) -> [(TextPart, &Localised); 4] {
    [
        (TextPart::Title, &pledge.title),
        (TextPart::Text, &pledge.text),
        (TextPart::EasyRead, &pledge.easy_read),
        (TextPart::HowToGet, &pledge.how_to_get),
    ]
}

fn plain_texts(pledge: &Pledge) -> [(TextPart, &str); 3] {
    [
        (TextPart::Amount, pledge.amount.as_deref().unwrap_or_default()),
        (TextPart::AskFor, pledge.ask_role.as_deref().unwrap_or_default()),
        (TextPart::Evidence, pledge.evidence.as_deref().unwrap_or_default()),
    ]
}

fn is_for(pledge: &Pledge) -> (&[Category], [Option<u8>; 2], Option<PledgeArea>) {
    (&pledge.who, [pledge.age_min, pledge.age_max], pledge.area)
}

fn holds(pledge: &Pledge) -> [Option<NaiveDate>; 3] {
    [pledge.valid_from, pledge.valid_to, pledge.in_force_from]
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn pledge(fields: Value) -> Pledge {
        let mut pledge = json!({"id": "rent", "section": "home", "title": {"en": "Rent"},
            "text": {"en": "We pay £500.", "so": "Waxaan bixinnaa £500."}});
        let fields: serde_json::Map<String, Value> = serde_json::from_value(fields).unwrap();
        pledge.as_object_mut().unwrap().extend(fields);
        serde_json::from_value(pledge).unwrap()
    }

    fn change(fields: Value) -> PledgeChange {
        pledge_change(&pledge(json!({})), &pledge(fields), &["en"])
    }

    fn parts(change: &PledgeChange) -> Vec<TextPart> {
        change.texts.iter().map(|text| text.part).collect()
    }

    #[test]
    fn each_part_that_matters_is_named() {
        for (fields, expected) in [
            (json!({"title": {"en": "Your rent"}}), vec![TextPart::Title]),
            (json!({"text": {"en": "We pay £600."}}), vec![TextPart::Text]),
            (json!({"easy_read": {"en": "We pay."}}), vec![TextPart::EasyRead]),
            (json!({"how_to_get": {"en": "Ask."}}), vec![TextPart::HowToGet]),
            (
                json!({"amount": "£600", "ask_role": "Adviser"}),
                vec![TextPart::AskFor, TextPart::Amount],
            ),
            (json!({"evidence": "A letter"}), vec![TextPart::Evidence]),
        ] {
            let change = change(fields);
            assert_eq!((parts(&change), change.who, change.dates), (expected, false, false));
        }
        for who in [json!({"age_max": 25}), json!({"who": ["relevant"]}), json!({"area": "own"})] {
            assert_eq!(change(who), PledgeChange { who: true, ..PledgeChange::default() });
        }
        for dates in [json!({"valid_to": "2027-03-31"}), json!({"in_force_from": "2027-04-01"})] {
            assert_eq!(change(dates), PledgeChange { dates: true, ..PledgeChange::default() });
        }
    }

    #[test]
    fn upkeep_is_no_change() {
        let kept = json!({"checked_on": "2026-11-01", "source_url": "https://r.example",
            "section": "money", "legal_ref": "Children Act 1989 s.23C"});
        assert!(change(kept.clone()).is_empty());
        assert!(!is_changed(&pledge(json!({})), &pledge(kept)));
    }

    #[test]
    fn change_in_one_language_is_a_change_for_those_who_read_it() {
        let now = pledge(json!({"text": {"en": "We pay £500.", "so": "Waxaan bixinnaa £600."}}));
        let before = pledge(json!({}));
        assert!(is_changed(&before, &now));
        assert!(pledge_change(&before, &now, &["en"]).is_empty());
        assert_eq!(parts(&pledge_change(&before, &now, &["so"])), [TextPart::Text]);
    }
}
