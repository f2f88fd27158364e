//! A young person's contacts: what their phone shows now, in which order, and adding, giving and ending those
//! of the address book.

pub(super) mod end;
pub(super) mod give;
pub(super) mod new;
pub(super) mod order;
pub(super) mod overview;

use promise_protocol::ids::PersonId;

use crate::features::people::person_path;

/// Returns the path of a young person's contacts.
fn contacts_path(person: &PersonId) -> String {
    format!("{}/contacts", person_path(person))
}
