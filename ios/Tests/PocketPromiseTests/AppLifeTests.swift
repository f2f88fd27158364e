import Foundation
import Testing

@testable import PocketPromise

@Suite("The app's life")
struct AppLifeTests {
    @Test("off the screen the database is let go, and back on it is there again")
    func comesAndGoes() async throws {
        let world = try World()
        defer { world.end() }
        let phone = try await world.syncedPhone()
        let life = AppLife(of: phone)
        await life.enterBackground()
        await #expect(throws: PromiseError.paused) { try await phone.contacts() }
        try await life.enterForeground()
        #expect(try await phone.contacts().count == 1)
    }

    @Test("a sync in the background opens the database, and lets it go when it is over")
    func syncs() async throws {
        let world = try World()
        defer { world.end() }
        let phone = try await world.syncedPhone()
        try await phone.writeAsk("Sent in the night")
        let life = AppLife(of: phone)
        await life.enterBackground()
        #expect(await life.syncInBackground())
        await #expect(throws: PromiseError.paused) { try await phone.contacts() }
        let list = try world.server.run("ask", "list", "--person", world.person)
        #expect(list.contains("Sent in the night"))
    }

    @Test("a sync in the background that the system stops ends at once, and lets go")
    func expires() async throws {
        let world = try World()
        defer { world.end() }
        let phone = try await world.syncedPhone()
        let life = AppLife(of: phone)
        await life.enterBackground()
        world.server.freeze()
        let sync = Task { await life.syncInBackground() }
        try await Task.sleep(for: .milliseconds(100))
        sync.cancel()
        #expect(await sync.value == false)
        await #expect(throws: PromiseError.paused) { try await phone.contacts() }
    }

    @Test("a sync in the background does not take the data from the screen")
    func meets() async throws {
        let world = try World()
        defer { world.end() }
        let phone = try await world.syncedPhone()
        let life = AppLife(of: phone)
        await life.enterBackground()
        world.server.freeze()
        let sync = Task { await life.syncInBackground() }
        try await Task.sleep(for: .milliseconds(100))
        try await life.enterForeground()
        world.server.thaw()
        #expect(await sync.value)
        #expect(try await phone.contacts().count == 1)
    }

    @Test("in whichever order it comes and goes, the last word holds")
    func hurries() async throws {
        let world = try World()
        defer { world.end() }
        let phone = try await world.syncedPhone()
        let life = AppLife(of: phone)
        for _ in 0..<50 {
            async let away: Void = life.enterBackground()
            async let back: Void = life.enterForeground()
            _ = try await (away, back)
        }
        await life.enterBackground()
        await #expect(throws: PromiseError.paused) { try await phone.contacts() }
        try await life.enterForeground()
        #expect(try await phone.contacts().count == 1)
    }

    @Test("leaving the screen ends a sync that the screen started")
    func leaves() async throws {
        let world = try World()
        defer { world.end() }
        let phone = try await world.syncedPhone()
        world.server.freeze()
        let hasStarted = Guarded(false)
        let sync = Task {
            hasStarted.set(true)
            try await phone.sync()
        }
        try await until { hasStarted.value }
        try await Task.sleep(for: .milliseconds(100))
        await AppLife(of: phone).enterBackground()
        await #expect(throws: PromiseError.cancelled) { try await sync.value }
    }
}
