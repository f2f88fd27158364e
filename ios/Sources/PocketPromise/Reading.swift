import Foundation
import PromiseBindings

/// Reads from this phone alone, with no connection.
extension PocketPhone {
    /// Returns the state of this phone and its sync.
    public func status() async throws(PromiseError) -> PhoneStatus {
        try await call { try PhoneStatus($0.status()) }
    }

    /// Returns the council's name; nil if the phone is not paired.
    public func council() async throws(PromiseError) -> String? {
        try await call { try $0.council() }
    }

    /// Returns the promise by section; nil until the first sync.
    public func promise() async throws(PromiseError) -> PromiseByChapter? {
        try await call { try $0.promise() }
    }

    /// Returns the lines anyone can ring, and the days on which offices are closed.
    public func directory() async throws(PromiseError) -> Directory {
        try await call { try $0.directory() }
    }

    /// Returns the council's contacts, in the order to show. Without hidden ones.
    public func contacts() async throws(PromiseError) -> [Contact] {
        try await call { try $0.contacts() }
    }

    /// Returns the council's contacts that the young person hides.
    public func hiddenContacts() async throws(PromiseError) -> [Contact] {
        try await call { try $0.hiddenContacts() }
    }

    /// Returns the contacts and lines whose telephone numbers the council changed since the person last
    /// saw them. Show the new numbers as new, with the old ones beside them, until ``markSeen(numbersOf:)``.
    public func numberChanges() async throws(PromiseError) -> [NumberChange] {
        try await call { try $0.numberChanges() }
    }

    /// Returns whom the young person can ring, in the order in which to try: now, or at another moment by the
    /// council's clock. It is right on a phone whose clock or time zone is wrong.
    public func ringNow(at moment: Date? = nil) async throws(PromiseError) -> RingNow {
        try await call { try $0.ringNow(at: moment ?? $0.councilTime()) }
    }

    /// Returns the time by the council's clock, as the last sync gave it.
    public func councilTime() async throws(PromiseError) -> Date {
        try await call { try $0.councilTime() }
    }

    /// Returns what the council changed since the person last looked, with texts in the first of these languages
    /// that it has. Show each until ``markSeen(news:)``, numbers until ``markSeen(numbersOf:)``.
    public func news(languages: [String] = ["en"]) async throws(PromiseError) -> News {
        try await call { try $0.news(languages: languages) }
    }

    /// Returns the reminders from one moment until before another, the soonest first, for the system's
    /// notifications: of appointments, planned visits and reviews, closing days of what is saved, and days that the
    /// person chose. Schedule them in place of those that are scheduled (iOS keeps the next 64). The text says
    /// nothing, so that a lock screen may show it; a notification in another language shows its translation and
    /// nothing else.
    public func reminders(from: Date, to: Date) async throws(PromiseError) -> [PlannedReminder] {
        try await call { try $0.reminders(from: from, to: to) }
    }

    /// Returns the opportunities that match a filter, the soonest closing first.
    public func opportunities(
        _ filter: OpportunityFilter = OpportunityFilter()
    ) async throws(PromiseError) -> [ListedOpportunity] {
        try await call { try $0.opportunities(filter: filter) }
    }

    /// Returns every ask, newest first.
    public func asks() async throws(PromiseError) -> [Ask] {
        try await call { try $0.asks() }
    }

    /// Returns every appointment, soonest first.
    public func appointments() async throws(PromiseError) -> [Appointment] {
        try await call { try $0.appointments() }
    }

    /// Returns visits and reviews: when they were last, when the next ones are planned, and by when they have to
    /// be. Show the law and the council's promise apart. The days are London's: read again after midnight.
    public func timescales() async throws(PromiseError) -> [TimescaleStatus] {
        try await call { try $0.timescales() }
    }

    /// Returns who at the council accessed the person's data and what they did, newest first, for the
    /// last 13 months.
    public func accessLog() async throws(PromiseError) -> [AccessEntry] {
        try await call { try $0.accessLog() }
    }

    /// Returns the person's phones, with how each one came, the oldest pairing first. Show those with
    /// `isNew` to the person, and ask whether they are theirs.
    public func deviceRecords() async throws(PromiseError) -> [DeviceRecord] {
        try await call { try $0.deviceRecords() }
    }

    /// Returns a picture's bytes, by the hash in a section or pledge; nil if it is not on this phone.
    public func picture(_ hash: String) async throws(PromiseError) -> Data? {
        try await call { try $0.picture(hash: hash) }
    }

    /// Returns which pictures are on this phone.
    public func pictures() async throws(PromiseError) -> PicturesState {
        try await call { try $0.picturesState() }
    }

    /// Sets whether a sync fetches pictures. It does by default.
    public func set(picturesWithSync withSync: Bool) async throws(PromiseError) {
        try await call { try $0.setPicturesWithSync(withSync: withSync) }
    }

    /// Returns pledges, opportunities, contacts and lines that contain all of these words, best match
    /// first. The last word may be incomplete. The search text is stored nowhere.
    public func search(_ words: String) async throws(PromiseError) -> [SearchResult] {
        try await call { try $0.search(words: words) }
    }

    /// Returns everything this phone holds of the person, as JSON. It contains private data.
    public func exportJson() async throws(PromiseError) -> String {
        try await call { try $0.exportJson() }
    }
}
