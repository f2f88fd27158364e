import Foundation
import PromiseBindings

/// The core's phone, which the app's phone calls.
typealias CorePhone = PromiseBindings.PocketPhone

/// What a young person carries: their council's promise, the people who help them, and what they
/// saved. The app holds one.
///
/// No call blocks its caller: each runs its work on a queue of its own and awaits the result.
/// Reading never needs a connection. A call that saves has saved when it returns.
public final class PocketPhone: Sendable {
    /// Receives every change, whichever call made it.
    let announcer = Announcer()
    let core: CorePhone
    /// A serial queue: the database runs one call at a time anyway.
    private let database = Worker("database", .userInitiated)
    /// A queue of its own, so that a slow network never delays a screen.
    private let network = Worker("network", .utility)

    /// Opens and closes the database, in the order of the calls. Not the database's queue, so that a
    /// pause overtakes the calls that wait there.
    private static let opening = Worker("opening", .userInitiated)

    /// Opens the phone's data in this folder, and creates it if there is none. A phone that is wiped destroys
    /// the key in `box` first, here too if that was interrupted.
    ///
    /// Throws `.wrongKey` or `.damaged` if the data there cannot be opened. The data stays unchanged;
    /// ``setAside(in:)`` moves it, so that a fresh database can be opened.
    public static func open(
        in place: DataPlace, key: DatabaseKey, keptIn box: (any SecretBox)? = nil
    ) async throws(PromiseError) -> PocketPhone {
        try await opening.run {
            try place.prepare()
            let replacer = box.map { BoxedKey(in: $0) }
            return try PocketPhone(CorePhone.open(path: place.database.path, key: key.bytes, replacer: replacer))
        }
    }

    /// Moves data that does not open to a new name and returns it. Nothing is deleted: the right key,
    /// or a repair, can still open it there.
    @discardableResult
    public static func setAside(in place: DataPlace) async throws(PromiseError) -> URL {
        try await opening.run {
            URL(fileURLWithPath: try PromiseBindings.setAside(path: place.database.path))
        }
    }

    private init(_ core: CorePhone) throws {
        self.core = core
        try core.setListener(listener: announcer)
    }

    /// The topics that change from now on. Each access makes a new stream, which ends when the task
    /// that reads it is cancelled.
    ///
    /// A slow reader misses nothing: what changed in the meantime arrives as one set.
    public var changes: AsyncStream<Set<Topic>> { announcer.stream() }

    /// Closes the database file and stops a sync. Call it before the system suspends the app; until
    /// ``resume()``, calls throw `.paused`. ``AppLife`` calls both at the right moments.
    public func pause() async throws(PromiseError) {
        try await Self.opening.run { [core] in try core.pause() }
    }

    /// Opens the database file again. Screens read again, because reads in between failed.
    public func resume() async throws(PromiseError) {
        try await Self.opening.run { [core, announcer] in
            try core.resume()
            announcer.notify(Topic.all)
        }
    }

    /// Runs a call that needs the disk at most: milliseconds.
    func call<Answer: Sendable>(
        _ work: @escaping @Sendable (CorePhone) throws -> Answer
    ) async throws(PromiseError) -> Answer {
        try await database.run { [core] in try work(core) }
    }

    /// Runs a call that waits for the network: seconds, or until the calling task is cancelled.
    func networkCall<Answer: Sendable>(
        _ work: @escaping @Sendable (CorePhone, CancelHandle) throws -> Answer
    ) async throws(PromiseError) -> Answer {
        let cancel: CancelHandle
        do { cancel = try CancelHandle() } catch { throw PromiseError(error) }
        return try await network.run(
            { [core] in try work(core, cancel) },
            onCancel: { try? cancel.cancel() }
        )
    }
}
