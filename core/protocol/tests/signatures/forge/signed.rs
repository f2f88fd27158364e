//! What is signed, each kind with the check that its reader makes.

use promise_protocol::{
    ActSignature, ActingPhone, Change, ClearProof, Edition, KeyStep, PROTOCOL, PhoneAct,
    PhoneOrder, RevocationReason, RevokeRequest, SyncRequest, is_fresh_start,
    pairing::EarlierPairing,
    signature::{PublicKey, Signature, SigningKey},
    statement::Statement,
};

use super::genuine::transcript;

/// Everything that a signature is of, and the signature.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Signed {
    pub(super) key: PublicKey,
    pub(super) council: String,
    pub(super) body: Body,
    pub(super) signature: Signature,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Body {
    Change {
        person: String,
        change: Change,
    },
    Edition(Edition),
    Phone {
        person: String,
        author: String,
        own: PublicKey,
    },
    Order {
        person: String,
        author: String,
        order: PhoneOrder,
        at: i64,
    },
    Successor {
        before: PublicKey,
        next: PublicKey,
        distrusts_earlier: bool,
    },
    /// The record of a step that the server accepted.
    Acceptance {
        person: String,
        change: Change,
    },
    FreshStart {
        person: String,
        change: Change,
    },
    /// A person's first account key, which signs itself.
    FirstStep {
        person: String,
    },
    /// A person's step from one account key to another, which no council signs.
    Step {
        person: String,
        next: PublicKey,
    },
    /// The clears of a phone, which no council signs either.
    Clears {
        person: String,
        request: SyncRequest,
    },
    /// What a phone asks for with its own key: to take another one off.
    Act {
        person: String,
        author: String,
        generation: String,
        number: u64,
        phone: String,
        reason: RevocationReason,
    },
    /// The proof of a phone that it is the one of an earlier pairing.
    Earlier {
        author: String,
        nonce: [u8; 32],
    },
}

impl Body {
    /// What it is, for the report.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Change { .. } => "change by staff",
            Self::Edition(_) => "edition",
            Self::Phone { .. } => "pairing of a phone",
            Self::Order { order: PhoneOrder::Wipe, .. } => "order to wipe",
            Self::Order { order: PhoneOrder::Release, .. } => "order to release",
            Self::Successor { .. } => "key of a council",
            Self::Acceptance { .. } => "accepted key step",
            Self::FreshStart { .. } => "fresh start",
            Self::FirstStep { .. } => "first account key",
            Self::Step { .. } => "certificate of a key step",
            Self::Clears { .. } => "proof of clears",
            Self::Act { .. } => "act of a phone",
            Self::Earlier { .. } => "proof of an earlier pairing",
        }
    }

    pub(super) fn person_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Change { person, .. }
            | Self::Phone { person, .. }
            | Self::Order { person, .. }
            | Self::Acceptance { person, .. }
            | Self::FreshStart { person, .. }
            | Self::FirstStep { person }
            | Self::Step { person, .. }
            | Self::Clears { person, .. }
            | Self::Act { person, .. } => Some(person),
            Self::Edition(_) | Self::Successor { .. } | Self::Earlier { .. } => None,
        }
    }

    fn statement(&self) -> Option<Statement<'_>> {
        Some(match self {
            Self::Change { person, change }
            | Self::Acceptance { person, change }
            | Self::FreshStart { person, change } => Statement::Change { person, change },
            Self::Edition(edition) => Statement::Edition(edition),
            Self::Phone { person, author, own } => Statement::Phone { person, author, key: own },
            Self::Order { person, author, order, at } => {
                Statement::Order { person, author, order: *order, at: *at }
            }
            Self::Successor { before, next, distrusts_earlier } => {
                Statement::Successor { before, key: next, distrusts_earlier: *distrusts_earlier }
            }
            Self::FirstStep { .. }
            | Self::Step { .. }
            | Self::Clears { .. }
            | Self::Act { .. }
            | Self::Earlier { .. } => return None,
        })
    }

    pub(super) fn sign(&self, key: &SigningKey, council: &str) -> Signature {
        match self {
            Self::FirstStep { person } => KeyStep::first(key, council, person).certificate,
            Self::Step { person, next } => {
                KeyStep::after(key, next.clone(), council, person).certificate
            }
            Self::Clears { person, request } => {
                let mut signed = request.clone();
                signed.sign_clears(key, council, person);
                signed.clear_signature.expect("it clears something")
            }
            Self::Act { person, author, generation, number, phone, reason } => {
                let acting = ActingPhone { council, person, author, generation };
                let request = RevokeRequest { protocol: PROTOCOL, reason: *reason };
                acting.sign(&PhoneAct::Revoke { phone, request: &request }, *number, key).signature
            }
            Self::Earlier { author, nonce } => {
                EarlierPairing::prove(author, transcript(council, *nonce), key).signature
            }
            _ => {
                let statement = self.statement().expect("a council signs everything else");
                key.sign(&statement.to_bytes(council))
            }
        }
    }
}

impl Signed {
    /// Returns `true` if a phone or a server takes it for genuine.
    pub(super) fn verifies(&self) -> bool {
        let Self { key, council, body, signature } = self;
        let certificate = signature.clone();
        match body {
            Body::FirstStep { person } => KeyStep { before: None, key: key.clone(), certificate }
                .is_certified(council, person),
            Body::Step { person, next } => {
                let (before, key) = (Some(key.clone()), next.clone());
                KeyStep { before, key, certificate }.is_certified(council, person)
            }
            Body::Clears { person, request } => {
                let clear_signature = Some(signature.clone());
                let request = SyncRequest { clear_signature, ..request.clone() };
                ClearProof::of(&request, council, person).is_by(key)
            }
            Body::Act { person, author, generation, number, phone, reason } => {
                let acting = ActingPhone { council, person, author, generation };
                let request = RevokeRequest { protocol: PROTOCOL, reason: *reason };
                let signed = ActSignature { number: *number, signature: signature.clone() };
                let act = PhoneAct::Revoke { phone, request: &request };
                acting.has_signed(&act, &signed, key)
            }
            Body::Earlier { author, nonce } => {
                let (author, signature) = (author.clone(), signature.clone());
                let proof = EarlierPairing { author, signature };
                proof.is_by(transcript(council, *nonce), key)
            }
            Body::Acceptance { person, change } => {
                let step = KeyStep::of_change(change);
                step.is_some_and(|step| step.is_certified(council, person))
                    && self.is_of_the_council()
            }
            Body::FreshStart { change, .. } => is_fresh_start(change) && self.is_of_the_council(),
            _ => self.is_of_the_council(),
        }
    }

    fn is_of_the_council(&self) -> bool {
        let statement = self.body.statement();
        statement.is_some_and(|it| it.is_signed(&self.council, &self.key, &self.signature))
    }
}
