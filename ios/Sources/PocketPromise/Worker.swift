import Foundation

/// A queue for calls that block, so that neither the main thread nor one of Swift's few threads
/// waits for a disk or a network.
struct Worker: Sendable {
    private let queue: DispatchQueue

    init(_ name: String, _ urgency: DispatchQoS) {
        queue = DispatchQueue(label: "PocketPromise.\(name)", qos: urgency)
    }

    /// Does the work after what is already waiting.
    func run<Answer: Sendable>(
        _ work: @escaping @Sendable () throws -> Answer
    ) async throws(PromiseError) -> Answer {
        let answer: Result<Answer, PromiseError> = await withCheckedContinuation { waiting in
            queue.async { waiting.resume(returning: Result(catching: work).mapError { PromiseError($0) }) }
        }
        return try answer.get()
    }

    /// The same for work that can be stopped from another thread by `stop`: it is, when the calling
    /// task is cancelled.
    func run<Answer: Sendable>(
        _ work: @escaping @Sendable () throws -> Answer,
        stoppedBy stop: @escaping @Sendable () -> Void
    ) async throws(PromiseError) -> Answer {
        let course = Course()
        let answer: Result<Answer, PromiseError> = await withTaskCancellationHandler {
            await withCheckedContinuation { waiting in
                queue.async {
                    guard course.begin() else { return waiting.resume(returning: .failure(.cancelled)) }
                    let answer = Result(catching: work).mapError { PromiseError($0) }
                    course.end()
                    waiting.resume(returning: answer)
                }
            }
        } onCancel: {
            course.stop(by: stop)
        }
        return try answer.get()
    }
}

/// How far work is that can be stopped.
private final class Course: Sendable {
    private enum Phase { case waiting, running, over }
    private let phase = Guarded(Phase.waiting)

    /// Whether the work may begin: not if it was stopped before.
    func begin() -> Bool {
        phase.change { phase in
            guard phase == .waiting else { return false }
            phase = .running
            return true
        }
    }

    func end() { phase.set(.over) }

    /// Keeps work from beginning, or calls `stop` until it has ended: a word that comes a moment
    /// before the work can hear it would be lost.
    func stop(by stop: @escaping @Sendable () -> Void) {
        let isRunning = phase.change { phase in
            if phase == .waiting { phase = .over }
            return phase == .running
        }
        guard isRunning else { return }
        // Elsewhere, because whoever cancels a task does not wait for it.
        DispatchQueue.global(qos: .utility).async { [self] in
            while phase.value == .running {
                stop()
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
    }
}
