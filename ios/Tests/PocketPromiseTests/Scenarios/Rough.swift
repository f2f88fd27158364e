import Foundation
import PromiseBindings
import Testing

@testable import PocketPromise

extension Scenarios {
    /// Mistakes of apps, and calls in large numbers.
    static let rough: [String: Scenario] = [
        "every-error": { _ in
            for problem in everyProblem {
                await fails(with: problem) {
                    do { try failWith(error: problem.asCore) } catch { throw Problem(error) }
                }
                #expect(problem.userMessage.hasSuffix("."))
                #expect(problem.localizedDescription == problem.userMessage)
                #expect(everyProblem.filter { $0.userMessage == problem.userMessage } == [problem])
            }
            #expect(Set(everyProblem.filter(\.canRetry)) == mendedByTime)
        },

        "panic": { world in
            let phone = try await world.syncedPhone()
            await fails(with: .internal) { try await phone.call { _ in try panicOnPurpose() } }
            #expect(try await phone.contacts().count == 1)
        },

        "listener-that-throws": { world in
            let phone = try await world.syncedPhone()
            let listener = Thrower()
            try phone.core.setListener(listener: listener)
            try await phone.writeAsk("First")
            try await phone.writeAsk("Second")
            #expect(listener.calls.value == 2)
            #expect(Set(try await phone.asks().map(\.text)) == ["First", "Second"])
        },

        "threads-while-closing": { world in
            _ = try await world.syncedPhone()
            let hammers = Hammers(count: 8)
            for _ in 0..<40 {
                let phone = try CorePhone.open(path: world.place().database.path, key: World.key.bytes)
                hammers.phone.set(phone)
                try await Task.sleep(for: .milliseconds(20))
                try phone.pause()
                try phone.resume()
                try await Task.sleep(for: .milliseconds(20))
                hammers.phone.set(nil)
                try phone.pause()
            }
            await hammers.end()
            #expect(hammers.surprises.value == [])
            #expect(hammers.calls.value > 1000)
            #expect(try await world.phone().contacts().count == 1)
        },

        "many-calls": { world in
            let phone = try await world.syncedPhone()
            let changes = phone.changes
            let listening = Task { for await _ in changes {} }
            defer { listening.cancel() }
            // The first calls fill caches, such as the database's.
            try await call(phone, times: 10_000)
            // The allocator keeps pages that other scenarios left: a leak grows in every round.
            var rounds: [Int] = []
            for _ in 0..<3 {
                let before = residentBytes()
                try await call(phone, times: 40_000)
                rounds.append(residentBytes() - before)
            }
            #expect(try #require(rounds.min()) < 1 << 20, "grew by \(rounds) bytes")
        },
    ]
}

private let everyProblem: [Problem] = [
    .wrongKey, .damaged, .newerData, .readOnly, .diskFull, .paused, .notPaired, .otherPerson, .otherPhone,
    .limitedPhone, .twoPhones, .pairingRefused, .digitsDiffer,
    .codeWrong, .codeUsed, .codeExpired, .codeLocked, .unpaired, .revoked, .released,
    .recoveryPhraseNeeded, .notSynced,
    .unknownRecoveryWord(position: 3), .recoveryPhraseLength(found: 11), .recoveryPhraseChecksum, .wrongRecoveryPhrase,
    .locked, .wrongPin, .tooManyTries(waitSeconds: 30), .unsafePin, .noPin,
    .invalidPhoneNumber, .costlyPhoneNumber(number: "0901 234 5678", cost: "extra"), .offline, .serverBusy, .serverWrong, .updateNeeded, .addressNotSafe, .editionDamaged, .editionOlder, .editionNotSigned, .cancelled,
    .tooLong(field: "note"), .invalid(field: "status"), .noCards, .cardsTooLarge, .notFound, .internal,
]

private let mendedByTime: Set<Problem> = [
    .readOnly, .diskFull, .offline, .serverBusy, .editionDamaged, .cancelled, .internal,
    .tooManyTries(waitSeconds: 30),
]

/// Calls of every kind: records, text both ways, errors, and listener calls.
private func call(_ phone: PocketPromise.PocketPhone, times: Int) async throws {
    let contact = try #require(try await phone.contacts().first).id
    for number in 0..<(times / 10) {
        _ = try await phone.contacts()
        _ = try await phone.status()
        _ = try await phone.council()
        _ = try await phone.asks()
        _ = try await phone.appointments()
        _ = try await phone.hiddenContacts()
        _ = Problem.offline.userMessage
        _ = Problem.tooLong(field: "note").canRetry
        try? await phone.delete(ask: "none")
        try await phone.edit(contact: contact, ContactEdit(nickname: "Jo \(number % 10)"))
    }
}

/// The resident memory of this process, on systems that report it in this way.
private func residentBytes() -> Int {
    let numbers = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
    return (numbers.flatMap { Int($0[1]) } ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
}

/// A listener that fails: by turns with the error that the bindings know, and with one of its own.
private final class Thrower: ChangeListener {
    let calls = Guarded(0)

    func changed(topics: [PromiseBindings.Topic]) throws {
        if calls.change({ $0 += 1; return $0 % 2 == 0 }) { throw ListenerError.Failed }
        throw CommandFailed(words: [], said: "")
    }
}
