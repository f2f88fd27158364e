import Foundation

/// A value that several threads share.
final class Guarded<Value: Sendable>: @unchecked Sendable {
    // Unchecked, because the compiler does not know that the lock guards the value; `Mutex` would
    // express it, and needs iOS 18.
    private let lock = NSLock()
    private var held: Value

    init(_ value: Value) { held = value }

    var value: Value { change { $0 } }

    func set(_ value: Value) { change { $0 = value } }

    @discardableResult
    func change<Answer>(_ change: (inout Value) throws -> Answer) rethrows -> Answer {
        lock.lock()
        defer { lock.unlock() }
        return try change(&held)
    }
}
