use totp_rs::Builder;

use super::*;
use crate::{
    ServiceError, StaffRole, StaffScope,
    fixture::{NOW, World, card_edit},
    staff,
};
use promise_database::Stage;

mod authenticator;

const MINUTE: i64 = 60_000;

fn code(secret: &[u8], at: i64) -> String {
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(at / 1000).unwrap()).to_string()
}

/// Jo with a password and an authenticator.
fn signed_up(world: &mut World) -> Vec<u8> {
    let jo = world.jo.clone();
    let link = world
        .staff(|tx, scope, random| {
            invite(tx, scope, &jo, ("J.Okoro", StaffRole::Adviser), 30, NOW, random)
        })
        .unwrap();
    let hashed = hash_password("seven green kettles sing").unwrap();
    world.staff(|tx, _, _| set_password(tx, &link, hashed, NOW)).unwrap();
    let again = world.staff(|tx, _, _| find_invitee(tx, &link, NOW)).unwrap();
    assert_eq!(again, None, "a link works once");
    world
        .staff(|tx, _, random| {
            let secret = new_totp_secret(random)?;
            let codes = enrol_totp(tx, &jo, &secret, &code(&secret, NOW), NOW, random)?;
            assert_eq!(codes.unwrap().len(), RECOVERY_CODES);
            Ok(secret)
        })
        .unwrap()
}

#[test]
fn short_breached_and_personal_passwords_are_refused() {
    let check = |password: &str| check_password_strength(password, &["j.okoro", "Jo Okoro"]);
    assert_eq!(check("kettle"), Err(WeakPassword::TooShort));
    assert_eq!(check(&"x7".repeat(60)), Err(WeakPassword::TooLong));
    for known in [
        "password1234",
        "qwertyuiop12",
        "123456789012",
        "iloveyou2024",
        "j.okoro2026!",
        "j.okoro.j.okoro",
        "aaaaaaaaaaaa",
    ] {
        assert_eq!(check(known), Err(WeakPassword::Guessable), "{known}");
    }
    assert_eq!(check("seven green kettles sing"), Ok(()));
}

#[test]
fn password_hash_is_argon2id_with_19_mib_and_two_rounds() {
    let hashed = hash_password("seven green kettles sing").unwrap();
    assert!(hashed.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hashed.0);
    assert!(verify_password("seven green kettles sing", Some(&hashed.0)));
    assert!(!verify_password("seven green kettles", Some(&hashed.0)));
    assert!(!verify_password("no such staff member", None));
    assert!(!verify_password("", Some("not a hash")));
}

#[test]
fn digits_of_every_script_are_digits_of_a_code() {
    let mut world = World::new();
    let (secret, jo) = (signed_up(&mut world), world.jo.clone());
    let codes = world.staff(|tx, _, random| new_recovery_codes(tx, &jo, random)).unwrap();
    let mut check =
        |typed: &str, at| world.staff(|tx, _, _| verify_code(tx, &jo, typed, at)).unwrap().is_ok();
    let script = |text: &str, zero: char| -> String {
        let digit = |c: char| c.to_digit(10).and_then(|n| char::from_u32(u32::from(zero) + n));
        text.chars().map(|c| digit(c).unwrap_or(c)).collect()
    };
    for (step, zero) in (1..).zip(['\u{660}', '\u{6f0}', '\u{ff10}']) {
        let later = NOW + step * MINUTE;
        assert!(check(&script(&code(&secret, later), zero), later), "{zero}");
        let mut recovery = codes.iter().filter(|code| code.contains(|c: char| c.is_ascii_digit()));
        let recovery = recovery.nth(usize::try_from(step).unwrap()).unwrap();
        assert!(check(&script(recovery, zero), later), "{zero}");
    }
}

