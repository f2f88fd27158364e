package org.pocketpromise.scenarios

import java.io.File
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicReference
import kotlin.concurrent.thread
import kotlin.test.assertEquals
import kotlin.test.assertNotEquals
import kotlin.test.assertTrue
import org.pocketpromise.Scenario
import org.pocketpromise.canRetry
import org.pocketpromise.crossing
import org.pocketpromise.ffi.ChangeListener
import org.pocketpromise.ffi.PocketPhone as CorePhone
import org.pocketpromise.ffi.bytesHeld
import org.pocketpromise.ffi.failWith
import org.pocketpromise.ffi.panicOnPurpose
import org.pocketpromise.model.AskAbout
import org.pocketpromise.model.PromiseException
import org.pocketpromise.model.Topic
import org.pocketpromise.support.World
import org.pocketpromise.support.failsWith
import org.pocketpromise.userMessage

private const val THREADS = 8
private const val ROUNDS = 40
private const val CALLS = 100_000

/** One of each variant, by reflection on the sealed class. */
private val everyError: List<PromiseException> =
    PromiseException::class.java.permittedSubclasses.orEmpty().map { variant ->
        val constructor = variant.declaredConstructors.minBy { it.parameterCount }
        constructor.isAccessible = true
        val fields = constructor.parameterTypes.map<Class<*>, Any> { if (it == Int::class.java) 7 else "note" }
        constructor.newInstance(*fields.toTypedArray()) as PromiseException
    }

/** The bytes on the heap after a garbage collection. */
private fun heapBytes(): Long {
    repeat(3) { System.gc() }
    return Runtime.getRuntime().run { totalMemory() - freeMemory() }
}

/** Crosses the boundary in each way: records, text, an error in and an error out. */
private fun CorePhone.callOf(round: Int) {
    when (round % 20) {
        0 -> contacts()
        1 -> council()
        in 2..10 -> runCatching { failWith(PromiseException.TooLong("note")) }
        else -> PromiseException.Offline().userMessage
    }
}

/** Mistakes of apps and failures of the platform. */
val roughScenarios: Map<String, Scenario> = mapOf(
    "every-error" to {
        assertTrue(everyError.size >= 25)
        for (error in everyError) {
            val thrown = failsWith<PromiseException> { failWith(error) }
            assertEquals(error.javaClass, thrown.javaClass)
            assertTrue(thrown.userMessage.endsWith("."), thrown.userMessage)
        }
        val again = everyError.filter { it.canRetry }.map { it.javaClass.simpleName }.sorted()
        val expected = listOf(
            "Cancelled", "DiskFull", "EditionDamaged", "Internal", "Offline", "ReadOnly", "ServerBusy",
            "TooManyTries",
        )
        assertEquals(expected, again)
    },
    "panic" to {
        failsWith<PromiseException.Internal> { panicOnPurpose() }
        assertNotEquals("", PromiseException.Offline().userMessage)
    },
    "listener-that-throws" to {
        CorePhone.open(file().path, World.KEY.key()).use { phone ->
            val told = AtomicInteger()
            phone.setListener(
                object : ChangeListener {
                    override fun changed(topics: List<Topic>) {
                        if (Topic.ASKS in topics) told.incrementAndGet()
                        error("a mistake in the app")
                    }
                },
            )
            failsWith<PromiseException.NotPaired> { phone.writeAsk("Not yet", AskAbout.Anything) }
            val code = server.invite(person)
            val offer = phone.pair(server.url, code)
            server.confirm(code, offer.details().digits)
            phone.finishPairing(offer)
            phone.writeAsk("Saved all the same", AskAbout.Anything)
            assertEquals(1, told.get())
            assertEquals("Saved all the same", phone.asks().single().text)
            phone.setListener(null)
        }
    },
    "threads-while-closing" to {
        carried().close()
        val failures = ConcurrentLinkedQueue<Throwable>()
        val calls = AtomicInteger()
        val current = AtomicReference(CorePhone.open(file().path, World.KEY.key()))
        val going = AtomicReference(true)
        val threads = List(THREADS) { number ->
            thread {
                while (going.get()) {
                    val phone = current.get()
                    try {
                        crossing {
                            if (number == 0) phone.writeAsk("From a thread", AskAbout.Anything)
                            else phone.contacts()
                        }
                        calls.incrementAndGet()
                    } catch (_: PromiseException.Paused) {
                        // It was closed meanwhile.
                    } catch (other: Throwable) {
                        failures += other
                    }
                }
            }
        }
        repeat(ROUNDS) {
            Thread.sleep(10)
            val old = current.getAndSet(CorePhone.open(file().path, World.KEY.key()))
            old.close()
        }
        going.set(false)
        threads.forEach(Thread::join)
        current.get().close()
        assertEquals(emptyList(), failures.toList())
        assertTrue(calls.get() > ROUNDS, "${calls.get()} calls")
    },
    "many-calls" to {
        carried().close()
        CorePhone.open(file().path, World.KEY.key()).use { phone ->
            // After these calls, caches have their full size.
            repeat(CALLS / 4) { phone.callOf(it) }
            val before = bytesHeld().toLong()
            // What other scenarios leave behind is collected at any time: a leak grows in every round.
            val rounds = List(3) {
                val heapBefore = heapBytes()
                repeat(CALLS) { phone.callOf(it) }
                heapBytes() - heapBefore
            }
            val (grown, heapGrown) = bytesHeld().toLong() - before to rounds.min()
            println("many-calls: 3 times $CALLS calls, $grown B more in the library, $rounds B in the heap")
            assertTrue(grown < 64_000, "$grown B more in the library after 3 times $CALLS calls")
            assertTrue(heapGrown < 4_000_000, "$heapGrown B more in the heap after $CALLS calls")
        }
    },
)
