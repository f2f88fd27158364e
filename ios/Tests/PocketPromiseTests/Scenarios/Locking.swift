import Foundation
import Testing

@testable import PocketPromise

private let pin = "4826"
private let quietPin = "7391"
private let wrong = "5050"

extension Scenarios {
    /// The app lock.
    static let locking: [String: Scenario] = [
        "lock-at-night": { world in
            try await phoneWithPin(world).pause()
            let phone = try await world.phone()
            #expect(try await phone.appLock().state == .locked)
            #expect(try await phone.promise() != nil)
            #expect(try await phone.directory().lines.contains { !$0.phones.isEmpty })
            let adviser = try #require(try await phone.contacts().first)
            #expect(adviser.displayName == "Jo Okoro" && adviser.note == nil)
            #expect(try await phone.ownContacts().isEmpty)
            #expect(try await saved(phone) == 0)
            #expect(try await phone.accessLog().isEmpty)
            await fails(with: .locked) { try await phone.save(opportunity: "p01") }
            await fails(with: .locked) { try await phone.exportCards() }
            await fails(with: .locked) { try await phone.recoveryPhrase() }
            try await phone.sync()
            var changes = phone.changes.makeAsyncIterator()
            try await phone.unlock(pin: pin)
            #expect(await changes.next()?.contains(.contacts) == true)
            #expect(try await phone.ownContacts().map(\.displayName) == ["Sam"])
            #expect(try await phone.contacts().first?.note == "Only for me")
            phone.lock()
            #expect(try await phone.appLock().state == .locked)
            #expect(try await saved(phone) == 0)
        },

        "lock-wrong-pins": { world in
            let phone = try await world.syncedPhone()
            await fails(with: .invalid(field: "pin")) { try await phone.set(pin: "12") }
            await fails(with: .unsafePin) { try await phone.set(pin: "1234") }
            try await phone.set(pin: pin)
            phone.lock()
            for _ in 0..<5 {
                await fails(with: .wrongPin) { try await phone.unlock(pin: wrong) }
            }
            try await phone.pause()
            let again = try await world.phone()
            var wait = 0
            do throws(Problem) {
                try await again.unlock(pin: pin)
            } catch {
                if case .tooManyTries(let seconds) = error { wait = seconds }
            }
            let shown = try await again.appLock().waitSeconds
            #expect((1...30).contains(wait) && (1...30).contains(shown))
        },

        "lock-quiet-pin": { world in
            let phone = try await phoneWithPin(world)
            _ = try await world.syncedPhone("second")
            #expect(try await phone.devices().count == 2)
            await fails(with: .unsafePin) { try await phone.set(quietPin: pin, pin: pin) }
            try await phone.set(quietPin: quietPin, pin: pin)
            let open = try await phone.appLock()
            phone.lock()
            try await phone.unlock(pin: quietPin)
            #expect(try await phone.appLock() == open)
            #expect(try await phone.promise() != nil)
            #expect(try await !phone.opportunities().isEmpty)
            #expect(try await phone.contacts().isEmpty)
            #expect(try await phone.ownContacts().isEmpty)
            #expect(try await phone.status().unsent == 0)
            #expect(try await phone.devices().map(\.isThis) == [true])
            await fails(with: .readOnly) { try await phone.save(opportunity: "p01") }
            try await phone.unlock(pin: pin)
            #expect(try await saved(phone) == 1)
            #expect(try await phone.ownContacts().count == 1)
        },

        "lock-forgotten-pin": { world in
            let phone = try await phoneWithPin(world)
            let words = try await phone.recoveryPhrase().joined(separator: " ")
            phone.lock()
            await fails(with: .wrongRecoveryPhrase) {
                try await phone.enterRecoveryPhrase(String(repeating: "abandon ", count: 11) + "about")
            }
            #expect(try await phone.appLock().state == .locked)
            try await phone.enterRecoveryPhrase(words)
            #expect(try await phone.appLock().state == .off)
            #expect(try await saved(phone) == 1)
        },

        "lock-by-platform": { world in
            let phone = try await phoneWithPin(world)
            let box = MemoryUnlockBox()
            await fails(with: .wrongPin) { try await phone.allowUnlock(by: box, pin: wrong) }
            box.refusesToWrite.set(true)
            await #expect(throws: KeyProblem.refused(-1)) { try await phone.allowUnlock(by: box, pin: pin) }
            #expect(try await !phone.appLock().platformUnlock)
            box.refusesToWrite.set(false)
            try await phone.allowUnlock(by: box, pin: pin)
            phone.lock()
            #expect(try await phone.appLock().platformUnlock)
            let other = MemoryUnlockBox()
            try other.write(Data(count: 32))
            await fails(with: .wrongPin) { try await phone.unlock(by: other) }
            try await phone.unlock(by: box)
            #expect(try await saved(phone) == 1)
            try await phone.forbidUnlock(by: box)
            #expect(try box.read() == nil)
            await fails(with: .wrongPin) { try await phone.unlock(by: box) }
        },
    ]
}

/// A phone with a PIN, and with data that must not be readable without it.
private func phoneWithPin(_ world: World) async throws -> PocketPhone {
    let phone = try await world.syncedPhone()
    try await phone.add(ownContact: OwnContactEdit(displayName: "Sam", discreet: true))
    let adviser = try #require(try await phone.contacts().first)
    try await phone.edit(contact: adviser.id, ContactEdit(note: "Only for me"))
    try await phone.save(opportunity: "p01")
    try await phone.set(pin: pin)
    return phone
}

private func saved(_ phone: PocketPhone) async throws -> Int {
    try await phone.opportunities(OpportunityFilter(savedOnly: true)).count
}

/// Keeps the secret in memory instead of the Keychain.
private final class MemoryUnlockBox: UnlockBox {
    let refusesToWrite = Guarded(false)
    private let secret = Guarded<Data?>(nil)

    func read() throws -> Data? { secret.value }

    func write(_ new: Data) throws {
        if refusesToWrite.value { throw KeyProblem.refused(-1) }
        secret.set(new)
    }

    func delete() throws { secret.set(nil) }
}
