import PromiseBindings

// Converts between the core's error and the app's, case by case. Both directions are written out, so
// that the compiler finds a missing case.

extension PromiseError {
    /// Converts what a call of the core threw. Any error but the core's own is a mistake of ours.
    init(_ thrown: any Error) {
        switch thrown {
        case let own as PromiseError: self = own
        case let core as PromiseBindings.PromiseError: self.init(core: core)
        default: self = .internal
        }
    }

    private init(core: PromiseBindings.PromiseError) {
        self =
            switch core {
            case .WrongKey: .wrongKey
            case .Damaged: .damaged
            case .NewerData: .newerData
            case .ReadOnly: .readOnly
            case .DiskFull: .diskFull
            case .Paused: .paused
            case .NotPaired: .notPaired
            case .OtherPerson: .otherPerson
            case .OtherPhone: .otherPhone
            case .TwoPhones: .twoPhones
            case .PairingRefused: .pairingRefused
            case .DigitsDiffer: .digitsDiffer
            case .LimitedPhone: .limitedPhone
            case .CodeWrong: .codeWrong
            case .CodeUsed: .codeUsed
            case .CodeExpired: .codeExpired
            case .CodeLocked: .codeLocked
            case .Unpaired: .unpaired
            case .Revoked: .revoked
            case .Released: .released
            case .RecoveryPhraseNeeded: .recoveryPhraseNeeded
            case .NotSynced: .notSynced
            case .UnknownRecoveryWord(let position): .unknownRecoveryWord(position: Int(position))
            case .RecoveryPhraseLength(let found): .recoveryPhraseLength(found: Int(found))
            case .RecoveryPhraseChecksum: .recoveryPhraseChecksum
            case .WrongRecoveryPhrase: .wrongRecoveryPhrase
            case .Locked: .locked
            case .WrongPin: .wrongPin
            case .TooManyTries(let waitSeconds): .tooManyTries(waitSeconds: Int(waitSeconds))
            case .UnsafePin: .unsafePin
            case .NoPin: .noPin
            case .InvalidPhoneNumber: .invalidPhoneNumber
            case .CostlyPhoneNumber(let number, let cost): .costlyPhoneNumber(number: number, cost: cost)
            case .Offline: .offline
            case .ServerBusy: .serverBusy
            case .ServerWrong: .serverWrong
            case .UpdateNeeded: .updateNeeded
            case .AddressNotSafe: .addressNotSafe
            case .EditionDamaged: .editionDamaged
            case .EditionOlder: .editionOlder
            case .EditionNotSigned: .editionNotSigned
            case .Cancelled: .cancelled
            case .TooLong(let field): .tooLong(field: field)
            case .Invalid(let field): .invalid(field: field)
            case .NoCards: .noCards
            case .CardsTooLarge: .cardsTooLarge
            case .NotFound: .notFound
            case .Internal: .internal
            }
    }

    var asCore: PromiseBindings.PromiseError {
        switch self {
        case .wrongKey: .WrongKey
        case .damaged: .Damaged
        case .newerData: .NewerData
        case .readOnly: .ReadOnly
        case .diskFull: .DiskFull
        case .paused: .Paused
        case .notPaired: .NotPaired
        case .otherPerson: .OtherPerson
        case .otherPhone: .OtherPhone
        case .twoPhones: .TwoPhones
        case .pairingRefused: .PairingRefused
        case .digitsDiffer: .DigitsDiffer
        case .limitedPhone: .LimitedPhone
        case .codeWrong: .CodeWrong
        case .codeUsed: .CodeUsed
        case .codeExpired: .CodeExpired
        case .codeLocked: .CodeLocked
        case .unpaired: .Unpaired
        case .revoked: .Revoked
        case .released: .Released
        case .recoveryPhraseNeeded: .RecoveryPhraseNeeded
        case .notSynced: .NotSynced
        case .unknownRecoveryWord(let position): .UnknownRecoveryWord(position: UInt32(clamping: position))
        case .recoveryPhraseLength(let found): .RecoveryPhraseLength(found: UInt32(clamping: found))
        case .recoveryPhraseChecksum: .RecoveryPhraseChecksum
        case .wrongRecoveryPhrase: .WrongRecoveryPhrase
        case .locked: .Locked
        case .wrongPin: .WrongPin
        case .tooManyTries(let waitSeconds): .TooManyTries(waitSeconds: UInt32(clamping: waitSeconds))
        case .unsafePin: .UnsafePin
        case .noPin: .NoPin
        case .invalidPhoneNumber: .InvalidPhoneNumber
        case .costlyPhoneNumber(let number, let cost): .CostlyPhoneNumber(number: number, cost: cost)
        case .offline: .Offline
        case .serverBusy: .ServerBusy
        case .serverWrong: .ServerWrong
        case .updateNeeded: .UpdateNeeded
        case .addressNotSafe: .AddressNotSafe
        case .editionDamaged: .EditionDamaged
        case .editionOlder: .EditionOlder
        case .editionNotSigned: .EditionNotSigned
        case .cancelled: .Cancelled
        case .tooLong(let field): .TooLong(field: field)
        case .invalid(let field): .Invalid(field: field)
        case .noCards: .NoCards
        case .cardsTooLarge: .CardsTooLarge
        case .notFound: .NotFound
        case .internal: .Internal
        }
    }
}
