import Foundation
import Testing

@testable import PocketPromise

extension Scenarios {
    static let troubled: [String: Scenario] = [
        "cancel-in-mid-sync": { world in
            let phone = try await world.pairedPhone(at: world.troubledURL())
            try world.make("stuck")
            let sync = Task { try await phone.sync() }
            try await Task.sleep(for: .milliseconds(200))
            // While one task waits for the network, another reads and writes.
            try await phone.writeAsk("Kept")
            let asked = ContinuousClock.now
            sync.cancel()
            await fails(with: .cancelled) { try await sync.value }
            #expect(ContinuousClock.now - asked < .seconds(2))
            try world.make("none")
            try await phone.sync()
            #expect(try await phone.promise() != nil)
            #expect(try await phone.status().unsent == 0)
        },

        "server-gone": { world in
            let phone = try await world.syncedPhone()
            try await phone.writeAsk("Written with no signal")
            world.server.stop()
            await fails(with: .offline) { try await phone.sync() }
            #expect(Problem.offline.canRetry)
            #expect(try await phone.asks().map(\.text) == ["Written with no signal"])
            #expect(try await phone.status().unsent > 0)
            try world.server.startAgain()
            try await phone.sync()
            let list = try world.server.run("ask", "list", "--person", world.person)
            #expect(list.contains("Written with no signal"))
        },

        "server-busy": { try await syncFails($0, under: "busy", with: .serverBusy, canRetry: true) },
        "server-nonsense": { try await syncFails($0, under: "nonsense", with: .serverWrong, canRetry: false) },
        "server-of-another-version": {
            try await syncFails($0, under: "other-version", with: .updateNeeded, canRetry: false)
        },
        "edition-damaged": { try await syncFails($0, under: "damaged", with: .editionDamaged, canRetry: true) },
    ]
}

/// A sync in this trouble fails with this error; the next one, without trouble, succeeds.
private func syncFails(
    _ world: World,
    under trouble: String,
    with problem: Problem,
    canRetry: Bool
) async throws {
    let phone = try await world.pairedPhone(at: world.troubledURL())
    try world.make(trouble)
    await fails(with: problem) { try await phone.sync() }
    #expect(problem.canRetry == canRetry)
    try world.make("none")
    try await phone.sync()
    #expect(try await phone.promise() != nil)
}
