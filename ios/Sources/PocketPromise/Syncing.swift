import PromiseBindings

/// Calls that wait for the network. Cancel the task, and the call throws `.cancelled`; saved edits
/// stay saved.
extension PocketPhone {
    /// Returns the eight letters and numbers by which an adviser recognises this phone. Show them when
    /// the phone is to be linked again.
    public func relinkCheck() async throws(PromiseError) -> String {
        try await call { try $0.relinkCheck() }
    }

    /// Links this phone again by a code, or the link in a QR code, that the council made for it after it
    /// lost the person's record. Call it only after the person said yes.
    public func relink(_ codeOrLink: String) async throws(PromiseError) {
        try await networkCall { try $0.relink(codeOrLink: codeOrLink, cancel: $1) }
    }

    /// Sends what this phone wrote and fetches what is new; then fetches missing pictures, if
    /// ``set(picturesWithSync:)`` allows it. If the sync stops early, saved edits stay saved and the
    /// next sync sends them. A sync does not fail because of pictures.
    @discardableResult
    public func sync() async throws(PromiseError) -> Synced {
        try await networkCall { try Synced($0.sync(cancel: $1)) }
    }

    /// Syncs as ``sync()`` does, without pictures.
    @discardableResult
    public func syncData() async throws(PromiseError) -> Synced {
        try await networkCall { try Synced($0.syncData(cancel: $1)) }
    }

    /// Fetches missing pictures whatever ``set(picturesWithSync:)`` says: for a tap of the person, or
    /// for Wi-Fi. Returns how many arrived; those stay if the call stops early.
    @discardableResult
    public func fetchPictures() async throws(PromiseError) -> Int {
        try await networkCall { try Int(clamping: $0.fetchPictures(cancel: $1)) }
    }
}
