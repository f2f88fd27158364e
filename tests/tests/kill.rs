//! A phone's process is killed in the middle of writes and syncs, again and again: what it said
//! was saved is saved, and reaches the server.

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
/// How often the phone is looked at from inside between kills.
const LOOK_EVERY: u32 = 10;

/// Lets a phone save so many edits and go on for a moment, kills it, and answers what it said was
/// saved. How fast the machine is does not matter: the phone is waited for.
fn life(database: &Path, number: u32, edits: usize, moment: Duration) -> Vec<String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_writing_phone"))
        .arg(database)
        .arg(number.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut saved: Vec<String> = said.by_ref().take(edits).map(Result::unwrap).collect();
    thread::sleep(moment);
    child.kill().unwrap();
    let status = child.wait().unwrap();
    assert!(status.code().is_none(), "the phone was killed, and did not end by itself: {status}");
    saved.extend(said.map_while(Result::ok));
    // The kill may have cut the last line.
    saved.retain(|line| line.ends_with('.'));
    saved
}

fn texts(phone: &TestPhone) -> BTreeSet<String> {
    phone.asks().list().unwrap().into_iter().map(|ask| ask.text).collect()
}

#[test]
fn nothing_that_was_said_to_be_saved_is_lost() {
    let server = TestServer::start();
    let person = server.add_person();
    let mut phone = TestPhone::paired(&server, &person);
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut saved = BTreeSet::new();
    for number in 0..KILLS {
        let edits = rng.random_range(0..6);
        let moment = Duration::from_micros(rng.random_range(0..12_000));
        let path = phone.path().to_owned();
        saved.extend(life(&path, number, edits, moment));
        if number % LOOK_EVERY == 0 {
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
