import Foundation
import Testing

@testable import PocketPromise

extension Scenarios {
    static let reading: [String: Scenario] = [
        "first-sync": { world in
            let phone = try await world.pairedPhone()
            #expect(try await phone.promise() == nil)
            #expect(try await phone.sync().edition == 1)
            try await hasEverything(phone)
            let status = try await phone.status()
            #expect(status.edition == 1 && status.unsent == 0 && status.lastSync != nil)
        },

        "read-offline": { world in
            _ = try await world.syncedPhone()
            world.server.stop()
            try await hasEverything(world.phone())
        },

        "adviser-changes-a-number": { world in
            let phone = try await world.syncedPhone()
            let changes = phone.changes
            let arrived = Task { () -> [String] in
                for await topics in changes where topics.contains(.contacts) {
                    return try await phone.contacts().flatMap(\.phones).map(\.number)
                }
                return []
            }
            try world.server.changeNumber(of: world.adviser, to: "07700 900456")
            try await phone.sync()
            #expect(try await arrived.value == ["+447700900456"])
        },

        "changed-number-until-seen": { world in
            let phone = try await world.syncedPhone()
            #expect(try await phone.numberChanges().isEmpty)
            try world.server.changeNumber(of: world.adviser, to: "07700 900456")
            try await phone.sync()
            world.server.stop()
            let change = try #require(try await phone.numberChanges().first)
            let contact = try #require(try await phone.contacts().first)
            #expect(change.owner == .contact(id: contact.id))
            #expect(change.new.map(\.number) == ["+447700900456"])
            #expect(change.replaced.map(\.number) == ["+447700900123"])
            try await phone.markSeen(numbersOf: change.owner)
            #expect(try await phone.numberChanges().isEmpty)
            try world.server.startAgain()
        },

        "details-checked": { world in
            let phone = try await world.syncedPhone()
            #expect(try await phone.contacts().first?.verifiedOn == nil)
            let before = londonDay()
            try world.server.run("contact", "check", "--staff", world.adviser)
            try await phone.sync()
            world.server.stop()
            let checked = try #require(try await phone.contacts().first?.verifiedOn)
            #expect([before, londonDay()].contains(checked))
            try world.server.startAgain()
            try world.server.changeNumber(of: world.adviser, to: "07700 900456")
            try await phone.sync()
            #expect(try await phone.contacts().first?.verifiedOn == nil)
        },

        "contact-from-the-address-book": { world in
            let phone = try await world.syncedPhone()
            func surgery() async throws -> Contact {
                try #require(try await phone.contacts().first { $0.displayName == "Surgery" })
            }
            let entry = try world.server.addEntry(
                named: "Surgery", phone: "020 7946 0001", to: world.person
            )
            try await phone.sync()
            let given = try await surgery()
            #expect(given.phones.first?.number == "+442079460001")
            #expect(given.endNote == nil)
            let why = "You moved. Your adviser helps."
            try world.server.endEntry(entry, for: world.person, on: "2030-05-03", why: why)
            try await phone.sync()
            world.server.stop()
            let ended = try await surgery()
            #expect(ended.validTo == DateComponents(year: 2030, month: 5, day: 3))
            #expect(ended.endNote == why)
            #expect(ended.phones.count == 1)
            try world.server.startAgain()
        },

        "nothing-changes-nothing-is-told": { world in
            let phone = try await world.syncedPhone()
            var changes = phone.changes.makeAsyncIterator()
            try await phone.sync()
            // The status changed: there was a sync.
            #expect(await changes.next() == [.status])
        },

        "cover-of-cover": { world in
            let phone = try await world.syncedPhone()
            let (bo, cy) = ("b.\(world.person)", "c.\(world.person)")
            try world.server.addColleague(bo, named: "Bo Osei")
            try world.server.addColleague(cy, named: "Cy Ray")
            try world.server.addLeave(of: bo, "2099-12-07", "2099-12-21", cover: cy)
            try world.server.addLeave(of: world.adviser, "2099-12-01", "2099-12-14", cover: bo)
            try await phone.sync()
            let contacts = try await phone.contacts()
            let jo = try #require(contacts.first { $0.displayName == "Jo Okoro" })
            let names = jo.coverDays.map { days in contacts.first { $0.id == days.cover }?.displayName }
            #expect(names == ["Bo Osei", "Cy Ray"])
            #expect(jo.coverDays.map(\.from.day) == [1, 7] && jo.coverDays.map(\.to.day) == [6, 14])
        },

        "who-looked": { world in
            let phone = try await world.syncedPhone()
            #expect(try await phone.accessLog().allSatisfy { $0.looked == 0 })
            try world.server.run("ask", "list", "--person", world.person)
            try world.server.changeNumber(of: world.adviser, to: "07700 900456")
            try await phone.sync()
            try await phone.sync()
            world.server.stop()
            let all = try await phone.accessLog()
            #expect(all.first { $0.role == .ownPhone }?.did == [.pairedPhone, .startedPairing])
            let log = all.filter { $0.role != .ownPhone }
            let entry = try #require(log.first)
            #expect(log.count == 1 && entry.looked == 1 && entry.by == nil)
            #expect(entry.role == .operator && entry.did == [.changedContact, .confirmedPairing, .invitedPhone])
            #expect(abs(try #require(entry.lastAt).timeIntervalSinceNow) < 60)
            #expect(entry.day.year.map { $0 >= 2025 } == true)
        },

        "pictures": { world in
            try world.server.publish("tests/council-with-pictures")
            let frugal = try await world.pairedPhone("second")
            try await frugal.set(picturesWithSync: false)
            #expect(try await frugal.sync().pictures == 0)
            let state = try await frugal.pictures()
            #expect(state.total == 2 && state.missing == 2 && !state.withSync)
            #expect(try await frugal.fetchPictures() == 2)

            let phone = try await world.pairedPhone()
            #expect(try await phone.sync().pictures == 2)
            world.server.stop()
            #expect(try await phone.pictures().missing == 0)
            let pledges = try await phone.promise()?.chapters.flatMap(\.pledges)
            let bus = try #require(pledges?.first { $0.id == "bus-pass" }?.pledge.picture)
            let bytes = try #require(try await phone.picture(bus.hash))
            #expect(bytes.count == Int(bus.bytes) && bytes.dropFirst(8).prefix(4) == Data("WEBP".utf8))
            #expect(bus.alt.text(for: Locale(identifier: "en_GB")) == "A red bus")
            #expect(try await phone.picture(String(repeating: "0", count: 64)) == nil)
        },

        "search": { world in
            let phone = try await world.syncedPhone()
            let found = try await phone.search("free presc")
            #expect(found.contains { $0.kind == .pledge && $0.id == "prescriptions" })
            #expect(try await phone.search("okoro").map(\.kind) == [.contact])
            try await phone.edit(contact: #require(phone.contacts().first).id, ContactEdit(hidden: true))
            #expect(try await phone.search("okoro").isEmpty)
        },

        "search-spellings": { world in
            let phone = try await world.syncedPhone()
            _ = try await phone.add(ownContact: OwnContactEdit(displayName: "Zoë"))
            let numbers = [PhoneNumber(number: "07700 900789", kind: .mobile)]
            let duc = OwnContactEdit(displayName: "Đức O’Brien-Müller", phones: numbers)
            let id = try await phone.add(ownContact: duc)
            _ = try await phone.add(ownContact: OwnContactEdit(displayName: "Émile"))
            for typed in ["duc obrien", "MUELLER", "o'brien", "+44 7700 9007", "٠٧٧٠٠٩٠٠٧٨٩"] {
                #expect(try await phone.search(typed).map(\.id) == [id], "\(typed)")
            }
            #expect(try await phone.search("muell").first?.title == "Đức O’Brien-\u{2}Müller\u{3}")
            #expect(try await phone.ownContacts().map(\.displayName) == ["Đức O’Brien-Müller", "Émile", "Zoë"])
        },

        "numbers-in-other-direction": { world in
            #expect("نور 020 7946 0101".isolated() == "نور \u{2066}020 7946 0101\u{2069}")
            #expect("020 7946 0101".isolated(for: "ku-Arab") == "\u{2066}020 7946 0101\u{2069}")
            #expect("Ring 020 7946 0101".isolated(for: "en") == "Ring 020 7946 0101")
            #expect(Locale(identifier: "haz").isRightToLeft)
            #expect(!Locale(identifier: "sd-Deva").isRightToLeft)
            let phone = try await world.syncedPhone()
            _ = try await phone.writeAsk("Ring 020\u{202E} 7946")
            #expect(try await phone.asks().map(\.text) == ["Ring 020 7946"])
        },

        "filter": { world in
            let phone = try await world.syncedPhone()
            let jobs = try await phone.opportunities(OpportunityFilter(kinds: [.job], closedToo: true))
            #expect(jobs.count == 3 && jobs.allSatisfy { $0.opportunity.kind == .job })
            let newYear = DateComponents(year: 2026, month: 12, day: 31)
            let soon = try await phone.opportunities(OpportunityFilter(closesBy: newYear, closedToo: true))
            // What closes soonest comes first.
            #expect(soon.map(\.id) == ["w02", "v01", "j01"])
        },

        "opportunity-closes": { world in
            let phone = try await world.syncedPhone()
            try await phone.save(opportunity: "p01")
            try world.server.publishOpportunities(moving: "2027-01-15", to: "2020-01-15")
            try await phone.sync()
            #expect(try await phone.opportunities().allSatisfy { $0.id != "p01" })
            let saved = try await phone.opportunities(OpportunityFilter(savedOnly: true))
            #expect(saved.map(\.id) == ["p01"] && saved.first?.availability == .closed)
            let all = try await phone.opportunities(OpportunityFilter(closedToo: true))
            #expect(all.first { $0.id == "d01" }?.availability == .open)
        },

        "days-and-moments": { world in
            let phone = try await world.syncedPhone()
            let contact = try #require(try await phone.contacts().first)
            let opening = try #require(contact.workingPattern.first)
            #expect(opening.days == [.mon, .tue, .wed, .thu, .fri])
            #expect(opening.opens == DateComponents(hour: 9, minute: 0))
            #expect(opening.closes == DateComponents(hour: 17, minute: 0))
            #expect(abs(try #require(contact.changedAt).timeIntervalSinceNow) < 60)

            let christmas = try await phone.directory().closedDays.first
            #expect(christmas?.date == DateComponents(year: 2026, month: 12, day: 25))
            // The end of 18 December in London, where it is winter.
            let all = try await phone.opportunities(OpportunityFilter(closedToo: true))
            let closes = try #require(all.first { $0.id == "j01" }?.opportunity.closesAt)
            #expect(closes.ISO8601Format().hasPrefix("2026-12-18T23:59"))

            let (id, day) = ("d01", DateComponents(year: 2028, month: 2, day: 29))
            try await phone.save(opportunity: id, reminder: .on(day: day))
            let kept = try await phone.opportunities(OpportunityFilter(savedOnly: true))
            #expect(kept.first?.saved?.remindOn == day)
        },
    ]
}

/// Checks everything that an app shows from the phone alone.
private func hasEverything(_ phone: PocketPhone) async throws {
    let promise = try #require(try await phone.promise())
    #expect(promise.title.text(for: Locale(identifier: "en_GB")) == "Our promise to you")
    #expect(promise.chapters.flatMap(\.pledges).count == 33)
    #expect(try await phone.directory().lines.contains { $0.id == "999" })
    #expect(try await phone.opportunities(OpportunityFilter(closedToo: true)).count == 40)
    let contact = try #require(try await phone.contacts().first)
    #expect(contact.displayName == "Jo Okoro" && contact.role == "Personal adviser")
    #expect(contact.phones.map(\.number) == ["+447700900123"])
    #expect(contact.phones.first?.prefer == true && contact.phones.first?.kind == .mobile)
    #expect(contact.workingPattern.count == 1)
}

/// The date in London, as the core's days arrive.
private func londonDay() -> DateComponents {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "Europe/London") ?? .gmt
    let today = calendar.dateComponents([.year, .month, .day], from: Date())
    return DateComponents(year: today.year, month: today.month, day: today.day)
}
