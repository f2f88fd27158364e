import Foundation
import Testing

@testable import PocketPromise

private let pin = "4826"

/// The lines that are open at any time, in the order of the directory.
private let always = ["999", "nhs-111", "samaritans", "childline", "refuge"]

extension Scenarios {
    /// Whom to ring right now.
    static let ringing: [String: Scenario] = [
        "ring-now": { world in
            _ = try await world.syncedPhone()
            world.server.stop()
            let phone = try await world.phone()
            let tuesday = try await phone.ringNow(at: moment("2027-02-02T14:00:00Z"))
            #expect(tuesday.ring.map { named($0.who) } == ["Jo Okoro", "duty"] + always)
            let five = moment("2027-02-02T17:00:00Z")
            #expect(tuesday.ring.first?.why == .working(until: five))
            #expect(tuesday.ring.first?.numbers.map(\.number) == ["+447700900123"])
            #expect(tuesday.ring[1].place == .dutyLine && tuesday.ring[1].texts.count == 1)
            #expect(tuesday.nextChange == five)
            let friday = try await phone.ringNow(at: moment("2027-02-05T18:30:00Z"))
            #expect(friday.ring.map { named($0.who) } == ["emergency-team"] + always)
            #expect(friday.ring.first?.why == .open(until: moment("2027-02-08T08:45:00Z")))
            #expect(later("Jo Okoro", in: friday)?.next == moment("2027-02-08T09:00:00Z"))
            let christmas = try await phone.ringNow(at: moment("2026-12-25T03:00:00Z"))
            #expect(christmas.ring.map { named($0.who) } == friday.ring.map { named($0.who) })
            #expect(later("duty", in: christmas)?.why == .closedDay(name: "Christmas Day"))
            #expect(later("duty", in: christmas)?.next == moment("2026-12-29T08:45:00Z"))
            let doubled = try await phone.ringNow(at: moment("2027-10-31T00:30:00Z"))
            let again = try await phone.ringNow(at: moment("2027-10-31T01:30:00Z"))
            #expect(doubled == again)
            #expect(doubled.nextChange == moment("2027-11-01T08:45:00Z"))
            // What answers now changes within a week, whenever this runs.
            let next = try #require(try await phone.ringNow().nextChange)
            #expect((-60...7 * 24 * 3600).contains(next.timeIntervalSinceNow))
            try world.server.startAgain()
        },

        "ring-now-cover": { world in
            let phone = try await world.syncedPhone()
            let (bo, cy) = ("b.\(world.person)", "c.\(world.person)")
            for (handle, name) in [(bo, "Bo Osei"), (cy, "Cy Ray")] {
                try world.server.addColleague(handle, named: name)
                try world.server.run(
                    "contact", "set", "--staff", handle, "--phone", "07700 900456:mobile",
                    "--hours", "mon-fri 09:00-17:00"
                )
            }
            try world.server.addLeave(of: bo, "2099-12-07", "2099-12-21", cover: cy)
            try world.server.addLeave(of: world.adviser, "2099-12-01", "2099-12-14", cover: bo)
            try await phone.sync()
            let jo = try #require(try await phone.contacts().first { $0.displayName == "Jo Okoro" })
            for (at, name, lastDay) in [
                ("2099-12-02T10:00:00Z", "Bo Osei", 6), ("2099-12-08T10:00:00Z", "Cy Ray", 14),
            ] {
                let answer = try await phone.ringNow(at: moment(at))
                let first = try #require(answer.ring.first)
                #expect(named(first.who) == name && first.place == .cover)
                guard case .covers(let contact, let last, _) = first.why else {
                    Issue.record("\(name) does not cover")
                    continue
                }
                #expect(contact == jo.id)
                #expect(last == DateComponents(year: 2099, month: 12, day: lastDay))
                let away = later("Jo Okoro", in: answer)
                #expect(away?.next == moment("2099-12-15T09:00:00Z"))
                guard case .onLeave(_, .some(_)) = away?.why else {
                    Issue.record("nobody covers for Jo")
                    continue
                }
            }
        },

        "ring-now-closed-day": { world in
            let phone = try await world.syncedPhone()
            let christmas = moment("2026-12-25T10:00:00Z")
            let off = try await phone.ringNow(at: christmas)
            #expect(off.ring.first.map { named($0.who) } == "emergency-team")
            try world.server.run(
                "contact", "set", "--staff", world.adviser, "--on-closed-days", "as_usual"
            )
            try await phone.sync()
            #expect(try await phone.contacts().first?.onClosedDays == .asUsual)
            let answer = try await phone.ringNow(at: christmas)
            #expect(answer.ring.map { named($0.who) } == ["Jo Okoro", "emergency-team"] + always)
            #expect(answer.ring.first?.why == .working(until: moment("2026-12-25T17:00:00Z")))
        },

        "ring-now-locked": { world in
            let phone = try await world.syncedPhone()
            let tuesday = moment("2027-02-02T14:00:00Z")
            let adviser = try #require(try await phone.contacts().first)
            try await phone.edit(contact: adviser.id, ContactEdit(discreet: true))
            try await phone.set(pin: pin)
            #expect(try await phone.ringNow(at: tuesday).ring.first.map { named($0.who) } == "Jo Okoro")
            phone.lock()
            #expect(try await phone.ringNow(at: tuesday).ring.map { named($0.who) } == ["duty"] + always)
            try await phone.unlock(pin: pin)
            #expect(try await phone.ringNow(at: tuesday).ring.first.map { named($0.who) } == "Jo Okoro")
        },
    ]
}

private func moment(_ text: String) -> Date {
    ISO8601DateFormatter().date(from: text) ?? .distantPast
}

/// The name of a contact, or the id of a line.
private func named(_ who: RingWho) -> String {
    switch who {
    case .contact(_, let name, _): name
    case .line(let id, _, _, _): id
    case .emergencyServices: "built in"
    }
}

private func later(_ name: String, in answer: RingNow) -> LaterEntry? {
    answer.later.first { named($0.who) == name }
}
