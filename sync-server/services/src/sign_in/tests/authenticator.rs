//! Why a code of the authenticator is refused.

use promise_database::SignIn;

use super::code;
use crate::{
    StaffRole,
    fixture::{NOW, World},
    sign_in::{
        CodeRefusal::{self, AlreadyUsed, Early, NoMatch, Old},
        enrol_totp, new_recovery_codes, verify_code,
    },
};

const MINUTE: i64 = 60_000;
const STEP: i64 = 30_000;
const SECRET: &[u8] = b"a secret of 20 bytes";

/// Jo with an authenticator, and none of its codes used.
fn enrolled() -> World {
    let mut world = World::new();
    reset(&mut world);
    world
}

fn reset(world: &mut World) {
    let mut sign_in = SignIn::new(world.jo.clone(), "jo".into(), StaffRole::Adviser);
    sign_in.totp = Some(SECRET.to_vec());
    world.run(|tx| tx.set_sign_in(&sign_in));
}

/// Types a code at a time.
fn verify(world: &mut World, typed: &str, at: i64) -> Result<(), CodeRefusal> {
    let jo = world.jo.clone();
    world.staff(|tx, _, _| verify_code(tx, &jo, typed, at)).unwrap()
}

/// Types, at a time, the code of another time.
fn type_code_of(world: &mut World, of: i64, at: i64) -> Result<(), CodeRefusal> {
    verify(world, &code(SECRET, of), at)
}

#[test]
fn authenticator_code_already_used_is_named() {
    let mut world = enrolled();
    assert_eq!(type_code_of(&mut world, NOW, NOW), Ok(()));
    for at in [NOW, NOW + STEP] {
        assert_eq!(type_code_of(&mut world, NOW, at), Err(AlreadyUsed), "{at}");
    }
    assert_eq!(type_code_of(&mut world, NOW - STEP, NOW), Err(AlreadyUsed), "an earlier one too");
    assert_eq!(type_code_of(&mut world, NOW + STEP, NOW + STEP), Ok(()), "the next one works");
}

#[test]
fn authenticator_code_of_five_minutes_ago_is_old() {
    let mut world = enrolled();
    for (minutes, expected) in [(1, 1), (5, 5), (10, 10)] {
        let refusal = type_code_of(&mut world, NOW, NOW + minutes * MINUTE);
        assert_eq!(refusal, Err(Old { minutes: expected }));
    }
    assert_eq!(type_code_of(&mut world, NOW, NOW + 2 * MINUTE + STEP), Err(Old { minutes: 3 }));
    assert_eq!(type_code_of(&mut world, NOW, NOW), Ok(()), "it was not used");
    assert_eq!(type_code_of(&mut world, NOW, NOW + 5 * MINUTE), Err(Old { minutes: 5 }));
}

#[test]
fn authenticator_code_of_a_fast_clock_is_early() {
    let mut world = enrolled();
    for (minutes, expected) in [(1, 1), (5, 5), (10, 10)] {
        let refusal = type_code_of(&mut world, NOW + minutes * MINUTE, NOW);
        assert_eq!(refusal, Err(Early { minutes: expected }));
    }
}

#[test]
fn authenticator_code_more_than_ten_minutes_off_is_wrong() {
    let mut world = enrolled();
    for off in [10 * MINUTE + STEP, 60 * MINUTE, 24 * 60 * MINUTE] {
        assert_eq!(type_code_of(&mut world, NOW - off, NOW), Err(NoMatch), "{off}");
        assert_eq!(type_code_of(&mut world, NOW + off, NOW), Err(NoMatch), "{off}");
    }
    for typed in ["", "12345", "1234567", "+12345", "abcdef", "000 000 000"] {
        assert_eq!(verify(&mut world, typed, NOW), Err(NoMatch), "{typed}");
    }
}

/// The wide range explains. It accepts nothing.
#[test]
fn authenticator_accepts_only_three_codes() {
    let mut world = enrolled();
    for steps in -30..=30_i64 {
        reset(&mut world);
        let accepted = type_code_of(&mut world, NOW + steps * STEP, NOW).is_ok();
        assert_eq!(accepted, steps.abs() <= 1, "{steps}");
    }
}

/// Otherwise one guess would be a guess for every step of the next ten minutes.
#[test]
fn early_code_is_refused_when_its_time_comes() {
    let mut world = enrolled();
    let later = NOW + 5 * MINUTE;
    assert_eq!(type_code_of(&mut world, later, NOW), Err(Early { minutes: 5 }));
    assert_eq!(type_code_of(&mut world, later, NOW + MINUTE), Err(Early { minutes: 4 }));
    for at in [later - STEP, later, later + STEP] {
        assert_eq!(type_code_of(&mut world, later, at), Err(AlreadyUsed), "{at}");
    }
    // Only this code is spent: its owner sets the clock and signs in at once.
    for at in [later - STEP, later + STEP] {
        assert_eq!(type_code_of(&mut world, at, at), Ok(()), "{at}");
    }
}

#[test]
fn early_codes_are_kept_only_until_their_time_is_over() {
    let mut world = enrolled();
    let spent = |world: &mut World| {
        let jo = world.jo.clone();
        world.run(|tx| tx.sign_in(&jo)).unwrap().totp_spent.len()
    };
    for _ in 0..2 {
        for steps in 2..=20 {
            type_code_of(&mut world, NOW + steps * STEP, NOW).unwrap_err();
        }
        assert_eq!(spent(&mut world), 19, "each once");
    }
    let later = NOW + 30 * MINUTE;
    type_code_of(&mut world, later + MINUTE, later).unwrap_err();
    assert_eq!(spent(&mut world), 1);
}

#[test]
fn recovery_code_works_whatever_was_refused() {
    let mut world = enrolled();
    let jo = world.jo.clone();
    let codes = world.staff(|tx, _, random| new_recovery_codes(tx, &jo, random)).unwrap();
    type_code_of(&mut world, NOW + 5 * MINUTE, NOW).unwrap_err();
    assert_eq!(verify(&mut world, &codes[0], NOW), Ok(()));
    assert_eq!(verify(&mut world, &codes[0], NOW), Err(NoMatch));
}

#[test]
fn setting_up_an_authenticator_names_old_and_early_codes() {
    let mut world = World::new();
    let jo = world.jo.clone();
    let sign_in = SignIn::new(jo.clone(), "jo".into(), StaffRole::Adviser);
    world.run(|tx| tx.set_sign_in(&sign_in));
    let mut enrol = |of: i64| {
        let typed = code(SECRET, of);
        let enrolled =
            world.staff(|tx, _, random| enrol_totp(tx, &jo, SECRET, &typed, NOW, random)).unwrap();
        (enrolled.map(|codes| codes.len()), world.run(|tx| tx.sign_in(&jo)).unwrap().totp)
    };
    assert_eq!(enrol(NOW - 3 * MINUTE), (Err(Old { minutes: 3 }), None));
    assert_eq!(enrol(NOW + 3 * MINUTE), (Err(Early { minutes: 3 }), None));
    assert_eq!(enrol(NOW + 30 * MINUTE), (Err(NoMatch), None));
    assert_eq!(enrol(NOW), (Ok(10), Some(SECRET.to_vec())));
    let used = world.staff(|tx, _, _| verify_code(tx, &jo, &code(SECRET, NOW), NOW)).unwrap();
    assert_eq!(used, Err(AlreadyUsed), "it was used to set up");
}
