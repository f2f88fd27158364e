package org.pocketpromise

import java.io.File
import java.io.FileOutputStream
import java.nio.file.Files
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.security.GeneralSecurityException
import java.security.ProviderException
import java.security.SecureRandom
import javax.crypto.Cipher
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec
import org.pocketpromise.ffi.KeyReplacer
import org.pocketpromise.ffi.KeyReplacerException
import org.pocketpromise.model.PromiseException

/** Provides the database's key: 32 bytes, which the caller wipes after use. */
fun interface KeySource {
    /** Returns the key. Throws [PromiseException.WrongKey] if a key exists and cannot be read. */
    fun key(): ByteArray

    /**
     * Destroys the key and returns another one, which [key] returns from then on: the phone is being wiped.
     * A source that keeps no key returns the same one.
     */
    fun replace(): ByteArray = key()
}

/** Passes what the core asks to the app's source. */
internal class Replacer(private val source: KeySource) : KeyReplacer {
    @Suppress("TooGenericExceptionCaught")
    override fun replaceKey(): ByteArray =
        try {
            source.replace()
        } catch (_: Exception) {
            // Whatever the platform says: the core deletes the data all the same.
            throw KeyReplacerException.Failed()
        }
}

/**
 * A random key in a file, encrypted by a key that never leaves the platform's key store. A copy of the
 * file on another phone opens nothing.
 */
class WrappedKey(
    private val file: File,
    private val destroyWrapping: () -> Unit = {},
    private val wrapping: () -> SecretKey,
) : KeySource {
    /**
     * The file goes first. If the app is killed before the key store's key is destroyed, the next start makes
     * a new key, and the core goes on with the wipe. The other way round that start would find a file that
     * opens with no key, and fail. If the key store does not destroy its key, the new one is encrypted by it:
     * the file of the old one is gone, and the phone must have a key that its next start finds.
     */
    override fun replace(): ByteArray {
        Files.deleteIfExists(file.toPath())
        runCatching { destroyWrapping() }
        return key()
    }

    override fun key(): ByteArray =
        try {
            if (file.exists()) unwrap(file.readBytes()) else make()
        } catch (_: GeneralSecurityException) {
            // The platform lost its key, or the file was changed. A new key would not open the old
            // database either: the caller decides whether to set it aside.
            throw PromiseException.WrongKey()
        } catch (_: ProviderException) {
            // The platform's key store fails, perhaps only for now.
            throw PromiseException.Internal()
        }

    private fun make(): ByteArray {
        val key = ByteArray(KEY_BYTES).also(SecureRandom()::nextBytes)
        val cipher = Cipher.getInstance(CIPHER).apply { init(Cipher.ENCRYPT_MODE, wrapping()) }
        val wrapped = cipher.doFinal(key)
        save(byteArrayOf(cipher.iv.size.toByte()) + cipher.iv + wrapped)
        return key
    }

    private fun unwrap(saved: ByteArray): ByteArray {
        val ivSize = saved.firstOrNull()?.toInt() ?: throw PromiseException.WrongKey()
        val size = 1 + ivSize + KEY_BYTES + TAG_BITS / Byte.SIZE_BITS
        if (ivSize <= 0 || saved.size != size) throw PromiseException.WrongKey()
        val iv = saved.copyOfRange(1, 1 + ivSize)
        val cipher = Cipher.getInstance(CIPHER)
        cipher.init(Cipher.DECRYPT_MODE, wrapping(), GCMParameterSpec(TAG_BITS, iv))
        return cipher.doFinal(saved, 1 + ivSize, saved.size - 1 - ivSize)
    }

    /** Writes all of it or nothing: half a key would lock the database for good. */
    private fun save(bytes: ByteArray) {
        val temporary = File(file.path + ".new")
        FileOutputStream(temporary).use { out ->
            out.write(bytes)
            out.fd.sync()
        }
        Files.move(temporary.toPath(), file.toPath(), ATOMIC_MOVE, REPLACE_EXISTING)
    }

    private companion object {
        const val CIPHER = "AES/GCM/NoPadding"
        const val KEY_BYTES = 32
        const val TAG_BITS = 128
    }
}
