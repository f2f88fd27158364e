//! Damage: distinguished from a wrong key, and never made worse by the phone.

use std::{fs, path::Path};

use promise_core::{OpportunityFilter, PocketPhone, PromiseError, clock::Clock};
use promise_protocol::vocabulary::PledgeMark;

use crate::common::{Pocket, key, small_edition};

/// Flips some bits in the middle of a page.
fn damage(path: &Path, page: usize) -> Vec<u8> {
    let mut bytes = fs::read(path).unwrap();
    let start = page * 4096 + 2000;
    bytes[start..start + 16].iter_mut().for_each(|byte| *byte ^= 0x55);
    fs::write(path, &bytes).unwrap();
    bytes
}

/// Reads everything there is.
fn read_all(phone: &PocketPhone) -> Result<(), PromiseError> {
    phone.promise().read()?;
    phone.opportunities().list(&OpportunityFilter::default())?;
    phone.promise().directory()?;
    phone.search("course")?;
    phone.export().json().map(drop)
}

#[test]
fn damaged_first_page_fails_at_opening_and_is_left_alone() {
    let Pocket { phone, folder, .. } = Pocket::showing(&small_edition());
    drop(phone);
    let path = folder.path().join("phone.db");
    let damaged = damage(&path, 0);
    assert_eq!(PocketPhone::open(&path, key()).err(), Some(PromiseError::Damaged));
    assert_eq!(fs::read(&path).unwrap(), damaged);
}

#[test]
fn damaged_later_page_fails_when_it_is_read_and_is_left_alone() {
    let Pocket { phone, folder, .. } = Pocket::showing(&small_edition());
    drop(phone);
    let path = folder.path().join("phone.db");
    let whole = fs::read(&path).unwrap();
    let mut failed = 0;
    for page in 1..whole.len() / 4096 {
        fs::write(&path, &whole).unwrap();
        let damaged = damage(&path, page);
        let read = PocketPhone::open(&path, key()).and_then(|phone| read_all(&phone));
        // Damage of a free page, or of an index page that was not needed, is not noticed.
        assert!(read == Ok(()) || read == Err(PromiseError::Damaged), "page {page}: {read:?}");
        failed += usize::from(read.is_err());
        assert_eq!(fs::read(&path).unwrap(), damaged, "page {page}");
    }
    assert!(failed > 10, "{failed}");
}

#[test]
fn truncated_file_or_other_file_is_damaged() {
    let Pocket { phone, folder, .. } = Pocket::showing(&small_edition());
    drop(phone);
    let path = folder.path().join("phone.db");
    let whole = fs::read(&path).unwrap();
    let half = whole[..whole.len() / 2 + 100].to_vec();
    for bytes in [b"hello".repeat(2000), whole[..3000].to_vec(), half] {
        fs::write(&path, &bytes).unwrap();
        let read = PocketPhone::open(&path, key()).and_then(|phone| read_all(&phone));
        assert_eq!(read, Err(PromiseError::Damaged), "{} bytes", bytes.len());
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn set_aside_moves_every_file_and_loses_nothing() {
    let pocket = Pocket::showing(&small_edition());
    // The phone is open: its write-ahead log holds what the database file does not have yet.
    pocket.phone.promise().mark(&"council-tax".into(), PledgeMark::WantIt, None).unwrap();
    let copy = tempfile::tempdir().unwrap();
    for file in fs::read_dir(pocket.folder.path()).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    let path = copy.path().join("phone.db");
    let aside = PocketPhone::set_aside(&path, pocket.clock.as_ref()).unwrap();
    assert!(fs::read_dir(copy.path()).unwrap().all(|file| {
        file.unwrap().file_name().to_str().unwrap().starts_with("phone.db.set-aside-")
    }));

    let fresh = pocket.open(&path, key()).unwrap();
    assert_eq!(fresh.promise().read().unwrap(), None);
    let old = pocket.open(&aside, key()).unwrap();
    let promise = old.promise().read().unwrap().unwrap();
    assert_eq!(promise.chapters[0].pledges[0].mark, Some(PledgeMark::WantIt));
}

#[test]
fn set_aside_twice_at_the_same_time_keeps_both() {
    let pocket = Pocket::unpaired();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("phone.db");
    let places = [0, 1, 2].map(|_| {
        drop(pocket.open(&path, key()).unwrap());
        PocketPhone::set_aside(&path, pocket.clock.as_ref()).unwrap()
    });
    assert!(places.iter().all(|place| place.exists()), "{places:?} at {}", pocket.clock.now());
    assert!(places[0] != places[1] && places[1] != places[2] && places[0] != places[2]);
}
