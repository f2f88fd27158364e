//! Invitations.

use promise_protocol::{
    pairing::{Commitment, Opening, PairingEnd, PairingKey, PairingNonce, SealedPhrase},
    signature::PublicKey,
};

use super::fixture::{id, phone, populate, read, write};
use crate::{Database, Invitation, PairingOutcome, PendingPairing};

fn invitation(code: &str, person: &str, expires_at: i64) -> Invitation {
    Invitation {
        id: code.into(),
        secret_hash: vec![0, 1, 255],
        salt: vec![7],
        person: id(person),
        expires_at,
        failed_attempts: 0,
        used_at: None,
        invited_by: None,
        invited_by_staff: None,
        relinks: None,
        pending: None,
    }
}

/// A phone that waits, with every field filled.
fn pending() -> PendingPairing {
    let key = PairingKey::new([1; 32]);
    PendingPairing {
        started_at: 4,
        server: "https://promise.example".into(),
        commitment: Commitment::new([2; 32]),
        token_hash: vec![0, 255],
        nonce: Some(PairingNonce::new([3; 32])),
        key: Some(key.clone()),
        opening: Some(Opening {
            key,
            signing_key: PublicKey::new("key"),
            nonce: PairingNonce::new([4; 32]),
        }),
        confirmed_at: Some(5),
        phrase: Some(SealedPhrase::new([6; 32])),
        outcome: Some(PairingOutcome::Paired(phone(3).to_string())),
        replaces: Some(phone(4).to_string()),
    }
}

async fn set(database: &Database, invitations: impl IntoIterator<Item = Invitation>) {
    let invitations: Vec<_> = invitations.into_iter().collect();
    write(database, move |tx| {
        invitations.iter().try_for_each(|invitation| tx.set_invitation(invitation))
    })
    .await;
}

/// Every field is stored, and a later one of the same id takes its place.
pub async fn invitation_is_read_as_written(database: &Database) {
    populate(database).await;
    let changed = Invitation {
        failed_attempts: 3,
        used_at: Some(5),
        invited_by: Some(phone(1)),
        invited_by_staff: Some("jo".into()),
        relinks: Some(phone(2)),
        pending: Some(pending()),
        ..invitation("ABCD", "ada", 9)
    };
    let outcome = Some(PairingOutcome::Ended(PairingEnd::TwoPhones));
    let ended = Invitation {
        pending: Some(PendingPairing { outcome, opening: None, ..pending() }),
        ..changed.clone()
    };
    for invitation in [invitation("ABCD", "ada", 9), changed, ended] {
        set(database, [invitation.clone()]).await;
        assert_eq!(read(database, |tx| tx.invitation("ABCD")).await, Some(invitation));
    }
    assert_eq!(read(database, |tx| tx.invitation("WXYZ")).await, None);
}

/// A failed claim counts for the invitation with that id alone. An unknown id is no error.
pub async fn failed_claim_is_counted(database: &Database) {
    populate(database).await;
    set(database, [invitation("AAAA", "ada", 9), invitation("BBBB", "ada", 9)]).await;
    for id in ["AAAA", "WXYZ", "AAAA"] {
        write(database, move |tx| tx.record_failed_claim(id)).await;
    }
    let expected = [Invitation { failed_attempts: 2, ..invitation("AAAA", "ada", 9) }];
    let expected = expected.into_iter().chain([invitation("BBBB", "ada", 9)]).collect::<Vec<_>>();
    assert_eq!(read(database, |tx| tx.invitations_of(&id("ada"))).await, expected);
}

/// A person's invitations are listed with the first to expire first.
pub async fn invitations_are_ordered_by_expiry(database: &Database) {
    populate(database).await;
    let listed = [("CCCC", 1), ("AAAA", 2), ("BBBB", 2)];
    let listed = listed.map(|(id, expires_at)| invitation(id, "ada", expires_at));
    set(database, listed.iter().rev().cloned().chain([invitation("DDDD", "bea", 1)])).await;
    assert_eq!(read(database, |tx| tx.invitations_of(&id("ada"))).await, listed);
}

/// An open invitation was created by a phone, is not used, and has not expired.
pub async fn open_invitations_are_unused_and_made_by_phones(database: &Database) {
    populate(database).await;
    let by_phone = |id, expires_at| Invitation {
        invited_by: Some(phone(1)),
        ..invitation(id, "ada", expires_at)
    };
    let invitations = [
        by_phone("AAAA", 101),
        by_phone("BBBB", 200),
        by_phone("CCCC", 100),
        Invitation { used_at: Some(1), ..by_phone("DDDD", 200) },
        invitation("EEEE", "ada", 200),
        Invitation { person: id("bea"), ..by_phone("FFFF", 200) },
    ];
    set(database, invitations).await;
    assert_eq!(read(database, |tx| tx.count_open_invitations(&id("ada"), 100)).await, 2);
}

/// The invitations that a phone created can be deleted.
pub async fn invitations_of_a_phone_are_deleted(database: &Database) {
    populate(database).await;
    let by =
        |id, number| Invitation { invited_by: Some(phone(number)), ..invitation(id, "ada", 9) };
    set(database, [by("AAAA", 1), by("BBBB", 2), invitation("CCCC", "ada", 9)]).await;
    write(database, |tx| tx.delete_invitations_by(&phone(1))).await;
    let left = read(database, |tx| tx.invitations_of(&id("ada"))).await;
    assert_eq!(left, [by("BBBB", 2), invitation("CCCC", "ada", 9)]);
}

/// Invitations are deleted by their expiry. One that expires at that time stays.
pub async fn invitations_before_a_time_are_deleted(database: &Database) {
    populate(database).await;
    let invitations = [99, 100].map(|at| invitation(&format!("A{at}"), "ada", at));
    set(database, invitations.clone()).await;
    write(database, |tx| tx.delete_invitations_before(100)).await;
    assert_eq!(read(database, |tx| tx.invitations_of(&id("ada"))).await, &invitations[1..]);
}

/// What waits is emptied by the expiry of its invitation, which stays.
pub async fn pending_pairings_before_a_time_are_deleted(database: &Database) {
    populate(database).await;
    let with = |id, expires_at| Invitation {
        pending: Some(pending()),
        ..invitation(id, "ada", expires_at)
    };
    set(database, [with("AAAA", 99), with("BBBB", 100), invitation("CCCC", "ada", 98)]).await;
    write(database, |tx| tx.delete_pending_pairings_before(100)).await;
    let left = read(database, |tx| tx.invitations_of(&id("ada"))).await;
    assert_eq!(
        left,
        [invitation("CCCC", "ada", 98), invitation("AAAA", "ada", 99), with("BBBB", 100)]
    );
}
