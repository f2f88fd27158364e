//! The part of the demo about a server that is not to be trusted: someone who can write its database puts
//! another number there, and does not have the council's key.

use std::io::Write;

use promise_protocol::{Change, ids::PersonId};

use super::Report;
use crate::harness::{TestPhone, TestServer};

const FORGED_NUMBER: &str = "+447700900999";

/// The field of a contact that holds its numbers.
const PHONES: &str = "phones";

/// Swaps the adviser's number in the server's database. The phone keeps the right one.
pub(super) fn number_is_swapped(
    server: &TestServer,
    person: &str,
    phone: &TestPhone,
    right: &str,
    report: &mut Report<impl Write>,
) {
    report.step("Somebody breaks into the server, and swaps Jo's number in its database");
    let person = PersonId::from(person);
    let genuine = signed_number(server, &person, right);
    put(server, &person, &with_forged_number(&genuine, right));
    let synced = phone.sync().expect("a sync");
    assert_eq!(synced.unverified, 1, "the server sent it");
    assert_eq!(numbers(phone), [right]);
    let told = phone.status().unwrap().unverified;
    assert_eq!(told, 1);
    report.fact(&format!("The server sends {FORGED_NUMBER}, which the council did not sign."));
    report.fact(&format!(
        "The phone still shows Jo: {right}. It says that {told} thing came that is not from the council."
    ));
    put(server, &person, &genuine);
    let synced = phone.sync().expect("a sync");
    assert_eq!((synced.unverified, numbers(phone)), (0, vec![right.to_owned()]));
    report.fact("The database is put right, and the phone asks again: now all of it is signed.");
}

/// Returns the change in which the council gave the person this number.
fn signed_number(server: &TestServer, person: &PersonId, number: &str) -> Change {
    let changes = server.transact(|tx| Ok(tx.staff_changes(person)?));
    let has_number = |change: &Change| {
        let phones = change.fields.get(PHONES);
        change.collection == "contact" && phones.is_some_and(|it| it.to_string().contains(number))
    };
    changes.into_iter().find(has_number).expect("Jo's number, signed")
}

fn with_forged_number(genuine: &Change, right: &str) -> Change {
    let mut forged = genuine.clone();
    let phones = forged.fields.get_mut(PHONES).expect("numbers");
    let text = phones.to_string().replace(right, FORGED_NUMBER);
    *phones = serde_json::from_str(&text).expect("the same with another number");
    forged
}

/// Writes the change into the database as it is, so that the server sends it.
fn put(server: &TestServer, person: &PersonId, change: &Change) {
    server.transact(|tx| {
        tx.person_for_update(person)?;
        let rev = tx.revision_to_write(person)?;
        tx.set_staff_change(person, change)?;
        for cell in change.cells().filter(|cell| cell.key.field == PHONES) {
            tx.set_cell(person, &cell, Some(rev))?;
        }
        Ok(())
    });
}

fn numbers(phone: &TestPhone) -> Vec<String> {
    let contacts = phone.contacts().list().unwrap().into_iter();
    contacts.flat_map(|contact| contact.phones).map(|phone| phone.number).collect()
}
