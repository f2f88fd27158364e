import Observation
import PromiseBindings

/// What is behind a button that syncs: whether one is under way, how the last one went, and a way
/// to stop it.
@MainActor
@Observable
public final class SyncButton {
    /// Whether a sync is under way.
    public private(set) var isSyncing = false
    /// Why the last one did not go well, if it did not.
    public private(set) var problem: PromiseError?

    @ObservationIgnored private let phone: PocketPhone
    @ObservationIgnored private var underWay: Task<Void, Never>?

    /// A button that syncs this phone.
    public init(_ phone: PocketPhone) { self.phone = phone }

    /// Syncs; a second tap waits for the sync that is under way. Returns when it is over.
    public func sync() async {
        let task = underWay ?? Task { await self.run() }
        underWay = task
        await task.value
    }

    /// Stops a sync that is under way. That is no problem to show.
    public func stop() { underWay?.cancel() }

    private func run() async {
        isSyncing = true
        do throws(PromiseError) {
            try await phone.sync()
            problem = nil
        } catch .cancelled {
            problem = nil
        } catch {
            problem = error
        }
        isSyncing = false
        underWay = nil
    }
}
