import Foundation
import Testing

@testable import PocketPromise

extension Scenarios {
    /// What can go wrong between a phone and its council.
    static let trouble: [String: @Sendable (World) async throws -> Void] = [
        "wrong-code": { world in
            let phone = try await world.phone()
            let code = try world.server.invite(world.person)
            await #expect(throws: PromiseError.codeWrong) {
                try await phone.pair(server: world.server.url, code: "not a code")
            }
            await #expect(throws: PromiseError.codeWrong) {
                try await phone.pair(server: world.server.url, code: "\(code.prefix(4))-0000-0000")
            }
            try await phone.pair(server: world.server.url, code: code)
            let other = try await world.phone("other")
            await #expect(throws: PromiseError.codeUsed) {
                try await other.pair(server: world.server.url, code: code)
            }
        },

        "server-gone": { world in
            let phone = try await world.syncedPhone()
            try await phone.writeAsk("Written with no signal")
            world.server.stop()
            await #expect(throws: PromiseError.offline) { try await phone.sync() }
            #expect(try await phone.asks().map(\.text) == ["Written with no signal"])
            try world.server.start()
            try await phone.sync()
            #expect(try await phone.status().unsent == 0)
        },

        "cancel-in-mid-sync": { world in
            let phone = try await world.syncedPhone()
            try await phone.writeAsk("Kept")
            world.server.freeze()
            let sync = Task { try await phone.sync() }
            try await Task.sleep(for: .milliseconds(100))
            // While one task waits for the network, another reads.
            #expect(try await phone.asks().count == 1)
            let asked = ContinuousClock.now
            sync.cancel()
            await #expect(throws: PromiseError.cancelled) { try await sync.value }
            #expect(ContinuousClock.now - asked < .seconds(2))
            world.server.thaw()
            try await phone.sync()
            #expect(try await phone.status().unsent == 0)
        },

        "wrong-key": { world in
            _ = try await world.syncedPhone()
            await #expect(throws: PromiseError.wrongKey) {
                try await PocketPhone.open(in: world.place(), key: World.otherKey)
            }
            let aside = try await PocketPhone.setAside(in: world.place())
            #expect(FileManager.default.fileExists(atPath: aside.path))
            #expect(try await world.phone().council() == nil)
        },
    ]
}
