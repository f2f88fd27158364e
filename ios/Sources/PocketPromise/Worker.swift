import Foundation

/// Runs calls that block on a queue of its own, so that neither the main thread nor one of Swift's few
/// threads waits for a disk or a network.
struct Worker: Sendable {
    private let queue: DispatchQueue

    init(_ name: String, _ urgency: DispatchQoS) {
        queue = DispatchQueue(label: "PocketPromise.\(name)", qos: urgency)
    }

    /// Runs the work after the work that already waits.
    func run<Answer: Sendable>(
        _ work: @escaping @Sendable () throws -> Answer
    ) async throws(PromiseError) -> Answer {
        let answer: Result<Answer, PromiseError> = await withCheckedContinuation { waiting in
            queue.async { waiting.resume(returning: Result(catching: work).mapError { PromiseError($0) }) }
        }
        return try answer.get()
    }

    /// Runs work that throws errors of its own.
    func perform<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { waiting in
            queue.async { waiting.resume(with: Result(catching: work)) }
        }
    }

    /// Runs work that another thread can cancel.
    ///
    /// When the calling task is cancelled, `cancel` is called once. It may come before, during or
    /// after the work: work that has not begun then does not begin.
    func run<Answer: Sendable>(
        _ work: @escaping @Sendable () throws -> Answer,
        onCancel cancel: @escaping @Sendable () -> Void
    ) async throws(PromiseError) -> Answer {
        let isCancelled = Guarded(false)
        let answer: Result<Answer, PromiseError> = await withTaskCancellationHandler {
            await withCheckedContinuation { waiting in
                queue.async {
                    guard !isCancelled.value else { return waiting.resume(returning: .failure(.cancelled)) }
                    waiting.resume(returning: Result(catching: work).mapError { PromiseError($0) })
                }
            }
        } onCancel: {
            isCancelled.set(true)
            cancel()
        }
        return try answer.get()
    }
}
