//! A restore that is older than every person's record, after which their phones are linked to new
//! records.

use promise_database::Person;
use promise_database_sqlite::SqliteConnection;
use promise_protocol::{PROTOCOL, PairRequest, PhoneCheck, Relink};
use promise_services::{
    PhoneScope, ServiceError, StaffScope,
    devices::pairing::{self, Claim},
    generation, people,
};

use super::{COUNCIL, PhoneIndex, Server};

impl Server {
    /// Restores a backup that is older than every person. Each is added again, and each of their phones
    /// is linked to the new record. Returns the phones' new authors.
    pub(in crate::simulation) fn lose_records(&mut self, now: i64) -> Vec<String> {
        let lost: Vec<Relink> = (0..self.scopes.len()).map(|phone| self.relink(phone)).collect();
        self.store = SqliteConnection::from_snapshot(&self.without_people)
            .expect("a backup can be put back");
        let Self { store, random, people, key, owners, scopes, .. } = self;
        let linked = store.transact(|tx| {
            generation::begin(tx, random)?;
            let operator = StaffScope::operator();
            for person in people.iter_mut() {
                *person = people::add(tx, &operator, &COUNCIL.into(), None, random)?;
            }
            let mut authors = Vec::new();
            for ((scope, owner), relink) in scopes.iter_mut().zip(owners.iter()).zip(lost) {
                let person = people[*owner].clone();
                let check = PhoneCheck::of(scope.device().clone()).expect("the author of a phone");
                let code =
                    pairing::invite_to_relink(tx, &operator, &person, check, 30, now, random)?;
                let request = PairRequest {
                    protocol: PROTOCOL,
                    code: code.to_string(),
                    relink: Some(relink),
                };
                let claim = pairing::claim(tx, &request, now, random, key)?;
                let Claim::Paired(paired) = claim else { panic!("the code is for this phone") };
                let author = paired.author.parse().expect("an author");
                *scope = PhoneScope::unchecked_for_simulation(COUNCIL.into(), person, author);
                authors.push(paired.author);
            }
            Ok::<_, ServiceError>(authors)
        });
        linked.expect("every phone is linked again")
    }

    /// What a phone says of itself.
    fn relink(&mut self, phone: PhoneIndex) -> Relink {
        let (id, author) = (self.people[self.owners[phone]].clone(), self.scopes[phone].device());
        let author = author.to_string();
        let person: Option<Person> = self.read(|tx| tx.person(&id));
        let person = person.expect("a known person").id_on_phones().to_string();
        let proof = self.key.prove_phone(COUNCIL, &person, &author);
        Relink { person, author, proof }
    }
}
