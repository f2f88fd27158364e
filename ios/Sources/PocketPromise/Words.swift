import PromiseBindings

/// The twelve words, with which the person's other phones can read what is private.
extension PocketPhone {
    /// The twelve words, for the person to write down if they wish. Show them only when the person
    /// asks, and keep them out of screenshots.
    public func words() async throws(PromiseError) -> [String] {
        try await call { try $0.words() }
    }

    /// Three positions, counted from 1, at which to ask for the words: to see that they were
    /// written down.
    public func wordsToAsk() async throws(PromiseError) -> [Int] {
        try await call { try $0.wordsToAsk().map(Int.init) }
    }

    /// Whether the person typed the words at these positions: the first position at which they did
    /// not, or nothing; then the phone remembers that the words are written down.
    public func checkWords(_ typed: [String], at positions: [Int]) async throws(PromiseError) -> Int? {
        try await call { phone in
            let asked = positions.map(UInt32.init(clamping:))
            return try phone.checkWords(positions: asked, typed: typed).map(Int.init)
        }
    }

    /// Enters the words that the person typed, in any case and with any spaces, and opens what is
    /// private. Needs no connection. Words that cannot be right are told apart, and change nothing.
    public func enterWords(_ typed: String) async throws(PromiseError) {
        try await call { try $0.enterWords(typed: typed) }
    }

    /// Changes the words, because somebody saw them or a phone is lost. Everything private is
    /// sealed again under the new ones at the next sync; the person's other phones ask for them.
    public func changeWords() async throws(PromiseError) {
        try await call { try $0.changeWords() }
    }
}
