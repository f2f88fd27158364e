//! Opening hours against an oracle that looks at every minute.

use promise_tests::opening_hours::{London, check_seed, check_year};

#[test]
fn random_weeks_of_opening_hours_agree_with_every_minute() {
    for seed in 0..2_000 {
        check_seed(seed).unwrap();
    }
}

#[test]
fn gaps_agree_with_every_minute_of_a_year_with_both_clock_changes() {
    let year = London::new();
    for seed in 0..40 {
        check_year(seed, &year).unwrap();
    }
}
