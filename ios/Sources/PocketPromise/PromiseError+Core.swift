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
            case .CodeWrong: .codeWrong
            case .CodeUsed: .codeUsed
            case .CodeExpired: .codeExpired
            case .CodeLocked: .codeLocked
            case .Unpaired: .unpaired
            case .Revoked: .revoked
            case .WordsNeeded: .wordsNeeded
            case .NotSynced: .notSynced
            case .WordNotOnTheList(let position): .wordNotOnTheList(position: Int(position))
            case .WordsCount(let found): .wordsCount(found: Int(found))
            case .WordsMixedUp: .wordsMixedUp
            case .WordsOfAnother: .wordsOfAnother
            case .NumberNotUnderstood: .numberNotUnderstood
            case .Offline: .offline
            case .ServerBusy: .serverBusy
            case .ServerWrong: .serverWrong
            case .UpdateNeeded: .updateNeeded
            case .AddressNotSafe: .addressNotSafe
            case .EditionDamaged: .editionDamaged
            case .EditionOlder: .editionOlder
            case .Cancelled: .cancelled
            case .TooLong(let field): .tooLong(field: field)
            case .Invalid(let field): .invalid(field: field)
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
        case .codeWrong: .CodeWrong
        case .codeUsed: .CodeUsed
        case .codeExpired: .CodeExpired
        case .codeLocked: .CodeLocked
        case .unpaired: .Unpaired
        case .revoked: .Revoked
        case .wordsNeeded: .WordsNeeded
        case .notSynced: .NotSynced
        case .wordNotOnTheList(let position): .WordNotOnTheList(position: UInt32(clamping: position))
        case .wordsCount(let found): .WordsCount(found: UInt32(clamping: found))
        case .wordsMixedUp: .WordsMixedUp
        case .wordsOfAnother: .WordsOfAnother
        case .numberNotUnderstood: .NumberNotUnderstood
        case .offline: .Offline
        case .serverBusy: .ServerBusy
        case .serverWrong: .ServerWrong
        case .updateNeeded: .UpdateNeeded
        case .addressNotSafe: .AddressNotSafe
        case .editionDamaged: .EditionDamaged
        case .editionOlder: .EditionOlder
        case .cancelled: .Cancelled
        case .tooLong(let field): .TooLong(field: field)
        case .invalid(let field): .Invalid(field: field)
        case .notFound: .NotFound
        case .internal: .Internal
        }
    }
}
