package org.pocketpromise

import kotlin.test.assertEquals
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
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
