//! A phone's process is killed in the middle of writes and syncs, again and again: what it said
//! was saved is saved, and reaches the server.

use std::{
    collections::BTreeSet,
    io::Read,
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

/// Lets a phone write for a while, kills it, and answers what it said was saved.
fn life(database: &Path, number: u32, lasts: Duration) -> Vec<String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_writing_phone"))
        .arg(database)
        .arg(number.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    thread::sleep(lasts);
    child.kill().unwrap();
    let status = child.wait().unwrap();
    assert!(status.code().is_none(), "the phone was killed, and did not end by itself: {status}");
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    // The last line may have been cut by the kill.
    said.split_inclusive('\n')
        .filter_map(|line| line.strip_suffix('\n'))
        .map(str::to_owned)
        .collect()
}

fn texts(phone: &TestPhone) -> BTreeSet<String> {
    phone.asks().unwrap().into_iter().map(|ask| ask.text).collect()
}

#[test]
fn nothing_that_was_said_to_be_saved_is_lost() {
    let server = TestServer::start();
    let person = server.add_person();
    let mut phone = TestPhone::paired(&server, &person);
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut saved = BTreeSet::new();
    for number in 0..KILLS {
        let lasts = Duration::from_millis(rng.random_range(15..90));
        let path = phone.path().to_owned();
        saved.extend(life(&path, number, lasts));
        if number % LOOK_EVERY == 0 {
            phone.restart();
            let lost: Vec<_> = saved.difference(&texts(&phone)).cloned().collect();
            assert!(lost.is_empty(), "after kill {number}: {lost:?}");
        }
    }
    assert!(saved.len() > KILLS as usize / 2, "the phones had time to write: {}", saved.len());
    phone.restart();
    phone.sync().unwrap();
    assert_eq!(phone.status().unwrap().unsent, 0);
    let on_server = server.run(&["ask", "list", "--person", &person]);
    let lost: Vec<_> = saved.iter().filter(|text| !on_server.contains(text.as_str())).collect();
    assert!(lost.is_empty(), "not on the server: {lost:?}");
}
