//! Paired phones.

use promise_database::{DatabaseError, Device, Devices, Inviter};
use promise_protocol::{
    Author, PhoneOrder, SignedOrder,
    ids::{PersonId, StaffId},
    signature::{PublicKey, Signature},
};
use rusqlite::{Params, Row};

use super::{
    columns::{get_id, get_optional_id, get_optional_parsed, get_parsed},
    errors::Optional,
    tx::SqliteTx,
};

/// The columns that [`device`] reads.
pub(super) const COLUMNS: &str =
    "author, person, paired_at, last_request, last_sync_at, last_rev, revoked_at, ordered,
     signature, invited_by, invited_by_staff, limited, signing_key, last_act";

pub(super) fn device(row: &Row<'_>) -> rusqlite::Result<Device> {
    Ok(Device {
        author: get_parsed(row, 0)?,
        person: get_id(row, 1)?,
        paired_at: row.get(2)?,
        last_request: row.get(3)?,
        last_sync_at: row.get(4)?,
        last_rev: row.get(5)?,
        revoked: match row.get::<_, Option<i64>>(6)? {
            Some(at) => Some(order(at, row, 7)?),
            None => None,
        },
        inviter: inviter(get_optional_parsed(row, 9)?, get_optional_id(row, 10)?),
        limited: row.get(11)?,
        signing_key: PublicKey::new(row.get::<_, String>(12)?),
        last_act: row.get(13)?,
    })
}

fn inviter(phone: Option<Author>, staff: Option<StaffId>) -> Inviter {
    let by_phone = phone.map(Inviter::Phone);
    by_phone.or_else(|| staff.map(Inviter::Staff)).unwrap_or(Inviter::Operator)
}

/// Reads the order of a phone that was revoked at this time, from two columns.
pub(super) fn order(at: i64, row: &Row<'_>, column: usize) -> rusqlite::Result<SignedOrder> {
    let order: PhoneOrder = get_parsed(row, column)?;
    Ok(SignedOrder { order, at, signature: Signature::new(row.get::<_, String>(column + 1)?) })
}

impl SqliteTx<'_> {
    pub(super) fn find_device(
        &self,
        by: &str,
        value: impl Params,
    ) -> Result<Option<Device>, DatabaseError> {
        Ok(self
            .sql(&format!("SELECT {COLUMNS} FROM device WHERE {by} = ?"))?
            .query_row(value, device)
            .optional()?)
    }
}

impl Devices for SqliteTx<'_> {
    fn add_device(&mut self, device: &Device, token_hash: &[u8]) -> Result<bool, DatabaseError> {
        self.lock_order.check(&device.person);
        let (by_phone, by_staff) = match &device.inviter {
            Inviter::Operator => (None, None),
            Inviter::Staff(staff) => (None, Some(staff.as_str())),
            Inviter::Phone(phone) => (Some(phone.as_str()), None),
        };
        let added = self
            .sql(
                "INSERT INTO device (author, token_hash, person, paired_at, invited_by,
                 invited_by_staff, limited, last_request, last_rev, signing_key, last_act)
                 SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
                 WHERE NOT EXISTS (SELECT 1 FROM revoked_phone WHERE author = ?1)
                 ON CONFLICT DO NOTHING",
            )?
            .execute((
                device.author.as_str(),
                token_hash,
                device.person.as_str(),
                device.paired_at,
                by_phone,
                by_staff,
                device.limited,
                device.last_request,
                device.last_rev,
                device.signing_key.as_str(),
                device.last_act,
            ))?;
        Ok(added == 1)
    }

    fn device(&mut self, author: &Author) -> Result<Option<Device>, DatabaseError> {
        self.find_device("author", [author.as_str()])
    }

    fn device_by_token(&mut self, token_hash: &[u8]) -> Result<Option<Device>, DatabaseError> {
        self.find_device("token_hash", [token_hash])
    }

    fn devices(&mut self, person: &PersonId) -> Result<Vec<Device>, DatabaseError> {
        let mut statement = self.sql(&format!(
            "SELECT {COLUMNS} FROM device WHERE person = ? ORDER BY paired_at, author"
        ))?;
        let rows = statement.query_map([person.as_str()], device)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn set_device(&mut self, device: &Device) -> Result<(), DatabaseError> {
        self.lock_order.check(&device.person);
        if device.is_revoked() {
            self.mark_nudge();
        }
        self.sql(
            "UPDATE device SET last_request = ?, last_sync_at = ?, last_rev = ?, revoked_at = ?,
             ordered = ?, signature = ?, limited = ?, last_act = ? WHERE author = ?",
        )?
        .execute((
            device.last_request,
            device.last_sync_at,
            device.last_rev,
            device.revoked_at(),
            device.revoked.as_ref().map(|it| it.order.as_str()),
            device.revoked.as_ref().map(|it| it.signature.as_str()),
            device.limited,
            device.last_act,
            device.author.as_str(),
        ))?;
        Ok(())
    }

    fn delete_unsynced_devices(&mut self, person: &PersonId) -> Result<(), DatabaseError> {
        self.lock_order.check(person);
        self.sql(
            "DELETE FROM device WHERE person = ? AND last_sync_at IS NULL AND revoked_at IS NULL",
        )?
        .execute([person.as_str()])?;
        Ok(())
    }
}
