//! The folder of the fictional council that the demo publishes.

use std::{collections::BTreeSet, path::Path};

use promise_protocol::pack::{ClosedDays, Pack};

use crate::{EditionContent, describe_changes, read_folder};

fn riverbridge() -> EditionContent {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/council");
    let english = |issues: Vec<_>| issues.iter().map(ToString::to_string).collect::<Vec<_>>();
    read_folder(&folder).map_err(english).unwrap().0
}

#[test]
fn demo_council_covers_every_kind() {
    let content = riverbridge();
    assert_eq!(
        describe_changes(None, &content),
        [
            "New edition: 33 pledges, 40 opportunities, 7 lines",
            "Line \"Emergency duty team\": hours mon-thu 17:00-08:45 next day"
        ]
    );
    assert_eq!(content.promise.sections.len(), 7);
    assert_eq!(content.directory.closed_days.len(), 10);
    let timescales = &content.directory.timescales;
    let limits: Vec<_> = timescales
        .iter()
        .map(|timescale| {
            let law = timescale.law.as_ref().map(|law| law.every.to_string());
            (timescale.id.as_str(), law, timescale.promise.map(|every| every.to_string()))
        })
        .collect();
    let two_months = (Some("2 months".to_owned()), Some("8 weeks".to_owned()));
    assert_eq!(limits[0], ("adviser-visit", two_months.0, two_months.1));
    assert_eq!(limits[1], ("plan-review", Some("6 months".to_owned()), None));
    let mut laws = timescales.iter().filter_map(|timescale| timescale.law.as_ref());
    assert!(laws.all(|law| law.checked_on.is_some()), "{timescales:#?}");
    let themes: BTreeSet<_> = content
        .promise
        .pledges
        .0
        .iter()
        .map(|pledge| format!("{:?}", pledge.theme.unwrap()))
        .collect();
    assert_eq!(themes.len(), 7);
    let opportunities = &content.opportunities.opportunities.0;
    let kinds: BTreeSet<_> = opportunities.iter().map(|opportunity| &opportunity.kind).collect();
    assert_eq!(kinds.len(), 14);
    assert!(opportunities.iter().any(|opportunity| opportunity.closes_at.is_none()));
    let emergency = &content.directory.lines.0[1];
    assert_eq!((emergency.hours.len(), emergency.on_closed_days), (4, ClosedDays::OpenAllDay));
}

#[test]
fn demo_council_packs_round_trip() {
    let content = riverbridge();
    assert_eq!(Pack::from_bytes(&content.promise.to_bytes()), Ok(content.promise));
    assert_eq!(Pack::from_bytes(&content.opportunities.to_bytes()), Ok(content.opportunities));
    assert_eq!(Pack::from_bytes(&content.directory.to_bytes()), Ok(content.directory));
}

#[test]
fn demo_council_numbers_reach_no_private_person() {
    let national = ["999", "111", "116123", "+448001111", "+448082000247"];
    // The ranges that Ofcom reserves for drama.
    let made_up = ["+447700900", "+442079460", "+441632960", "+448081570"];
    let content = riverbridge();
    let lines = content.directory.lines.0.iter().flat_map(|line| &line.phones).map(|p| &p.number);
    let opportunities =
        content.opportunities.opportunities.0.iter().filter_map(|o| o.phone.as_ref());
    for number in lines.chain(opportunities) {
        let safe = national.contains(&number.as_str())
            || made_up.iter().any(|start| number.starts_with(start) && number.len() == 13);
        assert!(safe, "{number}");
    }
}

#[test]
fn demo_council_pledges_have_short_sentences() {
    for pledge in &riverbridge().promise.pledges.0 {
        for (text, most) in [(&pledge.text, 20), (&pledge.how_to_get, 20), (&pledge.easy_read, 10)]
        {
            let sentences = text["en"].split(['.', '?', '\n', ':']);
            for sentence in sentences {
                let words = sentence.split_whitespace().count();
                assert!(words <= most, "{}: {words} words: {sentence}", pledge.id);
            }
        }
    }
}
