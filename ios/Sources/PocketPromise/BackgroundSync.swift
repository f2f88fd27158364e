#if os(iOS)
import BackgroundTasks
import Foundation
import UIKit

/// Asks the system for a sync now and then while the app is not on the screen.
public enum BackgroundSync {
    /// Call before the app has finished launching, with the name that its Info.plist permits
    /// (`BGTaskSchedulerPermittedIdentifiers`). `life` is asked when the time has come.
    public static func register(
        _ identifier: String,
        life: @escaping @Sendable () async -> AppLife?
    ) {
        BGTaskScheduler.shared.register(forTaskWithIdentifier: identifier, using: nil) { task in
            schedule(identifier)
            let handed = Handed(task: task)
            let sync = Task {
                var wentWell = false
                if let life = await life() { wentWell = await life.syncInBackground() }
                handed.task.setTaskCompleted(success: wentWell)
            }
            task.expirationHandler = { sync.cancel() }
        }
    }

    /// Asks for the next one: not sooner than in four hours, and when the system thinks best.
    public static func schedule(_ identifier: String) {
        let request = BGAppRefreshTaskRequest(identifier: identifier)
        request.earliestBeginDate = Date(timeIntervalSinceNow: 4 * 60 * 60)
        // It fails where the person switched background refresh off: then there is none.
        try? BGTaskScheduler.shared.submit(request)
    }
}

/// A task of the system's. Unchecked, because the system hands it to one place, and only that place
/// uses it.
private struct Handed: @unchecked Sendable {
    let task: BGTask
}

extension AppLife {
    /// The app leaves the screen; the system waits with suspending it until the database is let go,
    /// which takes milliseconds.
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
