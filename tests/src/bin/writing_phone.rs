//! A phone that writes and syncs until it is killed, for `tests/kill.rs`. It prints each edit on a
//! line of its own after the edit was saved.

use std::{io::Write, path::PathBuf};

use promise_core::{AskAbout, CancelHandle, DatabaseKey, PocketPhone};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path: PathBuf = arguments.next().expect("the database").into();
    let life = arguments.next().expect("the number of this life");
    let phone = PocketPhone::open(&path, DatabaseKey::new([42; 32])).expect("the phone opens");
    let mut out = std::io::stdout().lock();
    for number in 0.. {
        let text = format!("life {life} ask {number}.");
        phone.asks().write(&text, AskAbout::Anything).expect("an ask is saved");
        writeln!(out, "{text}").expect("somebody reads");
        out.flush().expect("somebody reads");
        if number % 3 == 2 {
            phone.sync(&CancelHandle::new()).expect("the server is there");
        }
    }
}
