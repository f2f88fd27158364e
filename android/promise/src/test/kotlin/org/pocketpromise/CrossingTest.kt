package org.pocketpromise

import java.io.File
import java.util.concurrent.Executors
import kotlin.test.assertFailsWith
import kotlin.test.assertSame
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import org.pocketpromise.model.PromiseException

/** The thread on which calls run, and what they may throw. */
class CrossingTest {
    @TempDir
    lateinit var folder: File

    private val key = KeySource { ByteArray(32) }

    @Test
    fun `no call runs on the thread that calls`() {
        // The only thread is busy: a call on the caller's thread would run without it.
        val executor = Executors.newSingleThreadExecutor { Thread(it, "only this") }
        val io = executor.asCoroutineDispatcher()
        runBlocking {
            val threads = mutableSetOf<String>()
            val noting = KeySource { threads += Thread.currentThread().name; ByteArray(32) }
            val promise = PocketPhone.open(folder.resolve("a.db"), noting, io)
            promise.contacts.first()
            promise.close()
            check(threads.all { it.startsWith("only this") }) { "$threads" }
        }
        io.close()
    }

    @Test
    fun `what the generated code throws becomes the one error`() {
        assertFailsWith<PromiseException.Internal> { crossing { throw org.pocketpromise.ffi.InternalException("x") } }
        assertFailsWith<PromiseException.Paused> { crossing { error("destroyed") } }
    }

    @Test
    fun `one phone for the whole app, and a failed opening is tried again`() = runBlocking {
        var tries = 0
        val opened = Opened {
            if (tries++ == 0) throw PromiseException.DiskFull()
            PocketPhone.open(folder.resolve("b.db"), key)
        }
        assertFailsWith<PromiseException.DiskFull> { opened.get() }
        val phone = opened.get()
        assertSame(phone, opened.get())
        phone.close()
    }
}
