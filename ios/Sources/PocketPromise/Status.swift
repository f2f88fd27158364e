import Foundation
import PromiseBindings

/// The state of this phone and its sync.
public struct PhoneStatus: Hashable, Sendable {
    /// Whether this phone is connected to a council.
    public let state: PhoneState
    /// The council's name; nil if the phone is not paired.
    public let council: String?
    /// When the last successful sync ended, by this phone's clock.
    public let lastSync: Date?
    /// The number of unsent edits.
    public let unsent: Int
    /// The state of the private data.
    public let privateThings: PrivateStatus
    /// The edits that the council's server refused.
    public let refused: [RefusedEdit]
    /// How often something claimed to be the council's and was not. None of it was shown.
    public let unverified: Int
    /// The number of the edition that is shown; nil if none.
    public let edition: Int?
    /// Why nothing can be saved; nil if saving works.
    public let readOnly: PromiseError?

    init(_ status: PromiseBindings.PhoneStatus) {
        state = status.state
        council = status.council
        lastSync = status.lastSync
        unsent = Int(clamping: status.unsent)
        privateThings = PrivateStatus(status.private)
        refused = status.refused
        unverified = Int(clamping: status.unverified)
        edition = status.edition.map { Int(clamping: $0) }
        readOnly = status.readOnly.map { PromiseError($0) }
    }
}

/// The state of the data that only the person's phones can read.
public struct PrivateStatus: Hashable, Sendable {
    /// Whether this phone has the recovery phrase.
    public let recoveryPhrase: RecoveryPhraseState
    /// True if the person confirmed that they wrote the phrase down.
    public let writtenDown: Bool
    /// The number of edits that stay on this phone until the phrase is entered.
    public let waiting: Int
    /// The number of received values that this phone cannot open.
    public let undecryptable: Int
    /// The number of received values that this phone can open, but about something that it does not have.
    /// They are shown when the council publishes it again; no phrase is missing.
    public let unplaced: Int
    /// How often something tried to change the phrase without the one in use. Nothing was opened. When the number
    /// has risen, show: "Someone tried to change your twelve words. Nothing was opened."
    public let refusedKeys: Int

    init(_ status: PromiseBindings.PrivateStatus) {
        recoveryPhrase = status.recoveryPhrase
        writtenDown = status.writtenDown
        waiting = Int(clamping: status.waiting)
        undecryptable = Int(clamping: status.undecryptable)
        unplaced = Int(clamping: status.unplaced)
        refusedKeys = Int(clamping: status.refusedKeys)
    }
}

/// The result of one sync.
public struct Synced: Hashable, Sendable {
    /// The number of requests.
    public let requests: Int
    /// The number of the edition it brought; nil if the edition did not change.
    public let edition: Int?
    /// The number of edits that the server refused: ``PhoneStatus/refused`` lists them.
    public let refused: Int
    /// The number of pictures it fetched.
    public let pictures: Int

    init(_ synced: PromiseBindings.Synced) {
        pictures = Int(clamping: synced.pictures)
        requests = Int(clamping: synced.requests)
        edition = synced.edition.map { Int(clamping: $0) }
        refused = Int(clamping: synced.refused)
    }
}
