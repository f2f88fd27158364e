package org.pocketpromise

import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.withContext
import org.pocketpromise.ffi.Phone
import org.pocketpromise.model.PromiseException

/** The way to the phone underneath: on [io], never on the caller's thread. */
internal class Calls(private val phone: Phone, val io: CoroutineContext) {
    suspend fun <T> call(work: Phone.() -> T): T = withContext(io) { here(work) }

    /** On this thread. For who is on [io] already. */
    fun <T> here(work: Phone.() -> T): T = crossing { phone.work() }
}

/**
 * The one way a call fails is a [PromiseException]. What the generated code throws besides is a
 * mistake of ours, or a phone that was closed meanwhile: neither may end the app.
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
        // What the generated code says of an object that was closed.
        throw PromiseException.Paused()
    }