#[test]
fn authenticator_code_and_recovery_code_work_once() {
    let mut world = World::new();
    let (secret, jo) = (signed_up(&mut world), world.jo.clone());
    let mut check =
        |typed: &str, at| world.staff(|tx, _, _| verify_code(tx, &jo, typed, at)).unwrap().is_ok();
    assert!(!check(&code(&secret, NOW), NOW), "it was used to set up");
    let later = NOW + MINUTE;
    let typed = code(&secret, later);
    let (front, back) = typed.split_at(3);
    assert!(check(&format!("{front} {back}"), later));
    assert!(!check(&typed, later), "twice");
    assert!(check(&code(&secret, later + 30_000), later), "a clock half a minute off");
    for wrong in ["", "12345", "1234567", "abcdef", "000 000 000"] {
        assert!(!check(wrong, later + 10 * MINUTE), "{wrong}");
    }
    let codes = world.staff(|tx, _, random| new_recovery_codes(tx, &jo, random)).unwrap();
    let mut check =
        |typed: &str| world.staff(|tx, _, _| verify_code(tx, &jo, typed, NOW)).unwrap().is_ok();
    assert!(check(&codes[0].to_uppercase().replace('-', " ")));
    assert!(!check(&codes[0]));
}

#[test]
fn session_ends_when_idle_and_after_twelve_hours() {
    let mut world = World::new();
    signed_up(&mut world);
    let jo = world.jo.clone();
    let half =
        world.staff(|tx, _, random| begin_session(tx, &jo, Stage::Password, NOW, random)).unwrap();
    let found = |world: &mut World, token: &str, at| {
        world.staff(|tx, _, _| find_session(tx, token, at)).unwrap()
    };
    let signed_in = found(&mut world, &half, NOW).unwrap();
    assert!(signed_in.scope().is_none(), "the code is still to come");
    assert!(found(&mut world, "made up", NOW).is_none());
    let full = world.staff(|tx, _, random| complete(tx, &half, NOW, random)).unwrap();
    assert!(found(&mut world, &half, NOW).is_none(), "the token before does not work any more");
    assert!(found(&mut world, &full, NOW + 29 * MINUTE).unwrap().scope().is_some());
    assert!(found(&mut world, &full, NOW + 30 * MINUTE).is_none());
    let mut at = NOW;
    while at < NOW + MAX_SESSION_MILLIS {
        assert!(found(&mut world, &full, at).is_some());
        world.staff(|tx, _, _| touch_session(tx, &full, at)).unwrap();
        at += 20 * MINUTE;
    }
    assert!(found(&mut world, &full, at).is_none(), "twelve hours");
}

#[test]
fn only_administrators_invite_staff() {
    let mut world = World::new();
    let jo = world.jo.clone();
    let today = crate::calendar::today(NOW);
    let card = card_edit(serde_json::json!({"display_name": "Sam"}));
    let sam = world
        .staff(|tx, scope, random| staff::add(tx, scope, &"barnet".into(), "sam", card, random))
        .unwrap();
    for role in StaffRole::ALL {
        world
            .staff(|tx, scope, random| invite(tx, scope, &sam, ("sam", role), 30, NOW, random))
            .unwrap();
        let scope = StaffScope::of_member("barnet".into(), sam.clone(), role, today);
        let jos = ("jo", StaffRole::Adviser);
        let given = world.staff(|tx, _, random| invite(tx, &scope, &jo, jos, 30, NOW, random));
        match role {
            StaffRole::Administrator => drop(given.unwrap()),
            _ => assert!(matches!(given, Err(ServiceError::NotAllowed)), "{role:?}"),
        }
    }
}

#[test]
fn password_typed_on_another_keyboard_is_right() {
    let hashed = hash_password("sept the\u{301}ie\u{300}res vertes").unwrap();
    let is_right = |typed: &str| verify_password(typed, Some(&hashed.0));
    assert!(is_right("sept th\u{e9}i\u{e8}res vertes"));
    assert!(is_right("sept\u{a0}th\u{e9}i\u{e8}res\u{202f}vertes"));
    assert!(!is_right("sept theieres vertes"), "accents count");
    assert!(!is_right("Sept th\u{e9}i\u{e8}res vertes"), "case counts");
}

#[test]
fn sign_in_name_is_found_in_every_spelling_that_looks_the_same() {
    let mut world = World::new();
    signed_up(&mut world);
    for typed in ["j.okoro", " J.OKORO\u{a0}", "\u{ff4a}.okoro\u{200b}"] {
        let found = world.staff(|tx, _, _| find_credentials(tx, typed)).unwrap();
        assert!(found.is_some(), "{typed:?}");
    }
}
