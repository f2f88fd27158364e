package org.pocketpromise

import java.io.File
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import org.pocketpromise.model.PromiseException

/** The key in its file, with a key from this machine instead of the Keystore's. */
class WrappedKeyTest {
    @TempDir
    lateinit var folder: File

    private val file get() = folder.resolve("promise.key")
    private val keystore = newKey()

    private fun newKey(): SecretKey = KeyGenerator.getInstance("AES").apply { init(256) }.generateKey()

    private fun source(wrapping: SecretKey = keystore) = WrappedKey(file) { wrapping }

    @Test
    fun `it is made once, and is the same ever after`() {
        val made = source().key()
        assertEquals(32, made.size)
        assertContentEquals(made, source().key())
        assertFalse(folder.resolve("promise.key.new").exists())
    }

    @Test
    fun `it is destroyed and replaced when the phone is wiped`() {
        var current = keystore
        var destroyed = 0
        val source = WrappedKey(file, { destroyed++; current = newKey() }) { current }
        val first = source.key()
        val copy = file.readBytes()
        val second = source.replace()
        assertFalse(first.contentEquals(second))
        assertContentEquals(second, source.key())
        assertEquals(1, destroyed)
        file.writeBytes(copy)
        assertFailsWith<PromiseException.WrongKey> { source.key() }
    }

    @Test
    fun `it is replaced even if the key store fails to destroy its own`() {
        val source = WrappedKey(file, { error("the key store fails") }) { keystore }
        val first = source.key()
        val second = source.replace()
        assertFalse(first.contentEquals(second))
        assertContentEquals(second, source.key())
    }

    @Test
    fun `the file does not hold it in the clear`() {
        val made = source().key()
        assertFalse(file.readBytes().asList().windowed(8).any { it == made.asList().take(8) })
    }

    @Test
    fun `without the wrapping key it cannot be had, and the file stays`() {
        source().key()
        val before = file.readBytes()
        assertFailsWith<PromiseException.WrongKey> { source(newKey()).key() }
        assertContentEquals(before, file.readBytes())
    }

    @Test
    fun `a damaged file is told, wherever the damage is`() {
        source().key()
        val whole = file.readBytes()
        for (at in whole.indices) {
            file.writeBytes(whole.copyOf().also { it[at] = (it[at].toInt() xor 1).toByte() })
            assertFailsWith<PromiseException.WrongKey>("byte $at") { source().key() }
        }
        for (size in whole.indices) {
            file.writeBytes(whole.copyOf(size))
            assertFailsWith<PromiseException.WrongKey>("$size bytes") { source().key() }
        }
    }
}
