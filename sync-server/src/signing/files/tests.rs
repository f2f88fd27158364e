//! Tests of keys in files: created once, replaced, and never half there.

use promise_protocol::{
    signature::PublicKey,
    statement::{CouncilKeyList, Statement},
};

use super::*;

#[test]
fn key_is_created_once_and_kept_in_a_private_file() {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys");
    let council = CouncilId::new("barnet");
    let signer = FileSigner::new(&keys);
    assert_eq!(signer.keys(&council), Err(SigningError::NoKey));
    assert_eq!(signer.sign(&council, b"text"), Err(SigningError::NoKey));
    signer.create_key(&council).unwrap();
    let public = signer.keys(&council).unwrap();
    signer.create_key(&council).unwrap();
    assert_eq!(FileSigner::new(&keys).keys(&council), Ok(public.clone()));
    signer.create_key(&CouncilId::new("camden")).unwrap();
    assert_ne!(signer.keys(&CouncilId::new("camden")), Ok(public));
    #[cfg(unix)]
    for path in [keys.clone(), keys.join("barnet.key")] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0, "{path:?}");
    }
}

#[test]
fn replaced_key_is_followed_and_what_the_earlier_one_signed_stays_valid() {
    let folder = tempfile::tempdir().unwrap();
    let (signer, council) = (FileSigner::new(folder.path()), CouncilId::new("barnet"));
    assert_eq!(signer.replace_key(&council, false), Err(SigningError::NoKey));
    signer.create_key(&council).unwrap();
    let own = PublicKey::new("key");
    let statement = Statement::Phone { person: "ada", author: "p0123abcd", key: &own };
    let sign = || signer.sign(&council, &statement.to_bytes("barnet")).unwrap();
    let (first, by_first) = (signer.keys(&council).unwrap().current, sign());
    for count in 1..3 {
        let keys = signer.replace_key(&council, false).unwrap();
        assert_eq!(keys.successions.len(), count);
        let by_new = sign();
        assert_ne!(by_new, by_first, "a running signer notices");
        for signature in [&by_new, &by_first] {
            assert!(keys.verify(&council, &statement, Some(signature)));
        }
        let list = CouncilKeyList { successions: keys.successions };
        let known = list.follow("barnet", std::slice::from_ref(&first));
        assert_eq!(known.keys.first(), Some(&keys.current));
    }
    assert!(!folder.path().join("barnet.key.next").exists());
}

#[test]
fn key_in_other_hands_counts_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let (signer, council) = (FileSigner::new(folder.path()), CouncilId::new("barnet"));
    signer.create_key(&council).unwrap();
    let own = PublicKey::new("key");
    let statement = Statement::Phone { person: "ada", author: "p0123abcd", key: &own };
    let sign = || signer.sign(&council, &statement.to_bytes("barnet")).unwrap();
    let by_first = sign();
    signer.replace_key(&council, false).unwrap();
    let by_second = sign();
    assert_eq!(signer.distrusted_at(&council), None);
    let keys = signer.replace_key(&council, true).unwrap();
    assert!(signer.distrusted_at(&council).is_some() && keys.distrusts_any());
    for signature in [&by_first, &by_second] {
        assert!(!keys.verify(&council, &statement, Some(signature)));
        assert!(keys.verify_with_distrusted(&council, &statement, Some(signature)));
    }
    let by_third = sign();
    let keys = signer.replace_key(&council, false).unwrap();
    assert!(keys.verify(&council, &statement, Some(&by_third)));
    assert!(!keys.verify(&council, &statement, Some(&by_second)));
}

/// Puts the files back as if a replacement had stopped before the new key was in its place.
fn interrupt(folder: &Path, before: &[u8]) {
    fs::rename(folder.join("barnet.key"), folder.join("barnet.key.next")).unwrap();
    fs::write(folder.join("barnet.key"), before).unwrap();
}

#[test]
fn interrupted_replacement_is_finished() {
    for distrusts in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let (signer, council) = (FileSigner::new(folder.path()), CouncilId::new("barnet"));
        signer.create_key(&council).unwrap();
        let before = fs::read(folder.path().join("barnet.key")).unwrap();
        let keys = signer.replace_key(&council, distrusts).unwrap();
        interrupt(folder.path(), &before);
        assert_eq!(signer.replace_key(&council, distrusts), Ok(keys));
    }
}

/// The first step says that nothing is wrong.
#[test]
fn interrupted_replacement_does_not_stand_for_one_that_distrusts() {
    let folder = tempfile::tempdir().unwrap();
    let (signer, council) = (FileSigner::new(folder.path()), CouncilId::new("barnet"));
    signer.create_key(&council).unwrap();
    let before = fs::read(folder.path().join("barnet.key")).unwrap();
    let interrupted = signer.replace_key(&council, false).unwrap();
    interrupt(folder.path(), &before);
    let keys = signer.replace_key(&council, true).unwrap();
    assert_ne!(keys.current, interrupted.current);
    let distrusts: Vec<bool> = keys.successions.iter().map(|step| step.distrusts_earlier).collect();
    assert_eq!(distrusts, [false, true]);
}

/// Phones that followed the step to it would accept nothing.
#[test]
fn step_to_a_key_that_was_lost_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let (signer, council) = (FileSigner::new(folder.path()), CouncilId::new("barnet"));
    signer.create_key(&council).unwrap();
    let before = fs::read(folder.path().join("barnet.key")).unwrap();
    signer.replace_key(&council, false).unwrap();
    fs::write(folder.path().join("barnet.key"), before).unwrap();
    let keys = FileSigner::new(folder.path()).keys(&council).unwrap();
    assert_eq!(keys.successions, []);
    let first = keys.current;
    let keys = FileSigner::new(folder.path()).replace_key(&council, true).unwrap();
    assert_eq!(keys.successions.len(), 1);
    let list = CouncilKeyList { successions: keys.successions };
    assert_eq!(list.follow("barnet", &[first]).keys, [keys.current]);
}

#[test]
fn damaged_key_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("barnet.key");
    fs::write(&path, b"short").unwrap();
    let signer = FileSigner::new(folder.path());
    signer.create_key(&"barnet".into()).unwrap();
    let error = signer.sign(&"barnet".into(), b"text").unwrap_err();
    assert!(error.to_string().contains("damaged"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"short");
}
