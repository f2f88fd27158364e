//! Issues with content in the words of the console.

use promise_edition::{Issue, IssueKind, Place};

use crate::kit::{format, page::FieldError, words};

/// The sentence for an issue with a field or column of this label.
pub(crate) fn issue_text(issue: &Issue, label: &str) -> String {
    let number = match issue.kind {
        IssueKind::TooLong { limit } => limit,
        IssueKind::DuplicateId { first_line } => first_line.unwrap_or_default(),
        _ => 0,
    };
    let cost = match issue.kind {
        IssueKind::PhoneCostsExtra(cost) => format::cost_of_call(cost),
        _ => String::new(),
    };
    let (first, second) = match &issue.kind {
        IssueKind::AmbiguousMoney { readings: [first, second] } => (&**first, &**second),
        _ => ("", ""),
    };
    words::format(
        &message_key(issue),
        &[
            ("cost", cost.into()),
            ("label", label.into()),
            ("typed", issue.value.as_str().into()),
            ("number", number.into()),
            ("first", first.into()),
            ("second", second.into()),
        ],
    )
}

/// The error of a form's field at `anchor`, whose label has the key `label_key`. A field may have
/// sentences of its own for a missing and for a wrong value.
pub(crate) fn issue_error(anchor: String, label_key: &str, kind: IssueKind) -> FieldError {
    let own = match kind {
        IssueKind::Missing => words::find(&format!("{label_key}-missing")),
        IssueKind::NotADay => Some(words::with("field-day-wrong", "field", &words::t(label_key))),
        _ => words::find(&format!("{label_key}-wrong")).filter(|_| is_wrong_value(&kind)),
    };
    let text =
        own.unwrap_or_else(|| issue_text(&Issue::in_field("", kind, ""), &words::t(label_key)));
    FieldError { field: anchor, message: text }
}

/// Returns `true` if the value itself is not of the field's kind.
fn is_wrong_value(kind: &IssueKind) -> bool {
    !matches!(
        kind,
        IssueKind::TooLong { .. }
            | IssueKind::AgesOutOfOrder { .. }
            | IssueKind::PayOutOfOrder
            | IssueKind::DaysOutOfOrder { .. }
    )
}

/// The key of the sentence: that of the field or of drafts where there is one, or else the kind's.
fn message_key(issue: &Issue) -> String {
    let kind = issue.kind.name();
    let field = issue.field().unwrap_or_default().replace('_', "-");
    let own = match issue.place {
        Place::Promise { .. } | Place::Record { .. } => format!("draft-issue-{kind}"),
        _ => format!("issue-{kind}-{field}"),
    };
    words::find(&own).map_or_else(|| format!("issue-{kind}"), |_| own)
}

#[cfg(test)]
mod tests {
    use promise_edition::{RecordKind, picture::PictureError};
    use promise_protocol::phone_number::{CallCost, PhoneNumberError};

    use super::*;

    /// Every kind of issue that a form or an uploaded sheet can have.
    fn kinds() -> Vec<IssueKind> {
        let day = chrono::NaiveDate::default();
        vec![
            IssueKind::Missing,
            IssueKind::TooLong { limit: 7 },
            IssueKind::Damaged,
            IssueKind::Formula,
            IssueKind::NotADay,
            IssueKind::NotAClosingDate,
            IssueKind::NotAnAge,
            IssueKind::NotAnOutcome,
            IssueKind::NotALanguage,
            IssueKind::NotMoney,
            IssueKind::AmbiguousMoney { readings: ["£1".to_owned(), "£2".to_owned()] },
            IssueKind::NotAWebAddress,
            IssueKind::NotAnEmailAddress,
            IssueKind::NotAPhoneNumber(PhoneNumberError::Empty),
            IssueKind::PhoneCostsExtra(CallCost::NotInMinutes),
            IssueKind::NotAPostcode,
            IssueKind::NotYesOrNo,
            IssueKind::NotAnId,
            IssueKind::UnknownWord { known: Vec::new() },
            IssueKind::AgesOutOfOrder { from: 2, until: 1 },
            IssueKind::PayOutOfOrder,
            IssueKind::DaysOutOfOrder { first: day, last: day },
            IssueKind::DuplicateId { first_line: Some(7) },
            IssueKind::IdTaken,
            IssueKind::TooManyCells,
            IssueKind::CellOutsideTable,
            IssueKind::UnclosedQuote,
            IssueKind::UnreadableEncoding,
        ]
    }

    /// Every kind of issue that a draft can have.
    fn draft_kinds() -> Vec<IssueKind> {
        let day = chrono::NaiveDate::default();
        vec![
            IssueKind::Missing,
            IssueKind::NoEnglish,
            IssueKind::TooLong { limit: 7 },
            IssueKind::Damaged,
            IssueKind::NoSuchSection { known: Vec::new() },
            IssueKind::AgesOutOfOrder { from: 2, until: 1 },
            IssueKind::DaysOutOfOrder { first: day, last: day },
            IssueKind::NotAWebAddress,
            IssueKind::DuplicateId { first_line: None },
        ]
    }

    fn is_sentence(text: &str) -> bool {
        !text.starts_with("issue-") && !text.starts_with("draft-issue-") && !text.contains('$')
    }

    #[test]
    fn every_kind_of_issue_has_a_sentence() {
        for kind in kinds() {
            for field in ["title", "kind"] {
                let text = issue_text(&Issue::in_field(field, kind.clone(), "x"), "Title");
                assert!(is_sentence(&text), "{text}");
            }
        }
        for kind in draft_kinds() {
            let place = Place::Record {
                kind: RecordKind::Pledge,
                id: "bus".into(),
                title: "Bus".into(),
                field: "title",
            };
            let text = issue_text(&Issue { place, kind, value: String::new() }, "Title");
            assert!(is_sentence(&text), "{text}");
        }
    }

    #[test]
    fn kinds_of_other_places_have_no_sentence() {
        let picture = IssueKind::Picture(PictureError::Damaged);
        assert!(!is_sentence(&issue_text(&Issue::in_sheet(picture), "")));
    }
}
