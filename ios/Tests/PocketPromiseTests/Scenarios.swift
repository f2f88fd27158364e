import Foundation
import Testing

/// The scenarios that every suite plays. `tests/scenarios.toml` names them, and says in words what
/// each one shows.
@Suite("Scenarios")
struct Scenarios {
    /// How this suite plays them, by their names in the table.
    static let plays: [String: @Sendable (World) async throws -> Void] =
        firstDay.merging(keeping) { $1 }.merging(trouble) { $1 }.merging(strain) { $1 }

    @Test("plays", arguments: Scenarios.inTable)
    func scenario(_ name: String) async throws {
        let play = try #require(Self.plays[name], "this suite does not play \(name)")
        let world = try World()
        defer { world.end() }
        try await play(world)
    }

    @Test("no scenario is played that the table does not name")
    func nothingElse() {
        #expect(Set(Self.plays.keys).subtracting(Self.inTable) == [])
        #expect(!Self.inTable.isEmpty)
    }

    /// The names in the table, in its order. Each stands on a line of its own, so that no suite needs
    /// a reader for the rest.
    static let inTable: [String] = {
        let text = (try? String(contentsOfFile: Checkout.path("tests/scenarios.toml"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            line.hasPrefix("name = \"") ? line.split(separator: "\"").dropFirst().first.map(String.init) : nil
        }
    }()
}
