import PromiseBindings

/// Keeps the database open while the screen or a background sync needs it, and closes it otherwise:
/// the system kills an app that it suspends with a locked file.
///
/// Call it for every change, in any order; each call returns when the phone is in the right state.
public actor AppLife {
    private let phone: PocketPhone
    private var isOnScreen = true
    private var syncs = 0
    private var isOpen = true
    /// The last step so far. Steps wait for each other: a pause that overtook a resume would leave the
    /// screen without its data.
    private var lastStep: Task<PromiseError?, Never>?

    /// Starts with the app on the screen and its phone just opened.
    public init(of phone: PocketPhone) { self.phone = phone }

    /// The app comes to the screen.
    public func enterForeground() async throws(PromiseError) {
        isOnScreen = true
        try await settle()
    }

    /// The app leaves the screen: a sync that the screen started ends, and the next one sends the rest.
    public func enterBackground() async {
        isOnScreen = false
        // The next call that needs the database throws whatever a pause could throw.
        try? await settle()
    }

    /// Syncs while the app is not on the screen. Returns true if it succeeded. Cancel the task to stop it.
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

    /// Opens or closes the database, whichever is right when its turn comes.
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
