//! The made-up council's folder, which the demo publishes.

use std::{collections::BTreeSet, path::Path};

use promise_protocol::pack::{ClosedDays, Pack};

use super::super::{EditionContent, difference, read_folder};

fn riverbridge() -> EditionContent {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/council");
    let said = |problems: Vec<_>| problems.iter().map(ToString::to_string).collect::<Vec<_>>();
    read_folder(&folder).map_err(said).unwrap().0
}

#[test]
fn the_demo_council_has_everything_to_show() {
    let draft = riverbridge();
    assert_eq!(difference(None, &draft), ["New edition: 33 pledges, 40 opportunities, 7 lines"]);
    assert_eq!(draft.promise.sections.len(), 7);
    assert_eq!(draft.directory.closed_days.len(), 10);
    let themes: BTreeSet<_> = draft
        .promise
        .pledges
        .0
        .iter()
        .map(|pledge| format!("{:?}", pledge.theme.unwrap()))
        .collect();
    assert_eq!(themes.len(), 7);
    let opportunities = &draft.opportunities.opportunities.0;
    let kinds: BTreeSet<_> = opportunities.iter().map(|opportunity| &opportunity.kind).collect();
    assert_eq!(kinds.len(), 14);
    assert!(opportunities.iter().any(|opportunity| opportunity.closes_at.is_none()));
    let emergency = &draft.directory.lines.0[1];
    assert_eq!((emergency.hours.len(), emergency.on_closed_days), (4, ClosedDays::OpenAllDay));
}

#[test]
fn its_packs_read_back_as_they_were() {
    let draft = riverbridge();
    assert_eq!(Pack::from_bytes(&draft.promise.to_bytes()), Ok(draft.promise));
    assert_eq!(Pack::from_bytes(&draft.opportunities.to_bytes()), Ok(draft.opportunities));
    assert_eq!(Pack::from_bytes(&draft.directory.to_bytes()), Ok(draft.directory));
}

#[test]
fn its_numbers_ring_nobody_but_the_national_lines() {
    let national = ["999", "111", "116123", "+448001111", "+448082000247"];
    // What Ofcom keeps for films and plays.
    let made_up = ["+447700900", "+442079460", "+441632960", "+448081570"];
    let draft = riverbridge();
    let lines = draft.directory.lines.0.iter().flat_map(|line| &line.phones).map(|p| &p.number);
    let opportunities = draft.opportunities.opportunities.0.iter().filter_map(|o| o.phone.as_ref());
    for number in lines.chain(opportunities) {
        let safe = national.contains(&number.as_str())
            || made_up.iter().any(|start| number.starts_with(start) && number.len() == 13);
        assert!(safe, "{number}");
    }
}

#[test]
fn its_pledges_are_easy_to_read() {
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
