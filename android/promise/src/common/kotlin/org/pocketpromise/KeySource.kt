package org.pocketpromise

import java.io.File
import java.security.GeneralSecurityException
import java.security.ProviderException
import java.security.SecureRandom
import javax.crypto.SecretKey
import org.pocketpromise.model.PromiseException

/** Provides the database's key: 32 bytes, which the caller wipes after use. */
fun interface KeySource {
    /** Returns the key. Throws [PromiseException.WrongKey] if a key exists and cannot be read. */
    fun key(): ByteArray
}

/**
 * A random key in a file, encrypted by a key that never leaves the platform's key store. A copy of the
 * file on another phone opens nothing.
 */
class WrappedKey(file: File, private val wrapping: () -> SecretKey) : KeySource {
    private val file = SealedFile(file)

    override fun key(): ByteArray =
        try {
            if (file.exists) file.read(file.toDecrypt(wrapping())) else make()
        } catch (_: GeneralSecurityException) {
            // The platform lost its key, or the file was changed. A new key would not open the old
            // database either: the caller decides whether to set it aside.
            throw PromiseException.WrongKey()
        } catch (_: ProviderException) {
            // The platform's key store fails, perhaps only for now.
            throw PromiseException.Internal()
        }

    private fun make(): ByteArray {
        val key = ByteArray(SealedFile.SECRET_BYTES).also(SecureRandom()::nextBytes)
        file.write(key, SealedFile.toEncrypt(wrapping()))
        return key
    }
}
