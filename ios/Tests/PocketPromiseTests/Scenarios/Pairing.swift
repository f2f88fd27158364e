import Foundation
import Testing

@testable import PocketPromise

extension Scenarios {
    static let pairing: [String: Scenario] = [
        "pair-by-code": { world in
            let phone = try await world.phone()
            #expect(try await phone.council() == nil)
            let code = try world.server.invite(world.person)
            let typed = code.lowercased().replacingOccurrences(of: "-", with: " ")
            try await world.pair(phone, by: typed)
            #expect(try await phone.council() == "Riverbridge Council")
        },

        "pair-by-link": { world in
            let phone = try await world.phone()
            let code = try world.server.invite(world.person)
            let offer = try await phone.pair(link: "pocketpromise://pair?code=\(code)&server=\(world.server.url)")
            #expect(offer.details.council == "Riverbridge Council" && offer.details.inviter == .operator)
            #expect(world.server.url == "http://\(offer.details.server)")
            #expect(offer.details.link == nil)
            #expect(try await phone.council() == nil, "nothing is stored yet")
            try world.server.confirm(code, showing: offer.details.digits)
            try await phone.finish(offer)
            #expect(try await phone.council() == "Riverbridge Council")
        },

        "wrong-code": { world in
            let phone = try await world.phone()
            let code = try world.server.invite(world.person)
            await fails(with: .codeWrong) { _ = try await phone.pair(server: world.server.url, code: "no code") }
            await fails(with: .codeWrong) {
                _ = try await phone.pair(server: world.server.url, code: "\(code.prefix(4))-0000-0000")
            }
            #expect(try await phone.council() == nil)
        },

        "used-code": { world in
            let code = try world.server.invite(world.person)
            try await world.pair(world.phone("first"), by: code)
            await fails(with: .codeUsed) {
                _ = try await world.phone("second").pair(server: world.server.url, code: code)
            }
        },

        "expired-code": { world in
            let phone = try await world.phone()
            let url = try world.troubledURL()
            try world.make("old-code")
            await fails(with: .codeExpired) {
                _ = try await phone.pair(server: url, code: world.server.invite(world.person))
            }
        },

        "locked-code": { world in
            let phone = try await world.phone()
            let code = try world.server.invite(world.person)
            for _ in 0..<5 {
                await fails(with: .codeWrong) {
                    _ = try await phone.pair(server: world.server.url, code: "\(code.prefix(4))-0000-0000")
                }
            }
            await fails(with: .codeLocked) { _ = try await phone.pair(server: world.server.url, code: code) }
        },

        "code-of-another-person": { world in
            let phone = try await world.syncedPhone()
            try await phone.writeAsk("Mine")
            let stranger = try world.server.addPerson()
            await fails(with: .otherPerson) {
                try await world.pair(phone, by: world.server.invite(stranger))
            }
            #expect(try await phone.asks().map(\.text) == ["Mine"])
            #expect(try await phone.contacts().count == 1)
        },

        "unpaired-by-the-council": { world in
            let phone = try await world.syncedPhone()
            try takeOff(world, because: "lost_or_stolen")
            await fails(with: .revoked) { try await phone.sync() }
            #expect(try await phone.promise() == nil)
            #expect(try await phone.contacts().isEmpty)
        },

        "wiped-phone-replaces-its-key": { world in
            let box = MemoryBox()
            let old = try DatabaseKey.kept(in: box)
            let phone = try await PocketPhone.open(in: world.place(), key: old, keptIn: box)
            try await world.pair(phone, by: world.server.invite(world.person))
            try await phone.sync()
            try takeOff(world, because: "lost_or_stolen")
            await fails(with: .revoked) { try await phone.sync() }
            #expect(try await phone.contacts().isEmpty)
            try await phone.pause()
            await fails(with: .wrongKey) { try await PocketPhone.open(in: world.place(), key: old) }
            let new = try DatabaseKey.kept(in: box)
            let again = try await PocketPhone.open(in: world.place(), key: new, keptIn: box)
            #expect(try await again.council() == nil)
        },

        "released-by-the-council": { world in
            let phone = try await phoneOfItsOwn(world)
            try takeOff(world, because: "no_longer_used")
            await fails(with: .released) { try await phone.sync() }
            #expect(try await phone.ownContacts().map(\.displayName) == ["Sam"])
            #expect(try await phone.contacts().count == 1)
            #expect(try await phone.promise() != nil)
            guard case .released(let at) = try await phone.status().state else {
                Issue.record("the status says that it was released")
                return
            }
            #expect(at != nil)
            await fails(with: .released) { try await phone.writeAsk("Hello?") }
        },

        "paired-again-after-release": { world in
            let phone = try await phoneOfItsOwn(world)
            try await phone.writeAsk("Not sent yet")
            try takeOff(world, because: "no_longer_used")
            await fails(with: .released) { try await phone.sync() }
            try await world.pair(phone, by: world.server.invite(world.person))
            try await phone.sync()
            #expect(try await phone.status().state == .paired)
            #expect(try await phone.status().unsent == 0)
            #expect(try world.server.run("ask", "list", "--person", world.person).contains("Not sent yet"))
        },

        "taken-off-without-an-order": { try await isRefusedAndKeepsAll($0, under: "taken-off") },
        "taken-off-by-a-forged-order": { try await isRefusedAndKeepsAll($0, under: "forged-order") },

        "relink-after-restore": { world in
            let (phone, new) = try await lostInRestore(world)
            let words = try await phone.recoveryPhrase()
            await fails(with: .unpaired) { try await phone.sync() }
            await fails(with: .otherPerson) {
                try await world.pair(phone, by: world.server.invite(new))
            }
            await fails(with: .otherPhone) { try await phone.relink(world.server.invite(new)) }
            let check = try await phone.relinkCheck()
            try await phone.relink(world.server.inviteToRelink(new, check: check))
            try await phone.sync()
            #expect(try world.server.run("ask", "list", "--person", new).contains("Written before"))
            #expect(try await phone.ownContacts().map(\.displayName) == ["Sam"])
            #expect(try await phone.recoveryPhrase() == words)
        },

        "erase-after-restore": { world in
            let (phone, new) = try await lostInRestore(world)
            #expect(try await phone.eraseAccount() == .thisPhone)
            #expect(try await phone.asks().isEmpty)
            try await world.pair(phone, by: world.server.invite(new))
            try await phone.eraseThisPhone()
            #expect(try await phone.council() == nil)
        },

        "not-paired": { world in
            let phone = try await world.phone()
            await fails(with: .notPaired) { try await phone.sync() }
        },

        "unsafe-address": { world in
            let phone = try await world.phone()
            let code = try world.server.invite(world.person)
            await fails(with: .addressNotSafe) {
                _ = try await phone.pair(server: "http://council.example", code: code)
            }
        },

        "pairing-refused-by-the-council": { world in
            let (phone, code) = (try await world.phone(), try world.server.invite(world.person))
            let offer = try await phone.pair(server: world.server.url, code: code)
            try world.server.refuse(code, showing: offer.details.digits)
            await fails(with: .pairingRefused) { try await phone.finish(offer) }
            #expect(try await phone.council() == nil)
        },

        "pairing-refused-on-the-phone": { world in
            let (phone, code) = (try await world.phone(), try world.server.invite(world.person))
            let offer = try await phone.pair(server: world.server.url, code: code)
            try await phone.refuse(offer)
            #expect(throws: (any Error).self) { try world.server.confirm(code, showing: offer.details.digits) }
            await fails(with: .codeUsed) { _ = try await phone.pair(server: world.server.url, code: code) }
            #expect(try await phone.council() == nil)
        },

        "code-on-two-phones": { world in
            let (first, code) = (try await world.phone("first"), try world.server.invite(world.person))
            let offer = try await first.pair(server: world.server.url, code: code)
            await fails(with: .twoPhones) {
                _ = try await world.phone("second").pair(server: world.server.url, code: code)
            }
            await fails(with: .twoPhones) { try await first.finish(offer) }
            #expect(try await first.council() == nil)
        },

        "second-phone": { world in
            let first = try await world.syncedPhone("first")
            try await first.writeAsk("From the first")
            try await first.sync()
            let second = try await world.syncedPhone("second")
            #expect(try await second.asks().map(\.text) == ["From the first"])
        },
    ]
}

