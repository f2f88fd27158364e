package org.pocketpromise

import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** One [Promise] for the whole process, opened when somebody first asks. One that fails is tried again. */
class Opened(private val open: suspend () -> Promise) {
    private val opening = Mutex()
    private var opened: Promise? = null

    /** The phone. */
    suspend fun get(): Promise = opening.withLock { opened ?: open().also { opened = it } }
}
