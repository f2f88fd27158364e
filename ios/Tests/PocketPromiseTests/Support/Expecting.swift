import PromiseBindings
import Testing

@testable import PocketPromise

/// The app's error type, not that of the bindings.
typealias Problem = PocketPromise.PromiseError

/// Expects that it fails with this error.
func fails<Answer>(
    with problem: Problem,
    _ here: SourceLocation = #_sourceLocation,
    _ work: () async throws -> Answer
) async {
    await #expect(throws: problem, sourceLocation: here) { _ = try await work() }
}

/// Waits until it holds; fails after five seconds.
@MainActor
func until(_ holds: () async throws -> Bool, _ here: SourceLocation = #_sourceLocation) async throws {
    let end = ContinuousClock.now + .seconds(5)
    while try await !holds() {
        guard ContinuousClock.now < end else {
            Issue.record("it did not come true", sourceLocation: here)
            return
        }
        try await Task.sleep(for: .milliseconds(5))
    }
}
