//! Pausing: the phone closes its files, and opens them again.

use std::{fs, path::Path, process::Command};

use promise_core::{PocketPhone, PromiseError};
use promise_protocol::vocabulary::PledgeMark;

use crate::common::{Pocket, key, small_edition};

const OTHER_PROCESS: &str = "POCKET_PROMISE_TEST_OPENS";

#[test]
fn paused_phone_refuses_calls_and_a_resumed_one_works() {
    let pocket = Pocket::showing(&small_edition());
    pocket.phone.promise().mark(&"council-tax".into(), PledgeMark::WantIt, None).unwrap();
    pocket.phone.pause();
    assert_eq!(pocket.phone.promise().read().err(), Some(PromiseError::Paused));
    assert_eq!(
        pocket.phone.promise().mark(&"council-tax".into(), PledgeMark::HadIt, None),
        Err(PromiseError::Paused)
    );
    assert_eq!(pocket.phone.status().err(), Some(PromiseError::Paused));
    assert_eq!(pocket.phone.export().json().err(), Some(PromiseError::Paused));
    assert_eq!(pocket.sync(), Err(PromiseError::Paused));
    pocket.phone.pause();

    pocket.phone.resume().unwrap();
    pocket.phone.resume().unwrap();
    let promise = pocket.phone.promise().read().unwrap().unwrap();
    assert_eq!(promise.chapters[0].pledges[0].mark, Some(PledgeMark::WantIt));
    pocket.phone.promise().mark(&"council-tax".into(), PledgeMark::HadIt, None).unwrap();
}

#[test]
fn pause_during_a_sync_ends_it_and_keeps_what_came() {
    let pocket = std::sync::Arc::new(Pocket::paired());
    let in_the_call = pocket.clone();
    pocket.server.next(move |_| {
        in_the_call.phone.pause();
        Ok(promise_protocol::SyncResponse::default())
    });
    assert_eq!(pocket.sync(), Err(PromiseError::Paused));
    pocket.phone.resume().unwrap();
    pocket.sync().unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn paused_phone_holds_no_file_open() {
    let pocket = Pocket::showing(&small_edition());
    assert!(holds_a_file_in(pocket.folder.path()), "an open phone does");
    pocket.phone.pause();
    assert!(!holds_a_file_in(pocket.folder.path()));

    let program = std::env::current_exe().unwrap();
    let test = "pausing::as_a_process_that_opens_the_database";
    let output =
        Command::new(program).args(["--exact", test]).env(OTHER_PROCESS, pocket.path()).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    pocket.phone.resume().unwrap();
    let promise = pocket.phone.promise().read().unwrap().unwrap();
    assert_eq!(promise.chapters[0].pledges[0].mark, Some(PledgeMark::HadIt));
}

/// Does something only as the other process of the test above.
#[test]
fn as_a_process_that_opens_the_database() {
    let Some(path) = std::env::var_os(OTHER_PROCESS) else { return };
    let phone = PocketPhone::open(Path::new(&path), key()).unwrap();
    phone.promise().mark(&"council-tax".into(), PledgeMark::HadIt, None).unwrap();
}

fn holds_a_file_in(folder: &Path) -> bool {
    let descriptors = fs::read_dir("/proc/self/fd").unwrap().flatten();
    descriptors.filter_map(|fd| fs::read_link(fd.path()).ok()).any(|file| file.starts_with(folder))
}
