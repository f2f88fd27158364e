//! Pictures: fetched after the data, and never in its way.

use std::{
    sync::{Arc, Mutex, mpsc},
    thread,
};

use promise_core::{PromiseError, sync::TransportError};
use promise_protocol::{
    ProblemCode,
    pack::{Localised, Picture, hash},
};

use crate::common::{Pocket, Published, never_cancelled, small_edition};

fn bytes_of(name: &str) -> Vec<u8> {
    format!("the picture of {name}").repeat(20).into_bytes()
}

fn picture(name: &str) -> Picture {
    let bytes = bytes_of(name);
    Picture {
        hash: hash(&bytes),
        media_type: "image/webp".into(),
        width: 960,
        height: 540,
        bytes: u32::try_from(bytes.len()).unwrap(),
        alt: Localised::from([("en".into(), name.into())]),
        unknown: serde_json::Map::new(),
    }
}

/// An edition whose first section and both pledges have a picture.
fn edition() -> Published {
    let mut published = small_edition();
    published.promise.sections[0].picture = Some(picture("money"));
    for pledge in &mut published.promise.pledges.0 {
        pledge.picture = Some(picture(&pledge.id));
    }
    published
}

/// A phone that is offered this edition, by a server with all its pictures.
fn offered(published: &Published) -> Pocket {
    let pocket = Pocket::paired();
    pocket.server.publish(published, 1);
    for name in ["money", "setting-up-home", "council-tax"] {
        pocket.server.give_picture(&picture(name).hash, Ok(bytes_of(name)));
    }
    pocket.server.take_log();
    pocket
}

fn held(pocket: &Pocket, name: &str) -> bool {
    pocket.phone.pictures().get(&picture(name).hash).unwrap() == Some(bytes_of(name))
}

fn missing(pocket: &Pocket) -> u32 {
    pocket.phone.pictures().state().unwrap().missing
}

#[test]
fn pictures_are_fetched_last_one_by_one_and_once() {
    let pocket = offered(&edition());
    let synced = pocket.sync().unwrap();
    assert_eq!((synced.pictures, synced.requests), (3, 4));
    let names = ["money", "setting-up-home", "council-tax"].map(|name| picture(name).hash);
    let log = pocket.server.take_log();
    assert_eq!(log, [&["sync".to_owned(), "packs".into()][..], &names[..]].concat());
    assert!(names.iter().all(|hash| pocket.phone.pictures().get(hash).unwrap().is_some()));
    let state = pocket.phone.pictures().state().unwrap();
    assert_eq!((state.total, state.missing, state.missing_bytes), (3, 0, 0));

    let pocket = pocket.reopen();
    assert_eq!(pocket.sync().unwrap().pictures, 0);
    assert_eq!(pocket.server.take_log(), ["sync"]);
    assert!(held(&pocket, "money"), "and without a connection");
    assert_eq!(pocket.phone.pictures().get("no hash").unwrap(), None);
}

#[test]
fn failed_picture_fails_no_sync_and_the_rest_comes_next_time() {
    for broken in [TransportError::Broken, TransportError::Unreachable, TransportError::Cancelled] {
        let pocket = offered(&edition());
        pocket.server.give_picture(&picture("setting-up-home").hash, Err(broken));
        assert_eq!(pocket.sync().unwrap().pictures, 1);
        assert!(held(&pocket, "money") && missing(&pocket) == 2);
        let name = "setting-up-home";
        pocket.server.give_picture(&picture(name).hash, Ok(bytes_of(name)));
        assert_eq!(pocket.sync().unwrap().pictures, 2);
        assert_eq!(missing(&pocket), 0);
    }
}

#[test]
fn wrong_picture_is_not_fetched_again_until_requested() {
    let wrong = [
        Ok(b"another picture".to_vec()),
        Ok(vec![0; bytes_of("money").len()]),
        Err(TransportError::Refused(ProblemCode::NotFound)),
    ];
    for wrong in wrong {
        let pocket = offered(&edition());
        pocket.server.give_picture(&picture("money").hash, wrong);
        assert_eq!(pocket.sync().unwrap().pictures, 2, "the others come");
        pocket.server.take_log();
        pocket.sync().unwrap();
        assert_eq!(pocket.server.take_log(), ["sync"], "it costs data once");
        let hash = picture("money").hash;
        assert_eq!((pocket.phone.pictures().get(&hash).unwrap(), missing(&pocket)), (None, 1));
        pocket.server.give_picture(&hash, Ok(bytes_of("money")));
        assert_eq!(pocket.phone.pictures().fetch(&never_cancelled()), Ok(1));
        assert!(held(&pocket, "money"));
    }
}

