package org.pocketpromise

import kotlin.test.assertEquals
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test
import org.pocketpromise.model.PromiseException
import org.pocketpromise.model.Topic

/** Flows that read again, in virtual time. */
@OptIn(ExperimentalCoroutinesApi::class)
class ChangesTest {
    private val changes = Changes()
    private var value = 0
    private val seen = mutableListOf<Int>()

    private fun TestScope.watch(read: () -> Int = { value }) {
        val io = StandardTestDispatcher(testScheduler)
        backgroundScope.launch { changes.watch(io, Topic.ASKS, read = read).collect(seen::add) }
        runCurrent()
    }

    @Test
    fun `what is there comes at once, and what is new after each change`() = runTest {
        watch()
        value = 1
        runCurrent()
        assertEquals(listOf(0), seen)
        changes.changed(listOf(Topic.CONTACTS))
        runCurrent()
        assertEquals(listOf(0), seen)
        changes.changed(listOf(Topic.STATUS, Topic.ASKS))
        runCurrent()
        assertEquals(listOf(0, 1), seen)
    }

    @Test
    fun `many changes are one reading, and the same is not told twice`() = runTest {
        var readings = 0
        watch { readings++; value }
        repeat(1000) { changes.changed(listOf(Topic.ASKS)) }
        runCurrent()
        assertEquals(listOf(0), seen)
        assertEquals(2, readings)
    }

    private fun TestScope.watchInTime(read: () -> InTime<Int>) {
        val io = StandardTestDispatcher(testScheduler)
        backgroundScope.launch { changes.watchInTime(io, Topic.ASKS, read = read).collect(seen::add) }
        runCurrent()
    }

    @Test
    fun `what changes by itself comes when it does`() = runTest {
        // It is 1 from the third second on, and 2 from the hundredth.
        watchInTime {
            val millis = testScheduler.currentTime
            when {
                millis < 3_000 -> InTime(0, (3_000 - millis).milliseconds)
                millis < 100_000 -> InTime(1, (100_000 - millis).milliseconds)
                else -> InTime(2, null)
            }
        }
        assertEquals(listOf(0), seen)
        advanceTimeBy(2_999)
        runCurrent()
        assertEquals(listOf(0), seen)
        advanceTimeBy(1)
        runCurrent()
        assertEquals(listOf(0, 1), seen)
        advanceTimeBy(97_000)
        runCurrent()
        assertEquals(listOf(0, 1, 2), seen)
    }

    @Test
    fun `what is said to hold for hours is read after a minute, and after a change at once`() = runTest {
        var readings = 0
        watchInTime { readings++; InTime(value, 5.hours) }
        assertEquals(1, readings)
        advanceTimeBy(60_000)
        runCurrent()
        assertEquals(2, readings)
        value = 1
        changes.changed(listOf(Topic.ASKS))
        runCurrent()
        assertEquals(3, readings)
        assertEquals(listOf(0, 1), seen)
    }

    @Test
    fun `what changes by itself does not come while paused`() = runTest {
        var readings = 0
        var paused = true
        watchInTime { readings++; if (paused) throw PromiseException.Paused() else InTime(value, null) }
        advanceTimeBy(600_000)
        runCurrent()
        assertEquals(1, readings)
        paused = false
        changes.all()
        runCurrent()
        assertEquals(listOf(0), seen)
    }

    @Test
    fun `while paused nothing comes, and afterwards what is there then`() = runTest {
        var paused = true
        watch { if (paused) throw PromiseException.Paused() else value }
        assertEquals(emptyList(), seen)
        paused = false
        value = 5
        changes.all()
        runCurrent()
        assertEquals(listOf(5), seen)
    }
}
