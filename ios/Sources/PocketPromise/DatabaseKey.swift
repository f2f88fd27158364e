import Foundation

/// The key of this phone's database: 32 random bytes, made here and kept by the system.
public struct DatabaseKey: Sendable {
    let bytes: Data

    /// The key with these 32 bytes; nothing if there are more or fewer.
    public init?(bytes: Data) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = bytes
    }

    /// The key that `box` keeps. The first time there is none, and a new one is made.
    ///
    /// A new key fits no database that is there already, so one is made only when the box says
    /// that it holds nothing; a box that cannot be read just now, because the phone has not been
    /// unlocked yet, throws, and the next try finds the old key.
    public static func kept(in box: some SecretBox) throws -> DatabaseKey {
        if let bytes = try box.read() {
            guard let key = DatabaseKey(bytes: bytes) else { throw KeyProblem.notAKey }
            return key
        }
        let key = random()
        try box.write(key.bytes)
        return key
    }

    private static let length = 32

    private static func random() -> DatabaseKey {
        // The system's generator is one for secrets, here and on Apple's systems.
        var generator = SystemRandomNumberGenerator()
        return DatabaseKey(bytes: Data((0..<length).map { _ in generator.next() }))!
    }
}

/// A key is never shown, whatever prints it.
extension DatabaseKey: CustomStringConvertible, CustomReflectable {
    public var description: String { "DatabaseKey" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Where the system keeps one secret.
public protocol SecretBox: Sendable {
    /// What it holds; nothing if nothing was ever written.
    func read() throws -> Data?
    /// Keeps this from now on.
    func write(_ secret: Data) throws
}

/// Why there is no key.
public enum KeyProblem: Error, Equatable {
    /// The phone was not unlocked since it was switched on. Try again later.
    case locked
    /// The system said no, with its own number for why.
    case refused(Int32)
    /// What is kept is no key of ours.
    case notAKey
}

extension KeyProblem: LocalizedError {
    public var errorDescription: String? {
        switch self {
        case .locked: "Unlock your phone first, then open the app again."
        case .refused, .notAKey: "Your phone does not give the app its key. Restart your phone; if it stays, tell your adviser."
        }
    }
}
