import Foundation
import PromiseBindings

/// The key of this phone's database: 32 random bytes, generated here and stored by the system.
public struct DatabaseKey: Sendable {
    let bytes: Data

    /// Creates a key from these 32 bytes; nil if there are more or fewer.
    public init?(bytes: Data) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = bytes
    }

    /// Returns the key that `box` stores, and generates one if the box is empty.
    ///
    /// A new key opens no existing database, so one is generated only when the box is certainly empty.
    /// A box that cannot be read now, because the phone has not been unlocked yet, throws; a later call
    /// finds the old key.
    public static func kept(in box: some SecretBox) throws -> DatabaseKey {
        if let bytes = try box.read() {
            guard let key = DatabaseKey(bytes: bytes) else { throw KeyProblem.notAKey }
            return key
        }
        let key = random()
        try box.write(key.bytes)
        return key
    }

    /// Destroys the key that `box` stores, and returns another one that it stores instead.
    static func replaced(in box: some SecretBox) throws -> DatabaseKey {
        try box.delete()
        return try kept(in: box)
    }

    private static let length = 32

    private static func random() -> DatabaseKey {
        // The system's generator is cryptographically secure, on Linux and on Apple's systems.
        var generator = SystemRandomNumberGenerator()
        return DatabaseKey(bytes: Data((0..<length).map { _ in generator.next() }))!
    }
}

/// A key is never printed.
extension DatabaseKey: CustomStringConvertible, CustomReflectable {
    public var description: String { "DatabaseKey" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Destroys and replaces the key in its box, when the core wipes the phone.
final class BoxedKey: KeyReplacer {
    private let box: any SecretBox

    init(in box: any SecretBox) { self.box = box }

    func replaceKey() throws -> Data {
        do { return try DatabaseKey.replaced(in: box).bytes } catch { throw KeyReplacerError.Failed }
    }
}

/// Stores one secret.
public protocol SecretBox: Sendable {
    /// Returns the secret; nil if none was ever written.
    func read() throws -> Data?
    /// Stores this secret.
    func write(_ secret: Data) throws
    /// Destroys the secret. Does nothing if none is stored.
    func delete() throws
}

/// Why the key cannot be read.
public enum KeyProblem: Error, Equatable {
    /// The phone was not unlocked since it was switched on. Retrying later helps.
    case locked
    /// The system refused, with its own status code.
    case refused(Int32)
    /// The stored bytes are not a key.
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
