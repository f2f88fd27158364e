//! Tests of signatures: known answers, and that a signature is of one statement only.

use std::collections::BTreeMap;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use serde_json::json;

use super::*;
use crate::{
    Change, Edition, PackName, PhoneOrder,
    signature::{PublicKey, SEED_BYTES, Signature, SigningKey},
};

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; SEED_BYTES]).unwrap()
}

fn change() -> Change {
    Change {
        collection: "contact".into(),
        id: "c1".into(),
        stamp: "0cr2sk0g00000-s00000001".parse().unwrap(),
        fields: BTreeMap::from([("email".into(), json!("a@example.org"))]),
        signature: None,
    }
}

fn sign(key: &SigningKey, council: &str, statement: &Statement<'_>) -> Signature {
    key.sign(&statement.to_bytes(council))
}

#[test]
fn key_and_signature_match_rfc_8032() {
    // Section 7.1, test 2.
    let seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
    let public = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    let signature = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
                     085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
    let hex = |text: &str| HEXLOWER.decode(text.as_bytes()).unwrap();
    let key = SigningKey::from_seed(&hex(seed)).unwrap();
    assert_eq!(key.public_key().as_str(), BASE64URL_NOPAD.encode(&hex(public)));
    assert_eq!(key.sign(&[0x72]).as_str(), BASE64URL_NOPAD.encode(&hex(signature)));
}

#[test]
fn signature_is_valid_only_for_the_same_change_person_council_and_key() {
    let (key, good) = (key(7), change());
    let signature = sign(&key, "barnet", &Statement::Change { person: "ada", change: &good });
    let verifies = |key: &SigningKey, council, person, change: &Change| {
        Statement::Change { person, change }.is_signed(council, &key.public_key(), &signature)
    };
    assert!(verifies(&key, "barnet", "ada", &good));
    assert!(!verifies(&key, "barnet", "bea", &good), "another person");
    assert!(!verifies(&key, "camden", "ada", &good), "another council");
    assert!(!verifies(&self::key(8), "barnet", "ada", &good), "another key");
    let edits: [fn(&mut Change); 6] = [
        |c| c.collection = "ask".into(),
        |c| c.id = "c2".into(),
        |c| c.stamp.reading = c.stamp.reading.next(),
        |c| c.stamp.author = "s00000002".parse().unwrap(),
        |c| drop(c.fields.insert("email".into(), json!("b@example.org"))),
        |c| drop(c.fields.insert("role".into(), json!(null))),
    ];
    for edit in edits {
        let mut forged = good.clone();
        edit(&mut forged);
        assert!(!verifies(&key, "barnet", "ada", &forged), "{forged:?}");
    }
}

#[test]
fn signature_of_edition_covers_number_and_every_pack() {
    let packs = BTreeMap::from([(PackName::Promise, "a".repeat(64))]);
    let good = Edition { number: 3, packs, signature: None };
    let (key, mut forged) = (key(7), good.clone());
    let signature = sign(&key, "barnet", &Statement::Edition(&good));
    let verifies = |edition: &Edition| {
        Statement::Edition(edition).is_signed("barnet", &key.public_key(), &signature)
    };
    assert!(verifies(&good));
    forged.number = 4;
    assert!(!verifies(&forged));
    forged.number = 3;
    forged.packs.insert(PackName::Directory, "b".repeat(64));
    assert!(!verifies(&forged));
    forged.packs = BTreeMap::from([(PackName::Promise, "b".repeat(64))]);
    assert!(!verifies(&forged));
}

