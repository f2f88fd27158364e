import PromiseBindings

/// The recovery phrase of twelve words, with which the person's other phones can read the private data.
extension PocketPhone {
    /// Returns the phrase, for the person to write down. Show it only at the person's request, and keep
    /// it out of screenshots.
    public func recoveryPhrase() async throws(PromiseError) -> [String] {
        try await call { try $0.recoveryPhrase() }
    }

    /// Returns three positions, counted from 1, whose words the person types to confirm that they wrote
    /// the phrase down.
    public func recoveryPhraseChallenge() async throws(PromiseError) -> [Int] {
        try await call { try $0.recoveryPhraseChallenge().map(Int.init) }
    }

    /// Checks the words that the person typed at these positions. Returns the first wrong position, or
    /// nil if all are right; the phone then remembers that the phrase is written down.
    public func confirmRecoveryPhrase(
        _ typed: [String],
        at positions: [Int]
    ) async throws(PromiseError) -> Int? {
        try await call { phone in
            let positions = positions.map(UInt32.init(clamping:))
            return try phone.confirmRecoveryPhrase(positions: positions, typed: typed).map(Int.init)
        }
    }

    /// Takes the phrase that the person typed, in any case and with any spaces, and opens the private
    /// data. Needs no connection. Each kind of mistake throws its own error and changes nothing.
    public func enterRecoveryPhrase(_ typed: String) async throws(PromiseError) {
        try await call { try $0.enterRecoveryPhrase(typed: typed) }
    }

    /// Replaces the phrase: another person may know it, or a phone is lost. Only a phone that has the phrase in
    /// use can. The next sync seals all private data again under the new phrase, and only then does it protect;
    /// the person's other phones ask for it.
    public func changeRecoveryPhrase() async throws(PromiseError) {
        try await call { try $0.changeRecoveryPhrase() }
    }
}