#[test]
fn picture_longer_than_announced_is_not_read() {
    let pocket = offered(&edition());
    pocket.server.give_picture(&picture("money").hash, Ok(vec![0; 1 << 20]));
    pocket.sync().unwrap();
    assert_eq!(pocket.phone.pictures().get(&picture("money").hash).unwrap(), None);
}

#[test]
fn pictures_can_be_turned_off_and_fetched_on_request() {
    let pocket = offered(&edition());
    pocket.phone.pictures().set_with_sync(false).unwrap();
    assert_eq!(pocket.sync().unwrap().pictures, 0);
    assert_eq!(pocket.server.take_log(), ["sync", "packs"]);
    let pocket = pocket.reopen();
    let state = pocket.phone.pictures().state().unwrap();
    let bytes: u64 = ["money", "setting-up-home", "council-tax"]
        .map(|it| u64::from(picture(it).bytes))
        .iter()
        .sum();
    assert_eq!((state.with_sync, state.missing, state.missing_bytes), (false, 3, bytes));
    assert_eq!(pocket.phone.pictures().fetch(&never_cancelled()), Ok(3));
    assert_eq!(missing(&pocket), 0);
    assert_eq!(
        Pocket::unpaired().phone.pictures().fetch(&never_cancelled()),
        Err(PromiseError::NotPaired)
    );
    let offline = offered(&edition());
    offline.phone.pictures().set_with_sync(false).unwrap();
    offline.sync().unwrap();
    offline.server.give_picture(&picture("money").hash, Err(TransportError::Unreachable));
    assert_eq!(offline.phone.pictures().fetch(&never_cancelled()), Err(PromiseError::Offline));
}

#[test]
fn picture_that_the_promise_drops_is_deleted() {
    let pocket = offered(&edition());
    pocket.sync().unwrap();
    let mut next = edition();
    next.promise.sections[0].picture = None;
    pocket.server.publish(&next, 2);
    pocket.server.take_log();
    pocket.sync().unwrap();
    assert_eq!(
        pocket.server.take_log(),
        ["sync", "packs"],
        "the others stay, and are not asked for"
    );
    assert_eq!(pocket.phone.pictures().get(&picture("money").hash).unwrap(), None);
    assert!(held(&pocket, "council-tax"));
    let export = pocket.phone.export().json().unwrap().to_string();
    assert!(!export.contains("the picture of"), "the council's pictures are not the person's");
}

#[test]
fn unusable_picture_is_not_requested() {
    let mut published = edition();
    let spoil =
        |picture: &mut Option<Picture>, change: fn(&mut Picture)| change(picture.as_mut().unwrap());
    spoil(&mut published.promise.sections[0].picture, |picture| picture.bytes = 1 << 30);
    spoil(&mut published.promise.pledges.0[0].picture, |picture| picture.hash = "../sync".into());
    let pocket = offered(&published);
    assert_eq!(pocket.sync().unwrap().pictures, 1);
    assert_eq!(pocket.phone.pictures().state().unwrap().total, 1);
}

#[test]
fn second_sync_ends_the_fetch_of_pictures() {
    let pocket = offered(&edition());
    let (started, picture_started) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let may_go_on = Mutex::new(may_go_on);
    pocket.server.before_picture(move |cancel| {
        started.send(cancel.clone()).unwrap();
        may_go_on.lock().unwrap().recv().unwrap();
    });
    let Pocket { phone, server, folder: _folder, .. } = pocket;
    let phone = Arc::new(phone);
    let first = thread::spawn({
        let phone = phone.clone();
        move || phone.sync(&never_cancelled())
    });
    let picture = picture_started.recv().unwrap();
    assert!(!picture.is_cancelled());
    let second = thread::spawn({
        let phone = phone.clone();
        move || phone.sync(&never_cancelled())
    });
    while !picture.is_cancelled() {
        thread::yield_now();
    }
    // The picture that was under way ends; no other begins before the second sync is done.
    server.take_log();
    go_on.send(()).unwrap();
    assert_eq!(first.join().unwrap().unwrap().pictures, 1);
    for _ in 0..2 {
        picture_started.recv().unwrap();
        go_on.send(()).unwrap();
    }
    assert_eq!(second.join().unwrap().unwrap().pictures, 2);
    assert_eq!(server.take_log()[0], "sync");
}
