import Foundation
import PromiseBindings

/// What a young person carries: their council's promise, the people who help them, and what they
/// saved. One for the whole app.
///
/// Nothing here blocks the caller: every call hands its work to a queue of its own and waits for
/// it without holding a thread of Swift's. Reading never needs a connection. What a call saves is
/// saved when it returns.
public final class PocketPhone: Sendable {
    /// Told of every change, by whichever call made it.
    let announcer = Announcer()
    let core: Phone
    /// One after the other: the database takes one call at a time anyway.
    private let database = Worker("database", .userInitiated)
    /// Apart from the database's, so that a slow network keeps no screen waiting.
    private let network = Worker("network", .utility)

    /// Apart from the network's, so that pictures keep no sync waiting.
    private let pictures = Worker("pictures", .utility)

    /// For opening and letting go, in the order of the calls. Not the database's, so that a pause
    /// comes before what still waits there.
    private static let life = Worker("life", .userInitiated)

    /// Opens the phone's data in this place, and makes it if there is none.
    ///
    /// ``PromiseError`` tells `.wrongKey` and `.damaged` when what is there cannot be opened. It
    /// stays as it is; ``setAside(in:)`` moves it, and then a fresh one can be opened.
    public static func open(in place: DataPlace, key: DatabaseKey) async throws(PromiseError) -> PocketPhone {
        try await life.run {
            try place.prepare()
            return try PocketPhone(Phone.open(path: place.database.path, key: key.bytes))
        }
    }

    /// Moves data that does not open out of the way and returns its new place. Nothing is deleted:
    /// the right key, or a repair, can still open it there.
    @discardableResult
    public static func setAside(in place: DataPlace) async throws(PromiseError) -> URL {
        try await life.run {
            URL(fileURLWithPath: try PromiseBindings.setAside(path: place.database.path))
        }
    }

    private init(_ core: Phone) throws {
        self.core = core
        try core.setListener(listener: announcer)
    }

    /// What changed, from now on: read again what shows it. Ask as often as you like; each stream
    /// ends when the task that reads it is cancelled.
    ///
    /// A reader that is slow misses nothing: what changed meanwhile comes as one set.
    public var changes: AsyncStream<Set<Topic>> { announcer.stream() }

    /// Lets go of the database, and stops a sync. Call it before the system suspends the app;
    /// until ``resume()``, calls throw `.paused`. ``AppLife`` does both at the right moments.
    public func pause() async throws(PromiseError) {
        try await Self.life.run { [core] in try core.pause() }
    }

    /// Takes the database up again. What is shown is read again, because reading in between failed.
    public func resume() async throws(PromiseError) {
        try await Self.life.run { [core, announcer] in
            try core.resume()
            announcer.tell(Topic.all)
        }
    }

    /// Work with the database: milliseconds.
    func ask<Answer: Sendable>(
        _ work: @escaping @Sendable (Phone) throws -> Answer
    ) async throws(PromiseError) -> Answer {
        try await database.run { [core] in try work(core) }
    }

    /// Work that waits for the network: seconds, or until the task is cancelled.
    func reach<Answer: Sendable>(
        _ work: @escaping @Sendable (Phone) throws -> Answer
    ) async throws(PromiseError) -> Answer {
        try await network.run(
            { [core] in try work(core) },
            stoppedBy: { [core] in try? core.cancelSync() }
        )
    }

    /// Work with pictures from the network, which a sync breaks off.
    func see<Answer: Sendable>(
        _ work: @escaping @Sendable (Phone) throws -> Answer
    ) async throws(PromiseError) -> Answer {
        try await pictures.run(
            { [core] in try work(core) },
            stoppedBy: { [core] in try? core.cancelPictures() }
        )
    }
}
