package org.pocketpromise

import kotlin.coroutines.CoroutineContext
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.transform
import kotlinx.coroutines.flow.transformLatest
import kotlinx.coroutines.flow.update
import org.pocketpromise.ffi.ChangeListener
import org.pocketpromise.model.PromiseException
import org.pocketpromise.model.Topic

/**
 * Counts the changes of each topic. A message can be lost, a count cannot: a collector that was busy
 * sees the newest count and reads again once.
 */
internal class Changes : ChangeListener {
    private val counts = Topic.entries.associateWith { MutableStateFlow(0L) }

    /** Called on the thread that made the change. */
    override fun changed(topics: List<Topic>) = topics.forEach { topic -> count(topic) }

    /** Makes every flow read again. */
    fun all() = Topic.entries.forEach(::count)

    /** Emits what [read] returns, now and after each change of these topics. Emits nothing while paused. */
    fun <T> watch(io: CoroutineContext, vararg topics: Topic, read: () -> T): Flow<T> =
        combine(topics.map(counts::getValue)) { }
            .conflate()
            .transform {
                val value = try {
                    Value(read())
                } catch (_: PromiseException.Paused) {
                    null
                }
                value?.let { emit(it.value) }
            }
            .distinctUntilChanged()
            .flowOn(io)

    /**
     * Emits what [read] returns, now, after each change of these topics, and when it changes by itself: [read]
     * gives beside the value how long it holds. It is read once a minute at least, because the clock that measures
     * a delay may stand still while the phone sleeps. Emits nothing while paused.
     */
    @OptIn(ExperimentalCoroutinesApi::class)
    fun <T> watchInTime(io: CoroutineContext, vararg topics: Topic, read: () -> InTime<T>): Flow<T> =
        combine(topics.map(counts::getValue)) { }
            .transformLatest {
                while (true) {
                    val inTime = try {
                        read()
                    } catch (_: PromiseException.Paused) {
                        // Resuming is a change.
                        break
                    }
                    emit(inTime.value)
                    delay((inTime.holds ?: MAX_DELAY).coerceIn(MIN_DELAY, MAX_DELAY))
                }
            }
            .distinctUntilChanged()
            .flowOn(io)

    private fun count(topic: Topic) = counts.getValue(topic).update { it + 1 }

    /** What was read, which may be null. */
    private class Value<T>(val value: T)

    private companion object {
        val MIN_DELAY = 1.milliseconds
        val MAX_DELAY = 1.minutes
    }
}

/** A value, and how long it holds; null if nothing is known that ends it. */
internal class InTime<T>(val value: T, val holds: Duration?)
