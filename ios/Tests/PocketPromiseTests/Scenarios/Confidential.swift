import Foundation
import Testing

@testable import PocketPromise

/// Cards as an Android phone, an iPhone and a newer address book write them. The second one has no name.
private let cardFile =
    "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    + "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;Zo=C3=\r\n=AB;;;\r\nTEL;CELL:07700 900789\r\n"
    + "BDAY:2006-02-28\r\nEND:VCARD\r\n"
    + "BEGIN:VCARD\nVERSION:3.0\nitem1.TEL:020 7946 0000\nEND:VCARD\n"
    + "BEGIN:VCARD\nVERSION:4.0\nFN:Mo\nTEL;VALUE=uri:tel:+447700900456\nEND:VCARD\n"

extension Scenarios {
    /// Data that only the person's own phones can read.
    static let confidential: [String: Scenario] = [
        "second-phone-by-words": { world in
            let first = try await phoneWithNote(world)
            let second = try await world.syncedPhone("second")
            #expect(try await second.status().privateThings.recoveryPhrase == .needed)
            #expect(try await note(second) == nil)
            try await second.enterRecoveryPhrase(first.recoveryPhrase().joined(separator: "  ").uppercased())
            try await second.sync()
            #expect(try await note(second) == "Only for me")
            #expect(try await second.status().privateThings.recoveryPhrase == .present)
        },

        "second-phone-by-picture": { world in
            let first = try await phoneWithNote(world)
            let second = try await world.phone("second")
            let invitation = try await first.inviteDevice()
            #expect("\(invitation) \(String(reflecting: invitation))" == "Invitation Invitation")
            try await world.pair(second, beside: first)
            try await second.sync()
            #expect(try await note(second) == "Only for me")
            #expect(try await first.devices().count == 2)
        },

        "second-phone-by-typed-code": { world in
            let first = try await phoneWithNote(world)
            let second = try await world.phone("second")
            let (device, offer) = try await world.meet(first) {
                try await second.pair(server: world.server.url, code: $0.code)
            }
            let digits = offer.details.digits
            #expect(offer.details.inviter == .phone && device.digits == digits)
            let wrong = digits == "123 456" ? "654321" : "123456"
            await fails(with: .digitsDiffer) { try await first.confirm(new: device, showing: wrong) }
            try await first.confirm(new: device, showing: digits.replacingOccurrences(of: " ", with: ""))
            try await second.finish(offer)
            try await second.sync()
            #expect(try await note(second) == "Only for me")
            let words = try await first.recoveryPhrase()
            #expect(try await second.recoveryPhrase() == words)
        },

        "pairing-refused-by-the-first-phone": { world in
            let first = try await phoneWithNote(world)
            let second = try await world.phone("second")
            let (device, offer) = try await world.meet(first) { try await second.pair(link: $0.link) }
            try await first.refuse(new: device)
            await fails(with: .pairingRefused) { try await second.finish(offer) }
            #expect(try await second.council() == nil)
            #expect(try await first.devices().count == 1)
        },

        "new-phone-is-shown": { world in
            let first = try await world.syncedPhone("first")
            let second = try await world.phone("second")
            try await world.pair(second, beside: first)
            try await second.sync()
            try await first.sync()
            let records = try await first.deviceRecords()
            let new = try #require(records.first { $0.isNew })
            #expect(new.inviter == .phone && new.state == .full)
            #expect(new.invitedBy == records.first { $0.isThis }?.id)
            try await first.markSeen(device: new.id)
            #expect(try await first.deviceRecords().allSatisfy { !$0.isNew })
            #expect(try await second.deviceRecords().allSatisfy { !$0.isNew })
            await fails(with: .notFound) { try await first.markSeen(device: "p00000000") }
        },

        "limited-phone-cannot-erase": { world in
            let first = try await phoneWithNote(world)
            let second = try await world.syncedPhone("second")
            await fails(with: .limitedPhone) { try await second.eraseAccount() }
            await fails(with: .limitedPhone) { try await second.inviteDevice() }
            await fails(with: .limitedPhone) { try await second.changeRecoveryPhrase() }
            #expect(try await second.contacts().count == 1)
            try await first.sync()
            #expect(try await note(first) == "Only for me")
        },

        "limited-phone-cannot-take-others-off": { world in
            let first = try await world.syncedPhone("first")
            let second = try await world.syncedPhone("second")
            let devices = try await second.devices()
            let other = try #require(devices.first { !$0.isThis })
            let own = try #require(devices.first { $0.isThis })
            await fails(with: .limitedPhone) {
                try await second.revoke(device: other.id, because: .lostOrStolen)
            }
            try await first.sync()
            let left = try await second.revoke(device: own.id, because: .lostOrStolen)
            #expect(left.first { $0.isThis }?.revokedAt != nil)
        },

        "full-phone-says-yes": { world in
            let first = try await world.syncedPhone("first")
            let second = try await world.syncedPhone("second")
            try await first.sync()
            let new = try #require(try await first.deviceRecords().first { $0.isNew })
            #expect(new.state == .limited)
            #expect(try await first.confirm(device: new.id).allSatisfy { !$0.isLimited })
            _ = try await second.inviteDevice()
            try await second.sync()
            #expect(try await second.deviceRecords().first { $0.isThis }?.state == .full)
        },

        "full-phone-says-no": { world in
            let first = try await world.syncedPhone("first")
            let second = try await world.syncedPhone("second")
            try await first.sync()
            let new = try #require(try await first.deviceRecords().first { $0.isNew })
            try await first.veto(device: new.id)
            await fails(with: .revoked) { try await second.sync() }
            #expect(try await second.promise() == nil)
            await fails(with: .notFound) { try await first.confirm(device: "p00000000") }
        },

        "words-written-down": { world in
            let phone = try await world.syncedPhone()
            let words = try await phone.recoveryPhrase()
            #expect(words.count == 12)
            let asked = try await phone.recoveryPhraseChallenge()
            let right = asked.map { words[$0 - 1] }
            let oneWrong = [right[0], "wrong", right[2]]
            #expect(try await phone.confirmRecoveryPhrase(oneWrong, at: asked) == asked[1])
            #expect(try await phone.status().privateThings.writtenDown == false)
            #expect(try await phone.confirmRecoveryPhrase(right, at: asked) == nil)
            #expect(try await phone.status().privateThings.writtenDown)
        },

        "words-typed-wrong": { world in
            let words = try await phoneWithNote(world).recoveryPhrase()
            let second = try await world.syncedPhone("second")
            await fails(with: .recoveryPhraseLength(found: 11)) {
                try await second.enterRecoveryPhrase(words.dropLast().joined(separator: " "))
            }
            await fails(with: .unknownRecoveryWord(position: 1)) {
                try await second.enterRecoveryPhrase((["nosuchword"] + words.dropFirst()).joined(separator: " "))
            }
            await fails(with: .wrongRecoveryPhrase) {
                try await second.enterRecoveryPhrase(String(repeating: "abandon ", count: 11) + "about")
            }
        },

        "words-needed-to-change-them": { world in
            let first = try await phoneWithNote(world)
            let second = try await world.syncedPhone("second")
            let this = try #require(try await second.devices().first { $0.isThis })
            _ = try await first.confirm(device: this.id)
            try await second.sync()
            await fails(with: .recoveryPhraseNeeded) { try await second.changeRecoveryPhrase() }
            let words = try await first.recoveryPhrase()
            try await second.enterRecoveryPhrase(words.joined(separator: " "))
            try await first.changeRecoveryPhrase()
            try await first.sync()
            try await second.sync()
            await fails(with: .recoveryPhraseNeeded) { try await second.changeRecoveryPhrase() }
            let newer = try await first.recoveryPhrase()
            #expect(newer != words)
            try await second.enterRecoveryPhrase(newer.joined(separator: " "))
            try await second.changeRecoveryPhrase()
            #expect(try await note(second) == "Only for me")
        },

        "words-attacked": { world in
            let phone = try await phoneWithNote(world, at: world.troubledURL())
            let words = try await phone.recoveryPhrase()
            try world.make("forged-key")
            try await phone.sync()
            try world.make("none")
            try await phone.sync()
            let status = try await phone.status().privateThings
            #expect(status.refusedKeys == 1 && status.recoveryPhrase == .present)
            #expect(try await phone.recoveryPhrase() == words)
            #expect(try await note(phone) == "Only for me")
        },

        "fresh-start": { world in
            let phone = try await phoneWithNote(world)
            let words = try await phone.recoveryPhrase()
            let code = try world.server.startAfresh(world.person)
            await fails(with: .released) { try await phone.sync() }
            #expect(try await note(phone) == "Only for me")
            try await world.pair(phone, by: code)
            try await phone.sync()
            #expect(try await phone.status().privateThings.recoveryPhrase == .present)
            #expect(try await phone.recoveryPhrase() != words)
            let second = try await world.phone("second")
            try await world.pair(second, beside: phone)
            try await second.sync()
            #expect(try await note(second) == "Only for me")
            await fails(with: .wrongRecoveryPhrase) {
                try await second.enterRecoveryPhrase(words.joined(separator: " "))
            }
        },

        "lost-phone": { world in
            let first = try await phoneWithNote(world)
            let second = try await world.syncedPhone("second")
            let lost = try #require(try await first.devices().first { !$0.isThis })
            let phones = try await first.revoke(device: lost.id, because: .lostOrStolen)
            #expect(phones.first { $0.id == lost.id }?.revokedAt != nil)
            try await first.changeRecoveryPhrase()
            try await first.sync()
            await fails(with: .revoked) { try await second.sync() }
            #expect(try await second.promise() == nil)
            #expect(try await note(first) == "Only for me")
        },

        "own-contacts": { world in
            let phone = try await world.syncedPhone()
            let number = PhoneNumber(number: "07700 900789", kind: .mobile)
            let id = try await phone.add(
                ownContact: OwnContactEdit(displayName: "Sam", role: "Friend", phones: [number])
            )
            let sam = try #require(try await phone.ownContacts().first)
            #expect(sam.displayName == "Sam" && sam.phones.map(\.number) == ["+447700900789"])
            await fails(with: .invalidPhoneNumber) {
                let nonsense = PhoneNumber(number: "ring me", kind: .mobile)
                try await phone.edit(ownContact: id, OwnContactEdit(phones: [nonsense]))
            }
            try await phone.edit(ownContact: id, OwnContactEdit(hidden: true))
            #expect(try await phone.ownContacts().isEmpty)
            #expect(try await phone.hiddenOwnContacts().map(\.id) == [id])
            try await phone.delete(ownContact: id)
            #expect(try await phone.hiddenOwnContacts().isEmpty)
        },

        "import-cards": { world in
            let phone = try await world.syncedPhone()
            let file = Data(cardFile.utf8)
            let cards = try await phone.previewCards(file)
            #expect(cards.map(\.state) == [.new, .noName, .new])
            #expect(cards.first?.displayName == "Zoë" && cards.first?.remarks == [.birthdayLeftOut])
            let chosen = cards.filter { $0.state == .new }
            let imported = try await phone.importCards(chosen, of: file)
            #expect(imported.added == 2 && imported.extended == 0 && imported.unchanged == 0)
            let own = try await phone.ownContacts()
            #expect(own.map(\.displayName) == ["Mo", "Zoë"])
            #expect(own.flatMap(\.phones).map(\.number) == ["+447700900456", "+447700900789"])
            let again = try await phone.importCards(chosen, of: file)
            #expect(again.added == 0 && again.unchanged == 2)
            await fails(with: .noCards) { _ = try await phone.previewCards(Data("name,phone".utf8)) }
        },

        "phone-numbers": { world in
            let phone = try await world.syncedPhone()
            let typed = ["020 7946 0000 x4", "٠٧٧٠٠ ٩٠٠٤٥٦", "۰۷۷۰۰ ۹۰۰۴۵۶", "18001 0300 123 4567", "85258"]
            let numbers = typed.map { PhoneNumber(number: $0, kind: .mobile) }
            let id = try await phone.add(ownContact: OwnContactEdit(displayName: "Sam", phones: numbers))
            let sam = try #require(try await phone.ownContacts().first)
            let used = sam.phones.compactMap(\.usage)
            let mobile = "tel:+447700900456"
            let links = ["tel:+442079460000;ext=4", mobile, mobile, "tel:1800103001234567", "sms:85258"]
            #expect(used.compactMap(\.link) == links)
            #expect(used.last?.canBeRung == false)
            let premium = [PhoneNumber(number: "0901 234 5678", kind: .landline)]
            var refused: PromiseError?
            do {
                try await phone.edit(ownContact: id, OwnContactEdit(phones: premium))
            } catch {
                refused = error as? PromiseError
            }
            #expect(refused?.userMessage.contains("£3.60") == true)
            try await phone.edit(ownContact: id, OwnContactEdit(phones: premium, costConfirmed: true))
            #expect(try await phone.ownContacts().first?.phones.first?.number == "+449012345678")
        },

        "profile": { world in
            let phone = try await world.syncedPhone()
            let inCare = CarePeriod(from: day(2020, 1, 1), to: day(2024, 5, 3))
            let profile = Profile(dateOfBirth: day(2006, 2, 28), carePeriods: [inCare])
            try await phone.write(profile: profile)
            #expect(try await phone.profile() == profile)
            await fails(with: .invalid(field: "date_of_birth")) {
                try await phone.write(profile: Profile(dateOfBirth: day(1850, 1, 1)))
            }
            try await phone.write(profile: Profile())
            #expect(try await phone.profile() == Profile())
        },

        "show-to-adviser": { world in
            let phone = try await phoneWithNote(world)
            try await phone.share(.opportunityNote(id: "p01"), withAdviser: "Is this right?")
            try await phone.sync()
            let list = try world.server.run("ask", "list", "--person", world.person)
            #expect(list.contains("Is this right?"))
        },

        "take-everything-along": { world in
            let phone = try await phoneWithNote(world)
            let page = try await phone.exportPage()
            #expect(page.contains("<html") && page.contains("Only for me"))
            #expect(try await phone.exportCards().contains("Jo Okoro"))
        },

        "account-erased": { world in
            let phone = try await phoneWithNote(world)
            try await phone.eraseAccount()
            #expect(try await phone.promise() == nil)
            #expect(try await phone.council() == nil)
            await fails(with: .notPaired) { try await phone.sync() }
        },
    ]
}

/// A phone with a private note, which was sent.
private func phoneWithNote(_ world: World, at url: String? = nil) async throws -> PocketPhone {
    let phone = try await world.syncedPhone("first", at: url)
    try await phone.save(opportunity: "p01", note: "Only for me")
    try await phone.sync()
    return phone
}

private func note(_ phone: PocketPhone) async throws -> String? {
    let kept = try await phone.opportunities(OpportunityFilter(closedToo: true, savedOnly: true))
    return kept.first?.saved?.note
}

private func day(_ year: Int, _ month: Int, _ day: Int) -> DateComponents {
    DateComponents(year: year, month: month, day: day)
}
