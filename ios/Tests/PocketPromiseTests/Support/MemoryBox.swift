import Foundation

@testable import PocketPromise

/// Keeps a secret in memory.
final class MemoryBox: SecretBox {
    let secret = Guarded<Data?>(nil)
    let problem = Guarded<KeyProblem?>(nil)
    let refusesToWrite = Guarded(false)

    func read() throws -> Data? {
        if let problem = problem.value { throw problem }
        return secret.value
    }

    func delete() throws { secret.set(nil) }

    func write(_ new: Data) throws {
        if refusesToWrite.value { throw KeyProblem.refused(-34018) }
        secret.set(new)
    }
}
