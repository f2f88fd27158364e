//! The page that asks whether a phone number that costs extra is meant.
//!
//! A young person rings what the page on their phone says, often without credit. Numbers that begin with
//! 09, 070 or 118 are saved only after a staff member has read what a call costs.

use promise_protocol::{phone_number, values::PhoneNumber};

use crate::kit::{
    format,
    forms::{FormData, Question},
    page::Page,
};

/// The hidden field that lists the numbers whose cost was confirmed.
const CONFIRMED: &str = "cost-confirmed";

/// The field of the button that returns to the form.
pub(crate) const CHANGE: &str = "change";

/// Returns the numbers that cost extra and are not among `stored`, whose cost was confirmed before.
pub(crate) fn unconfirmed(phones: &[PhoneNumber], stored: &[PhoneNumber]) -> Vec<PhoneNumber> {
    let is_new = |phone: &&PhoneNumber| !stored.iter().any(|it| it.number == phone.number);
    let costs_extra = |phone: &&PhoneNumber| phone_number::call_cost(&phone.number).is_some();
    phones.iter().filter(costs_extra).filter(is_new).cloned().collect()
}

/// Returns the number in a typed text if it costs extra and the text does not say that this was
/// confirmed.
pub(crate) fn unconfirmed_in_text(typed: &str) -> Vec<PhoneNumber> {
    let parsed = phone_number::parse(typed).ok();
    let parsed = parsed.filter(|typed| typed.clone().require_confirmed_cost().is_err());
    parsed.map(|typed| typed.into_value(None, false)).into_iter().collect()
}

/// Adds to a typed text that its cost was confirmed, if the form confirms its number.
pub(crate) fn confirm_text(form: &FormData, typed: &mut String) {
    let costly = unconfirmed_in_text(typed);
    if let [phone] = &costly[..]
        && is_confirmed(form, &costly)
    {
        *typed = phone_number::spell(&phone.number, phone.ext.as_deref());
    }
}

/// Returns `true` if the form confirms exactly these numbers, or there are none.
pub(crate) fn is_confirmed(form: &FormData, costly: &[PhoneNumber]) -> bool {
    costly.is_empty() || form.raw(CONFIRMED) == listed(costly)
}

/// Asks whether the numbers are meant. The form is sent again with the answer.
pub(crate) fn question(
    page: Page,
    action: String,
    form: &FormData,
    costly: &[PhoneNumber],
) -> Question {
    let mut hidden = form.fields_except(&["csrf", CONFIRMED, CHANGE]);
    hidden.push((CONFIRMED.to_owned(), listed(costly)));
    let question = Question::new(page, action, "phone-cost-keep")
        .hidden(hidden)
        .second_button(CHANGE, "check-change");
    costly.iter().filter_map(format::call_cost).fold(question, Question::lead)
}

fn listed(phones: &[PhoneNumber]) -> String {
    let numbers: Vec<&str> = phones.iter().map(|phone| phone.number.as_str()).collect();
    numbers.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phones(typed: &[&str]) -> Vec<PhoneNumber> {
        let value = |typed: &&str| phone_number::parse(typed).unwrap().into_value(None, false);
        typed.iter().map(value).collect()
    }

    #[test]
    fn new_number_that_costs_extra_is_unconfirmed() {
        let typed = phones(&["0901 234 5678", "118 500", "07700 900123"]);
        assert_eq!(unconfirmed(&typed, &[]).len(), 2);
        assert_eq!(unconfirmed(&typed, &phones(&["118 500"])).len(), 1);
        assert!(unconfirmed(&typed, &typed).is_empty());
    }

    #[test]
    fn confirmation_is_added_to_the_text_of_its_number() {
        let form = FormData::from_fields(vec![("cost-confirmed".into(), "+449012345678".into())]);
        let confirmed = |typed: &str| {
            let mut typed = typed.to_owned();
            confirm_text(&form, &mut typed);
            typed
        };
        assert_eq!(confirmed("09012345678 x4"), "0901 234 5678 ext 4 cost confirmed");
        assert_eq!(confirmed("0901 234 5679"), "0901 234 5679");
        assert_eq!(confirmed("07700900123"), "07700900123");
        assert_eq!(unconfirmed_in_text("0901 234 5678").len(), 1);
        assert!(unconfirmed_in_text("0901 234 5678 cost confirmed").is_empty());
        assert!(unconfirmed_in_text("call me").is_empty());
    }

    #[test]
    fn confirmation_holds_for_the_numbers_it_names() {
        let confirmed =
            FormData::from_fields(vec![("cost-confirmed".into(), "+449012345678".into())]);
        assert!(is_confirmed(&confirmed, &phones(&["0901 234 5678"])));
        assert!(!is_confirmed(&confirmed, &phones(&["0901 234 5679"])));
        assert!(!is_confirmed(&FormData::default(), &phones(&["118 500"])));
        assert!(is_confirmed(&FormData::default(), &[]));
    }
}
