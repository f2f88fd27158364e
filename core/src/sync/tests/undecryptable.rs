//! Cells that come before what is needed to open them.

use std::collections::BTreeMap;

use promise_protocol::{Change, SyncResponse};
use serde_json::json;

use super::{NOW, apply, phone, request, signed};
use crate::{
    store::{Entropy, Store, StoreError},
    sync::{edit, recovery},
};

/// The contact can come after the note about it: a restored server has lost it until a phone resends
/// it.
#[test]
fn note_about_contact_opens_when_the_contact_comes() {
    let phrase = Entropy::new([1; 16]);
    let (mut writer, mut reader) = (phone(), phone());
    let contact = signed(Change {
        collection: "contact".into(),
        id: "c1".into(),
        stamp: "0cr2sk0g00000-s00000001".parse().unwrap(),
        fields: [("display_name".to_owned(), json!("Jo"))].into(),
        signature: None,
    });
    for phone in [&mut writer, &mut reader] {
        phone
            .transact::<_, edit::EditError>(|tx| recovery::generate_if_first(tx, NOW, &phrase))
            .unwrap();
    }
    let sent = request(&mut writer);
    let changes = vec![contact.clone()];
    assert!(apply(&mut writer, &sent, SyncResponse { changes, ..SyncResponse::default() }));
    let note = BTreeMap::from([("note".to_owned(), json!("Kind"))]);
    writer.transact(|tx| edit::write(tx, NOW, "contact_mark", "c1", note)).unwrap();
    let sealed = request(&mut writer).request.changes;
    let sealed = sealed.into_iter().filter(|change| change.collection == "contact_mark");

    for changes in [sealed.collect(), vec![contact]] {
        let sent = request(&mut reader);
        assert!(apply(&mut reader, &sent, SyncResponse { changes, ..SyncResponse::default() }));
    }
    let seen = reader.transact::<_, StoreError>(|tx| tx.current_record("contact_mark", "c1"));
    assert_eq!(
        seen.unwrap().into_iter().map(|cell| cell.value).collect::<Vec<_>>(),
        [json!("Kind")]
    );
}
