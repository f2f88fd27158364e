//! Applying texts to an opportunity. Only fields that change are written, so that what no column holds
//! is kept.

use promise_protocol::pack::{Opportunity, Pay, Place};

use super::{TextOrigin, Texts, read_texts, to_texts};
use crate::{issue::Issue, spreadsheet, validate::text};

/// Applies texts to an opportunity. Columns that are absent stay as they are, and so do those whose
/// text is the same already. Without an opportunity, a new one is made.
pub fn apply_texts(
    old: Option<&Opportunity>,
    texts: &Texts,
    origin: TextOrigin,
) -> Result<Opportunity, Vec<Issue>> {
    let Some(old) = old else {
        let (new, issues) = read_texts(texts, origin);
        return if issues.is_empty() { Ok(new) } else { Err(issues) };
    };
    let current = to_texts(old);
    let is_same = |column: &str, typed: &str| {
        let unescaped = spreadsheet::unescape(typed).filter(|_| origin == TextOrigin::File);
        let typed = unescaped.unwrap_or(typed);
        current.get(column).is_some_and(|current| text::normalise(current) == typed)
    };
    let changed: Texts = texts
        .iter()
        .filter(|(column, typed)| **column != "ref" && !is_same(column, typed))
        .map(|(column, typed)| (*column, typed.clone()))
        .collect();
    let mut all = current.clone();
    all.extend(changed.iter().map(|(column, typed)| (*column, typed.clone())));
    // Unchanged columns are not validated: they may be older than today's rules.
    let (new, mut issues) = read_texts(&all, origin);
    issues.retain(|issue| {
        let column = issue.field().unwrap_or_default();
        let pair = match column {
            "age_max" => "age_min",
            "pay_max" => "pay_min",
            "ends" => "starts",
            "postcode" => "area",
            other => other,
        };
        changed.contains_key(column) || changed.contains_key(pair)
    });
    if !issues.is_empty() {
        return Err(issues);
    }
    let written = to_texts(&new);
    let mut result = old.clone();
    for column in changed.keys() {
        if written.get(column) != current.get(column) {
            copy(column, &new, &mut result);
        }
    }
    Ok(result)
}

/// Copies the fields behind a column from one opportunity to another.
fn copy(column: &str, from: &Opportunity, into: &mut Opportunity) {
    match column {
        "kind" => into.kind.clone_from(&from.kind),
        "title" => into.title.clone_from(&from.title),
        "organisation" => into.organisation.clone_from(&from.organisation),
        "summary" => into.summary.clone_from(&from.summary),
        "body" => into.body.clone_from(&from.body),
        "how_to_apply" => into.how_to_apply.clone_from(&from.how_to_apply),
        "url" => into.url.clone_from(&from.url),
        "apply_url" => into.apply_url.clone_from(&from.apply_url),
        "contact_name" => into.contact_name.clone_from(&from.contact_name),
        "contact_email" => into.email.clone_from(&from.email),
        "contact_phone" => {
            into.phone.clone_from(&from.phone);
            into.phone_ext.clone_from(&from.phone_ext);
        }
        "postcode" | "area" => into.places = merge_places(&from.places, &into.places),
        "national" => into.national = from.national,
        "online" => into.online = from.online,
        "starts" => into.starts = from.starts,
        "ends" => into.ends = from.ends,
        "closes" => into.closes_at = from.closes_at,
        "amount" => into.amount.clone_from(&from.amount),
        "cost" => into.cost.clone_from(&from.cost),
        "hours" => into.hours.clone_from(&from.hours),
        "age_min" => into.age_min = from.age_min,
        "age_max" => into.age_max = from.age_max,
        "care_leavers_only" => into.care_leavers_only = from.care_leavers_only,
        "who" => into.who.clone_from(&from.who),
        "councils" => into.council_scope.clone_from(&from.council_scope),
        "evidence" => into.evidence.clone_from(&from.evidence),
        "outcome" => into.outcome = from.outcome,
        "languages" => into.languages.clone_from(&from.languages),
        "status" => into.status = from.status,
        column if column.starts_with("pay") => copy_pay(column, from, into),
        _ => {}
    }
}

fn copy_pay(column: &str, from: &Opportunity, into: &mut Opportunity) {
    let from = from.pay.clone().unwrap_or_default();
    let mut pay = into.pay.take().unwrap_or_default();
    match column {
        "pay_type" => pay.wage = from.wage,
        "pay_min" => pay.min = from.min,
        "pay_max" => pay.max = from.max,
        "pay_unit" => pay.unit = from.unit,
        _ => pay.text = from.text,
    }
    into.pay = (pay != Pay::default()).then_some(pay);
}

