//! A second phone by the first one: no picture holds the phrase, and it arrives all the same.

use std::thread;

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use promise_core::{CancelHandle, PocketPhone, PromiseError, RecoveryPhraseState};

use super::*;

#[test]
fn no_link_and_no_code_of_pairing_holds_the_phrase() {
    let scene = Scene::new();
    let (first, second) = (scene.phone(), TestPhone::new());
    let (first, second): (&PocketPhone, &PocketPhone) = (&first, &second);
    let cancel = CancelHandle::new();
    let invitation = first.devices().invite(&cancel).unwrap();
    let (device, offer) = thread::scope(|scope| {
        let waiting =
            scope.spawn(|| first.devices().wait_for_new(&invitation.code, &cancel).unwrap());
        let offer = second.pair_by_link(&invitation.link, &cancel);
        (waiting.join().unwrap(), offer.unwrap())
    });
    let details = offer.details();
    let phrase = first.recovery().phrase().unwrap();
    let entropy = phrase.entropy();
    let mut forms = vec![
        BASE32_NOPAD.encode(entropy.as_slice()),
        BASE64URL_NOPAD.encode(entropy.as_slice()),
        HEXLOWER.encode(entropy.as_slice()),
    ];
    forms.extend(phrase.words().zip(phrase.words().skip(1)).map(|(a, b)| format!("{a} {b}")));
    let shown =
        [&invitation.link, &invitation.code, &details.digits, details.link.as_ref().unwrap()];
    for text in shown {
        let found: Vec<_> = forms.iter().filter(|form| text.contains(form.as_str())).collect();
        assert!(found.is_empty(), "{found:?} in {text}");
    }
    assert!(!details.link.unwrap().contains(invitation.code.split_once('-').unwrap().1));
    first.devices().confirm_new(&device, &details.digits, &cancel).unwrap();
    second.finish_pairing(&offer, &cancel).unwrap();
    assert_eq!(second.recovery().phrase().unwrap(), phrase);
}

/// The phone that invited it changed the phrase without a connection: no accepted step leads to it yet.
#[test]
fn phrase_from_another_phone_is_in_use_once_the_history_leads_to_it() {
    let scene = Scene::new();
    let (first, second) = (scene.phone(), TestPhone::new());
    write_everything(&first, "mine");
    first.sync().unwrap();
    first.recovery().change().unwrap();
    second.pair_beside(&first);
    let needed = Err(PromiseError::RecoveryPhraseNeeded);
    assert_eq!(second.recovery().phrase().map(drop), needed, "the server has the one before");
    for phone in [&first, &second, &first] {
        phone.sync().unwrap();
    }
    assert_eq!(second.recovery().phrase(), first.recovery().phrase());
    assert_eq!(saved(&second), saved(&first));
    let private = second.status().unwrap().private;
    assert_eq!((private.undecryptable, private.refused_keys), (0, 0));
}

/// It was never in touch, so that the server knows no key: both phones propose the same one.
#[test]
fn phone_that_never_synced_gives_its_phrase_to_another_one() {
    let scene = Scene::new();
    let (first, second) = (TestPhone::paired(&scene.server, &scene.person), TestPhone::new());
    second.pair_beside(&first);
    for phone in [&second, &first, &second] {
        phone.sync().unwrap();
    }
    assert_eq!(second.recovery().phrase(), first.recovery().phrase());
    for phone in [&first, &second] {
        let private = phone.status().unwrap().private;
        let state = (private.recovery_phrase, private.refused_keys);
        assert_eq!(state, (RecoveryPhraseState::Present, 0));
    }
}
