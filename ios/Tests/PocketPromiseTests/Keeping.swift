import Foundation
import Testing

@testable import PocketPromise

extension Scenarios {
    /// What a person writes stays.
    static let keeping: [String: @Sendable (World) async throws -> Void] = [
        "save-and-note-survive-reopening": { world in
            var phone: PocketPhone? = try await world.syncedPhone()
            let id = try #require(try await phone?.opportunities().first?.id)
            let friday = DateComponents(year: 2027, month: 3, day: 5)
            try await phone?.save(opportunity: id, note: "Ring on Friday", reminder: .on(day: friday))
            phone = nil

            let again = try await world.phone()
            let kept = try await again.opportunities(OpportunityFilter(savedOnly: true))
            #expect(kept.map(\.id) == [id])
            #expect(kept.first?.saved?.stage == .saved)
            #expect(kept.first?.saved?.note == "Ring on Friday")
            #expect(kept.first?.saved?.remindOn == friday)
            // One field of an edit leaves the others alone; an empty note takes the note away.
            try await again.save(opportunity: id, stage: .applied, note: "")
            let changed = try await again.opportunities(OpportunityFilter(savedOnly: true)).first?.saved
            #expect(changed?.stage == .applied && changed?.note == nil && changed?.remindOn == friday)
            try await again.unsave(opportunity: id)
            #expect(try await again.opportunities(OpportunityFilter(savedOnly: true)).isEmpty)
        },

        "pause-and-resume": { world in
            let phone = try await world.syncedPhone()
            try await phone.pause()
            await #expect(throws: PromiseError.paused) { try await phone.contacts() }
            try await phone.resume()
            #expect(try await phone.contacts().count == 1)
        },

        "export": { world in
            let phone = try await world.syncedPhone()
            let contact = try #require(try await phone.contacts().first)
            try await phone.edit(contact: contact.id, ContactEdit(nickname: "Jo from the council"))
            #expect(try await phone.export().contains("Jo from the council"))
            #expect(try await phone.contacts().first?.nickname == "Jo from the council")
        },
    ]
}
