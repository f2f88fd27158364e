//! Filters over opportunities.

use chrono::{DateTime, Utc};
use promise_core::{OpportunityEdit, OpportunityFilter};
use promise_protocol::pack::{OpportunityKind, OpportunityStatus, Place};

use crate::common::{NOW, Pocket, Published, small_edition};

fn day(days: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(NOW + days * 86_400_000).unwrap()
}

fn edition() -> Published {
    let mut published = small_edition();
    let barista = published.opportunity("barista");
    barista.closes_at = Some(day(20));
    barista.outcome = Some(2);
    barista.places = vec![Place {
        name: "Finchley Central".into(),
        postcode: Some("N3 1AB".into()),
        ..Place::default()
    }];
    let warehouse = published.opportunity("warehouse");
    warehouse.closes_at = Some(day(3));
    warehouse.places =
        vec![Place { name: "Leeds".into(), postcode: Some("LS1 4DT".into()), ..Place::default() }];
    let cinema = published.opportunity("cinema");
    cinema.national = true;
    cinema.outcome = Some(3);
    published
}

fn shown(pocket: &Pocket, filter: &OpportunityFilter) -> Vec<String> {
    let listed = pocket.phone.opportunities().list(filter).unwrap();
    listed.into_iter().map(|listed| listed.opportunity.id).collect()
}

#[test]
fn filter_lists_its_matches_soonest_first() {
    let pocket = Pocket::showing(&edition());
    pocket.phone.opportunities().save(&"cinema".into(), OpportunityEdit::default()).unwrap();
    let area =
        |area: &str| OpportunityFilter { area: Some(area.into()), ..OpportunityFilter::default() };
    let kinds = |kinds: &[OpportunityKind]| OpportunityFilter {
        kinds: kinds.to_vec(),
        ..OpportunityFilter::default()
    };
    let by = |days| OpportunityFilter {
        closes_by: Some(day(days).date_naive()),
        ..OpportunityFilter::default()
    };
    let cases: Vec<(OpportunityFilter, &[&str])> = vec![
        (OpportunityFilter::default(), &["warehouse", "barista", "cinema"]),
        (kinds(&[OpportunityKind::Job]), &["warehouse"]),
        (kinds(&[OpportunityKind::Job, OpportunityKind::Training]), &["warehouse", "barista"]),
        (kinds(&[OpportunityKind::Housing]), &[]),
        (OpportunityFilter { outcome: Some(3), ..OpportunityFilter::default() }, &["cinema"]),
        (area("finchley"), &["barista", "cinema"]),
        (area(" n3 "), &["barista", "cinema"]),
        (area("LS1"), &["warehouse", "cinema"]),
        (area("Cornwall"), &["cinema"]),
        (by(2), &[]),
        (by(3), &["warehouse"]),
        (by(30), &["warehouse", "barista"]),
        (OpportunityFilter { saved_only: true, ..OpportunityFilter::default() }, &["cinema"]),
        (
            OpportunityFilter {
                saved_only: true,
                outcome: Some(1),
                ..OpportunityFilter::default()
            },
            &[],
        ),
    ];
    for (filter, expected) in cases {
        assert_eq!(shown(&pocket, &filter), expected, "{filter:?}");
    }
}

#[test]
fn closed_opportunity_is_listed_only_on_request_or_if_saved() {
    let mut published = edition();
    published.opportunity("barista").status = OpportunityStatus::Closed;
    published.opportunity("cinema").ends = Some(day(-2).date_naive());
    let pocket = Pocket::showing(&published);
    assert_eq!(shown(&pocket, &OpportunityFilter::default()), ["warehouse"]);
    pocket.clock.turn(4 * 86_400_000);
    assert_eq!(shown(&pocket, &OpportunityFilter::default()), [""; 0]);
    let all = OpportunityFilter { closed_too: true, ..OpportunityFilter::default() };
    assert_eq!(shown(&pocket, &all), ["warehouse", "barista", "cinema"]);
    pocket.phone.opportunities().save(&"barista".into(), OpportunityEdit::default()).unwrap();
    let saved = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    assert_eq!(shown(&pocket, &saved), ["barista"]);
}

#[test]
fn saved_opportunity_that_the_council_withdraws_is_still_listed() {
    let pocket = Pocket::showing(&edition());
    pocket.phone.opportunities().save(&"cinema".into(), OpportunityEdit::default()).unwrap();
    let saved = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    let mut without = edition();
    without.opportunities.opportunities.0.retain(|opportunity| opportunity.id != "cinema");
    pocket.server.publish(&without, 2);
    pocket.sync().unwrap();
    assert_eq!(shown(&pocket, &OpportunityFilter::default()), ["warehouse", "barista"]);
    let listed = pocket.phone.opportunities().list(&saved).unwrap();
    assert_eq!(listed[0].opportunity.title, "Cinema ticket");
    assert_eq!(listed[0].opportunity.status, OpportunityStatus::Closed);

    // It can be published again, and once it is not saved any more it is dropped.
    pocket.server.publish(&edition(), 3);
    pocket.sync().unwrap();
    assert_eq!(shown(&pocket, &OpportunityFilter::default()), ["warehouse", "barista", "cinema"]);
    assert_eq!(
        pocket.phone.opportunities().list(&saved).unwrap()[0].opportunity.status,
        OpportunityStatus::Open
    );
    pocket.server.publish(&without, 4);
    pocket.sync().unwrap();
    pocket.phone.opportunities().unsave(&"cinema".into()).unwrap();
    assert_eq!(shown(&pocket, &saved), [""; 0]);
    assert_eq!(
        shown(&pocket, &OpportunityFilter { closed_too: true, ..OpportunityFilter::default() }),
        ["warehouse", "barista"]
    );
}
