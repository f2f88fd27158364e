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

    /// Sends what this phone wrote and gets what is new. Whatever breaks it off, what is saved
    /// stays saved and is sent next time.
    @discardableResult
    public func sync() async throws(PromiseError) -> Synced {
        try await reach { try Synced($0.sync()) }
    }
}
