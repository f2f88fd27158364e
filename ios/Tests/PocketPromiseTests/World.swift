import Foundation

@testable import PocketPromise

/// What every scenario starts with: a council's server, a young person with an adviser, and a
/// folder for it all.
final class World: Sendable {
    let server: CouncilServer
    let person: String
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        server = try CouncilServer(in: folder)
        person = try server.addPerson()
    }

    /// Call it last, with `defer`: what a phone needs must not go before the phone.
    func end() {
        server.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Where the phone of this name has its data.
    func place(_ name: String = "phone") -> DataPlace {
        DataPlace(folder: folder.appendingPathComponent(name))
    }

    /// Opens the phone of this name, which may have been open before.
    func phone(_ name: String = "phone") async throws -> PocketPhone {
        try await PocketPhone.open(in: place(name), key: Self.key)
    }

    /// A phone that is paired, and has synced nothing yet.
    func pairedPhone(_ name: String = "phone") async throws -> PocketPhone {
        let phone = try await phone(name)
        try await phone.pair(server: server.url, code: server.invite(person))
        return phone
    }

    /// A phone that has the council's promise and the adviser's card.
    func syncedPhone(_ name: String = "phone") async throws -> PocketPhone {
        let phone = try await pairedPhone(name)
        try await phone.sync()
        return phone
    }

    static let key = DatabaseKey(bytes: Data(repeating: 42, count: 32))!
    static let otherKey = DatabaseKey(bytes: Data(repeating: 43, count: 32))!
}

/// Where this checkout and its programs are.
enum Checkout {
    /// The server's program, which `bindings/swift-test` built.
    static var server: String {
        ProcessInfo.processInfo.environment["PROMISE_SERVER"] ?? path("target/debug/promise-server")
    }

    /// A file of the repository.
    static func path(_ inside: String) -> String {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent(inside).path
    }
}
