//! Telephone numbers that the council replaced.

use promise_protocol::phone_number::parse;

use super::run;
use crate::store::{DocumentKind, NumbersBefore, Store};

fn before(kind: DocumentKind, id: &str, number: &str) -> NumbersBefore {
    let phones = vec![parse(number).unwrap().into_value(None, false)];
    NumbersBefore { kind, id: id.to_owned(), phones }
}

/// One entry for each owner; a contact and a line can have the same id.
pub(crate) fn numbers_before_are_kept_by_owner(store: &mut impl Store) {
    use DocumentKind::{Contact, Line};
    run(store, |tx| {
        let contact = before(Contact, "one", "07700 900123 x4");
        let line = before(Line, "one", "020 7946 0000");
        for entry in [&before(Contact, "one", "999"), &line, &contact] {
            tx.put_numbers_before(entry)?;
        }
        assert_eq!(tx.all_numbers_before()?, [contact.clone(), line.clone()]);
        assert_eq!(tx.numbers_before(Contact, "one")?, Some(contact));
        assert_eq!(tx.numbers_before(Contact, "two")?, None);
        assert!(tx.remove_numbers_before(Contact, "one")?);
        assert!(!tx.remove_numbers_before(Contact, "one")?);
        assert_eq!(tx.all_numbers_before()?, [line]);
        Ok(())
    });
}
