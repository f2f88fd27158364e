//! Texts put into an opportunity: only what they change, so that nothing is lost that no column
//! holds.

use promise_protocol::pack::{Opportunity, Pay, Place};

use super::{
    super::{cells::Texts, flaw::Flaw, spreadsheet, text},
    read, texts_of,
};

/// The opportunity with these texts in place of its own; columns that are left out stay as they
/// are, and so does one that says what is there already. Without an opportunity it is a new one.
/// `in_file`: whether the texts come from a file, in which a formula is refused.
pub fn put(
    old: Option<&Opportunity>,
    texts: &Texts,
    in_file: bool,
) -> Result<Opportunity, Vec<Flaw>> {
    let Some(old) = old else {
        let (new, flaws) = read::read(texts, in_file);
        return if flaws.is_empty() { Ok(new) } else { Err(flaws) };
    };
    let held = texts_of(old);
    let is_same = |column: &str, typed: &str| {
        let typed = spreadsheet::unescape(typed).filter(|_| in_file).unwrap_or(typed);
        held.get(column).is_some_and(|held| text::tidy(held) == typed)
    };
    let changed: Texts = texts
        .iter()
        .filter(|(column, typed)| **column != "ref" && !is_same(column, typed))
        .map(|(column, typed)| (*column, typed.clone()))
        .collect();
    let mut whole = held.clone();
    whole.extend(changed.iter().map(|(column, typed)| (*column, typed.clone())));
    // What stays is not judged: it may be older than today's rules.
    let (new, mut flaws) = read::read(&whole, in_file);
    flaws.retain(|flaw| {
        let together = match flaw.column {
            "age_max" => "age_min",
            "ends" => "starts",
            "postcode" => "area",
            other => other,
        };
        changed.contains_key(flaw.column) || changed.contains_key(together)
    });
    if !flaws.is_empty() {
        return Err(flaws);
    }
    let written = texts_of(&new);
    let mut result = old.clone();
    for column in changed.keys() {
        if written.get(column) != held.get(column) {
            copy(column, &new, &mut result);
        }
    }
    Ok(result)
}

/// Takes what a column holds from one opportunity into another.
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
        "contact_phone" => into.phone.clone_from(&from.phone),
        "postcode" | "area" => into.places = places(&from.places, &into.places),
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

/// The new places; one that was there keeps where it is on the map.
fn places(new: &[Place], old: &[Place]) -> Vec<Place> {
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

    /// One with all that no column holds, and with values that nobody could type today.
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
    fn what_a_form_shows_changes_nothing() {
        let old = opportunity();
        let written = texts_of(&old);
        assert_eq!(written.len(), super::super::columns().count());
        assert_eq!(put(Some(&old), &written, false).unwrap(), old);
        assert_eq!(put(Some(&old), &written, true).unwrap(), old, "not even a formula");
        let respelt =
            texts(&[("closes", "1/5/2027 17:00"), ("languages", "EN,ti"), ("national", "")]);
        assert_eq!(put(Some(&old), &respelt, true).unwrap(), old);
    }

    #[test]
    fn one_column_changes_its_field_alone() {
        let old = opportunity();
        let changed = |columns: &[(&'static str, &str)]| {
            put(Some(&old), &texts(columns), true).unwrap_or_else(|flaws| panic!("{flaws:?}"))
        };
        let new = changed(&[("kind", "Job")]);
        assert_eq!(new, Opportunity { kind: OpportunityKind::Job, ..old.clone() });
        let new = changed(&[("area", "A; B; C"), ("postcode", "; NW4 4BG")]);
        assert_eq!(new.places[0], old.places[0], "where it is on the map stays");
        assert_eq!((&*new.places[1].name, &*new.places[2].name), ("B", "C"));
        let new = changed(&[("pay_min", "£12.50"), ("pay_type", "")]);
        let pay = new.pay.unwrap();
        assert_eq!((pay.min, pay.wage, pay.unknown["new"].as_i64()), (Some(1250), None, Some(7)));
        assert_eq!(changed(&[("closes", "ongoing")]).closes_at, None);
        assert_eq!(changed(&[("status", "closed"), ("url", "")]).url, None);
    }

    #[test]
    fn only_what_changes_is_judged() {
        let old = opportunity();
        let flaws = |columns: &[(&'static str, &str)]| -> Vec<&'static str> {
            let flaws = put(Some(&old), &texts(columns), true).unwrap_err();
            flaws.iter().map(|flaw| flaw.what.name()).collect()
        };
        assert_eq!(flaws(&[("age_min", "25")]), ["ages"]);
        assert_eq!(flaws(&[("summary", "=2+2"), ("title", "")]), ["formula", "missing"]);
        assert_eq!(flaws(&[("who", "everybody"), ("pay_unit", "day")]), ["word", "word"]);
        let escaped = put(Some(&old), &texts(&[("summary", "'=2+2")]), true).unwrap();
        assert_eq!(escaped.summary, "=2+2", "as our own sheets write it");
        assert!(put(Some(&old), &texts(&[("summary", "=2+2")]), false).is_ok(), "a form keeps it");
        let new = put(None, &texts(&[("title", "x")]), false).unwrap_err();
        assert_eq!(new.len(), 2, "{new:?}");
    }
}
