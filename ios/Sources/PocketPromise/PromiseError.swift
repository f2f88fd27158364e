import Foundation
import PromiseBindings

/// Why a call failed. Saved edits stay saved, whatever the error. There is a case only where an app
/// would act differently; ``userMessage`` is for the screen.
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
    /// The code is for another person. The phone is unchanged.
    case otherPerson
    /// The code links another phone again, or the council has lost nothing of this one.
    case otherPhone
    /// Two phones sent the code, and it pairs neither. A new code helps.
    case twoPhones
    /// One of the sides said no to the pairing: a person, or a phone to which the other one is not what it
    /// says. A new code helps.
    case pairingRefused
    /// The new phone shows other digits. Typing them again helps if they were mistyped.
    case digitsDiffer
    /// This phone waits to be confirmed by another phone of the person, or by staff.
    case limitedPhone
    /// The code is not valid, or not from this server.
    case codeWrong
    /// The code was used before.
    case codeUsed
    /// The code has expired.
    case codeExpired
    /// The code is locked after too many wrong attempts.
    case codeLocked
    /// The server does not know this phone. Its data stays readable; pairing or linking it again helps.
    case unpaired
    /// This phone was taken off as lost or stolen, or the account erased. The data on the phone has been wiped.
    case revoked
    /// This phone was taken off because it is not used any more. Its data stays readable; pairing again helps.
    case released
    /// The recovery phrase is not on this phone. Entering it helps.
    case recoveryPhraseNeeded
    /// This phone knows of no recovery phrase of the person yet. A sync on their other phone, and then here, helps.
    case notSynced
    /// The typed word at this position, counted from 1, is not one of the list.
    case unknownRecoveryWord(position: Int)
    /// There are `found` words instead of twelve.
    case recoveryPhraseLength(found: Int)
    /// The checksum of the phrase is wrong.
    case recoveryPhraseChecksum
    /// The phrase is another person's, or an earlier one.
    case wrongRecoveryPhrase
    /// The app lock is on. Nothing was saved.
    case locked
    /// The PIN is wrong.
    case wrongPin
    /// Too many wrong PINs were typed. The next can be typed after this many seconds.
    case tooManyTries(waitSeconds: Int)
    /// The PIN is easy to guess, or in use already.
    case unsafePin
    /// No PIN is set.
    case noPin
    /// A typed telephone number is not valid. Nothing was saved.
    case invalidPhoneNumber
    /// A call to a typed telephone number costs extra. Nothing was saved. Saving again with
    /// `costConfirmed` helps, once the person has read the cost.
    case costlyPhoneNumber(number: String, cost: String)
    /// There is no connection. Nothing is lost.
    case offline
    /// The server is busy. Nothing is lost.
    case serverBusy
    /// The server's response is not valid. Nothing is lost.
    case serverWrong
    /// This app is too old for the server. Nothing is lost.
    case updateNeeded
    /// The server's address does not start with https.
    case addressNotSafe
    /// The new edition arrived incomplete; the earlier one stays.
    case editionDamaged
    /// The server offered an older edition; the newer one stays.
    case editionOlder
    /// The server offered an edition that the council did not sign; the earlier one stays.
    case editionNotSigned
    /// The caller cancelled it. Nothing is lost.
    case cancelled
    /// The text for this field is too long. Nothing was saved.
    case tooLong(field: String)
    /// The value does not fit this field: a mistake in the app.
    case invalid(field: String)
    /// The file has no cards of people. Nothing was saved. Another file helps.
    case noCards
    /// The file has more cards, or is larger, than an import takes. Nothing was saved. A smaller file helps.
    case cardsTooLarge
    /// No record has this id.
    case notFound
    /// Something else failed.
    case `internal`
}

extension PromiseError {
    /// What happened and what to do next, in plain words for the screen. Holds no personal data.
    public var userMessage: String {
        (try? PromiseBindings.errorMessage(error: asCore))
            ?? "Something went wrong on this phone. Try again; if it stays, tell your adviser."
    }

    /// True if the same call can succeed later. If not, ``userMessage`` explains what must happen first.
    public var canRetry: Bool { (try? PromiseBindings.canRetry(error: asCore)) ?? false }
}

extension PromiseError: LocalizedError {
    public var errorDescription: String? { userMessage }
}
