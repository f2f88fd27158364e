package org.pocketpromise

import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** One [PocketPhone] for the whole process, opened at the first use. An attempt that fails is repeated at the next use. */
class Opened(private val open: suspend () -> PocketPhone) {
    private val opening = Mutex()
    private var opened: PocketPhone? = null

    /** Returns the phone. */
    suspend fun get(): PocketPhone = opening.withLock { opened ?: open().also { opened = it } }
}
