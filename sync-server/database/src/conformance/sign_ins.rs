//! Sign-ins and sessions.

use promise_protocol::access::StaffRole;

use super::fixture::{id, populate, read, write};
use crate::{Actor, Database, SignIn, SignInLink, SignInStatus, StaffSession, Stage};

fn sign_in(staff: &str, name: &str) -> SignIn {
    SignIn::new(id(staff), name.into(), StaffRole::Adviser)
}

fn session(hash: u8, staff: &str, last_used_at: i64) -> StaffSession {
    StaffSession {
        hash: vec![hash],
        staff: id(staff),
        stage: Stage::Password,
        started_at: 1,
        last_used_at,
        authenticated_at: 1,
    }
}

/// Gives each staff member a sign-in.
async fn with_sign_ins(database: &Database) {
    populate(database).await;
    for staff in ["jo", "kit"] {
        assert!(write(database, move |tx| tx.set_sign_in(&sign_in(staff, staff))).await);
    }
}

async fn set_session(database: &Database, session: StaffSession) {
    write(database, move |tx| tx.set_session(&session)).await;
}

/// Every field is stored, and found by staff member and by name.
pub async fn sign_in_is_read_as_written(database: &Database) {
    with_sign_ins(database).await;
    let changed = SignIn {
        role: StaffRole::Manager,
        password: Some("$argon2id$".into()),
        totp: Some(vec![0, 255]),
        totp_step: 58_800_000,
        totp_spent: vec![58_800_010, 58_800_012],
        held_at: Some(9),
        ..sign_in("jo", "jo.okoro")
    };
    let written = changed.clone();
    assert!(write(database, move |tx| tx.set_sign_in(&written)).await);
    let found = read(database, |tx| {
        Ok([tx.sign_in(&id("jo"))?, tx.sign_in_by_name("jo.okoro")?, tx.sign_in_by_name("jo")?])
    });
    assert_eq!(found.await, [Some(changed.clone()), Some(changed.clone()), None]);
    assert_eq!(read(database, |tx| tx.sign_ins()).await, [changed, sign_in("kit", "kit")]);
}

/// A sign-in name belongs to one staff member.
pub async fn sign_in_name_is_unique(database: &Database) {
    with_sign_ins(database).await;
    assert!(!write(database, |tx| tx.set_sign_in(&sign_in("kit", "jo"))).await);
    assert!(write(database, |tx| tx.set_sign_in(&sign_in("jo", "jo"))).await);
    assert_eq!(read(database, |tx| tx.sign_in(&id("kit"))).await, Some(sign_in("kit", "kit")));
}

/// The status of one staff member is theirs, and shows what is set up and no secret.
pub async fn sign_in_status_is_of_one_staff_member(database: &Database) {
    with_sign_ins(database).await;
    let jo = SignIn { password: Some("hash".into()), ..sign_in("jo", "jo.okoro") };
    write(database, move |tx| {
        assert!(tx.set_sign_in(&jo)?);
        tx.set_last_sign_in(&id("jo"), 9)
    })
    .await;
    let status = |staff: &str, name: &str, has_password, last_at| SignInStatus {
        staff: id(staff),
        name: name.into(),
        role: StaffRole::Adviser,
        has_password,
        has_authenticator: false,
        last_at,
    };
    let found = read(database, |tx| {
        Ok([
            tx.sign_in_status(&id("jo"))?,
            tx.sign_in_status(&id("kit"))?,
            tx.sign_in_status(&id("lee"))?,
        ])
    });
    let [jo, kit] = [status("jo", "jo.okoro", true, Some(9)), status("kit", "kit", false, None)];
    assert!(jo.was_used() && !kit.was_used());
    assert_eq!(found.await, [Some(jo), Some(kit), None]);
}

