import PromiseBindings

/// A pairing that waits for the person's yes. Keep it until ``PocketPhone/finish(_:)`` has returned. Without it
/// nothing of the pairing is left on this phone.
public final class PairingOffer: Sendable {
    let core: PromiseBindings.PairingOffer
    /// What to show: which council it is, the host of its server, who made the code, and six digits, which the
    /// other side must show too or which are typed on the other phone. That one can scan the `link` instead, as
    /// a QR code. Any server can give the name of the council; a stranger's has another host.
    public let details: PairingDetails

    init(_ core: PromiseBindings.PairingOffer) throws {
        self.core = core
        details = try core.details()
    }
}

/// A new phone that waits for a yes on this phone.
public final class NewDevice: Sendable {
    let core: PromiseBindings.NewDevice
    /// The digits that it must show. Better let the person type what they see there.
    public let digits: String

    init(_ core: PromiseBindings.NewDevice) throws {
        self.core = core
        digits = try core.digits()
    }
}

/// Pairing this phone, and saying yes to another one of the person. These calls wait for the network; cancel
/// the task, and the call throws `.cancelled`.
extension PocketPhone {
    /// Sends the code from the adviser, or from another phone, and returns what the person has to say yes to.
    /// Nothing is stored. Call it once for each code: a second call is a second phone, and ends the code.
    public func pair(server: String, code: String) async throws(PromiseError) -> PairingOffer {
        try await networkCall { try PairingOffer($0.pair(server: server, code: code, cancel: $1)) }
    }

    /// The same, by the link in a QR code.
    public func pair(link: String) async throws(PromiseError) -> PairingOffer {
        try await networkCall { try PairingOffer($0.pairByLink(link: link, cancel: $1)) }
    }

    /// Confirms: the person has seen that council and digits are right or, if another phone of theirs made the
    /// code, that that phone has taken the digits. Waits until the other side said yes too, and then stores
    /// everything at once. If it stops early, it can be called again with the same offer.
    public func finish(_ offer: PairingOffer) async throws(PromiseError) {
        try await networkCall { try $0.finishPairing(offer: offer.core, cancel: $1) }
    }

    /// Refuses: the other side shows other digits, or the council is not the person's. The code ends.
    public func refuse(_ offer: PairingOffer) async throws(PromiseError) {
        try await networkCall { try $0.refusePairing(offer: offer.core, cancel: $1) }
    }

    /// Waits until a phone has sent the code of an invitation, at most until the code expires. Call it right
    /// after ``inviteDevice()``, and once.
    public func waitForNewDevice(code: String) async throws(PromiseError) -> NewDevice {
        try await networkCall { try NewDevice($0.waitForNewDevice(code: code, cancel: $1)) }
    }

    /// Confirms a new phone. `shown` is what the person typed from its screen, or the text of its QR code. The
    /// new phone gets the recovery phrase, sealed to its own key, if it is on this one.
    public func confirm(new device: NewDevice, showing shown: String) async throws(PromiseError) {
        try await networkCall { try $0.confirmNewDevice(device: device.core, shown: shown, cancel: $1) }
    }

    /// Refuses a new phone: it is not the person's, or shows other digits. The code ends.
    public func refuse(new device: NewDevice) async throws(PromiseError) {
        try await networkCall { try $0.refuseNewDevice(device: device.core, cancel: $1) }
    }
}
