#if os(iOS)
import BackgroundTasks
import Foundation
import UIKit

/// Schedules background syncs with the system.
public enum BackgroundSync {
    /// Registers the background task. Call it before the app has finished launching, with an identifier
    /// that its Info.plist permits (`BGTaskSchedulerPermittedIdentifiers`). `lifecycle` is called when the
    /// task runs.
    public static func register(
        _ identifier: String,
        lifecycle: @escaping @Sendable () async -> AppLife?
    ) {
        BGTaskScheduler.shared.register(forTaskWithIdentifier: identifier, using: nil) { task in
            schedule(identifier)
            let handed = Handed(task: task)
            let sync = Task {
                var wentWell = false
                if let appLife = await lifecycle() { wentWell = await appLife.syncInBackground() }
                handed.task.setTaskCompleted(success: wentWell)
            }
            task.expirationHandler = { sync.cancel() }
        }
    }

    /// Requests the next sync: in four hours at the earliest, when the system chooses.
    public static func schedule(_ identifier: String) {
        let request = BGAppRefreshTaskRequest(identifier: identifier)
        request.earliestBeginDate = Date(timeIntervalSinceNow: 4 * 60 * 60)
        // It fails if the person switched background refresh off; then there is no background sync.
        try? BGTaskScheduler.shared.submit(request)
    }
}

/// A task of the system. Unchecked, because only the place that receives it uses it.
private struct Handed: @unchecked Sendable {
    let task: BGTask
}

extension AppLife {
    /// The app leaves the screen. The system suspends it only after the database is closed, which
    /// takes milliseconds.
    @MainActor
    public func enterBackground(of application: UIApplication) {
        let asked = application.beginBackgroundTask(withName: "Saving")
        Task {
            await enterBackground()
            application.endBackgroundTask(asked)
        }
    }
}
#endif
