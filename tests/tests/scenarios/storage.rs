//! The database file and its key.

use std::fs;

use promise_core::{AskAbout, ContactEdit, PromiseError};
use promise_ffi::{PocketPhone, set_aside};

use crate::{Scenario, world::KEY};

pub const SCENARIOS: &[Scenario] = &[
    ("wrong-key", |world| {
        drop(world.carried("promise.db"));
        let path = world.file("promise.db").to_string_lossy().into_owned();
        assert_eq!(
            PocketPhone::open(path.clone(), vec![7; 32], None).err(),
            Some(PromiseError::WrongKey)
        );
        assert_eq!(PocketPhone::open(path, vec![42; 16], None).err(), Some(PromiseError::WrongKey));
        assert!(world.open("promise.db").promise().unwrap().is_some());
    }),
    ("damaged-file", |world| {
        drop(world.open("promise.db"));
        let file = world.file("promise.db");
        fs::write(&file, [1; 8192]).unwrap();
        let path = file.to_string_lossy().into_owned();
        assert_eq!(
            PocketPhone::open(path.clone(), KEY.to_vec(), None).err(),
            Some(PromiseError::Damaged)
        );
        let aside = set_aside(path).unwrap();
        assert!(fs::exists(aside).unwrap() && !fs::exists(file).unwrap());
        assert!(world.open("promise.db").promise().unwrap().is_none());
    }),
    ("full-storage", |world| {
        let phone = world.carried("promise.db");
        let id = phone.contacts().unwrap()[0].id.clone();
        phone.limit_storage(1).unwrap();
        let note = ContactEdit { note: Some("x".repeat(4000)), ..ContactEdit::default() };
        let failed =
            (0..100).find_map(|_| phone.edit_contact(id.clone(), note.clone()).err()).unwrap();
        assert_eq!(failed, PromiseError::DiskFull);
        assert_eq!(phone.contacts().unwrap()[0].id, id);
    }),
    ("paused", |world| {
        let phone = world.carried("promise.db");
        phone.pause().unwrap();
        assert_eq!(phone.search("rent".into()), Err(PromiseError::Paused));
        phone.resume().unwrap();
        phone.write_ask("After the pause".into(), AskAbout::Anything).unwrap();
        assert_eq!(phone.asks().unwrap()[0].text, "After the pause");
    }),
];
