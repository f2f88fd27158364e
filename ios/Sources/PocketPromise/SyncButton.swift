import Observation
import PromiseBindings

/// The model of a sync button: whether a sync is running, how the last one ended, and a way to stop
/// it.
@MainActor
@Observable
public final class SyncButton {
    /// True while a sync is running.
    public private(set) var isSyncing = false
    /// Why the last sync failed; nil if it succeeded or was stopped.
    public private(set) var problem: PromiseError?

    @ObservationIgnored private let phone: PocketPhone
    @ObservationIgnored private var running: Task<Void, Never>?

    /// Creates a button that syncs this phone.
    public init(_ phone: PocketPhone) { self.phone = phone }

    /// Syncs. A second tap waits for the running sync. Returns when the sync has ended.
    public func sync() async {
        let task = running ?? Task { await self.run() }
        running = task
        await task.value
    }

    /// Stops a running sync, which is not shown as a problem.
    public func stop() { running?.cancel() }

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
        running = nil
    }
}
