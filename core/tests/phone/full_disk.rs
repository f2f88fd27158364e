//! A full disk: no edit is saved in part, and what was saved before stays complete.

use std::{path::Path, process::Command};

use promise_core::{AskAbout, PocketPhone, PromiseError};
use serde_json::json;

use crate::common::{Pocket, change, key, small_edition};

const OTHER_PROCESS: &str = "POCKET_PROMISE_TEST_HAS_NO_ROOM";

/// Writes notes until there is no room; returns how many were saved.
fn fill(pocket: &Pocket) -> usize {
    let note = "A long note. ".repeat(150);
    for saved in 0..1000 {
        match pocket.phone.asks().write(&note, AskAbout::Anything) {
            Ok(_) => {}
            Err(error) => {
                assert_eq!(error, PromiseError::DiskFull);
                return saved;
            }
        }
    }
    panic!("there was room for everything");
}

#[test]
fn full_disk_refuses_whole_edits_and_keeps_earlier_ones() {
    let pocket = Pocket::showing(&small_edition());
    pocket.phone.limit_storage(200).unwrap();
    let saved = fill(&pocket);
    assert!(saved > 0);
    assert_eq!(pocket.phone.asks().list().unwrap().len(), saved);
    assert!(
        pocket.phone.asks().list().unwrap().iter().all(|ask| ask.asked_at.is_some()),
        "half an ask"
    );

    // Reading goes on, and a restart finds all of it.
    assert!(!pocket.phone.search("café").unwrap().is_empty());
    let pocket = pocket.reopen();
    assert_eq!(pocket.phone.asks().list().unwrap().len(), saved);
    pocket.phone.asks().write("There is room again.", AskAbout::Anything).unwrap();
}

#[test]
fn response_that_does_not_fit_is_not_applied_and_comes_again() {
    let pocket = Pocket::showing(&small_edition());
    pocket.phone.limit_storage(200).unwrap();
    fill(&pocket);
    let about = "x".repeat(900);
    let contacts: Vec<_> = (0..50)
        .map(|n| {
            change("contact", &format!("c{n}"), n, json!({"display_name": "N", "about": about}))
        })
        .collect();
    let answer =
        promise_protocol::SyncResponse { changes: contacts, next: Some(9), ..Default::default() };
    pocket.server.next_takes(answer.clone());
    assert_eq!(pocket.sync(), Err(PromiseError::DiskFull));
    assert_eq!(pocket.phone.contacts().list().unwrap(), []);

    pocket.phone.limit_storage(1_000_000).unwrap();
    pocket.server.next_takes(answer);
    pocket.sync().unwrap();
    assert_eq!(pocket.server.requests().iter().rev().nth(1).map(|request| request.since), Some(0));
    assert_eq!(pocket.phone.contacts().list().unwrap().len(), 50);
}

/// A real file system with no room left, where one can be made: it needs Linux and a namespace.
#[cfg(target_os = "linux")]
#[test]
fn phone_on_a_full_file_system_opens_and_reads() {
    let pocket = Pocket::showing(&small_edition());
    let Pocket { phone, folder, .. } = pocket;
    drop(phone);
    let small = folder.path().join("small");
    std::fs::create_dir(&small).unwrap();
    let make = "mount -t tmpfs -o size=600k tmpfs small && echo mounted && cp phone.db phone.db-key small && \"$0\" --exact full_disk::as_a_process_without_room";
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", make])
        .arg(std::env::current_exe().unwrap())
        .current_dir(folder.path())
        .env(OTHER_PROCESS, &small)
        .output();
    match output {
        Ok(output) if output.status.success() => {}
        Ok(output) if output.stdout.is_empty() => {} // No namespace, or no mount, for this user.
        Ok(output) => panic!("{}", String::from_utf8_lossy(&output.stdout)),
        Err(_) => {}
    }
}

/// Does something only as the other process of the test above.
#[test]
fn as_a_process_without_room() {
    let Some(folder) = std::env::var_os(OTHER_PROCESS) else { return };
    let folder = Path::new(&folder);
    let path = folder.join("phone.db");
    let whole = std::fs::read(&path).unwrap();

    // Room for the write-ahead log, and then none.
    let phone = PocketPhone::open(&path, key()).unwrap();
    let filler = vec![0; 1 << 20];
    assert!(std::fs::write(folder.join("filler"), &filler).is_err(), "there is no end of room");
    let saved = (0..200)
        .take_while(|n| {
            phone.asks().write(&format!("{n}{}", "x".repeat(1900)), AskAbout::Anything).is_ok()
        })
        .count();
    assert_eq!(
        phone.asks().write(&"x".repeat(1900), AskAbout::Anything),
        Err(PromiseError::DiskFull)
    );
    assert_eq!(phone.asks().list().unwrap().len(), saved);
    assert!(phone.promise().read().unwrap().is_some());
    drop(phone);

    // Not even room to open for writing.
    let phone = PocketPhone::open(&path, key()).unwrap();
    assert_eq!(phone.asks().list().unwrap().len(), saved);
    assert!(phone.promise().read().unwrap().is_some());
    drop(phone);
    std::fs::remove_file(folder.join("filler")).unwrap();
    let phone = PocketPhone::open(&path, key()).unwrap();
    assert_eq!(phone.asks().list().unwrap().len(), saved);
    phone.asks().write("There is room again.", AskAbout::Anything).unwrap();
    assert!(std::fs::read(&path).unwrap().len() >= whole.len());
}
