import Foundation

@testable import PocketPromise

/// The world of a scenario: a council's server, a young person with an adviser, their phones, and
/// a folder for it all.
final class World: Sendable {
    let server: CouncilServer
    let person: String
    let adviser: String
    private let folder: URL
    private let troubled = Guarded<Program?>(nil)

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        server = try CouncilServer(in: folder)
        person = try server.addPerson()
        adviser = try server.addAdviser(of: person)
    }

    /// Call it last, with `defer`: what a phone needs must not go before the phone.
    func end() {
        server.stop()
        troubled.value?.stop()
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
    func pairedPhone(_ name: String = "phone", at url: String? = nil) async throws -> PocketPhone {
        let phone = try await phone(name)
        try await pair(phone, by: server.invite(person), at: url)
        return phone
    }

    /// Pairs a phone by a code of the council, which says yes to the digits that the phone shows.
    func pair(_ phone: PocketPhone, by code: String, at url: String? = nil) async throws {
        let offer = try await phone.pair(server: url ?? server.url, code: code)
        try server.confirm(code, showing: offer.details.digits)
        try await phone.finish(offer)
    }

    /// Lets a new phone send an invitation of the first one. Returns what each side holds then.
    func meet(
        _ first: PocketPhone, _ send: (Invitation) async throws -> PairingOffer
    ) async throws -> (NewDevice, PairingOffer) {
        let invitation = try await first.inviteDevice()
        async let waiting = first.waitForNewDevice(code: invitation.code)
        let offer = try await send(invitation)
        return (try await waiting, offer)
    }

    /// Pairs a second phone by the link of the first one, which scans what the second one shows.
    func pair(_ second: PocketPhone, beside first: PocketPhone) async throws {
        let (device, offer) = try await meet(first) { try await second.pair(link: $0.link) }
        try await first.confirm(new: device, showing: offer.details.link ?? "")
        try await second.finish(offer)
    }

    /// A phone that has the council's promise and the adviser's card.
    func syncedPhone(_ name: String = "phone", at url: String? = nil) async throws -> PocketPhone {
        let phone = try await pairedPhone(name, at: url)
        try await phone.sync()
        return phone
    }

    /// The address of the faulty server.
    func troubledURL() throws -> String { try trouble().url }

    /// Sets the trouble from now on; `none` ends it.
    func make(_ trouble: String) throws { try self.trouble().type(trouble) }

    private func trouble() throws -> Program {
        try troubled.change { program in
            let running = try program ?? Program("trouble", [server.url])
            program = running
            return running
        }
    }

    static let key = DatabaseKey(bytes: Data(repeating: 42, count: 32))!
    static let otherKey = DatabaseKey(bytes: Data(repeating: 43, count: 32))!
}

/// Where this checkout and its programs are.
enum Checkout {
    /// A program that `bindings/swift-test` built.
    static func program(_ name: String) -> String {
        (ProcessInfo.processInfo.environment["PROMISE_PROGRAMS"] ?? path("target/debug")) + "/" + name
    }

    /// A file of the repository.
    static func path(_ inside: String) -> String {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent(inside).path
    }
}
