//! Going on with another key of the council, and the thief who has kept the one before.

use promise_protocol::{
    signature::Signature,
    statement::{CouncilKeyList, Statement},
};
use promise_services::{StaffScope, signing_again};

use super::{COUNCIL, Server};

impl Server {
    /// The steps to the key with which the council signs.
    pub(in crate::simulation) fn council_keys(&self) -> CouncilKeyList {
        let keys = self.signer.keys(&COUNCIL.into()).expect("the council has a key");
        CouncilKeyList { successions: keys.successions }
    }

    /// The council says that its key is in other hands, goes on with another one, and signs everything again.
    pub(in crate::simulation) fn rotate_key(&mut self, now: i64) {
        self.keys.replace_key(&COUNCIL.into(), true).expect("a key can be replaced");
        let operator = StaffScope::operator();
        let signed = self
            .store
            .transact(|tx| signing_again::sign_again(tx, &operator, &COUNCIL.into(), now));
        assert!(!signed.expect("everything can be signed again").is_nothing());
    }

    /// Signs as a thief of the key that was replaced. Returns `None` if none was.
    pub(in crate::simulation) fn sign_as_thief(
        &self,
        statement: &Statement<'_>,
    ) -> Option<Signature> {
        self.keys.sign_with_replaced(&COUNCIL.into(), &statement.to_bytes(COUNCIL))
    }
}
