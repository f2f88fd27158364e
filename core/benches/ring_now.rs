//! The speed of the answer to "who can I ring right now?", with 30 contacts and 12 lines. Run it with
//! `cargo bench -p promise-core --bench ring_now`.

#![allow(clippy::expect_used, reason = "a benchmark that fails may stop")]

#[path = "../tests/common/mod.rs"]
mod common;

use chrono::{DateTime, Utc};
use common::{Pocket, Published, change, small_edition};
use divan::{Bencher, black_box};
use promise_core::ring_now::{Helper, Input};
use promise_protocol::{
    Change,
    cover::CoverDays,
    pack::{ClosedDay, Directory},
    values::Leave,
};
use serde_json::{Value, json};

/// A Friday evening, a Tuesday afternoon, and Christmas night.
const MOMENTS: [&str; 3] = ["2026-12-04T18:30:00Z", "2026-12-01T14:00:00Z", "2026-12-25T03:00:00Z"];

fn main() {
    divan::main();
}

/// The whole call: reading the contacts and the directory, and the answer.
#[divan::bench(args = MOMENTS, sample_count = 100, sample_size = 10)]
fn ring_now(bencher: Bencher<'_, '_>, moment: &str) {
    let at: DateTime<Utc> = moment.parse().expect("a moment");
    let pocket = Pocket::showing(&edition());
    pocket.receive(contacts());
    bencher.bench_local(|| black_box(pocket.phone.ring_now(at).expect("it reads")));
}

/// The answer alone.
#[divan::bench(args = MOMENTS, sample_count = 100, sample_size = 10)]
fn answer(bencher: Bencher<'_, '_>, moment: &str) {
    let at: DateTime<Utc> = moment.parse().expect("a moment");
    let input = input();
    bencher.bench_local(|| black_box(promise_core::ring_now::answer(&input, at)));
}

fn contacts() -> Vec<Change> {
    let contact = |n: u32| {
        let fields = json!({
            "display_name": format!("Worker {n}"), "role": role(n), "phones": phones(),
            "working_pattern": hours(), "leave": leave(n),
        });
        change("contact", &format!("c{n}"), 1, fields)
    };
    (0..30).map(contact).collect()
}

/// The same contacts and lines, without a phone.
fn input() -> Input {
    let helper = |n: u32| {
        let leave: Vec<Leave> = serde_json::from_value(leave(n)).expect("leave");
        let days = |leave: &Leave| CoverDays {
            from: leave.from,
            to: leave.to,
            cover: leave.cover.clone(),
        };
        Helper {
            id: format!("c{n}").into(),
            name: format!("Worker {n}"),
            role: role(n).to_owned(),
            phones: serde_json::from_value(phones()).expect("numbers"),
            hours: serde_json::from_value(hours()).expect("hours"),
            on_closed_days: None,
            cover_days: leave.iter().map(days).collect(),
            leave,
            valid_from: None,
            valid_to: None,
            replaced_by: None,
        }
    };
    let Directory { lines, closed_days, .. } = edition().directory;
    Input {
        council: "Riverbridge Council".to_owned(),
        helpers: (0..30).map(helper).collect(),
        lines: lines.0,
        closed_days,
    }
}

fn role(n: u32) -> &'static str {
    if n == 0 { "Personal adviser" } else { "Housing officer" }
}

fn phones() -> Value {
    json!([{"number": "+447700900123", "kind": "mobile"}])
}

/// Every tenth contact is away, and the next one covers.
fn leave(n: u32) -> Value {
    if n.is_multiple_of(10) {
        json!([{"from": "2026-11-30", "to": "2026-12-11", "cover": format!("c{}", n + 1)}])
    } else {
        json!([])
    }
}

fn edition() -> Published {
    let mut published = small_edition();
    published.directory.lines.0 = (0..12)
        .map(|n| {
            let line = json!({
                "id": format!("l{n}"), "role": "Duty line", "display_name": {"en": "Duty line"},
                "phones": [{"number": "+442079460000", "kind": "duty"}], "hours": hours(),
                "on_closed_days": if n % 3 == 0 { "open_all_day" } else { "closed" },
            });
            serde_json::from_value(line).expect("a line")
        })
        .collect();
    let days = ["2026-12-25", "2026-12-28", "2027-01-01", "2027-03-26", "2027-03-29"];
    let day = |day| serde_json::from_value(json!({"date": day, "name": "A bank holiday"}));
    let days: Result<Vec<ClosedDay>, _> = days.into_iter().map(day).collect();
    published.directory.closed_days = days.expect("closed days");
    published
}

fn hours() -> Value {
    json!([
        {"days": ["mon", "tue", "wed", "thu"], "opens": "08:45", "closes": "17:00"},
        {"days": ["fri"], "opens": "08:45", "closes": "16:45"},
    ])
}