#[test]
fn signature_of_phone_is_valid_only_for_the_same_author_key_and_person() {
    let key = key(7);
    let (own, others) = (self::key(1).public_key(), self::key(2).public_key());
    let signed = Statement::Phone { person: "ada", author: "p0123abcd", key: &own };
    let signature = sign(&key, "barnet", &signed);
    let verifies = |council: &str, person: &str, author: &str| {
        let statement = Statement::Phone { person, author, key: &own };
        statement.is_signed(council, &key.public_key(), &signature)
    };
    let swapped = Statement::Phone { person: "ada", author: "p0123abcd", key: &others };
    assert!(!swapped.is_signed("barnet", &key.public_key(), &signature), "another key");
    assert!(verifies("barnet", "ada", "p0123abcd"));
    assert!(!verifies("barnet", "ada", "p0123abce"), "another author");
    assert!(!verifies("barnet", "bea", "p0123abcd"), "another person");
    assert!(!verifies("camden", "ada", "p0123abcd"), "another council");
    assert!(!verifies("barn", "etada", "p0123abcd"));
}

#[test]
fn signature_of_order_is_valid_only_for_the_same_phone_person_and_order() {
    let key = key(7);
    let order = |order, at| SignedOrder { order, at, signature: Signature::new("") };
    let wipe = order(PhoneOrder::Wipe, 5);
    let signature = sign(&key, "barnet", &wipe.statement("ada", "p0123abcd"));
    let verifies = |council: &str, order: &SignedOrder, person: &str, author: &str| {
        order.statement(person, author).is_signed(council, &key.public_key(), &signature)
    };
    assert!(verifies("barnet", &wipe, "ada", "p0123abcd"));
    assert!(!verifies("barnet", &wipe, "ada", "p0123abce"), "another phone, or a new pairing");
    assert!(!verifies("barnet", &wipe, "bea", "p0123abcd"), "another person");
    assert!(!verifies("camden", &wipe, "ada", "p0123abcd"), "another council");
    for other in [order(PhoneOrder::Release, 5), order(PhoneOrder::Wipe, 6)] {
        assert!(!verifies("barnet", &other, "ada", "p0123abcd"), "{other:?}");
    }
}

#[test]
fn statement_of_one_kind_is_none_of_another() {
    let (edition, change) =
        (Edition { number: 1, packs: BTreeMap::new(), signature: None }, change());
    let (key, next) = (key(7), key(8).public_key());
    let own = key.public_key();
    let statements = [
        Statement::Change { person: "ada", change: &change },
        Statement::Edition(&edition),
        Statement::Phone { person: "ada", author: "p0123abcd", key: &next },
        Statement::Order { person: "ada", author: "p0123abcd", order: PhoneOrder::Wipe, at: 5 },
        Statement::Successor { before: &own, key: &next, distrusts_earlier: true },
    ];
    for (index, one) in statements.iter().enumerate() {
        let signature = sign(&key, "barnet", one);
        for (other, statement) in statements.iter().enumerate() {
            let verifies = statement.is_signed("barnet", &key.public_key(), &signature);
            assert_eq!(verifies, index == other, "{one:?} as {statement:?}");
        }
        let of_bytes = StatementKind::of_bytes(&one.to_bytes("barnet"));
        assert_eq!(of_bytes, Some((one.kind(), "barnet".to_owned())));
    }
    for bytes in [&b""[..], b"[]", b"[1,2]", b"[\"pocket-promise change 3\",\"barnet\"]"] {
        assert_eq!(StatementKind::of_bytes(bytes), None);
    }
}

#[test]
fn damaged_key_or_signature_verifies_nothing() {
    let (key, change) = (key(7), change());
    let statement = Statement::Change { person: "ada", change: &change };
    let good = sign(&key, "barnet", &statement);
    let cut = |text: &str, chars: usize| text.chars().take(chars).collect::<String>();
    for text in ["", "=", &cut(good.as_str(), 85), &format!("{}A", good.as_str()), &"A".repeat(86)]
    {
        let forged = Signature::new(text);
        assert!(!statement.is_signed("barnet", &key.public_key(), &forged), "{text}");
    }
    for text in ["", &cut(key.public_key().as_str(), 42), &"A".repeat(43)] {
        assert!(!statement.is_signed("barnet", &PublicKey::new(text), &good), "{text}");
    }
    assert!(SigningKey::from_seed(&[1; 31]).is_err());
    assert_eq!(format!("{key:?}"), "SigningKey(..)");
}
