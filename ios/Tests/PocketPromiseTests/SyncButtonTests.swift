import Testing

@testable import PocketPromise

@MainActor
@Suite("A button that syncs")
struct SyncButtonTests {
    @Test("tells that it is at work, and takes two taps for one")
    func works() async throws {
        let world = try World()
        defer { world.end() }
        let phone = try await world.syncedPhone()
        let button = SyncButton(phone)
        world.server.freeze()
        let taps = [Task { await button.sync() }, Task { await button.sync() }]
        try await until { button.isSyncing }
        world.server.thaw()
        for tap in taps { await tap.value }
        #expect(!button.isSyncing && button.problem == nil)
    }

    @Test("shows why it did not go well, until it does")
    func fails() async throws {
        let world = try World()
        defer { world.end() }
        let button = SyncButton(try await world.syncedPhone())
        world.server.stop()
        await button.sync()
        #expect(button.problem == .offline)
        try world.server.startAgain()
        await button.sync()
        #expect(button.problem == nil)
    }

    @Test("stops, and that is no problem")
    func stops() async throws {
        let world = try World()
        defer { world.end() }
        let button = SyncButton(try await world.syncedPhone())
        world.server.freeze()
        let tap = Task { await button.sync() }
        try await until { button.isSyncing }
        button.stop()
        await tap.value
        #expect(!button.isSyncing && button.problem == nil)
    }
}
