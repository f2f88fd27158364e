//! A phone that is paired again, and proves with its earlier key that it is the same phone.

use promise_protocol::{
    PhoneOrder,
    pairing::{EarlierPairing, PairingDecision, PhoneToken, Transcript, TranscriptHash},
    phone_record::PHONE,
    signature::SigningKey,
};

use super::*;
use crate::cells::records;

/// Ada has a phone that is in use. She types a new code on it.
struct Again {
    world: World,
    first: Paired,
    phone: TestPhone,
    code: String,
    new: NewPhone,
}

impl Again {
    /// The code is of Jo, her adviser.
    fn new() -> Self {
        let mut world = World::new();
        let ada = world.ada.clone();
        let first = world.pair(&ada);
        let mut phone = TestPhone::new(&ada, &first);
        phone.sync_all(&mut world, vec![]);
        Self::with_phone(world, first, phone)
    }

    fn with_phone(mut world: World, first: Paired, phone: TestPhone) -> Self {
        let code = invite(&mut world, 30).to_string();
        let new = world.new_phone();
        Self { world, first, phone, code, new }
    }

    /// Both sides go on until the phone is paired. It sends what `proof` makes of the transcript.
    fn pair(&mut self, proof: impl FnOnce(TranscriptHash) -> Option<EarlierPairing>) -> Device {
        let start = self.new.start(&self.code, SERVER);
        let offer = self.world.step(&start, NOW).unwrap().offer.unwrap();
        let transcript = Transcript {
            code: self.code.parse::<PairingCode>().unwrap().invitation_id(),
            server: SERVER,
            council: &offer.council,
            inviter: &offer.inviter,
            opening: &self.new.opening,
            nonce: &offer.nonce,
            key: offer.key.as_ref(),
        }
        .hash();
        let open = self.new.open_again(&self.code, SERVER, proof(transcript));
        self.world.step(&open, NOW).unwrap();
        self.world.other_side(&self.code, Some(PairingDecision::Confirmed), NOW);
        let paired = self.world.step(&open, NOW).unwrap().paired.unwrap();
        let author = paired.author.parse().unwrap();
        self.world.run(|tx| tx.device(&author)).unwrap()
    }

    /// The proof of the phone itself.
    fn own_proof(&self) -> impl FnOnce(TranscriptHash) -> Option<EarlierPairing> + use<> {
        let (author, key) = (self.first.author.clone(), key_of(&self.first));
        move |transcript| Some(EarlierPairing::prove(&author, transcript, &key))
    }

    fn earlier(&mut self) -> Device {
        let author = self.phone.scope.device().clone();
        self.world.run(|tx| tx.device(&author)).unwrap()
    }

    fn sync(&mut self, device: &Device) {
        let ada = self.world.ada.clone();
        let paired =
            PairResponse { author: device.author.to_string(), ..self.first.response.clone() };
        TestPhone::new(&ada, &paired).sync_all(&mut self.world, vec![]);
    }
}

fn key_of(paired: &Paired) -> SigningKey {
    phone_key(*paired.token.parse::<PhoneToken>().unwrap().as_bytes())
}

#[test]
fn phone_that_proves_its_earlier_key_is_as_full_as_it_was_and_replaces_its_row() {
    let mut again = Again::new();
    let proof = again.own_proof();
    let device = again.pair(proof);
    assert!(!device.limited, "it is no second phone");
    assert_ne!(device.signing_key, again.first.key);
    assert!(!again.earlier().is_revoked(), "the response can be lost for good");
    again.sync(&device);
    let order = again.earlier().revoked.unwrap().order;
    assert_eq!(order, PhoneOrder::Release, "nothing is wiped");
    let ada = again.world.ada.clone();
    let records = again.world.staff(|tx, _, _| records::list(tx, &ada, PHONE)).unwrap();
    let state = |id: &str| records.iter().find(|it| it.id == id).unwrap().text("state").to_owned();
    assert_eq!(state(&again.first.author), "released");
    assert_eq!(state(device.author.as_str()), "full");
}

