package org.pocketpromise

import kotlinx.coroutines.flow.Flow
import org.pocketpromise.model.AppLockStatus
import org.pocketpromise.model.PromiseException
import org.pocketpromise.model.Topic

/**
 * The app lock: a PIN under which private data is not readable. It keeps data from a person who holds the
 * unlocked phone; it does not encrypt.
 *
 * While it is locked, the promise, the opportunities, the duty lines and contacts that are not discreet still
 * read. Flows leave out the rest, and other calls throw [PromiseException.Locked]. A process that starts is
 * locked if a PIN is set.
 *
 * Screens that take a PIN set `FLAG_SECURE`, and never show whether there is a quiet PIN.
 */
interface AppLock {
    /** What a lock screen shows. The same whether the PIN or the quiet PIN was typed. */
    val appLock: Flow<AppLockStatus>

    /** Locks at once, if a PIN is set. From any thread: when the app leaves the screen, for example. */
    fun lock()

    /**
     * Opens by the PIN or by the quiet PIN. Throws [PromiseException.WrongPin], and after wrong ones
     * [PromiseException.TooManyTries].
     */
    suspend fun unlock(pin: String)

    /**
     * Sets a PIN of 4 to 12 digits on a phone that has none. Only the recovery phrase removes a forgotten PIN:
     * tell the person, and ask them to write it down.
     */
    suspend fun setPin(pin: String)

    /** Replaces the PIN. */
    suspend fun changePin(current: String, newPin: String)

    /** Removes the PIN, the quiet PIN and the platform's secret. */
    suspend fun removePin(current: String)

    /** Sets or replaces the quiet PIN, which opens only the promise and the opportunities. */
    suspend fun setQuietPin(current: String, quietPin: String)

    /** Removes the quiet PIN. Succeeds if there is none: no call tells whether there is one. */
    suspend fun removeQuietPin(current: String)

    /** Returns the secret by which the platform opens the lock from now on. [PlatformUnlock] keeps it. */
    suspend fun allowPlatformUnlock(current: String): ByteArray

    /** Opens by the platform's secret. */
    suspend fun unlockWithPlatform(secret: ByteArray)

    /** Lets the platform open the lock no longer. */
    suspend fun forbidPlatformUnlock()
}

internal class CoreAppLock(private val calls: Calls, changes: Changes) : AppLock {
    override val appLock = changes.watch(calls.io, Topic.STATUS) { calls.here { appLock() } }

    override fun lock() {
        try {
            calls.here { lock() }
        } catch (_: PromiseException.Paused) {
            // The phone was closed. It is locked when it is opened again.
        }
    }

    override suspend fun unlock(pin: String) = calls.call { unlock(pin) }

    override suspend fun setPin(pin: String) = calls.call { setPin(pin) }

    override suspend fun changePin(current: String, newPin: String) =
        calls.call { changePin(current, newPin) }

    override suspend fun removePin(current: String) = calls.call { removePin(current) }

    override suspend fun setQuietPin(current: String, quietPin: String) =
        calls.call { setQuietPin(current, quietPin) }

    override suspend fun removeQuietPin(current: String) = calls.call { removeQuietPin(current) }

    override suspend fun allowPlatformUnlock(current: String) =
        calls.call { allowPlatformUnlock(current) }

    override suspend fun unlockWithPlatform(secret: ByteArray) =
        calls.call { unlockWithPlatform(secret) }

    override suspend fun forbidPlatformUnlock() = calls.call { forbidPlatformUnlock() }
}
