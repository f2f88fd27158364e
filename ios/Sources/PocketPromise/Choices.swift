import PromiseBindings

/// Where a young person stands with a pledge.
public enum PledgeMark: String, Sendable, CaseIterable {
    case havingIt = "having_it"
    case wantIt = "want_it"
    case hadIt = "had_it"
    case notForMe = "not_for_me"
}

/// How far a young person is with an opportunity they keep.
public enum SavedStage: String, Sendable, CaseIterable {
    case saved, applied, interview
    case gotIt = "got_it"
    case notForMe = "not_for_me"
}

/// Whether a young person comes to an appointment.
public enum AppointmentAnswer: String, Sendable, CaseIterable {
    case coming
    case notComing = "not_coming"
    case anotherTime = "another_time"
}

extension SavedOpportunity {
    /// How far they are; nothing if a newer version of the app wrote a stage this one does not know.
    public var stage: SavedStage? { SavedStage(rawValue: status) }
}

extension MarkedPledge {
    /// Where they stand with it; nothing if they did not say, or if a newer version of the app wrote
    /// something this one does not know.
    public var standing: PledgeMark? { mark.flatMap(PledgeMark.init) }
}
