package org.pocketpromise

import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.withContext
import org.pocketpromise.ffi.CancelHandle
import org.pocketpromise.ffi.PocketPhone as CorePhone
import org.pocketpromise.model.PromiseException

/** Calls the core's phone on [io], never on the caller's thread. */
internal class Calls(private val phone: CorePhone, val io: CoroutineContext) {
    /** Runs a call that needs the disk at most. */
    suspend fun <T> call(work: CorePhone.() -> T): T = withContext(io) { here(work) }

    /** Runs a call on this thread, which must be one of [io]. */
    fun <T> here(work: CorePhone.() -> T): T = crossing { phone.work() }

    /** Runs a call that waits for the network. Cancelling the coroutine cancels the call and waits for its end. */
    suspend fun <T> network(work: CorePhone.(CancelHandle) -> T): T = coroutineScope {
        CancelHandle().use { cancel ->
            // Caught inside: a cancelled call must not hide why its coroutine was cancelled.
            val running = async(io) { runCatching { here { work(cancel) } } }
            try {
                running.await().getOrThrow()
            } catch (cancelled: CancellationException) {
                cancel.cancel()
                withContext(NonCancellable) { running.join() }
                throw cancelled
            }
        }
    }
}

/**
 * Makes every failure of a call a [PromiseException]. What the generated code throws besides is a
 * mistake of ours, or a phone that was closed in the meantime: neither may end the app.
 */
internal inline fun <T> crossing(work: () -> T): T =
    try {
        work()
    } catch (_: org.pocketpromise.ffi.InternalException) {
        throw PromiseException.Internal()
    } catch (_: org.pocketpromise.model.InternalException) {
        throw PromiseException.Internal()
    } catch (_: org.pocketpromise.council.InternalException) {
        throw PromiseException.Internal()
    } catch (_: IllegalStateException) {
        // The generated code throws it for an object that was closed.
        throw PromiseException.Paused()
    }
