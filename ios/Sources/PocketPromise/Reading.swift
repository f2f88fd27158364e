import Foundation
import PromiseBindings

/// Reading: all of it from this phone, with no connection.
extension PocketPhone {
    /// How things stand.
    public func status() async throws(PromiseError) -> PhoneStatus {
        try await ask { try PhoneStatus($0.status()) }
    }

    /// The council's name in words; nothing if the phone is not paired.
    public func council() async throws(PromiseError) -> String? {
        try await ask { try $0.council() }
    }

    /// The promise by section; nothing until the first sync.
    public func promise() async throws(PromiseError) -> PromiseByChapter? {
        try await ask { try $0.promise() }
    }

    /// The lines anyone can ring, and the days on which offices are closed.
    public func directory() async throws(PromiseError) -> Directory {
        try await ask { try $0.directory() }
    }

    /// The people who help, those to show first in front. Hidden ones are left out.
    public func contacts() async throws(PromiseError) -> [Contact] {
        try await ask { try $0.contacts() }
    }

    /// The contacts the young person hides.
    public func hiddenContacts() async throws(PromiseError) -> [Contact] {
        try await ask { try $0.hiddenContacts() }
    }

    /// The opportunities a filter shows, what closes soonest first.
    public func opportunities(
        _ filter: OpportunityFilter = OpportunityFilter()
    ) async throws(PromiseError) -> [ListedOpportunity] {
        try await ask { try $0.opportunities(filter: filter) }
    }

    /// Every ask, newest first.
    public func asks() async throws(PromiseError) -> [Ask] {
        try await ask { try $0.asks() }
    }

    /// Every appointment, soonest first.
    public func appointments() async throws(PromiseError) -> [Appointment] {
        try await ask { try $0.appointments() }
    }

    /// Who looked at what the council holds about the person, and who did what, newest first: for
    /// the last 13 months.
    public func accessLog() async throws(PromiseError) -> [AccessEntry] {
        try await ask { try $0.accessLog() }
    }

    /// A picture's bytes, by the hash that a section or pledge names; nothing if it is not here, or
    /// not yet.
    public func picture(_ hash: String) async throws(PromiseError) -> Data? {
        try await ask { try $0.picture(hash: hash) }
    }

    /// Which pictures are here.
    public func pictures() async throws(PromiseError) -> PicturesState {
        try await ask { try $0.pictures() }
    }

    /// Says whether a sync brings pictures, which it does until this says otherwise.
    public func set(picturesWithSync withSync: Bool) async throws(PromiseError) {
        try await ask { try $0.setPicturesWithSync(withSync: withSync) }
    }

    /// Pledges, opportunities, contacts and lines that have all of these words, best first. The
    /// last word may be unfinished. What was searched for is written nowhere.
    public func search(_ words: String) async throws(PromiseError) -> [SearchResult] {
        try await ask { try $0.search(words: words) }
    }

    /// Everything this phone holds of the person's, as JSON: to take away, or to show to somebody.
    public func export() async throws(PromiseError) -> String {
        try await ask { try $0.export() }
    }
}
