import Foundation
import PromiseBindings

/// The app lock: a PIN under which private data is not readable. It keeps data from a person who holds the
/// unlocked phone; it does not encrypt.
///
/// While it is locked, the promise, the opportunities, the duty lines and contacts that are not discreet still
/// read. Lists leave out the rest, and other calls throw `.locked`. A program that starts is locked if a PIN is
/// set. Screens that take a PIN never show whether there is a quiet PIN.
extension PocketPhone {
    /// Returns what a lock screen shows. It is the same whether the PIN or the quiet PIN was typed.
    public func appLock() async throws(PromiseError) -> AppLockStatus {
        try await call { try $0.appLock() }
    }

    /// Locks at once, if a PIN is set: before the system takes the picture for the list of apps, for example.
    public func lock() {
        // It waits for nothing, and fails only by a mistake of ours.
        try? core.lock()
    }

    /// Opens by the PIN or by the quiet PIN. Throws `.wrongPin`, and after wrong ones `.tooManyTries`.
    public func unlock(pin: String) async throws(PromiseError) {
        try await call { try $0.unlock(pin: pin) }
    }

    /// Sets a PIN of 4 to 12 digits on a phone that has none. Only the recovery phrase removes a forgotten
    /// PIN: tell the person, and ask them to write it down.
    public func set(pin: String) async throws(PromiseError) {
        try await call { try $0.setPin(pin: pin) }
    }

    /// Replaces the PIN.
    public func change(pin current: String, to newPin: String) async throws(PromiseError) {
        try await call { try $0.changePin(current: current, newPin: newPin) }
    }

    /// Removes the PIN, the quiet PIN and the platform's secret.
    public func remove(pin current: String) async throws(PromiseError) {
        try await call { try $0.removePin(current: current) }
    }

    /// Sets or replaces the quiet PIN, which opens only the promise and the opportunities.
    public func set(quietPin: String, pin current: String) async throws(PromiseError) {
        try await call { try $0.setQuietPin(current: current, quietPin: quietPin) }
    }

    /// Removes the quiet PIN. Succeeds if there is none: no call tells whether there is one.
    public func removeQuietPin(pin current: String) async throws(PromiseError) {
        try await call { try $0.removeQuietPin(current: current) }
    }
}

/// Keeps a secret that a fingerprint or a face gives out.
public protocol UnlockBox: SecretBox {}

/// Opening the app lock by a fingerprint or a face. The person turns it on, with their PIN; off is the default.
/// It always opens everything, so another person who can use their finger or their face reads everything.
extension PocketPhone {
    /// Turns it on, and keeps the secret in this box: ``BiometricKeychain`` on a phone.
    public func allowUnlock(by box: some UnlockBox, pin current: String) async throws {
        let secret = try await call { try $0.allowPlatformUnlock(current: current) }
        do {
            try await Self.prompting.perform {
                try box.delete()
                try box.write(secret)
            }
        } catch {
            // The secret is nowhere, so nothing can open the lock with it.
            try? await call { try $0.forbidPlatformUnlock() }
            throw error
        }
    }

    /// Opens by the secret in this box, for which the system asks for a finger or a face. Throws `.wrongPin` if
    /// the box is empty, because it was turned off or another finger or face was added: the PIN opens then.
    public func unlock(by box: some UnlockBox) async throws {
        let secret = try await Self.prompting.perform { try box.read() }
        guard let secret else { throw PromiseError.wrongPin }
        try await call { try $0.unlockWithPlatform(secret: secret) }
    }

    /// Turns it off, and deletes the secret.
    public func forbidUnlock(by box: some UnlockBox) async throws {
        try await call { try $0.forbidPlatformUnlock() }
        try await Self.prompting.perform { try box.delete() }
    }

    /// Its own queue: the system waits there for the person.
    private static let prompting = Worker("prompting", .userInitiated)
}