/// A recovery code works once, and new codes replace the old ones.
pub async fn recovery_code_works_once(database: &Database) {
    with_sign_ins(database).await;
    let used = write(database, |tx| {
        tx.set_recovery_codes(&id("jo"), &[vec![1], vec![2]])?;
        let used = [tx.use_recovery_code(&id("jo"), &[1])?, tx.use_recovery_code(&id("jo"), &[1])?];
        Ok((used, tx.use_recovery_code(&id("kit"), &[2])?, tx.count_recovery_codes(&id("jo"))?))
    });
    assert_eq!(used.await, ([true, false], false, 1));
    let replaced = write(database, |tx| {
        tx.set_recovery_codes(&id("jo"), &[vec![3], vec![4], vec![5]])?;
        Ok((tx.use_recovery_code(&id("jo"), &[2])?, tx.count_recovery_codes(&id("jo"))?))
    });
    assert_eq!(replaced.await, (false, 3));
}

/// A staff member has one link at a time.
pub async fn link_replaces_the_last_one(database: &Database) {
    with_sign_ins(database).await;
    let link = |staff: &str, expires_at: i64, made_by: Actor| SignInLink {
        staff: id(staff),
        expires_at,
        made_by,
    };
    let of_kit = link("kit", 20, Actor::Operator);
    let of_jo = link("jo", 30, Actor::Staff(id("kit")));
    let written = [(link("jo", 10, Actor::Operator), 1), (of_kit.clone(), 2), (of_jo.clone(), 3)];
    write(database, move |tx| {
        written.iter().try_for_each(|(link, hash)| tx.set_sign_in_link(link, &[*hash]))
    })
    .await;
    let links = |hashes: [u8; 3]| {
        read(database, move |tx| {
            let links = hashes.map(|hash| tx.sign_in_link(&[hash]));
            links.into_iter().collect::<Result<Vec<_>, _>>()
        })
    };
    let expected = [None, Some(of_kit.clone()), Some(of_jo)];
    assert_eq!(links([1, 2, 3]).await, expected);
    write(database, |tx| tx.delete_sign_in_links(&id("jo"))).await;
    assert_eq!(links([1, 2, 3]).await, [None, Some(of_kit), None]);
}

/// Every field is stored, and a later session of the same hash replaces the stage and the times of
/// use.
pub async fn session_is_read_as_written(database: &Database) {
    with_sign_ins(database).await;
    for stage in [Stage::Password, Stage::Enrol, Stage::Full] {
        let changed = StaffSession {
            stage,
            last_used_at: 1_764_000_000_000,
            authenticated_at: 7,
            ..session(1, "jo", 1)
        };
        set_session(database, changed.clone()).await;
        assert_eq!(read(database, |tx| tx.session(&[1])).await, Some(changed));
    }
    assert_eq!(read(database, |tx| tx.session(&[2])).await, None);
}

/// Sessions are deleted by hash, by staff member, and by the time of their last use.
pub async fn sessions_are_deleted(database: &Database) {
    with_sign_ins(database).await;
    for (hash, staff, last_used_at) in
        [(1, "jo", 50), (2, "jo", 50), (3, "kit", 99), (4, "kit", 100), (5, "kit", 200)]
    {
        set_session(database, session(hash, staff, last_used_at)).await;
    }
    let left = || {
        read(database, |tx| {
            let left = [1, 2, 3, 4, 5].map(|hash| Ok((hash, tx.session(&[hash])?.is_some())));
            let left: Vec<(u8, bool)> =
                left.into_iter().collect::<Result<_, crate::DatabaseError>>()?;
            Ok(left.into_iter().filter(|(_, is_left)| *is_left).map(|(hash, _)| hash).collect())
        })
    };
    let all: Vec<u8> = left().await;
    assert_eq!(all, [1, 2, 3, 4, 5]);
    write(database, |tx| tx.delete_session(&[5])).await;
    assert_eq!(left().await, [1, 2, 3, 4]);
    write(database, |tx| tx.delete_sessions_of(&id("jo"))).await;
    assert_eq!(left().await, [3, 4]);
    write(database, |tx| tx.delete_sessions_before(100)).await;
    assert_eq!(left().await, [4]);
}
