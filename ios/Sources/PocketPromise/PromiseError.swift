import Foundation
import PromiseBindings

/// Why the phone did not do it. What was saved before stays saved, whatever the error. A case is
/// here only where an app would act differently; ``words`` are for the screen.
public enum PromiseError: Error, Hashable, Sendable {
    /// The key does not fit this phone's data, which stays as it is.
    case wrongKey
    /// The data cannot be read, and stays as it is.
    case damaged
    /// A newer version of the app wrote the data. Reading and exporting work.
    case newerData
    /// The storage cannot be written. Reading works.
    case readOnly
    /// There is no room. Nothing was saved.
    case diskFull
    /// The phone is paused.
    case paused
    /// The phone is not paired.
    case notPaired
    /// The code belongs to somebody else. The phone is unchanged.
    case otherPerson
    /// The code is not one, or not this server's.
    case codeWrong
    /// The code was used before.
    case codeUsed
    /// The code is too old.
    case codeExpired
    /// The code was typed wrong too often.
    case codeLocked
    /// The server does not know this phone. Its data stays readable; pairing again helps.
    case unpaired
    /// This phone was taken off, or the account erased. What was on the phone has been wiped.
    case revoked
    /// The twelve words are not here. Entering them helps.
    case wordsNeeded
    /// The phone has not synced since it was paired. Syncing helps.
    case notSynced
    /// The typed word at this position, counted from 1, is not one of the list.
    case wordNotOnTheList(position: Int)
    /// There are not twelve words, but so many.
    case wordsCount(found: Int)
    /// The words do not belong together.
    case wordsMixedUp
    /// The words are somebody else's, or ones from before.
    case wordsOfAnother
    /// A number that somebody typed is none. Nothing was saved.
    case numberNotUnderstood
    /// There is no connection. Nothing is lost.
    case offline
    /// The server has no time now. Nothing is lost.
    case serverBusy
    /// The server's answer makes no sense. Nothing is lost.
    case serverWrong
    /// This app is too old for the server. Nothing is lost.
    case updateNeeded
    /// The server's address does not start with https.
    case addressNotSafe
    /// What the council published did not arrive whole; what was there before stays.
    case editionDamaged
    /// The server offered an older promise; the newer one stays.
    case editionOlder
    /// The caller stopped it. Nothing is lost.
    case cancelled
    /// The text for this field is too long. Nothing was saved.
    case tooLong(field: String)
    /// The value does not fit this field: a mistake in the app.
    case invalid(field: String)
    /// Nothing of this name is here.
    case notFound
    /// Something else failed.
    case `internal`
}

extension PromiseError {
    /// What happened and what to do next, in plain words to show. They hold nothing personal.
    public var words: String {
        (try? PromiseBindings.words(error: asCore))
            ?? "Something went wrong on this phone. Try again; if it stays, tell your adviser."
    }

    /// Whether the very same call can go well later. If not, something else must happen first, and
    /// the words say what.
    public var canRetry: Bool { (try? PromiseBindings.canRetry(error: asCore)) ?? false }
}

extension PromiseError: LocalizedError {
    public var errorDescription: String? { words }
}
