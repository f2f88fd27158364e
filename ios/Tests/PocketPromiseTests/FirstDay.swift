import Foundation
import Testing

@testable import PocketPromise

extension Scenarios {
    /// From the code to an adviser's new number.
    static let firstDay: [String: @Sendable (World) async throws -> Void] = [
        "pair": { world in
            let phone = try await world.phone()
            #expect(try await phone.council() == nil)
            try await phone.pair(server: world.server.url, code: world.server.invite(world.person))
            #expect(try await phone.council() == "Riverbridge Council")
        },

        "first-sync": { world in
            let phone = try await world.pairedPhone()
            #expect(try await phone.promise() == nil)
            let synced = try await phone.sync()
            #expect(synced.edition == 1)
            let promise = try #require(try await phone.promise())
            #expect(promise.council.name == "Riverbridge Council")
            #expect(promise.chapters.first?.section.title.text(for: Locale(identifier: "en_GB")) == "Feeling well")
            #expect(try await phone.opportunities(OpportunityFilter(closedToo: true)).count == 40)
            let status = try await phone.status()
            #expect(status.edition == 1 && status.unsent == 0 && status.lastSync != nil)
        },

        "offline-reads": { world in
            let phone = try await world.syncedPhone()
            world.server.stop()
            #expect(try await phone.contacts().map(\.displayName) == ["Jo Okoro"])
            #expect(try await phone.promise()?.chapters.isEmpty == false)
            #expect(try await phone.directory().lines.isEmpty == false)
            #expect(try await phone.search("cinema").first?.title.contains("cinema") == true)
        },

        "adviser-change-arrives": { world in
            let phone = try await world.syncedPhone()
            let changes = phone.changes
            let arrived = Task { () -> [Contact] in
                for await topics in changes where topics.contains(.contacts) {
                    return try await phone.contacts()
                }
                return []
            }
            try world.server.run("contact", "set", "--staff", "j.okoro", "--phone", "07700 900456:mobile")
            try await phone.sync()
            #expect(try await arrived.value.first?.phones.map(\.number) == ["+447700900456"])
        },

        "ask-is-answered": { world in
            let phone = try await world.syncedPhone()
            let ask = try await phone.writeAsk("Can we meet?")
            #expect(try await phone.status().unsent > 0)
            try await phone.sync()
            let list = try world.server.run("ask", "list", "--person", world.person)
            #expect(list.contains("Can we meet?"))
            try world.server.run("ask", "reply", "--person", world.person, "--ask", ask, "--text", "Yes, on Friday")
            try await phone.sync()
            #expect(try await phone.asks().first?.reply == "Yes, on Friday")
        },
    ]
}
