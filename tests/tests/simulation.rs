//! A share of the simulation, and proof that it finds faults.

use std::sync::atomic::{AtomicU64, Ordering};

use promise_protocol::fault_injection::Fault;
use promise_tests::simulation::{Counts, Failure, play};

const STEPS: usize = 200;

/// Seeds for every run. `simulate --seeds 20000` plays more.
const SEEDS: u64 = 1000;

/// Seeds that failed once, and the fault that each found. They are played in every run.
const FAILED_ONCE: [(u64, &str); 26] = [
    (842, "a request repeated across two restores took the phone back a generation"),
    (3159, "the proof of what was left of a staff edit replaced the proof of all of it"),
    (67, "what a phone wrote under an earlier key stayed where a new phone could not open it"),
    (73, "words changed while a request travelled, and what it carried was not sealed again"),
    (457, "a change of words was beaten, and what was under the words in use was already emptied"),
    (550, "a key came into use again, and what was under it was emptied"),
    (
        14788,
        "a restore lost the check value, and two phones knew different ones from their pairing",
    ),
    (754, "a restore lost every edition, and a new phone could not show marks on its pledges"),
    (4024, "a value was cleared under the key in use, and a lower stamp lost to what was nowhere"),
    (9754, "the same, with a record that was deleted"),
    (6487, "a phone was lost after a restore, when it had resent a mark and not yet its id"),
    (
        30826,
        "an earlier phrase was refused, because what it opened had its id under another phrase",
    ),
    (150_316, "a note was about a contact that the server refused, and did not carry its id"),
    (
        146_788,
        "no fault: what was saved from an edition that nothing holds any more waits for the next",
    ),
    (
        453,
        "a record of access that waited was not signed again, and a restore lost the one before it",
    ),
    (934, "the same, with what was done instead of how often it was looked at"),
    (38839, "no fault: the checks took what a phone had forged for what staff wrote"),
    (16387, "the same, after the words were changed on a phone that was lost before the restore"),
    (
        1252,
        "a first key from before a fresh start was proposed again by a phone that had not heard of it",
    ),
    (1627, "the same, and the words were changed on both phones"),
    (2272, "the same, after five restores"),
    (3757, "the same, and what was then saved on one phone was not sent"),
    (4807, "a fresh start that came back late deleted what had been sealed since under new words"),
    (5227, "the same, with a mark that a phone without its document had written"),
    (
        11632,
        "no fault: no phone had words left when a fresh start came back late, and the operator helps",
    ),
    (
        18562,
        "a phone had refused the first key that counted, before the fresh start came that ended its own",
    ),
];

/// More seeds than any injected fault has needed.
const ENOUGH: u64 = 2000;

fn threads() -> u64 {
    std::thread::available_parallelism().map_or(1, |count| count.get() as u64)
}

/// Plays seeds on all processors until one fails.
fn first_failure(seeds: u64, fault: Option<Fault>) -> Option<Failure> {
    let next = AtomicU64::new(0);
    let worker = || loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= seeds {
            return None;
        }
        if let Err(failure) = play(seed, STEPS, fault) {
            next.store(seeds, Ordering::Relaxed);
            return Some(failure);
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads()).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().find_map(|worker| worker.join().unwrap())
    })
}

#[test]
fn invariants_hold_in_every_story() {
    if let Some(failure) = first_failure(SEEDS, None) {
        panic!("{failure}");
    }
}

#[test]
fn seeds_that_failed_once_hold() {
    for (seed, found) in FAILED_ONCE {
        if let Err(failure) = play(seed, STEPS, None) {
            panic!("{failure}\n(this seed once found: {found})");
        }
    }
}

#[test]
fn every_injected_fault_is_found() {
    let missed: Vec<Fault> = Fault::ALL
        .into_iter()
        .filter(|fault| first_failure(ENOUGH, Some(*fault)).is_none())
        .collect();
    assert_eq!(missed, [], "the simulation does not find these faults");
}

#[test]
fn seed_gives_the_same_story_twice() {
    assert_eq!(play(7, STEPS, None), play(7, STEPS, None));
}

/// A simulation in which nothing goes wrong would prove nothing.
#[test]
fn every_kind_of_event_occurs() {
    let mut sum = Counts::default();
    for seed in 0..30 {
        let counts = play(seed, STEPS, None).unwrap();
        sum.lost += counts.lost;
        sum.skews += counts.skews;
        sum.verdicts += counts.verdicts;
        sum.restores += counts.restores;
        sum.staff_writes += counts.staff_writes;
        sum.views += counts.views;
        sum.phrases_changed += counts.phrases_changed;
        sum.phones_lost += counts.phones_lost;
        sum.records_lost += counts.records_lost;
        sum.limited += counts.limited;
        sum.stolen_codes += counts.stolen_codes;
        sum.stolen_tokens += counts.stolen_tokens;
        sum.lies += counts.lies;
        sum.orders += counts.orders;
        sum.refusals += counts.refusals;
        sum.key_attacks += counts.key_attacks;
        sum.fresh_starts += counts.fresh_starts;
        sum.rotations += counts.rotations;
    }
    assert!(sum.lost > 100 && sum.skews > 10 && sum.verdicts > 10, "{sum:?}");
    assert!(sum.phrases_changed > 10 && sum.phones_lost > 5, "{sum:?}");
    assert!(sum.records_lost > 5 && sum.lies > 30 && sum.limited > 1, "{sum:?}");
    assert!(sum.stolen_codes > 3 && sum.stolen_tokens > 10 && sum.rotations > 3, "{sum:?}");
    assert!(sum.orders == sum.phones_lost && sum.refusals > 100, "{sum:?}");
    assert!(sum.key_attacks > 30 && sum.fresh_starts > 1, "{sum:?}");
    assert!(sum.restores > 10 && sum.staff_writes > 100 && sum.views > 100, "{sum:?}");
}
