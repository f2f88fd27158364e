import Foundation
import Observation
import PromiseBindings

/// A value on a screen that stays current: it is read from the phone, and again after each change,
/// whether by a tap here or by an adviser's edit at the next sync.
///
///     @State var contacts = Live.contacts(of: phone)
///     List(contacts.value ?? []) { Text($0.name) }.task { await contacts.follow() }
@MainActor
@Observable
public final class Live<Value: Sendable & Equatable> {
    /// The last value that was read; nil until the first read.
    public private(set) var value: Value?
    /// Why the last read failed; nil if it succeeded. ``value`` then keeps the earlier value.
    public private(set) var problem: PromiseError?

    @ObservationIgnored private let phone: PocketPhone
    @ObservationIgnored private let topics: Set<Topic>
    @ObservationIgnored private let nextChange: (@Sendable (Value) -> Date?)?
    @ObservationIgnored private let load: @Sendable (PocketPhone) async throws -> Value

    /// Creates a value that `load` reads, again after each change of one of `topics`.
    public convenience init(
        _ phone: PocketPhone,
        _ topics: Set<Topic>,
        load: @escaping @Sendable (PocketPhone) async throws -> Value
    ) {
        self.init(phone, topics, nextChange: nil, load: load)
    }

    /// Creates a value that changes by itself too, at the moment that `nextChange` gives, by the council's
    /// clock.
    init(
        _ phone: PocketPhone,
        _ topics: Set<Topic>,
        nextChange: (@Sendable (Value) -> Date?)?,
        load: @escaping @Sendable (PocketPhone) async throws -> Value
    ) {
        self.phone = phone
        self.topics = topics
        self.nextChange = nextChange
        self.load = load
    }

    /// Keeps the value current until the calling task is cancelled.
    public func follow() async {
        // Subscribes before it reads: a change in between is read twice rather than missed.
        let changes = phone.changes
        await read()
        var timing = Task { await keepTime() }
        defer { timing.cancel() }
        for await changed in changes where !changed.isDisjoint(with: topics) {
            await read()
            timing.cancel()
            timing = Task { await keepTime() }
        }
    }

    /// Reads the value when it changes by itself, until the calling task is cancelled. Once a minute at
    /// least: the phone's clock may be corrected in the meantime.
    private func keepTime() async {
        guard let nextChange else { return }
        while !Task.isCancelled {
            let now = try? await phone.councilTime()
            let holds = value.flatMap(nextChange).flatMap { end in now.map { end.timeIntervalSince($0) } }
            try? await Task.sleep(for: .seconds(min(max(holds ?? 60, 0.001), 60)))
            if !Task.isCancelled { await read() }
        }
    }

    /// Reads the value now.
    public func read() async {
        do {
            let read = try await load(phone)
            // An unchanged value causes no redraw.
            if read != value { value = read }
            if problem != nil { problem = nil }
        } catch PromiseError.paused {
            // The app is not on the screen; `resume` makes every value read again.
        } catch {
            problem = PromiseError(error)
        }
    }
}

extension Live where Value == [Contact] {
    /// The council's contacts.
    public static func contacts(of phone: PocketPhone) -> Live {
        Live(phone, [.contacts]) { try await $0.contacts() }
    }
}

extension Live where Value == [NumberChange] {
    /// The numbers that the council changed since the person last saw them.
    public static func numberChanges(of phone: PocketPhone) -> Live {
        Live(phone, [.contacts, .promise]) { try await $0.numberChanges() }
    }
}

extension Live where Value == RingNow {
    /// Whom the young person can ring now. It is read again when it changes by itself, as at 17:00.
    public static func ringNow(of phone: PocketPhone) -> Live {
        Live(phone, [.contacts, .promise, .status], nextChange: { $0.nextChange }) { try await $0.ringNow() }
    }
}

extension Live where Value == News {
    /// What the council changed since the person last looked. It is read again when something closes by time.
    public static func news(of phone: PocketPhone, languages: [String] = ["en"]) -> Live {
        let topics: Set<Topic> = [.contacts, .promise, .opportunities, .asks, .appointments, .status]
        return Live(phone, topics, nextChange: { $0.nextChange }) { try await $0.news(languages: languages) }
    }
}

extension Live where Value == [PlannedReminder] {
    /// The reminders from one moment until before another, for the system's notifications.
    public static func reminders(of phone: PocketPhone, from: Date, to: Date) -> Live {
        Live(phone, [.appointments, .opportunities, .promise]) { try await $0.reminders(from: from, to: to) }
    }
}

extension Live where Value == [OwnContact] {
    /// The young person's own contacts.
    public static func ownContacts(of phone: PocketPhone) -> Live {
        Live(phone, [.contacts]) { try await $0.ownContacts() }
    }
}

extension Live where Value == PromiseByChapter? {
    /// The promise by section.
    public static func promise(of phone: PocketPhone) -> Live {
        Live(phone, [.promise]) { try await $0.promise() }
    }
}

extension Live where Value == [ListedOpportunity] {
    /// The opportunities that match a filter.
    public static func opportunities(
        of phone: PocketPhone,
        _ filter: OpportunityFilter = OpportunityFilter()
    ) -> Live {
        Live(phone, [.opportunities]) { try await $0.opportunities(filter) }
    }
}

extension Live where Value == [Ask] {
    /// What the young person asked, and the answers.
    public static func asks(of phone: PocketPhone) -> Live {
        Live(phone, [.asks]) { try await $0.asks() }
    }
}

extension Live where Value == [Appointment] {
    /// The appointments.
    public static func appointments(of phone: PocketPhone) -> Live {
        Live(phone, [.appointments]) { try await $0.appointments() }
    }
}

extension Live where Value == [TimescaleStatus] {
    /// Visits and reviews.
    public static func timescales(of phone: PocketPhone) -> Live {
        Live(phone, [.appointments, .promise]) { try await $0.timescales() }
    }
}

extension Live where Value == [AccessEntry] {
    /// Who at the council accessed the person's data, and what they did.
    public static func accessLog(of phone: PocketPhone) -> Live {
        Live(phone, [.access]) { try await $0.accessLog() }
    }
}

extension Live where Value == [DeviceRecord] {
    /// The person's phones, and how each one came.
    public static func deviceRecords(of phone: PocketPhone) -> Live {
        Live(phone, [.devices]) { try await $0.deviceRecords() }
    }
}

extension Live where Value == PicturesState {
    /// Which pictures are on this phone. When it changes, read a picture again.
    public static func pictures(of phone: PocketPhone) -> Live {
        Live(phone, [.pictures]) { try await $0.pictures() }
    }
}

extension Live where Value == AppLockStatus {
    /// What a lock screen shows.
    public static func appLock(of phone: PocketPhone) -> Live {
        Live(phone, [.status]) { try await $0.appLock() }
    }
}

extension Live where Value == PhoneStatus {
    /// The state of this phone and its sync.
    public static func status(of phone: PocketPhone) -> Live {
        Live(phone, [.status]) { try await $0.status() }
    }
}