/// The council takes the person's first phone off.
private func takeOff(_ world: World, because reason: String) throws {
    let phones = try world.server.run("phones", "list", "--person", world.person)
    let name = try #require(phones.firstMatch(of: /\bp[0-9a-z]{8}\b/)).0
    try world.server.run("phones", "revoke", String(name), "--reason", reason)
}

/// A phone with a contact of the person's own, which was sent.
private func phoneOfItsOwn(_ world: World, at url: String? = nil) async throws -> PocketPhone {
    let phone = try await world.syncedPhone(at: url)
    try await phone.add(ownContact: OwnContactEdit(displayName: "Sam"))
    try await phone.sync()
    return phone
}

/// The server says that the phone was taken off, and the council did not: everything stays.
private func isRefusedAndKeepsAll(_ world: World, under trouble: String) async throws {
    let phone = try await phoneOfItsOwn(world, at: world.troubledURL())
    try world.make(trouble)
    await fails(with: .unpaired) { try await phone.sync() }
    #expect(try await phone.ownContacts().map(\.displayName) == ["Sam"])
    #expect(try await phone.promise() != nil)
    try world.make("none")
    try await phone.sync()
    #expect(try await phone.status().state == .paired)
}

/// A phone whose person was added after the backup that the council restores, and the new record.
private func lostInRestore(_ world: World) async throws -> (PocketPhone, String) {
    let backup = try world.server.backUp()
    let phone = try await world.phone()
    try await world.pair(phone, by: world.server.invite(world.server.addPerson()))
    try await phone.sync()
    try await phone.writeAsk("Written before")
    try await phone.add(ownContact: OwnContactEdit(displayName: "Sam"))
    try await phone.sync()
    try world.server.restore(backup)
    return (phone, try world.server.addPerson())
}
