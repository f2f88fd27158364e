package org.pocketpromise

import java.io.File
import java.io.FileOutputStream
import java.nio.file.Files
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.security.GeneralSecurityException
import javax.crypto.Cipher
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** A file with 32 secret bytes, encrypted by AES-GCM under a key that never leaves the platform's key store. */
internal class SealedFile(private val file: File) {
    val exists: Boolean get() = file.exists()

    /** Encrypts with a cipher from [toEncrypt], and writes all of it or nothing: half a secret is none. */
    fun write(secret: ByteArray, cipher: Cipher) {
        val sealed = cipher.doFinal(secret)
        val temporary = File(file.path + ".new")
        FileOutputStream(temporary).use { out ->
            out.write(byteArrayOf(cipher.iv.size.toByte()) + cipher.iv + sealed)
            out.fd.sync()
        }
        Files.move(temporary.toPath(), file.toPath(), ATOMIC_MOVE, REPLACE_EXISTING)
    }

    /** Decrypts with a cipher from [toDecrypt]. */
    fun read(cipher: Cipher): ByteArray {
        val saved = file.readBytes()
        val start = 1 + ivSize(saved)
        return cipher.doFinal(saved, start, saved.size - start)
    }

    /** A cipher that decrypts this file. Throws [GeneralSecurityException] if it was changed. */
    fun toDecrypt(key: SecretKey): Cipher {
        val saved = file.readBytes()
        val iv = saved.copyOfRange(1, 1 + ivSize(saved))
        return Cipher.getInstance(CIPHER).apply { init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG_BITS, iv)) }
    }

    fun delete() {
        file.delete()
    }

    private fun ivSize(saved: ByteArray): Int {
        val ivSize = saved.firstOrNull()?.toInt() ?: 0
        val size = 1 + ivSize + SECRET_BYTES + TAG_BITS / Byte.SIZE_BITS
        if (ivSize <= 0 || saved.size != size) throw GeneralSecurityException("not a sealed file")
        return ivSize
    }

    companion object {
        const val SECRET_BYTES = 32
        private const val CIPHER = "AES/GCM/NoPadding"
        private const val TAG_BITS = 128

        /** A cipher that encrypts a new file. */
        fun toEncrypt(key: SecretKey): Cipher = Cipher.getInstance(CIPHER).apply { init(Cipher.ENCRYPT_MODE, key) }
    }
}
