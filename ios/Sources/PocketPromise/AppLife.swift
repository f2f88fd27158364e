import PromiseBindings

/// Holds the database open while somebody needs it, the screen or a sync in the background, and
/// lets go when nobody does: the system ends an app that it suspends with a file locked.
///
/// Tell it of every change, in whichever order they come; each call returns when the phone is as
/// it should be then.
public actor AppLife {
    private let phone: PocketPhone
    private var isOnScreen = true
    private var syncs = 0
    private var isOpen = true
    /// The step that comes last so far. Steps wait for each other: a pause that overtook a resume
    /// would leave the screen without its data.
    private var lastStep: Task<PromiseError?, Never>?

    /// The life of an app that is on the screen, with its phone just opened.
    public init(of phone: PocketPhone) { self.phone = phone }

    /// The app comes to the screen.
    public func enterForeground() async throws(PromiseError) {
        isOnScreen = true
        try await settle()
    }

    /// The app leaves the screen: a sync that the screen started ends, and what is not sent is sent
    /// next time.
    public func enterBackground() async {
        isOnScreen = false
        // What a pause could say is said again by the next call that needs the database.
        try? await settle()
    }

    /// Syncs while the app is not on the screen, and says whether it went well. Cancel the task to
    /// stop it.
    public func syncInBackground() async -> Bool {
        syncs += 1
        let wentWell = await openAndSync()
        syncs -= 1
        try? await settle()
        return wentWell
    }

    private func openAndSync() async -> Bool {
        do throws(PromiseError) {
            try await settle()
            try await phone.sync()
            return true
        } catch {
            return false
        }
    }

    /// Opens or lets go, as is right when its turn comes.
    private func settle() async throws(PromiseError) {
        let before = lastStep
        let step = Task {
            _ = await before?.value
            return await self.step()
        }
        lastStep = step
        if let problem = await step.value { throw problem }
    }

    private func step() async -> PromiseError? {
        let isNeeded = isOnScreen || syncs > 0
        guard isNeeded != isOpen else { return nil }
        do throws(PromiseError) {
            if isNeeded { try await phone.resume() } else { try await phone.pause() }
            isOpen = isNeeded
            return nil
        } catch {
            return error
        }
    }
}
