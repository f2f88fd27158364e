package org.pocketpromise

import org.pocketpromise.model.PromiseException

/** How a sync in the background went, as a scheduler acts on it. */
enum class BackgroundSync {
    /** There is nothing more to do until the next time. */
    DONE,

    /** The same can go well soon. */
    TRY_AGAIN,

    /** It needs the young person: the app shows [PhoneStatus][org.pocketpromise.model.PhoneStatus]. */
    GIVE_UP,
    ;

    companion object {
        /** Syncs, and never throws but for being cancelled. A phone that is not paired has nothing to do. */
        suspend fun run(open: suspend () -> Promise): BackgroundSync =
            try {
                open().sync()
                DONE
            } catch (_: PromiseException.NotPaired) {
                DONE
            } catch (failed: PromiseException) {
                if (failed.canRetry) TRY_AGAIN else GIVE_UP
            }
    }
}
