//! A code that someone read over a shoulder, and what its thief tries on the server.

use promise_protocol::{PairRequest, pairing::PairProgress};
use promise_services::{
    StaffScope,
    devices::pairing::{self, Claim, CodeRefusal, WaitingState},
};

use super::{PersonIndex, SERVER, Server};
use crate::harness::pairing::new_phone;

impl Server {
    /// A thief uses codes of a person. Returns the first thing that was not as it must be.
    pub(in crate::simulation) fn steal_codes(
        &mut self,
        now: i64,
        person: PersonIndex,
    ) -> Result<(), String> {
        let before = self.phones_of(person);
        self.thief_without_a_yes(now, person)?;
        self.thief_beside_the_phone(now, person)?;
        self.thief_with_another_key(now, person)?;
        self.wrong_persons_phone(now, person)?;
        let after = self.phones_of(person);
        if after == before { Ok(()) } else { Err(format!("{before} phones became {after}")) }
    }

    /// The thief has the whole code, and nobody says yes.
    fn thief_without_a_yes(&mut self, now: i64, person: PersonIndex) -> Result<(), String> {
        let (code, thief) = (self.code_for(now, person), new_phone());
        let mut requests = vec![thief.start(&code, SERVER)];
        requests.extend((0..3).map(|_| thief.open(&code, SERVER)));
        for request in requests {
            match self.claim(now, &request) {
                Ok(PairProgress { paired: None, phrase: None, .. }) => {}
                other => return Err(format!("a thief without a yes got {other:?}")),
            }
        }
        Ok(())
    }

    /// Both have the code. The phone in the room shows its digits, and then the thief comes.
    fn thief_beside_the_phone(&mut self, now: i64, person: PersonIndex) -> Result<(), String> {
        let (code, phone, thief) = (self.code_for(now, person), new_phone(), new_phone());
        for request in [phone.start(&code, SERVER), phone.open(&code, SERVER)] {
            self.claim(now, &request).map_err(|refusal| format!("{refusal:?} at first"))?;
        }
        let shown = self.state(now, &code);
        let second = self.claim(now, &thief.start(&code, SERVER));
        if second != Err(CodeRefusal::TwoPhones) {
            return Err(format!("a second phone with the code got {second:?}"));
        }
        if let WaitingState::Digits { digits, .. } = shown {
            let id = code.split('-').next().unwrap_or_default().to_owned();
            let operator = StaffScope::operator();
            let done = self.store.transact(|tx| pairing::confirm(tx, &operator, &id, digits, now));
            if done.expect("a person in reach") {
                return Err("a code that two phones sent was confirmed".to_owned());
            }
        }
        match self.claim(now, &phone.open(&code, SERVER)) {
            Err(CodeRefusal::TwoPhones) => Ok(()),
            other => Err(format!("the first of two phones got {other:?}")),
        }
    }

    /// The thief chooses the key when everything else is known.
    fn thief_with_another_key(&mut self, now: i64, person: PersonIndex) -> Result<(), String> {
        let (code, thief) = (self.code_for(now, person), new_phone());
        let start = thief.start(&code, SERVER);
        self.claim(now, &start).map_err(|refusal| format!("{refusal:?} at first"))?;
        let other = start.opened(new_phone().opening);
        match self.claim(now, &other) {
            Err(CodeRefusal::Refused) => Ok(()),
            answer => Err(format!("a key that was not committed to got {answer:?}")),
        }
    }

    /// Another young person was given the code by mistake. The adviser reads the digits of the phone in the room,
    /// which sent another code.
    fn wrong_persons_phone(&mut self, now: i64, person: PersonIndex) -> Result<(), String> {
        let (code, other_code) = (self.code_for(now, person), self.code_for(now, 1 - person));
        let (wrong, in_the_room) = (new_phone(), new_phone());
        for (phone, code) in [(&wrong, &code), (&in_the_room, &other_code)] {
            for request in [phone.start(code, SERVER), phone.open(code, SERVER)] {
                self.claim(now, &request).map_err(|refusal| format!("{refusal:?} at first"))?;
            }
        }
        let states = (self.state(now, &code), self.state(now, &other_code));
        let (WaitingState::Digits { digits: shown, .. }, WaitingState::Digits { digits: read, .. }) =
            states
        else {
            return Err(format!("two phones that wait are {states:?}"));
        };
        let id = code.split('-').next().unwrap_or_default().to_owned();
        let operator = StaffScope::operator();
        if shown != read {
            let done = self.store.transact(|tx| pairing::confirm(tx, &operator, &id, read, now));
            if done.expect("a person in reach") {
                return Err("the digits of another phone were confirmed".to_owned());
            }
        }
        let done = self.store.transact(|tx| pairing::refuse(tx, &operator, &id, shown, now));
        match (done.expect("a person in reach"), self.claim(now, &wrong.open(&code, SERVER))) {
            (true, Err(CodeRefusal::Refused)) => Ok(()),
            answer => Err(format!("the wrong person's phone, which was refused, got {answer:?}")),
        }
    }

    fn code_for(&mut self, now: i64, person: PersonIndex) -> String {
        let Self { store, random, people, .. } = self;
        let operator = StaffScope::operator();
        let code =
            store.transact(|tx| pairing::invite(tx, &operator, &people[person], 30, now, random));
        code.expect("the operator makes codes").to_string()
    }

    pub(super) fn claim(
        &mut self,
        now: i64,
        request: &PairRequest,
    ) -> Result<PairProgress, CodeRefusal> {
        let Self { store, random, .. } = self;
        let claim = store.transact(|tx| pairing::claim(tx, request, now, random));
        match claim.expect("a well-formed request is answered") {
            Claim::Answered(progress) => Ok(*progress),
            Claim::Refused(refusal) => Err(refusal),
        }
    }

    fn state(&mut self, now: i64, code: &str) -> WaitingState {
        let id = code.split('-').next().unwrap_or_default().to_owned();
        let operator = StaffScope::operator();
        let found = self.store.transact(|tx| pairing::find(tx, &operator, &id, now));
        found.expect("a code of the operator").state
    }

    fn phones_of(&mut self, person: PersonIndex) -> usize {
        let id = self.people[person].clone();
        self.read(|tx| tx.devices(&id)).len()
    }
}
