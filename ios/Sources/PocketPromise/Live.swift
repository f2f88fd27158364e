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
    @ObservationIgnored private let load: @Sendable (PocketPhone) async throws -> Value

    /// Creates a value that `load` reads, again after each change of one of `topics`.
    public init(
        _ phone: PocketPhone,
        _ topics: Set<Topic>,
        load: @escaping @Sendable (PocketPhone) async throws -> Value
    ) {
        self.phone = phone
        self.topics = topics
        self.load = load
    }

    /// Keeps the value current until the calling task is cancelled.
    public func follow() async {
        // Subscribes before it reads: a change in between is read twice rather than missed.
        let changes = phone.changes
        await read()
        for await changed in changes where !changed.isDisjoint(with: topics) { await read() }
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
