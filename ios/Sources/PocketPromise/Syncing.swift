import PromiseBindings

/// What waits for the network. Cancel the task, and the call throws `.cancelled`; what was saved
/// stays saved.
extension PocketPhone {
    /// Pairs with a council's server by the code that an adviser gave.
    public func pair(server: String, code: String) async throws(PromiseError) {
        try await reach { try $0.pair(server: server, code: code) }
    }

    /// Pairs by the link that a QR code holds.
    public func pair(link: String) async throws(PromiseError) {
        try await reach { try $0.pairByLink(link: link) }
    }

    /// Sends what this phone wrote and gets what is new; then the pictures that are not here, if
    /// that is set, which no other call waits for. Whatever breaks it off, what is saved stays saved
    /// and is sent next time.
    @discardableResult
    public func sync() async throws(PromiseError) -> Synced {
        let synced = try await reach { try $0.sync() }
        // Everything else is here: what becomes of pictures makes no sync fail.
        let pictures = try? await see { try $0.fetchPicturesAsSet() }
        return Synced(synced, pictures: Int(clamping: pictures ?? 0))
    }

    /// Fetches the pictures that are not here, whatever is set: for when the person asks, or the
    /// phone is on wifi. Returns how many came; those stay when it breaks off, as a sync does.
    @discardableResult
    public func fetchPictures() async throws(PromiseError) -> Int {
        try await see { try Int(clamping: $0.fetchPictures()) }
    }
}
