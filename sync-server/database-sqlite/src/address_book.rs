//! The address book.

use chrono::NaiveDate;
use promise_database::{AddressBook, AddressBookEntry, ContactCard, DatabaseError, GivenContact};
use promise_protocol::ids::{CouncilId, EntryId, PersonId};
use rusqlite::Row;

use super::{
    columns::{get_id, get_json, get_optional_id, get_optional_parsed, to_json},
    errors::Optional,
    tx::SqliteTx,
};

fn entry(row: &Row<'_>) -> rusqlite::Result<AddressBookEntry> {
    Ok(AddressBookEntry {
        id: get_id(row, 0)?,
        council: get_id(row, 1)?,
        only_for: get_optional_id(row, 2)?,
        card: get_json(row, 3)?,
        removed_at: row.get(4)?,
        merged_into: get_optional_id(row, 5)?,
    })
}

/// A statement that reads entries as [`entry`] expects them.
macro_rules! select_entries {
    ($rest:literal) => {
        concat!(
            "SELECT id, council, only_for, card, removed_at, merged_into FROM address_book_entry ",
            $rest
        )
    };
}

fn given(row: &Row<'_>) -> rusqlite::Result<GivenContact> {
    Ok(GivenContact {
        person: get_id(row, 0)?,
        entry: get_id(row, 1)?,
        contact: row.get(2)?,
        starts: get_optional_parsed(row, 3)?,
        ends: get_optional_parsed(row, 4)?,
    })
}

/// A statement that reads what was given as [`given`] expects it.
macro_rules! select_given {
    ($rest:literal) => {
        concat!("SELECT person, entry, contact, starts, ends FROM given_contact ", $rest)
    };
}

fn day_text(day: Option<NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}

impl AddressBook for SqliteTx<'_> {
    fn add_book_entry(&mut self, new: &AddressBookEntry) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT INTO address_book_entry
             (id, council, only_for, card, removed_at, merged_into) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            new.id.as_str(),
            new.council.as_str(),
            new.only_for.as_ref().map(PersonId::as_str),
            to_json(&new.card, "card")?,
            new.removed_at,
            new.merged_into.as_ref().map(EntryId::as_str),
        ))?;
        Ok(())
    }

    fn book_entry(&mut self, id: &EntryId) -> Result<Option<AddressBookEntry>, DatabaseError> {
        Ok(self.sql(select_entries!("WHERE id = ?"))?.query_row([id.as_str()], entry).optional()?)
    }

    fn book_entries(
        &mut self,
        council: &CouncilId,
    ) -> Result<Vec<AddressBookEntry>, DatabaseError> {
        let mut statement = self.sql(select_entries!(
            "WHERE council = ? AND only_for IS NULL AND removed_at IS NULL ORDER BY id"
        ))?;
        let rows = statement.query_map([council.as_str()], entry)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn set_book_card(&mut self, id: &EntryId, card: &ContactCard) -> Result<(), DatabaseError> {
        self.sql("UPDATE address_book_entry SET card = ? WHERE id = ?")?
            .execute((to_json(card, "card")?, id.as_str()))?;
        Ok(())
    }

    fn set_book_entry_removed(
        &mut self,
        id: &EntryId,
        removed_at: i64,
        merged_into: Option<&EntryId>,
    ) -> Result<(), DatabaseError> {
        self.sql("UPDATE address_book_entry SET removed_at = ?, merged_into = ? WHERE id = ?")?
            .execute((removed_at, merged_into.map(EntryId::as_str), id.as_str()))?;
        Ok(())
    }

    fn add_given_contact(&mut self, new: &GivenContact) -> Result<bool, DatabaseError> {
        let added = self
            .sql(
                "INSERT INTO given_contact (person, entry, contact, starts, ends)
                 VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )?
            .execute((
                new.person.as_str(),
                new.entry.as_str(),
                &new.contact,
                day_text(new.starts),
                day_text(new.ends),
            ))?;
        Ok(added == 1)
    }

    fn set_given_contact(&mut self, changed: &GivenContact) -> Result<(), DatabaseError> {
        self.sql(
            "UPDATE given_contact SET entry = ?, starts = ?, ends = ?
             WHERE person = ? AND contact = ?",
        )?
        .execute((
            changed.entry.as_str(),
            day_text(changed.starts),
            day_text(changed.ends),
            changed.person.as_str(),
            &changed.contact,
        ))?;
        Ok(())
    }

    fn delete_given_contact(
        &mut self,
        person: &PersonId,
        entry: &EntryId,
    ) -> Result<Option<GivenContact>, DatabaseError> {
        let deleted = self.given_contact(person, entry)?;
        self.sql("UPDATE given_contact SET entry = NULL WHERE person = ? AND entry = ?")?
            .execute((person.as_str(), entry.as_str()))?;
        Ok(deleted)
    }

    fn given_contact(
        &mut self,
        person: &PersonId,
        entry: &EntryId,
    ) -> Result<Option<GivenContact>, DatabaseError> {
        Ok(self
            .sql(select_given!("WHERE person = ? AND entry = ?"))?
            .query_row((person.as_str(), entry.as_str()), given)
            .optional()?)
    }

    fn given_contacts_of_person(
        &mut self,
        person: &PersonId,
    ) -> Result<Vec<GivenContact>, DatabaseError> {
        let mut statement =
            self.sql(select_given!("WHERE person = ? AND entry IS NOT NULL ORDER BY entry"))?;
        let rows = statement.query_map([person.as_str()], given)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn given_contacts_of_entry(
        &mut self,
        entry: &EntryId,
    ) -> Result<Vec<GivenContact>, DatabaseError> {
        let mut statement = self.sql(select_given!("WHERE entry = ? ORDER BY person"))?;
        let rows = statement.query_map([entry.as_str()], given)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn given_contacts_ended_by(
        &mut self,
        day: NaiveDate,
    ) -> Result<Vec<GivenContact>, DatabaseError> {
        let mut statement = self
            .sql(select_given!("WHERE ends <= ? AND entry IS NOT NULL ORDER BY person, entry"))?;
        let rows = statement.query_map([day.to_string()], given)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
