//! A restore that is older than every person's record, after which their phones are linked to new
//! records. First each code is tried by phones that it must not link.

use std::sync::Arc;

use promise_database::{Device, Person, Tx};
use promise_database_sqlite::SqliteConnection;
use promise_protocol::{
    Author, PairResponse, PairingCode, PhoneCheck, Relink, ids::PersonId, statement::Statement,
};
use promise_services::{
    PhoneScope, ServiceError, StaffScope,
    devices::pairing::{self, Claim, CodeRefusal},
    generation, people, restore_tombstones,
};

use super::{COUNCIL, PersonIndex, PhoneIndex, SERVER, Seeded, Server};
use crate::harness::pairing::new_phone;

/// A phone that lost its record, or is of another person.
struct LostPhone {
    owner: PersonIndex,
    relink: Relink,
}

/// The council adds people again and makes codes.
struct Desk<'a> {
    tx: &'a mut dyn Tx,
    random: &'a mut Seeded,
    now: i64,
}

impl Server {
    /// Restores a backup that is older than every person. Each is added again, and each of their phones
    /// is linked to the new record. Returns what each phone receives, or which wrong phone was linked.
    pub(in crate::simulation) fn lose_records(
        &mut self,
        now: i64,
    ) -> Result<Vec<PairResponse>, String> {
        let lost: Vec<LostPhone> = (0..self.scopes.len()).map(|it| self.lost_phone(it)).collect();
        let revoked = self.revoked_phones();
        let tombstones = self.store.read(restore_tombstones::collect).expect("they can be read");
        self.store =
            SqliteConnection::from_snapshot(&self.without_people, Arc::clone(&self.signer))
                .expect("a backup can be put back");
        let Self { store, random, people, scopes, .. } = self;
        let linked = store.transact(|tx| {
            restore_tombstones::reapply(tx, &tombstones)?;
            generation::begin(tx, random)?;
            let operator = StaffScope::operator();
            for person in people.iter_mut() {
                *person = people::add(tx, &operator, &COUNCIL.into(), None, random)?;
            }
            let mut desk = Desk { tx, random, now };
            for phone in &revoked {
                if let Err(wrong) = desk.refuses_revoked(&people[phone.owner], phone)? {
                    return Ok(Err(wrong));
                }
            }
            let mut responses = Vec::new();
            for (phone, scope) in lost.iter().zip(scopes) {
                let person = &people[phone.owner];
                let code = desk.code(person, &phone.relink.author)?;
                if let Err(wrong) = desk.refuses_others(&code, phone, &lost)? {
                    return Ok(Err(wrong));
                }
                let claim = desk.claim(&code.to_string(), Some(&phone.relink))?;
                let Claim::Answered(progress) = claim else { panic!("the code is for this phone") };
                let paired = progress.paired.expect("it is linked at once");
                assert_eq!(paired.person, phone.relink.person, "a phone keeps its person");
                let author = paired.author.parse().expect("an author");
                *scope =
                    PhoneScope::unchecked_for_simulation(COUNCIL.into(), person.clone(), author);
                responses.push(paired);
            }
            Ok::<_, ServiceError>(Ok(responses))
        });
        linked.expect("every phone is linked again")
    }

    fn lost_phone(&mut self, phone: PhoneIndex) -> LostPhone {
        let (owner, author) = (self.owners[phone], self.scopes[phone].device().clone());
        let relink = self.relink(&self.people[owner].clone(), &author);
        LostPhone { owner, relink }
    }

    /// The phones that were lost and revoked, as far as the server knows them.
    fn revoked_phones(&mut self) -> Vec<LostPhone> {
        let mut phones = Vec::new();
        for author in self.revoked.clone() {
            let device: Option<Device> = self.read(|tx| tx.device(&author));
            let Some(device) = device.filter(Device::is_revoked) else {
                continue;
            };
            let owner = self.people.iter().position(|person| *person == device.person);
            let owner = owner.expect("the phone of a known person");
            phones.push(LostPhone { owner, relink: self.relink(&device.person, &author) });
        }
        phones
    }

    /// The earlier pairing of a phone.
    fn relink(&mut self, person: &PersonId, author: &Author) -> Relink {
        let person: Option<Person> = self.read(|tx| tx.person(person));
        let person = person.expect("a known person").id_on_phones().to_string();
        let device: Option<Device> = self.read(|tx| tx.device(author));
        let key = device.expect("a known phone").signing_key;
        let statement = Statement::Phone { person: &person, author: author.as_str(), key: &key };
        let signature = self.sign(&statement);
        Relink { person, author: author.to_string(), key, signature }
    }
}

impl Desk<'_> {
    /// Makes a code for one phone, by its check text.
    fn code(&mut self, person: &PersonId, author: &str) -> Result<PairingCode, ServiceError> {
        let check = PhoneCheck::of(author.parse().expect("an author")).expect("of a phone");
        let operator = StaffScope::operator();
        pairing::invite_to_relink(self.tx, &operator, person, check, 30, self.now, self.random)
    }

    fn claim(&mut self, code: &str, relink: Option<&Relink>) -> Result<Claim, ServiceError> {
        let new = new_phone();
        let request = match relink {
            Some(relink) => new.relink(code, SERVER, relink.clone()),
            None => new.start(code, SERVER),
        };
        pairing::claim(self.tx, &request, self.now, self.random)
    }

    /// Tries the code as other people's phones, as this phone with lies, and with a wrong code. The
    /// inner error is what was linked.
    fn refuses_others(
        &mut self,
        code: &PairingCode,
        phone: &LostPhone,
        lost: &[LostPhone],
    ) -> Result<Result<(), String>, ServiceError> {
        let right = &phone.relink;
        let guess = format!("{}-0000-0000", code.invitation_id());
        let code = code.to_string();
        let mut tries = vec![
            (code.clone(), None, CodeRefusal::OtherPhone),
            (guess, Some(right.clone()), CodeRefusal::Invalid),
        ];
        for other in lost.iter().filter(|other| other.owner != phone.owner) {
            let lies = [
                other.relink.clone(),
                Relink { person: other.relink.person.clone(), ..right.clone() },
                Relink { signature: other.relink.signature.clone(), ..right.clone() },
            ];
            tries.extend(lies.map(|lie| (code.clone(), Some(lie), CodeRefusal::OtherPhone)));
        }
        for (code, relink, expected) in tries {
            let claim = self.claim(&code, relink.as_ref())?;
            if !matches!(claim, Claim::Refused(refusal) if refusal == expected) {
                return Ok(Err(format!("{relink:?} got {claim:?} by a code for {right:?}")));
            }
        }
        Ok(Ok(()))
    }

    /// Tries a code that was made for a revoked phone by mistake.
    fn refuses_revoked(
        &mut self,
        person: &PersonId,
        phone: &LostPhone,
    ) -> Result<Result<(), String>, ServiceError> {
        let code = self.code(person, &phone.relink.author)?.to_string();
        Ok(match self.claim(&code, Some(&phone.relink)) {
            Err(ServiceError::Revoked(_)) => Ok(()),
            other => Err(format!("the revoked phone {:?} got {other:?}", phone.relink)),
        })
    }
}
