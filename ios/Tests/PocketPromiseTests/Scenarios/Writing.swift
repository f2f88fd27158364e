import Foundation
import Testing

@testable import PocketPromise

extension Scenarios {
    static let writing: [String: Scenario] = [
        "save-and-note-survive-reopening": { world in
            var phone: PocketPhone? = try await world.syncedPhone()
            try await phone?.save(opportunity: "d01", note: "Ring on Friday", reminder: .on(day: friday))
            phone = nil

            let again = try await world.phone()
            let kept = try #require(try await saved(again))
            #expect(kept.status == .saved && kept.note == "Ring on Friday" && kept.remindOn == friday)
            // Fields that an edit leaves out stay; an empty note deletes the note.
            try await again.save(opportunity: "d01", status: .applied, note: "")
            let changed = try #require(try await saved(again))
            #expect(changed.status == .applied && changed.note == nil && changed.remindOn == friday)
            try await again.unsave(opportunity: "d01")
            #expect(try await saved(again) == nil)
        },

        "forget-a-reminder": { world in
            let phone = try await world.syncedPhone()
            try await phone.save(opportunity: "d01", note: "Ring on Friday", reminder: .on(day: friday))
            try await phone.save(opportunity: "d01", reminder: .never)
            let kept = try #require(try await saved(phone))
            #expect(kept.remindOn == nil && kept.note == "Ring on Friday")
        },

        "mark-a-pledge": { world in
            let phone = try await world.syncedPhone()
            try await phone.mark(pledge: "prescriptions", .wantIt, note: "Ask Jo")
            let marked = try #require(try await pledge("prescriptions", phone))
            #expect(marked.mark == .wantIt && marked.note == "Ask Jo")
            try await phone.unmark(pledge: "prescriptions")
            #expect(try await pledge("prescriptions", phone)?.mark == nil)
        },

        "contact-in-own-words": { world in
            let phone = try await world.syncedPhone()
            let id = try #require(try await phone.contacts().first).id
            try await phone.edit(contact: id, ContactEdit(nickname: "Jo", hidden: true, note: "Rings back"))
            #expect(try await phone.contacts().isEmpty)
            let hidden = try await phone.hiddenContacts()
            #expect(hidden.map(\.id) == [id])
            #expect(hidden.first?.nickname == "Jo" && hidden.first?.note == "Rings back")
        },

        "visits-and-reviews": { world in
            let phone = try await world.syncedPhone()
            #expect(try await phone.timescales().isEmpty)
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = try #require(TimeZone(identifier: "Europe/London"))
            let now = Date()
            let parts: (Int) -> DateComponents = { days in
                let moment = calendar.date(byAdding: .day, value: days, to: now) ?? now
                let day = calendar.dateComponents([.year, .month, .day], from: moment)
                return DateComponents(year: day.year, month: day.month, day: day.day)
            }
            let text: (Int) -> String = { days in
                let day = parts(days)
                return String(format: "%04d-%02d-%02d", day.year ?? 0, day.month ?? 0, day.day ?? 0)
            }
            let person = world.person
            try world.server.run(
                "timescale", "record", "--person", person, "--timescale", "adviser-visit", "--last", text(-57)
            )
            try await phone.sync()
            let late = try #require(try await phone.timescales().first).days
            #expect(late.last == parts(-57))
            #expect(late.promise?.by == parts(-1) && late.promise?.state == .overdue)
            #expect(late.law?.state == .soon)
            try world.server.run(
                "timescale", "record", "--person", person, "--timescale", "adviser-visit",
                "--last", text(0), "--next", text(30)
            )
            try await phone.sync()
            let done = try #require(try await phone.timescales().first).days
            #expect(done.next == parts(30))
            #expect(done.promise?.state == .later && done.law?.state == .later)
        },

        "ask-and-answer": { world in
            let phone = try await world.syncedPhone()
            world.server.stop()
            let ask = try await phone.writeAsk("Can we meet?", about: .pledge(id: "prescriptions"))
            #expect(try await phone.status().unsent > 0)
            try world.server.startAgain()
            try await phone.sync()
            let list = try world.server.run("ask", "list", "--person", world.person)
            #expect(list.contains("Can we meet?"))
            try world.server.run(
                "ask", "reply", "--person", world.person, "--ask", ask,
                "--text", "Yes, on Friday", "--by", world.adviser
            )
            try await phone.sync()
            let answered = try #require(try await phone.asks().first)
            #expect(answered.reply == "Yes, on Friday" && answered.aboutPledge == "prescriptions")
            try await phone.delete(ask: ask)
            #expect(try await phone.asks().isEmpty)
        },

        "export": { world in
            let phone = try await world.syncedPhone()
            try await phone.save(opportunity: "d01", note: "Ring on Friday")
            try await phone.writeAsk("Can we meet?")
            let export = try await phone.exportJson()
            #expect(try JSONSerialization.jsonObject(with: Data(export.utf8)) is [String: Any])
            #expect(export.contains("Ring on Friday") && export.contains("Can we meet?"))
        },

        "too-long": { world in
            let phone = try await world.syncedPhone()
            let endless = String(repeating: "x", count: 100_000)
            await fails(with: .tooLong(field: "note")) { try await phone.save(opportunity: "d01", note: endless) }
            #expect(try await saved(phone) == nil)
        },

        "not-here": { world in
            let phone = try await world.syncedPhone()
            await fails(with: .notFound) { try await phone.save(opportunity: "none") }
            await fails(with: .notFound) { try await phone.edit(contact: "none", ContactEdit(pinned: true)) }
            await fails(with: .notFound) { try await phone.mark(pledge: "none", .hadIt) }
            await fails(with: .notFound) { try await phone.answer(appointment: "none", .coming) }
        },

        "not-valid": { world in
            let phone = try await world.syncedPhone()
            await fails(with: .invalid(field: "about_pledge")) {
                try await phone.writeAsk("Can we meet?", about: .pledge(id: "Not An Id"))
            }
        },
    ]
}

private let friday = DateComponents(year: 2027, month: 3, day: 5)

private func saved(_ phone: PocketPhone) async throws -> SavedOpportunity? {
    try await phone.opportunities(OpportunityFilter(savedOnly: true)).first { $0.id == "d01" }?.saved
}

private func pledge(_ id: String, _ phone: PocketPhone) async throws -> MarkedPledge? {
    try await phone.promise()?.chapters.flatMap(\.pledges).first { $0.id == id }
}
