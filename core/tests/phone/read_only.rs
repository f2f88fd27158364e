//! Storage that cannot be written: reading works, saving fails with the reason.

#![cfg(unix)]

use std::{
    fs::{self, Permissions},
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::Path,
    process::Command,
};

use promise_core::{PocketPhone, PromiseError};
use promise_protocol::vocabulary::PledgeMark;

use crate::common::{Pocket, contact, key, never_cancelled, small_edition};

const OTHER_PROCESS: &str = "POCKET_PROMISE_TEST_CANNOT_WRITE";
/// A user who owns no file.
const NOBODY: u32 = 65_534;

/// Root may write everywhere, so the phone is opened by a process that runs as `nobody`.
#[test]
fn read_only_storage_can_be_read() {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let Pocket { phone, folder, .. } = pocket;
    drop(phone);
    let program = folder.path().join("test");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    for file in fs::read_dir(folder.path()).unwrap() {
        fs::set_permissions(file.unwrap().path(), Permissions::from_mode(0o555)).unwrap();
    }
    fs::set_permissions(folder.path(), Permissions::from_mode(0o555)).unwrap();

    let mut command = Command::new(program);
    command.args(["--exact", "read_only::as_nobody"]).env(OTHER_PROCESS, folder.path());
    command.current_dir("/");
    let me = fs::metadata("/proc/self").map(|me| std::os::unix::fs::MetadataExt::uid(&me));
    if me.is_ok_and(|me| me == 0) {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.output().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Does something only as the other process of the test above.
#[test]
fn as_nobody() {
    let Some(folder) = std::env::var_os(OTHER_PROCESS) else { return };
    let folder = Path::new(&folder);
    assert!(fs::write(folder.join("new"), "").is_err(), "the folder can be written");
    let phone = PocketPhone::open(&folder.join("phone.db"), key()).unwrap();
    assert_eq!(phone.status().unwrap().read_only, Some(PromiseError::ReadOnly));
    assert!(phone.promise().read().unwrap().is_some());
    assert_eq!(phone.contacts().list().unwrap().len(), 1);
    assert_eq!(phone.search("warehouse").unwrap().len(), 1);
    assert!(phone.export().json().is_ok());
    assert_eq!(
        phone.promise().mark(&"council-tax".into(), PledgeMark::WantIt, None),
        Err(PromiseError::ReadOnly)
    );
    assert_eq!(phone.sync(&never_cancelled()), Err(PromiseError::ReadOnly));
}
