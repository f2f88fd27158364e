import Observation
import PromiseBindings

/// Something a screen shows, that stays right by itself: it is read from the phone, and again
/// whenever it changes, be it by a tap here or by an adviser's hand at the next sync.
///
///     @State var contacts = Live.contacts(of: phone)
///     List(contacts.value ?? []) { Text($0.name) }.task { await contacts.follow() }
@MainActor
@Observable
public final class Live<Value: Sendable & Equatable> {
    /// What was last read; nothing until then.
    public private(set) var value: Value?
    /// Why the last try to read it failed, if it did. ``value`` is then what it was before.
    public private(set) var problem: PromiseError?

    @ObservationIgnored private let phone: PocketPhone
    @ObservationIgnored private let topics: Set<Topic>
    @ObservationIgnored private let load: @Sendable (PocketPhone) async throws -> Value

    /// What `load` reads, again after each change of one of `topics`.
    public init(
        _ phone: PocketPhone,
        _ topics: Set<Topic>,
        load: @escaping @Sendable (PocketPhone) async throws -> Value
    ) {
        self.phone = phone
        self.topics = topics
        self.load = load
    }

    /// Keeps it right until the calling task is cancelled.
    public func follow() async {
        // First listen, then read: a change in between is read twice rather than not at all.
        let changes = phone.changes
        await read()
        for await changed in changes where !changed.isDisjoint(with: topics) { await read() }
    }

    /// Reads it now.
    public func read() async {
        do {
            let read = try await load(phone)
            // What did not change is not drawn again.
            if read != value { value = read }
            if problem != nil { problem = nil }
        } catch PromiseError.paused {
            // Nobody looks; it is read again when the app is back on the screen.
        } catch {
            problem = PromiseError(error)
        }
    }
}

extension Live where Value == [Contact] {
    /// The people who help.
    public static func contacts(of phone: PocketPhone) -> Live {
        Live(phone, [.contacts]) { try await $0.contacts() }
    }
}

extension Live where Value == [OwnContact] {
    /// Whom the young person wrote down themselves.
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
    /// The opportunities that a filter shows.
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
    /// Meetings.
    public static func appointments(of phone: PocketPhone) -> Live {
        Live(phone, [.appointments]) { try await $0.appointments() }
    }
}

extension Live where Value == [AccessEntry] {
    /// Who looked at what the council holds, and who did what.
    public static func accessLog(of phone: PocketPhone) -> Live {
        Live(phone, [.access]) { try await $0.accessLog() }
    }
}

extension Live where Value == PicturesState {
    /// Which pictures are here: read a picture again when this changes.
    public static func pictures(of phone: PocketPhone) -> Live {
        Live(phone, [.pictures]) { try await $0.pictures() }
    }
}

extension Live where Value == PhoneStatus {
    /// How things stand.
    public static func status(of phone: PocketPhone) -> Live {
        Live(phone, [.status]) { try await $0.status() }
    }
}
