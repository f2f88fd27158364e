import Foundation
import Testing

/// A scenario: a function in a world of its own.
typealias Scenario = @Sendable (World) async throws -> Void

// The scenarios that every suite plays, whichever language it is in, are named in
// `tests/scenarios.md`, which says in words what each of them shows.
@Suite("Scenarios")
struct Scenarios {
    static let plays: [String: Scenario] = [
        pairing, reading, newsAndReminders, ringing, writing, confidential, locking, troubled, storage, rough,
    ]
        .reduce(into: [:]) { all, some in all.merge(some) { one, _ in one } }

    @Test("plays", arguments: Scenarios.table)
    func plays(_ name: String) async throws {
        let play = try #require(Self.plays[name], "this suite lacks \(name)")
        let world = try World()
        defer { world.end() }
        try await play(world)
    }

    @Test("the table and this suite have the same scenarios")
    func same() {
        #expect(Self.table.sorted() == Self.plays.keys.sorted())
        #expect(!Self.table.isEmpty)
    }

    /// The names in the table, in its order.
    static let table: [String] = {
        let text = (try? String(contentsOfFile: Checkout.path("tests/scenarios.md"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { row in
            row.firstMatch(of: /^\| `([a-z-]+)` \|/).map { String($0.1) }
        }
    }()
}
