//! Signing within a transaction: the signer is asked, the database stores nothing.

use promise_database::{CouncilKeys, DatabaseError, Signing};
use promise_protocol::{ids::CouncilId, signature::Signature, statement::Statement};

use super::tx::SqliteTx;

impl Signing for SqliteTx<'_> {
    fn create_council_key(&mut self, council: &CouncilId) -> Result<(), DatabaseError> {
        Ok(self.signer.create_key(council)?)
    }

    fn council_keys(&mut self, council: &CouncilId) -> Result<CouncilKeys, DatabaseError> {
        Ok(self.signer.keys(council)?)
    }

    fn sign(
        &mut self,
        council: &CouncilId,
        statement: &Statement<'_>,
    ) -> Result<Signature, DatabaseError> {
        Ok(self.signer.sign(council, &statement.to_bytes(council.as_str()))?)
    }
}
