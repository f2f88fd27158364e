import Foundation
import Testing

@testable import PocketPromise

@MainActor
@Suite("What a screen shows")
struct LiveTests {
    @Test("is read at once, and again when an adviser changes it")
    func follows() async throws {
        let world = try World()
        defer { world.end() }
        let phone = try await world.syncedPhone()
        let contacts = Live.contacts(of: phone)
        let following = Task { await contacts.follow() }
        try await until { contacts.value?.first?.phones.first?.number == "+447700900123" }
        try world.server.changeNumber(of: world.adviser, to: "07700 900456")
        try await phone.sync()
        try await until { contacts.value?.first?.phones.first?.number == "+447700900456" }
        following.cancel()
        await following.value
        try await until { phone.announcer.count == 0 }
    }

    @Test("shows a tap of this person at once, on every screen that shows it")
    func taps() async throws {
        let world = try World()
        defer { world.end() }
        let phone = try await world.syncedPhone()
        let all = Live.opportunities(of: phone)
        let kept = Live.opportunities(of: phone, OpportunityFilter(savedOnly: true))
        let following = [Task { await all.follow() }, Task { await kept.follow() }]
        defer { following.forEach { $0.cancel() } }
        try await until { all.value?.isEmpty == false && kept.value?.isEmpty == true }
        let id = try #require(all.value?.first?.id)
        try await phone.save(opportunity: id)
        try await until { all.value?.first?.saved?.status == .saved && kept.value?.map(\.id) == [id] }
    }

    @Test("stays while the app is away, and is read again when it is back")
    func pauses() async throws {
        let world = try World()
        defer { world.end() }
        let phone = try await world.syncedPhone()
        let status = Live.status(of: phone)
        let following = Task { await status.follow() }
        defer { following.cancel() }
        try await until { status.value?.edition == 1 }
        try await phone.pause()
        await status.read()
        #expect(status.value?.edition == 1 && status.problem == nil)
        try await phone.resume()
        try await phone.writeAsk("One more")
        try await until { (status.value?.unsent ?? 0) > 0 }
    }

    @Test("is read again when it changes by itself")
    func turns() async throws {
        let world = try World()
        defer { world.end() }
        let phone = try await world.syncedPhone()
        let change = try await phone.councilTime().addingTimeInterval(0.5)
        let isLate = Live(phone, [.asks], nextChange: { $0 ? nil : change }) { phone in
            try await phone.councilTime() >= change
        }
        let following = Task { await isLate.follow() }
        defer { following.cancel() }
        try await until { isLate.value == false }
        try await until { isLate.value == true }
        #expect(try await phone.councilTime() >= change)
        let ringNow = Live.ringNow(of: phone)
        await ringNow.read()
        #expect(ringNow.value?.ring.contains { $0.place == .emergencyServices } == true)
    }

    @Test("tells what went wrong, and keeps what it showed")
    func problems() async throws {
        let world = try World()
        defer { world.end() }
        let phone = try await world.syncedPhone()
        let fails = Guarded(false)
        let contacts = Live(phone, [.contacts]) { phone in
            if fails.value { throw PromiseError.damaged }
            return try await phone.contacts()
        }
        await contacts.read()
        fails.set(true)
        await contacts.read()
        #expect(contacts.problem == .damaged && contacts.value?.count == 1)
        fails.set(false)
        await contacts.read()
        #expect(contacts.problem == nil)
    }

    @Test("every kind of thing has one")
    func kinds() async throws {
        let world = try World()
        defer { world.end() }
        let phone = try await world.syncedPhone()
        let (promise, asks, meetings) = (Live.promise(of: phone), Live.asks(of: phone), Live.appointments(of: phone))
        await promise.read()
        await asks.read()
        await meetings.read()
        let own = Live.ownContacts(of: phone)
        try await phone.add(ownContact: OwnContactEdit(displayName: "Sam"))
        await own.read()
        #expect(own.value?.map(\.displayName) == ["Sam"])
        #expect(promise.value??.council.name == "Riverbridge Council")
        #expect(asks.value == [] && meetings.value == [])
    }
}
