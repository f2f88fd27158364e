//! Pairing: what the person sees, and that nothing is stored before both sides said yes.

use std::sync::atomic::Ordering;

use promise_core::{CancelHandle, PairingDetails, PromiseError, sync::TransportError};
use promise_protocol::{ProblemCode, phone_record::Inviter};

use crate::common::{Pocket, never_cancelled};

const SERVER: &str = "https://riverbridge.example";
const CODE: &str = "K7QF-3MZD-9X01";

#[test]
fn person_sees_the_council_who_invites_and_six_digits() {
    let pocket = Pocket::unpaired();
    let offer = pocket.phone.pair(SERVER, CODE, &never_cancelled()).unwrap();
    let PairingDetails { council, server, inviter, invited_by, digits, link } = offer.details();
    assert_eq!((council.as_str(), inviter), ("Riverbridge Council", Inviter::Staff));
    assert_eq!(server, "riverbridge.example");
    assert_eq!((invited_by.as_deref(), link), (Some("Sam Okoro"), None));
    assert_eq!(digits.chars().filter(char::is_ascii_digit).count(), 6, "{digits}");
    assert_eq!(format!("{offer:?}"), "PairingOffer(..)");
}

/// A person who is alone has no screen to compare the digits with, and can still see where the code leads.
#[test]
fn offer_of_a_strangers_server_shows_its_address_beside_the_councils_name() {
    let pocket = Pocket::unpaired();
    let link =
        format!("pocketpromise://pair?code={CODE}&server=https://Riverbridge.example.evil:8443/");
    let details = pocket.phone.pair_by_link(&link, &never_cancelled()).unwrap().details();
    assert_eq!(details.council, "Riverbridge Council", "any server can say that");
    assert_eq!(details.server, "riverbridge.example.evil:8443");
    let link = format!("pocketpromise://pair?code={CODE}&server={SERVER}@riverbridge.evil");
    let refused = pocket.phone.pair_by_link(&link, &never_cancelled());
    assert_eq!(refused.err(), Some(PromiseError::AddressNotSafe));
}

/// The other side compares it with its own, and a phone's keyboard starts with a capital letter.
#[test]
fn address_is_sent_in_one_form_however_it_was_typed() {
    let pocket = Pocket::unpaired();
    for typed in ["Https://Riverbridge.example/ ", "https://riverbridge.example:443", SERVER] {
        pocket.phone.pair(typed, CODE, &never_cancelled()).unwrap();
    }
    let requests = pocket.server.pair_requests.lock().unwrap().clone();
    assert!(requests.iter().all(|request| request.server == SERVER), "{requests:?}");
}

#[test]
fn nothing_is_stored_before_both_sides_said_yes() {
    let pocket = Pocket::unpaired();
    let offer = pocket.phone.pair(SERVER, CODE, &never_cancelled()).unwrap();
    assert_eq!(pocket.phone.council().unwrap(), None, "this side has not");
    pocket.server.undecided.store(true, Ordering::SeqCst);
    let cancel = CancelHandle::new();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| pocket.phone.finish_pairing(&offer, &cancel));
        while pocket.server.pair_requests.lock().unwrap().len() < 4 {
            std::thread::yield_now();
        }
        cancel.cancel();
        assert_eq!(waiting.join().unwrap(), Err(PromiseError::Cancelled));
    });
    assert_eq!(pocket.phone.council().unwrap(), None, "the other side has not");
    pocket.server.undecided.store(false, Ordering::SeqCst);
    pocket.phone.finish_pairing(&offer, &never_cancelled()).unwrap();
    assert_eq!(pocket.phone.council().unwrap().as_deref(), Some("Riverbridge Council"));
    pocket.sync().unwrap();
}

/// A request with another key would be that of a second phone, and end the code.
#[test]
fn request_whose_response_was_lost_is_repeated_to_the_byte() {
    let pocket = Pocket::unpaired();
    pocket.server.lost_pairings.store(2, Ordering::SeqCst);
    let offer = pocket.phone.pair(SERVER, CODE, &never_cancelled()).unwrap();
    pocket.server.lost_pairings.store(1, Ordering::SeqCst);
    pocket.phone.finish_pairing(&offer, &never_cancelled()).unwrap();
    let requests = pocket.server.pair_requests.lock().unwrap().clone();
    assert_eq!(requests.len(), 6);
    assert!(requests[..3].iter().all(|request| *request == requests[0]));
    assert!(requests[3..].iter().all(|request| *request == requests[3]));
    assert_eq!(requests[0].commitment, requests[3].commitment);
    let opening = requests[3].opening.clone().unwrap();
    assert!(
        requests[0].opening.is_none() && opening.opens(&requests[0].commitment.clone().unwrap())
    );
}

#[test]
fn refusal_of_the_other_side_has_its_error_and_changes_nothing() {
    for (code, error) in [
        (ProblemCode::TwoPhones, PromiseError::TwoPhones),
        (ProblemCode::PairingRefused, PromiseError::PairingRefused),
        (ProblemCode::CodeExpired, PromiseError::CodeExpired),
    ] {
        let pocket = Pocket::unpaired();
        let offer = pocket.phone.pair(SERVER, CODE, &never_cancelled()).unwrap();
        *pocket.server.pairing.lock().unwrap() = Err(TransportError::Refused(code));
        let finished = pocket.phone.finish_pairing(&offer, &never_cancelled());
        assert_eq!(finished, Err(error));
        assert_eq!(pocket.phone.refuse_pairing(&offer, &never_cancelled()), Ok(()), "it is over");
        assert_eq!(pocket.phone.council().unwrap(), None);
    }
}

#[test]
fn no_of_the_person_is_sent() {
    let pocket = Pocket::unpaired();
    let offer = pocket.phone.pair(SERVER, CODE, &never_cancelled()).unwrap();
    pocket.phone.refuse_pairing(&offer, &never_cancelled()).unwrap();
    assert!(pocket.server.pair_requests.lock().unwrap().last().unwrap().refused);
    assert_eq!(pocket.phone.council().unwrap(), None);
}

#[test]
fn offer_is_not_taken_while_the_phone_is_locked() {
    let pocket = Pocket::paired();
    pocket.phone.app_lock().set_pin("8264").unwrap();
    let offer = pocket.phone.pair(SERVER, CODE, &never_cancelled()).unwrap();
    pocket.phone.app_lock().lock();
    let finish = || pocket.phone.finish_pairing(&offer, &never_cancelled());
    assert_eq!(finish(), Err(PromiseError::Locked));
    pocket.phone.app_lock().unlock("8264").unwrap();
    assert_eq!(finish(), Ok(()));
}
