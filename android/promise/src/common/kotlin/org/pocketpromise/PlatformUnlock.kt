package org.pocketpromise

import java.io.File
import java.io.IOException
import java.security.GeneralSecurityException
import java.security.ProviderException
import javax.crypto.Cipher
import javax.crypto.SecretKey
import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.pocketpromise.model.PromiseException

/** Keys that the platform uses only after a fingerprint or a face. */
interface UnlockKeys {
    /** Makes a new key, in place of the one before. */
    fun make(): SecretKey

    /** Returns the key; null if there is none. */
    fun get(): SecretKey?

    /** Deletes the key. */
    fun delete()
}

/**
 * Opens the app lock by a fingerprint or a face. The person turns it on, with their PIN; off is the default. It
 * always opens everything, so another person who can use their finger or their face reads everything.
 *
 * To turn it on, let the person authenticate for [cipherToAllow], in a `BiometricPrompt.CryptoObject`, and pass
 * the cipher to [allow]. To open, do the same with [cipherToUnlock] and [unlock].
 */
class PlatformUnlock(
    private val lock: AppLock,
    file: File,
    private val keys: UnlockKeys,
    private val io: CoroutineContext = Dispatchers.IO,
) {
    private val file = SealedFile(file)

    /** Returns the cipher that the person authenticates to turn it on. Makes a new key. */
    suspend fun cipherToAllow(): Cipher = withContext(io) { keystore { SealedFile.toEncrypt(keys.make()) } }

    /** Turns it on. Throws [PromiseException.WrongPin] if [pin] is not the person's, and changes nothing then. */
    suspend fun allow(pin: String, authenticated: Cipher) {
        val secret = lock.allowPlatformUnlock(pin)
        try {
            withContext(io) { keystore { file.write(secret, authenticated) } }
        } catch (failed: PromiseException) {
            // The secret is nowhere, so nothing can open the lock with it.
            lock.forbidPlatformUnlock()
            throw failed
        } finally {
            secret.fill(0)
        }
    }

    /**
     * Returns the cipher that the person authenticates to open the lock; null if it is turned off, or the
     * platform dropped its key because another finger or face was added. Then the PIN opens it.
     */
    suspend fun cipherToUnlock(): Cipher? = withContext(io) {
        try {
            if (file.exists) keys.get()?.let(file::toDecrypt) else null
        } catch (_: GeneralSecurityException) {
            null
        } catch (_: ProviderException) {
            null
        } catch (_: IOException) {
            null
        }
    }

    /** Opens the lock. Throws [PromiseException.WrongPin] if it was turned off since. */
    suspend fun unlock(authenticated: Cipher) {
        val secret = withContext(io) { keystore { file.read(authenticated) } }
        try {
            lock.unlockWithPlatform(secret)
        } finally {
            secret.fill(0)
        }
    }

    /** Turns it off, and deletes the key. */
    suspend fun forbid() {
        lock.forbidPlatformUnlock()
        withContext(io) {
            file.delete()
            keystore { keys.delete() }
        }
    }

    private inline fun <T> keystore(work: () -> T): T =
        try {
            work()
        } catch (_: GeneralSecurityException) {
            throw PromiseException.WrongPin()
        } catch (_: ProviderException) {
            throw PromiseException.Internal()
        } catch (_: IOException) {
            throw PromiseException.ReadOnly()
        }
}
