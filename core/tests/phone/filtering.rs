//! Filters over opportunities.

use chrono::{DateTime, Utc};
use promise_core::{OpportunityEdit, OpportunityFilter, export::Labels};
use promise_protocol::{
    availability::Availability,
    pack::{OpportunityKind, OpportunityStatus, Place},
};

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
        (area("\u{ff2e}3\u{a0}"), &["barista", "cinema"]),
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
fn saved_opportunity_is_marked_in_the_export_from_the_day_after_it_closes() {
    let mut published = edition();
    published.opportunity("cinema").ends = Some(day(1).date_naive());
    let pocket = Pocket::showing(&published);
    pocket.phone.opportunities().save(&"cinema".into(), OpportunityEdit::default()).unwrap();
    let saved = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    let labels = Labels::default();
    for (availability, is_marked) in [(Availability::Open, false), (Availability::Ended, true)] {
        assert_eq!(
            pocket.phone.opportunities().list(&saved).unwrap()[0].availability,
            availability
        );
        let page = pocket.phone.export().page(&["en"], &labels).unwrap();
        assert_eq!(page.contains(&*labels.is_over), is_marked, "{availability:?}");
        pocket.clock.turn(4 * 86_400_000);
    }
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
    assert_eq!(listed[0].availability, Availability::Closed);

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

#[test]
fn wrong_clock_hides_nothing_that_is_open_by_the_servers_clock() {
    for years in [-20, 20] {
        let pocket = Pocket::showing(&edition());
        pocket.clock.turn(years * 365 * 86_400_000);
        pocket.sync().unwrap();
        let open = shown(&pocket, &OpportunityFilter::default());
        assert_eq!(open, ["warehouse", "barista", "cinema"], "{years} years");
        pocket.clock.turn(4 * 86_400_000);
        let open = shown(&pocket, &OpportunityFilter::default());
        assert_eq!(open, ["barista", "cinema"], "four days pass on any clock");
    }
}

#[test]
fn last_day_ends_at_midnight_in_london() {
    for (ends, last, next) in [
        ("2026-06-30", "2026-06-30T22:30:00Z", "2026-06-30T23:00:00Z"),
        ("2026-12-31", "2026-12-31T23:30:00Z", "2027-01-01T00:00:00Z"),
        ("2026-10-25", "2026-10-25T23:30:00Z", "2026-10-26T00:00:00Z"),
        ("2027-03-28", "2027-03-28T22:30:00Z", "2027-03-28T23:00:00Z"),
    ] {
        let mut published = edition();
        published.opportunity("cinema").ends = Some(ends.parse().unwrap());
        let pocket = Pocket::showing(&published);
        let set = |moment: &str| {
            pocket.clock.set(moment.parse::<DateTime<Utc>>().unwrap().timestamp_millis());
        };
        set(last);
        assert_eq!(shown(&pocket, &OpportunityFilter::default()), ["cinema"], "{last}");
        set(next);
        assert_eq!(shown(&pocket, &OpportunityFilter::default()), [""; 0], "{next}");
    }
}

#[test]
fn closing_day_of_the_filter_is_a_day_in_london() {
    let mut published = edition();
    // Half past midnight on 1 July in London.
    published.opportunity("barista").closes_at = Some("2026-06-30T23:30:00Z".parse().unwrap());
    let pocket = Pocket::showing(&published);
    let by = |day: &str| OpportunityFilter {
        closes_by: Some(day.parse().unwrap()),
        ..OpportunityFilter::default()
    };
    assert_eq!(shown(&pocket, &by("2026-06-30")), ["warehouse"]);
    assert_eq!(shown(&pocket, &by("2026-07-01")), ["warehouse", "barista"]);
}