#[test]
fn phone_without_a_proof_is_limited_by_its_earlier_row() {
    let mut again = Again::new();
    let device = again.pair(|_| None);
    assert!(device.limited);
    again.sync(&device);
    assert!(!again.earlier().is_revoked());
}

/// Someone who has its token, or another phone of the person.
#[test]
fn proof_with_another_key_of_another_pairing_or_another_author_is_none() {
    let forgeries: [fn(&Paired, &Paired, TranscriptHash) -> EarlierPairing; 3] = [
        |first, _, transcript| {
            let thief = SigningKey::from_seed(&[9; 32]).unwrap();
            EarlierPairing::prove(&first.author, transcript, &thief)
        },
        |first, second, transcript| {
            EarlierPairing::prove(&first.author, transcript, &key_of(second))
        },
        |first, second, transcript| {
            let proof = EarlierPairing::prove(&second.author, transcript, &key_of(second));
            EarlierPairing { author: first.author.clone(), ..proof }
        },
    ];
    for forge in forgeries {
        let mut again = Again::new();
        let ada = again.world.ada.clone();
        let (first, second) = (again.first.clone(), again.world.pair(&ada));
        let device = again.pair(|transcript| Some(forge(&first, &second, transcript)));
        assert!(device.limited);
        again.sync(&device);
        assert!(!again.earlier().is_revoked());
    }
}

#[test]
fn limited_phone_that_is_paired_again_stays_limited() {
    let mut world = World::new();
    let ada = world.ada.clone();
    world.phone(&ada).sync_all(&mut world, vec![]);
    let added = world.pair(&ada);
    let mut phone = TestPhone::new(&ada, &added);
    phone.sync_all(&mut world, vec![]);
    let mut again = Again::with_phone(world, added, phone);
    assert!(again.earlier().limited);
    let proof = again.own_proof();
    let device = again.pair(proof);
    assert!(device.limited);
    again.sync(&device);
    assert!(again.earlier().is_revoked());
}

#[test]
fn proof_of_a_phone_that_was_revoked_or_is_of_another_person_is_none() {
    let mut again = Again::new();
    let ada = again.world.ada.clone();
    let mut other = again.world.phone(&ada);
    other.sync_all(&mut again.world, vec![]);
    let author = again.phone.scope.device().clone();
    let lost = RevocationReason::LostOrStolen;
    again.world.staff(|tx, scope, _| devices::revoke(tx, scope, &author, lost, NOW)).unwrap();
    let proof = again.own_proof();
    assert!(again.pair(proof).limited, "beside the other phone");
    assert_eq!(again.earlier().revoked.unwrap().order, PhoneOrder::Wipe, "it still wipes itself");

    let mut again = Again::new();
    let bea = again.world.bea.clone();
    let beas = again.world.pair(&bea);
    let key = key_of(&beas);
    let author = beas.author.clone();
    let device =
        again.pair(move |transcript| Some(EarlierPairing::prove(&author, transcript, &key)));
    assert!(device.limited);
    again.sync(&device);
    let beas = beas.author.parse().unwrap();
    assert!(!again.world.run(|tx| tx.device(&beas)).unwrap().is_revoked());
}

/// The phone goes on with its earlier pairing, and can prove that one with the next code.
#[test]
fn phone_whose_last_response_was_lost_for_good_proves_its_earlier_key_again() {
    let mut again = Again::new();
    let proof = again.own_proof();
    let lost = again.pair(proof);
    let mut phone = again.phone.clone();
    phone.sync_all(&mut again.world, vec![]);
    again.code = invite(&mut again.world, 30).to_string();
    again.new = again.world.new_phone();
    let proof = again.own_proof();
    let device = again.pair(proof);
    assert!(!device.limited);
    again.sync(&device);
    assert!(again.earlier().is_revoked());
    let left = again.world.run(|tx| tx.device(&lost.author)).unwrap();
    assert!(!left.is_revoked() && left.last_sync_at.is_none(), "it is listed as never in touch");
}