/// The new places. A place that was there before keeps its coordinates.
fn merge_places(new: &[Place], old: &[Place]) -> Vec<Place> {
    let known = |place: &Place| {
        let same = |old: &&Place| old.name == place.name && old.postcode == place.postcode;
        old.iter().find(same).unwrap_or(place).clone()
    };
    new.iter().map(known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use promise_protocol::pack::OpportunityKind;
    use serde_json::json;

    /// An opportunity with fields that no column holds, and with values that today's rules refuse.
    fn opportunity() -> Opportunity {
        let value = json!({
            "id": "a--b", "kind": "from_the_future", "title": "x".repeat(300),
            "summary": "=1+1", "phone": "+12025550143", "url": "https://example.org",
            "closes_at": "2027-05-01T16:00:30Z", "age_min": 16, "age_max": 25, "new": {"x": 1},
            "places": [{"name": "A", "lat": 51.5, "lon": -0.1}, {"postcode": "NW4 4BG", "new": 1}],
            "pay": {"type": "National minimum", "min": 1221, "unit": "hour", "new": 7},
            "who": ["former_relevant"], "source": {"feed": "f", "id": "9"}, "status": "paused",
            "council_scope": ["barnet"], "languages": ["en", "ti"], "care_leavers_only": true,
        });
        serde_json::from_value(value).unwrap()
    }

    fn texts(columns: &[(&'static str, &str)]) -> Texts {
        columns.iter().map(|(column, text)| (*column, (*text).to_owned())).collect()
    }

    #[test]
    fn applying_own_texts_changes_nothing() {
        let old = opportunity();
        let written = to_texts(&old);
        assert_eq!(written.len(), crate::opportunities::columns().count());
        assert_eq!(apply_texts(Some(&old), &written, TextOrigin::Form).unwrap(), old);
        assert_eq!(
            apply_texts(Some(&old), &written, TextOrigin::File).unwrap(),
            old,
            "not even a formula"
        );
        let respelt =
            texts(&[("closes", "1/5/2027 17:00"), ("languages", "EN,ti"), ("national", "")]);
        assert_eq!(apply_texts(Some(&old), &respelt, TextOrigin::File).unwrap(), old);
    }

    #[test]
    fn one_column_changes_only_its_field() {
        let old = opportunity();
        let changed = |columns: &[(&'static str, &str)]| {
            apply_texts(Some(&old), &texts(columns), TextOrigin::File)
                .unwrap_or_else(|issues| panic!("{issues:?}"))
        };
        let new = changed(&[("kind", "Job")]);
        assert_eq!(new, Opportunity { kind: OpportunityKind::Job, ..old.clone() });
        let new = changed(&[("area", "A; B; C"), ("postcode", "; NW4 4BG")]);
        assert_eq!(new.places[0], old.places[0], "coordinates stay");
        assert_eq!((&*new.places[1].name, &*new.places[2].name), ("B", "C"));
        let new = changed(&[("pay_min", "£12.50"), ("pay_type", "")]);
        let pay = new.pay.unwrap();
        assert_eq!((pay.min, pay.wage, pay.unknown["new"].as_i64()), (Some(1250), None, Some(7)));
        assert_eq!(changed(&[("closes", "ongoing")]).closes_at, None);
        assert_eq!(changed(&[("status", "closed"), ("url", "")]).url, None);
    }

    #[test]
    fn extension_is_read_from_the_cell_of_the_number_and_written_back() {
        let old = opportunity();
        let apply = |old: &Opportunity, cell: &str| {
            apply_texts(Some(old), &texts(&[("contact_phone", cell)]), TextOrigin::File)
        };
        for cell in
            ["020 7946 0000 ext 4", "020 7946 0000 x4", "(020) 7946 0000 #4", "02079460000,4"]
        {
            let new = apply(&old, cell).unwrap();
            assert_eq!(new.phone.as_deref(), Some("+442079460000"), "{cell}");
            assert_eq!(new.phone_ext.as_deref(), Some("4"), "{cell}");
            assert_eq!(to_texts(&new)["contact_phone"], "020 7946 0000 ext 4");
            let without = apply(&new, "020 7946 0000").unwrap();
            assert_eq!(without.phone_ext, None, "{cell}");
        }
    }

    #[test]
    fn confirmed_cost_is_written_back() {
        let old = opportunity();
        let apply = |cell: &str| {
            apply_texts(Some(&old), &texts(&[("contact_phone", cell)]), TextOrigin::File)
        };
        assert_eq!(apply("0901 234 5678").unwrap_err()[0].kind.name(), "phone-costs-extra");
        let new = apply("0901 234 5678 cost confirmed").unwrap();
        assert_eq!(new.phone.as_deref(), Some("+449012345678"));
        let written = to_texts(&new);
        assert_eq!(written["contact_phone"], "0901 234 5678 cost confirmed");
        assert_eq!(apply_texts(Some(&new), &written, TextOrigin::File).unwrap(), new);
    }

    #[test]
    fn only_changed_columns_are_validated() {
        let old = opportunity();
        let issues = |columns: &[(&'static str, &str)]| -> Vec<&'static str> {
            let issues = apply_texts(Some(&old), &texts(columns), TextOrigin::File).unwrap_err();
            issues.iter().map(|issue| issue.kind.name()).collect()
        };
        assert_eq!(issues(&[("age_min", "25")]), ["ages-out-of-order"]);
        assert_eq!(issues(&[("pay_min", "13"), ("pay_max", "12")]), ["pay-out-of-order"]);
        assert_eq!(issues(&[("summary", "=2+2"), ("title", "")]), ["formula", "missing"]);
        let words = issues(&[("who", "everybody"), ("pay_unit", "day")]);
        assert_eq!(words, ["unknown-word", "unknown-word"]);
        let escaped = texts(&[("summary", "'=2+2")]);
        let escaped = apply_texts(Some(&old), &escaped, TextOrigin::File).unwrap();
        assert_eq!(escaped.summary, "=2+2", "as exported sheets escape it");
        let formula = texts(&[("summary", "=2+2")]);
        let from_form = apply_texts(Some(&old), &formula, TextOrigin::Form);
        assert!(from_form.is_ok(), "a form accepts it");
        let new = apply_texts(None, &texts(&[("title", "x")]), TextOrigin::Form).unwrap_err();
        assert_eq!(new.len(), 2, "{new:?}");
    }
}
