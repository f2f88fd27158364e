import PromiseBindings

/// The person's other phones: bringing one in, taking a lost one off, and leaving altogether. All of
/// it waits for the network.
extension PocketPhone {
    /// Invites another phone of the same person. It pairs by the link, which a QR code can hold, or
    /// by the code and the words.
    public func invitePhone() async throws(PromiseError) -> Invitation {
        try await reach { try $0.invitePhone() }
    }

    /// The person's phones, the oldest pairing first.
    public func phones() async throws(PromiseError) -> [OwnPhone] {
        try await reach { try $0.phones() }
    }

    /// Takes a phone off: it gets nothing more, and wipes itself at its next contact. If it may be in
    /// somebody's hands, change the words as well. Returns the phones as they are then.
    @discardableResult
    public func revoke(phone id: OwnPhone.ID) async throws(PromiseError) -> [OwnPhone] {
        try await reach { try $0.revokePhone(id: id) }
    }

    /// Erases everything that the council's server holds of the person, and then everything on this
    /// phone. If it breaks off, nothing on this phone is lost.
    public func eraseAccount() async throws(PromiseError) {
        try await reach { try $0.eraseAccount() }
    }
}

extension OwnPhone: Identifiable {}

/// An invitation has the words in its link, so it is never printed.
extension Invitation: CustomStringConvertible, CustomReflectable {
    public var description: String { "Invitation" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
