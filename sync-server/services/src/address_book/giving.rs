//! Giving an entry to a young person, ending it on a day, and taking it off their phones.

use chrono::{Days, NaiveDate};
use promise_database::{AddressBookEntry, GivenContact, Person, Tx};
use promise_protocol::{
    ids::{EntryId, PersonId},
    schema, text,
};

use crate::{
    Entity, Existing, Random, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
    calendar, given_contacts, random,
};

/// How many days after its last one a contact stays on phones, without its numbers and with the word why.
/// Care leavers describe losing a person and their name from one day to the next as being cut off.
pub const ENDED_CONTACT_DAYS: u64 = 30;

/// The end of a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The last day on which it helps.
    pub last_day: NaiveDate,
    /// The word why, and who helps now. The young person's phone shows it from now on.
    pub note: String,
}

/// Gives an entry to a young person, from `starts` or from now on. Returns the id of the contact on the
/// person's phones. One that was ended helps again, in the same contact.
///
/// Returns [`ServiceError::AlreadyExists`] if the person has it.
pub fn give(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (person, entry): (&PersonId, &EntryId),
    starts: Option<NaiveDate>,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    let entry = scope.entry(tx, entry)?;
    require_reach(&entry, &person)?;
    let known = tx.given_contact(&person.id, &entry.id)?;
    let given = match known {
        Some(known) if known.is_over_on(calendar::today(now_millis)) => {
            let again = GivenContact { starts, ends: None, ..known };
            tx.set_given_contact(&again)?;
            again
        }
        Some(_) => return Err(ServiceError::AlreadyExists(Existing::GivenContact)),
        None => {
            let given = GivenContact {
                person: person.id.clone(),
                entry: entry.id.clone(),
                contact: random::record_id(random)?,
                starts,
                ends: None,
            };
            tx.add_given_contact(&given)?;
            given
        }
    };
    record(tx, scope, &person, (AuditAction::GaveContact, &entry.id), now_millis)?;
    given_contacts::write_whole(tx, scope, &person, (&entry, &given), now_millis)?;
    Ok(given.contact)
}

fn require_reach(entry: &AddressBookEntry, person: &Person) -> Result<(), ServiceError> {
    if entry.council != person.council {
        return Err(ServiceError::DifferentCouncils);
    }
    let is_for_person = entry.only_for.as_ref().is_none_or(|only| *only == person.id);
    if is_for_person { Ok(()) } else { Err(ServiceError::NotFound(Entity::AddressBookEntry)) }
}

/// Ends a contact on a day, with a word why. The phones show both from now on; after the day they show no
/// number of it any more. Ending it again changes day and word.
///
/// Returns [`ServiceError::InvalidLastDay`] if the day is before the first one, or more than a day ago.
pub fn end(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (person, entry): (&PersonId, &EntryId),
    end: &End,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let (person, known) = find(tx, scope, (person, entry))?;
    // One that was removed has ended for everyone.
    scope.entry(tx, entry)?;
    end_given(tx, scope, (&person, known), end, now_millis)
}

/// Like [`end`], for a person whom the caller may change or an entry that they may remove.
pub(super) fn end_given(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (person, known): (&Person, GivenContact),
    end: &End,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let yesterday = calendar::today(now_millis).pred_opt();
    let is_too_early = known.starts.is_some_and(|starts| end.last_day < starts)
        || yesterday.is_some_and(|yesterday| end.last_day < yesterday);
    let ends = end.last_day.succ_opt().filter(|_| !is_too_early);
    let ended = GivenContact { ends: Some(ends.ok_or(ServiceError::InvalidLastDay)?), ..known };
    let note = valid_note(&end.note)?;
    tx.set_given_contact(&ended)?;
    record(tx, scope, person, (AuditAction::EndedContact, &ended.entry), now_millis)?;
    given_contacts::write_days(tx, scope, (person, &ended), Some(&note), now_millis)
}

/// Returns the word why a contact ends, as it is stored.
fn valid_note(note: &str) -> Result<String, ServiceError> {
    let note = text::clean_lines(note);
    let max = schema::CONTACT.field(schema::END_NOTE).and_then(schema::Field::max_chars);
    let refusal = if note.is_empty() {
        Some(schema::Refusal::WrongType)
    } else {
        let is_too_long = max.is_some_and(|max| note.chars().count() > max);
        is_too_long.then_some(schema::Refusal::TooLong)
    };
    match refusal {
        Some(refusal) => {
            Err(ServiceError::InvalidField { field: schema::END_NOTE.to_owned(), refusal })
        }
        None => Ok(note),
    }
}

/// Takes an end back: the contact helps on, with its card as it is now.
pub fn reopen(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (person, entry): (&PersonId, &EntryId),
    now_millis: i64,
) -> Result<(), ServiceError> {
    let (person, known) = find(tx, scope, (person, entry))?;
    let entry = scope.entry(tx, entry)?;
    let again = GivenContact { ends: None, ..known };
    tx.set_given_contact(&again)?;
    record(tx, scope, &person, (AuditAction::GaveContact, &entry.id), now_millis)?;
    given_contacts::write_whole(tx, scope, &person, (&entry, &again), now_millis)
}

/// Deletes a contact from the young person's phones at once: it was given by mistake.
pub fn delete(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (person, entry): (&PersonId, &EntryId),
    now_millis: i64,
) -> Result<(), ServiceError> {
    let (person, known) = find(tx, scope, (person, entry))?;
    record(tx, scope, &person, (AuditAction::DeletedContact, &known.entry), now_millis)?;
    given_contacts::delete(tx, scope, &person, &known, now_millis)
}

/// Returns a person whom the caller may change, and what they were given of an entry, also of one that was
/// removed since.
fn find(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (person, entry): (&PersonId, &EntryId),
) -> Result<(Person, GivenContact), ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    let given = tx.given_contact(&person.id, entry)?;
    Ok((person, given.ok_or(ServiceError::NotFound(Entity::AddressBookEntry))?))
}

fn record(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    (action, entry): (AuditAction, &EntryId),
    now_millis: i64,
) -> Result<(), ServiceError> {
    audit::record(tx, scope, Subject::Person(person), action, entry.as_str(), now_millis)
}

/// Empties the numbers of contacts whose last day is over, and deletes those that ended
/// [`ENDED_CONTACT_DAYS`] ago. Returns how many were deleted.
pub fn delete_ended(tx: &mut dyn Tx, now_millis: i64) -> Result<usize, ServiceError> {
    let today = calendar::today(now_millis);
    let first_kept = today.checked_sub_days(Days::new(ENDED_CONTACT_DAYS));
    let mut deleted = 0;
    for given in tx.given_contacts_ended_by(today)? {
        let Some(person) = tx.person_for_update(&given.person)? else { continue };
        let scope = StaffScope::of_council(person.council.clone());
        if given.ends < first_kept {
            given_contacts::delete(tx, &scope, &person, &given, now_millis)?;
            deleted += 1;
        } else {
            given_contacts::clear(tx, &scope, &person, &given, now_millis)?;
        }
    }
    Ok(deleted)
}
