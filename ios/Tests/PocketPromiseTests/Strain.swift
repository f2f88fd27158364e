import Foundation
import PromiseBindings
import Testing

@testable import PocketPromise

extension Scenarios {
    /// What an app does by mistake, and what it does very often.
    static let strain: [String: @Sendable (World) async throws -> Void] = [
        "listener-throws": { world in
            let phone = try await world.syncedPhone()
            let listener = Thrower()
            try phone.core.setListener(listener: listener)
            try await phone.writeAsk("First")
            try await phone.writeAsk("Second")
            #expect(listener.calls.value == 2)
            #expect(Set(try await phone.asks().map(\.text)) == ["First", "Second"])
        },

        "hammer-while-closing": { world in
            _ = try await world.syncedPhone()
            let path = world.place().database.path
            // The object in use; the hammers take it from here, and it is thrown away under them.
            let open = Guarded<Phone?>(nil)
            let calls = Guarded(0)
            let ends = Guarded(false)
            let surprises = Guarded<[String]>([])
            let hammers = (0..<8).map { number in
                Thread {
                    while !ends.value {
                        guard let phone = open.value else { continue }
                        do {
                            try use(phone, number)
                            calls.change { $0 += 1 }
                        } catch PromiseBindings.PromiseError.Paused {
                        } catch {
                            surprises.change { $0.append("\(error)") }
                        }
                    }
                    hammersLeft.leave()
                }
            }
            hammers.forEach { hammer in
                hammersLeft.enter()
                hammer.start()
            }
            for _ in 0..<40 {
                let phone = try Phone.open(path: path, key: World.key.bytes)
                open.set(phone)
                try await Task.sleep(for: .milliseconds(20))
                try phone.pause()
                try phone.resume()
                try await Task.sleep(for: .milliseconds(20))
                open.set(nil)
                try phone.pause()
            }
            ends.set(true)
            await withCheckedContinuation { over in
                hammersLeft.notify(queue: .global()) { over.resume() }
            }
            #expect(surprises.value == [])
            #expect(calls.value > 1000)
            #expect(try await world.phone().contacts().count == 1)
        },

        "hundred-thousand-calls": { world in
            let phone = try await world.syncedPhone()
            let changes = phone.changes
            let listening = Task { for await _ in changes {} }
            defer { listening.cancel() }
            // The first calls fill what is kept on purpose: connections' caches and statements.
            try await call(phone, times: 10_000)
            let before = residentBytes()
            try await call(phone, times: 100_000)
            let growth = residentBytes() - before
            #expect(growth < 4 << 20, "grew by \(growth) bytes")
        },
    ]
}

private let hammersLeft = DispatchGroup()

private func use(_ phone: Phone, _ number: Int) throws {
    switch number % 4 {
    case 0: _ = try phone.contacts()
    case 1: _ = try phone.status()
    case 2: _ = try phone.search(words: "rent")
    default: _ = try phone.editContact(id: phone.contacts().first!.id, edit: ContactEdit(note: "\(number)"))
    }
}

/// Calls of every shape: records out, text both ways, errors, word to a listener.
private func call(_ phone: PocketPhone, times: Int) async throws {
    let contact = try #require(try await phone.contacts().first).id
    for number in 0..<(times / 10) {
        _ = try await phone.contacts()
        _ = try await phone.status()
        _ = try await phone.council()
        _ = try await phone.asks()
        _ = try await phone.appointments()
        _ = try await phone.hiddenContacts()
        _ = PromiseError.offline.words
        _ = PromiseError.tooLong(field: "note").canRetry
        try? await phone.delete(ask: "none")
        try await phone.edit(contact: contact, ContactEdit(nickname: "Jo \(number % 10)"))
    }
}

private func residentBytes() -> Int {
    let numbers = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
    return (numbers.flatMap { Int($0[1]) } ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
}

/// A listener that fails: by turns with an error of ours, and with one of its own.
private final class Thrower: ChangeListener {
    let calls = Guarded(0)

    func changed(topics: [PromiseBindings.Topic]) throws {
        if calls.change({ $0 += 1; return $0 % 2 == 0 }) { throw PromiseBindings.PromiseError.Internal }
        throw CommandFailed(words: [], said: "")
    }
}
