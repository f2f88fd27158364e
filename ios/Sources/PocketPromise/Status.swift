import Foundation
import PromiseBindings

/// How things stand between this phone and its council.
public struct PhoneStatus: Hashable, Sendable {
    /// The council's name in words; nothing if the phone is not paired.
    public let council: String?
    /// When a sync last went well, by this phone's clock.
    public let lastSync: Date?
    /// How many edits wait to be sent.
    public let unsent: Int
    /// How things stand with what only the person's phones can read.
    public let privateThings: PrivateStatus
    /// What the council's server refused.
    public let refused: [RefusedEdit]
    /// The number of the promise that is shown; 0 for none.
    public let edition: Int
    /// Whether nothing can be saved, and why.
    public let readOnly: PromiseError?

    init(_ status: PromiseBindings.PhoneStatus) {
        council = status.council
        lastSync = status.lastSync
        unsent = Int(clamping: status.unsent)
        privateThings = PrivateStatus(status.private)
        refused = status.refused
        edition = Int(clamping: status.edition)
        readOnly = status.readOnly.map { PromiseError($0) }
    }
}

/// How things stand with what only the person's phones can read.
public struct PrivateStatus: Hashable, Sendable {
    /// Whether the person's words are here.
    public let words: RecoveryPhraseState
    /// Whether the person has shown that they wrote the words down.
    public let writtenDown: Bool
    /// How many edits are on this phone only, until the words are entered.
    public let waiting: Int
    /// How many things came that this phone cannot open.
    public let unopened: Int

    init(_ status: PromiseBindings.PrivateStatus) {
        words = status.words
        writtenDown = status.writtenDown
        waiting = Int(clamping: status.waiting)
        unopened = Int(clamping: status.unopened)
    }
}

/// What one sync did.
public struct Synced: Hashable, Sendable {
    /// How many requests it took.
    public let requests: Int
    /// The number of the promise that came with it; nothing if the one before is still right.
    public let edition: Int?
    /// How many edits the server refused. ``PhoneStatus/refused`` holds them.
    public let refused: Int
    /// How many pictures came after that.
    public let pictures: Int

    init(_ synced: PromiseBindings.Synced, pictures: Int) {
        self.pictures = pictures
        requests = Int(clamping: synced.requests)
        edition = synced.edition.map { Int(clamping: $0) }
        refused = Int(clamping: synced.refused)
    }
}
