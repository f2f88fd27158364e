import Foundation
import Testing

@testable import PocketPromise

extension World {
    /// Runs a command about an appointment of the person.
    fileprivate func appointment(_ command: String, _ rest: String...) throws -> String {
        try server.run(["appointment", command, "--person", person] + rest)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Plans the next visit of the person for a day.
    fileprivate func planVisit(on day: String) throws {
        try server.run(
            "timescale", "record", "--person", person, "--timescale", "adviser-visit", "--next", day
        )
    }
}

extension News {
    fileprivate var isEmpty: Bool {
        numbers.isEmpty && answers.isEmpty && appointments.isEmpty && timescales.isEmpty && pledges.isEmpty
            && opportunities.isEmpty
    }
}

private func moment(_ text: String) -> Date { ISO8601DateFormatter().date(from: text)! }

private func reminders(of phone: PocketPhone) async throws -> [PlannedReminder] {
    try await phone.reminders(from: moment("2099-06-01T00:00:00Z"), to: moment("2099-08-01T00:00:00Z"))
}

/// The value of the only property with this name; nil if there are more or fewer.
private func value(_ file: String, _ name: String) -> String? {
    let lines = file.components(separatedBy: "\r\n").filter { $0.hasPrefix("\(name):") }
    return lines.count == 1 ? lines.first.map { String($0.dropFirst(name.count + 1)) } : nil
}

extension Scenarios {
    /// What is new for the person, what they are reminded of, and appointments for a calendar.
    static let newsAndReminders: [String: Scenario] = [
        "news-until-seen": { world in
            let phone = try await world.syncedPhone()
            #expect(try await phone.news().isEmpty)
            try await phone.save(opportunity: "p01")
            let ask = try await phone.writeAsk("Can we meet?")
            try await phone.sync()
            try world.server.changeNumber(of: world.adviser, to: "07700 900456")
            try world.server.run(
                "ask", "reply", "--person", world.person, "--ask", ask, "--status", "done", "--text", "Yes"
            )
            _ = try world.appointment("add", "--title", "Plan review", "--at", "2099-06-30T14:00:00+01:00")
            try world.planVisit(on: "2099-07-10")
            try world.server.publishOpportunities(moving: "Find your voice", to: "Find your song")
            try await phone.sync()
            world.server.stop()
            let reopened = try await world.phone()
            let found = try await reopened.news()
            #expect(found.numbers.count == 1 && found.pledges.isEmpty)
            let nextChange = try #require(found.nextChange)
            #expect(nextChange > Date())
            let answer = try #require(found.answers.first)
            #expect(answer.ask.reply == "Yes")
            let made = try #require(found.appointments.first)
            #expect(made.what == .added && made.appointment.startsAt == moment("2099-06-30T13:00:00Z"))
            let visit = try #require(found.timescales.first)
            #expect(visit.timescale.id == "adviser-visit" && visit.planned.before == nil)
            let day = try #require(visit.planned.now)
            #expect([day.year, day.month, day.day] == [2099, 7, 10])
            let changed = try #require(found.opportunities.first)
            let runs = try #require(changed.change.texts.first).runs
            #expect(runs.map(\.change) == [.same, .removed, .added])
            #expect(runs.map(\.words) == ["Find your ", "voice", "song"])
            for id in [answer.newsId, made.newsId, visit.newsId, changed.newsId] {
                try await reopened.markSeen(news: id)
            }
            try await reopened.markSeen(numbersOf: try #require(found.numbers.first).owner)
            #expect(try await reopened.news().isEmpty)
            try world.server.startAgain()
        },

        "reminders": { world in
            let phone = try await world.syncedPhone()
            let id = try world.appointment("add", "--title", "Plan review", "--at", "2099-06-30T14:00:00+01:00")
            let day = DateComponents(year: 2099, month: 6, day: 15)
            try await phone.save(opportunity: "p01", reminder: .on(day: day))
            try world.planVisit(on: "2099-06-20")
            try await phone.sync()
            let first = try await reminders(of: phone)
            #expect(
                first.map(\.at) == [
                    moment("2099-06-15T09:00:00Z"), moment("2099-06-19T17:00:00Z"),
                    moment("2099-06-29T17:00:00Z"), moment("2099-06-30T11:00:00Z"),
                ]
            )
            #expect(first.allSatisfy { $0.text == "You have something to look at." })
            let abouts: [ReminderAbout?] = [
                .chosenDay(id: "p01"), .timescale(id: "adviser-visit"), .appointment(id: id), .appointment(id: id),
            ]
            #expect(first.map(\.about) == abouts)
            _ = try world.appointment("change", "--appointment", id, "--at", "2099-07-01T10:00:00+01:00")
            try await phone.sync()
            let second = try await reminders(of: phone)
            #expect(
                second.dropFirst(2).map(\.at) == [moment("2099-06-30T17:00:00Z"), moment("2099-07-01T07:00:00Z")]
            )
            #expect(first.map(\.id) == second.map(\.id))
            _ = try world.appointment("cancel", "--appointment", id)
            try await phone.sync()
            #expect(try await reminders(of: phone) == Array(first.prefix(2)))
        },

        "calendar": { world in
            let phone = try await world.syncedPhone()
            let id = try world.appointment(
                "add", "--title", "Plan review", "--minutes", "45", "--place", "Room 2; Civic Centre",
                "--at", "2099-06-30T14:00:00+01:00"
            )
            try await phone.sync()
            let made = try await phone.exportCalendar()
            #expect(value(made, "DTSTART") == "20990630T130000Z" && value(made, "DTEND") == "20990630T134500Z")
            #expect(value(made, "LOCATION") == "Room 2\\; Civic Centre")
            _ = try world.appointment("change", "--appointment", id, "--at", "2099-07-01T10:00:00+01:00")
            try await phone.sync()
            let moved = try await phone.exportCalendar()
            _ = try world.appointment("cancel", "--appointment", id)
            try await phone.sync()
            let cancelled = try await phone.exportCalendar()
            #expect(value(moved, "STATUS") == "CONFIRMED" && value(moved, "DTSTART") == "20990701T090000Z")
            #expect(value(cancelled, "STATUS") == "CANCELLED" && value(cancelled, "DTSTART") == "20990701T090000Z")
            let files = [made, moved, cancelled]
            let sequences = files.compactMap { value($0, "SEQUENCE").flatMap { Int($0) } }
            #expect(sequences.count == 3 && sequences[0] < sequences[1] && sequences[1] < sequences[2])
            #expect(Set(files.map { value($0, "UID") }).count == 1)
        },
    ]
}
