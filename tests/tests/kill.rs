//! A phone's process is killed in the middle of writes and syncs, many times: every edit that it
//! reported as saved is saved, and reaches the server.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use promise_tests::harness::{TestPhone, TestServer};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const KILLS: u32 = 300;
/// After how many kills the phone's database is checked.
const CHECK_EVERY: u32 = 10;

/// Lets a phone save so many edits and go on for a moment, kills it, and returns the edits that it
/// reported as saved. Does not depend on the speed of the machine: it waits for the phone.
fn run_until_killed(database: &Path, number: u32, edits: usize, moment: Duration) -> Vec<String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_writing_phone"))
        .arg(database)
        .arg(number.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut printed = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut saved: Vec<String> = printed.by_ref().take(edits).map(Result::unwrap).collect();
    thread::sleep(moment);
    child.kill().unwrap();
    let status = child.wait().unwrap();
    assert!(status.code().is_none(), "the phone was killed, and did not end by itself: {status}");
    saved.extend(printed.map_while(Result::ok));
    // The kill may have cut the last line.
    saved.retain(|line| line.ends_with('.'));
    saved
}

fn texts(phone: &TestPhone) -> BTreeSet<String> {
    phone.asks().list().unwrap().into_iter().map(|ask| ask.text).collect()
}

#[test]
fn saved_edit_survives_a_kill() {
    let server = TestServer::start();
    let person = server.add_person();
    let mut phone = TestPhone::paired(&server, &person);
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut saved = BTreeSet::new();
    for number in 0..KILLS {
        let edits = rng.random_range(0..6);
        let moment = Duration::from_micros(rng.random_range(0..12_000));
        let path = phone.path().to_owned();
        saved.extend(run_until_killed(&path, number, edits, moment));
        if number % CHECK_EVERY == 0 {
            phone.restart();
            let lost: Vec<_> = saved.difference(&texts(&phone)).cloned().collect();
            assert!(lost.is_empty(), "after kill {number}: {lost:?}");
        }
    }
    assert!(saved.len() > KILLS as usize, "the phones wrote: {}", saved.len());
    phone.restart();
    phone.sync().unwrap();
    assert_eq!(phone.status().unwrap().unsent, 0);
    let on_server = server.run(&["ask", "list", "--person", &person]);
    let lost: Vec<_> = saved.iter().filter(|text| !on_server.contains(text.as_str())).collect();
    assert!(lost.is_empty(), "not on the server: {lost:?}");
}
