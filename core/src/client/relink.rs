//! Linking this phone again after the council's server was restored from a backup that is older than
//! the person's record.

use promise_protocol::{
    Author, PairRequest, PairingCode, PairingLink, PhoneCheck, Relink, pairing::PhoneToken,
};

use super::{PocketPhone, PromiseError, pairing::relinked};
use crate::{cancel::CancelHandle, store::Pairing, sync::parse_address};

impl PocketPhone {
    /// The eight letters and numbers by which an adviser recognises this phone, such as `7K3F-9M2D`.
    /// Show them when the person wants to link a phone again that fails with
    /// [`PromiseError::Unpaired`], and ask them to show the screen to their adviser.
    ///
    /// Fails with [`PromiseError::NotPaired`] if the phone was never paired.
    pub fn relink_check(&self) -> Result<String, PromiseError> {
        let pairing = self.transact(|tx| tx.pairing())?.ok_or(PromiseError::NotPaired)?;
        Ok(check(&pairing)?.to_string())
    }

    /// Links this phone again by a code, or the link in a QR code, that the council made for it after
    /// it lost the person's record. Waits for the network. Call it only after the person said yes: the
    /// next sync sends all that this phone holds to the council's new record of them. No digits are compared: the
    /// adviser typed the check text of this phone when they made the code.
    ///
    /// Nothing on this phone changes but its place on the server: it keeps its person, its recovery
    /// phrase and everything it holds. Fails with [`PromiseError::OtherPhone`] if the code is not for
    /// this phone, and if the server knows the phone and has lost nothing. A phone that was taken off fails
    /// with [`PromiseError::Revoked`], and has wiped itself, or with [`PromiseError::Released`].
    pub fn relink(&self, code_or_link: &str, cancel: &CancelHandle) -> Result<(), PromiseError> {
        let pairing = self.transact(|tx| tx.pairing())?.ok_or(PromiseError::NotPaired)?;
        let code = parse(code_or_link, &pairing)?;
        self.require_open()?;
        let check = check(&pairing)?;
        let author = check.into_author().to_string();
        let (person, signature, key) = (pairing.person, pairing.signature, pairing.key);
        let relink = Relink { person, author, key: key.public(), signature };
        let (server, token) = (pairing.server, new_token()?);
        let request =
            PairRequest::relinking(code.to_string(), token.clone(), server.clone(), relink);
        let call = self.network.begin(cancel);
        // This phone's own server answers, about its earlier pairing.
        let response = self.network.connection(&server)?.pair(&request, &call);
        let response = response.map_err(|error| self.refused(error, &call))?;
        self.store(&server, (token.to_string(), key), relinked(response)?, None)
    }
}

/// Parses a code, or a link to the server that this phone is paired with. The earlier
/// pairing must not be sent to another server, which could pass for the council's.
fn parse(code_or_link: &str, pairing: &Pairing) -> Result<PairingCode, PromiseError> {
    let code = code_or_link.parse::<PairingCode>().ok();
    let link = code_or_link.parse::<PairingLink>().ok();
    let is_own =
        |server: &str| parse_address(server).is_ok_and(|it| it.to_string() == pairing.server);
    let link = link.filter(|link| is_own(&link.server));
    code.or(link.map(|link| link.code)).ok_or(PromiseError::CodeWrong)
}

/// Makes the token that this phone has once it is linked again.
fn new_token() -> Result<PhoneToken, PromiseError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| PromiseError::Internal)?;
    Ok(PhoneToken::new(bytes))
}

fn check(pairing: &Pairing) -> Result<PhoneCheck, PromiseError> {
    let author: Option<Author> = pairing.author.parse().ok();
    author.and_then(PhoneCheck::of).ok_or(PromiseError::Damaged)
}
