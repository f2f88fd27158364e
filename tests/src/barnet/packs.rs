//! The benchmark's records as the product stores them. Nothing is dropped: a field without a place
//! of its own is stored as an unknown field.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use promise_edition::end_of_day_in_london;
use promise_protocol::pack::{
    self, Directory, Localised, Opportunities, OpportunityKind, Place, Promise, Table,
};
use promise_protocol::phone_number;
use serde_json::{Map, Value, json};

use super::workload::{Contact, Opportunity, Pledge, Workload};

/// The three packs of an edition. The benchmark has no directory lines.
pub fn packs(workload: &Workload) -> (Promise, Opportunities, Directory) {
    let opportunities = workload.opportunities.iter().map(opportunity).collect();
    let opportunities = Opportunities { opportunities: Table(opportunities), unknown: Map::new() };
    (promise(workload), opportunities, Directory::default())
}

/// The fields of a contact, as the council's staff would write them. The record's id is the
/// contact's `id`.
pub fn contact_fields(contact: &Contact) -> BTreeMap<String, Value> {
    let phone = phone_number::parse(&contact.phone).expect("a number").into_value(None, false);
    let written = i64::try_from(contact.updated_at).ok().and_then(DateTime::from_timestamp_millis);
    let fields = [
        ("display_name", json!(contact.name)),
        ("role", json!(contact.role)),
        ("phones", json!([phone])),
        ("email", json!(contact.email)),
        ("about", json!(contact.note)),
        ("verified_on", json!(written.expect("a moment").date_naive())),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn promise(workload: &Workload) -> Promise {
    let council = &workload.council;
    let section = |(number, heading): (usize, &&str)| pack::PromiseSection {
        id: section_id(number),
        title: english(heading),
        intro: Localised::new(),
        picture: None,
        unknown: Map::new(),
    };
    Promise {
        council: pack::Council {
            id: council.id.to_owned(),
            name: council.name.to_owned(),
            unknown: Map::new(),
        },
        title: Localised::new(),
        intro: Localised::new(),
        sections: council.sections.iter().enumerate().map(section).collect(),
        pledges: Table(workload.pledges.iter().map(pledge).collect()),
        unknown: Map::new(),
    }
}

fn pledge(pledge: &Pledge) -> pack::Pledge {
    pack::Pledge {
        id: pledge.id.clone(),
        section: section_id(pledge.section),
        title: english(&pledge.title),
        text: english(&pledge.body),
        easy_read: Localised::new(),
        theme: None,
        outcome: None,
        basis: None,
        legal_ref: None,
        who: Vec::new(),
        age_min: None,
        age_max: None,
        amount: None,
        how_to_get: Localised::new(),
        ask_role: Some(pledge.owner.to_owned()),
        evidence: None,
        area: None,
        valid_from: None,
        valid_to: None,
        in_force_from: None,
        source_url: None,
        checked_on: Some(day(&pledge.review)),
        picture: None,
        unknown: kept([
            ("type", json!(pledge.record)),
            ("order", json!(pledge.order)),
            ("updated_at", json!(pledge.updated_at)),
        ]),
    }
}

fn opportunity(opportunity: &Opportunity) -> pack::Opportunity {
    let place = Place { name: opportunity.area.to_owned(), ..Place::default() };
    pack::Opportunity {
        id: opportunity.id.clone(),
        kind: kind(opportunity.kind),
        title: opportunity.title.clone(),
        summary: String::new(),
        body: opportunity.body.clone(),
        organisation: opportunity.provider.to_owned(),
        url: Some(opportunity.url.clone()),
        apply_url: None,
        how_to_apply: None,
        contact_name: None,
        phone_ext: None,
        phone: None,
        email: None,
        places: vec![place],
        national: false,
        online: false,
        starts: None,
        ends: None,
        closes_at: end_of_day_in_london(day(&opportunity.closes)),
        cost: None,
        amount: None,
        pay: None,
        hours: None,
        age_min: None,
        age_max: None,
        care_leavers_only: false,
        who: Vec::new(),
        outcome: None,
        council_scope: Vec::new(),
        evidence: None,
        languages: Vec::new(),
        source: None,
        status: pack::OpportunityStatus::Open,
        unknown: kept([
            ("type", json!(opportunity.record)),
            ("updated_at", json!(opportunity.updated_at)),
        ]),
    }
}

fn kind(word: &str) -> OpportunityKind {
    serde_json::from_value(Value::from(word)).expect("any word is a kind")
}

fn section_id(number: usize) -> String {
    format!("section-{number}")
}

fn english(text: &str) -> Localised {
    Localised::from([("en".to_owned(), text.to_owned())])
}

fn day(written: &str) -> NaiveDate {
    written.parse().expect("a day")
}

fn kept<const N: usize>(fields: [(&str, Value); N]) -> Map<String, Value> {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
