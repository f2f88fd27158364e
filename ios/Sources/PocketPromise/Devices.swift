import PromiseBindings

/// The person's phones: inviting another one, taking one off, and erasing the account. These
/// calls wait for the network, but for ``eraseThisPhone()`` and ``markSeen(device:)``.
extension PocketPhone {
    /// Invites another phone of the same person. It pairs by the link, which a QR code can hold, or
    /// by the code. ``waitForNewDevice(code:)`` then waits for it.
    public func inviteDevice() async throws(PromiseError) -> Invitation {
        try await networkCall { try $0.inviteDevice(cancel: $1) }
    }

    /// Returns the person's phones, the oldest pairing first.
    public func devices() async throws(PromiseError) -> [Device] {
        try await networkCall { try $0.devices(cancel: $1) }
    }

    /// Confirms a phone that came by a code of the council's staff: it may do everything from then on. Ask
    /// the person first whether it is theirs. Returns the phones as they are then.
    @discardableResult
    public func confirm(device id: Device.ID) async throws(PromiseError) -> [Device] {
        try await networkCall { try $0.confirmDevice(id: id, cancel: $1) }
    }

    /// Refuses such a phone: it is revoked, and wipes itself. Returns the phones as they are then.
    @discardableResult
    public func veto(device id: Device.ID) async throws(PromiseError) -> [Device] {
        try await networkCall { try $0.vetoDevice(id: id, cancel: $1) }
    }

    /// Keeps that the person has seen that this phone was added: it is not new here any more.
    public func markSeen(device id: DeviceRecord.ID) async throws(PromiseError) {
        try await call { try $0.markDeviceSeen(id: id) }
    }

    /// Takes a phone off: it receives nothing more. One that is lost or stolen wipes itself at its next
    /// contact; one that is not used any more keeps what is on it. Ask the person which it is. If a
    /// stranger may have it, change the recovery phrase as well. Returns the phones as they are then.
    @discardableResult
    public func revoke(device id: Device.ID, because reason: RevocationReason) async throws(PromiseError) -> [Device] {
        try await networkCall { try $0.revokeDevice(id: id, reason: reason, cancel: $1) }
    }

    /// Erases everything that the council's server holds of the person, and then everything on this
    /// phone. If the call fails, nothing on this phone is lost. If the server does not know this phone,
    /// only this phone is erased: show the person that their council may hold an older copy.
    @discardableResult
    public func eraseAccount() async throws(PromiseError) -> Erased {
        try await networkCall { try $0.eraseAccount(cancel: $1) }
    }

    /// Erases everything on this phone. Sends nothing and needs no connection; the council's server
    /// keeps what it holds.
    public func eraseThisPhone() async throws(PromiseError) {
        try await call { try $0.eraseThisPhone() }
    }
}

extension Device: Identifiable {}
extension DeviceRecord: Identifiable {}

/// An invitation's code is for one phone only, so it is never printed.
extension Invitation: CustomStringConvertible, CustomReflectable {
    public var description: String { "Invitation" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
