package org.pocketpromise

import org.pocketpromise.model.PromiseException

/** The outcome of a background sync, for the scheduler. */
enum class BackgroundSync {
    /** Nothing to do until the next time. */
    DONE,

    /** Retry soon. */
    TRY_AGAIN,

    /** Only the young person can fix it: the app shows [PhoneStatus][org.pocketpromise.model.PhoneStatus]. */
    GIVE_UP,
    ;

    companion object {
        /** Syncs. Throws nothing but cancellation. A phone that is not paired, or was released, has nothing to do. */
        suspend fun run(open: suspend () -> PocketPhone): BackgroundSync =
            try {
                open().sync()
                DONE
            } catch (_: PromiseException.NotPaired) {
                DONE
            } catch (_: PromiseException.Released) {
                // It syncs no more until it is paired again.
                DONE
            } catch (failed: PromiseException) {
                if (failed.canRetry) TRY_AGAIN else GIVE_UP
            }
    }
}
