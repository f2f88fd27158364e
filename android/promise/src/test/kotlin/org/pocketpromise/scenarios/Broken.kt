package org.pocketpromise.scenarios

import kotlin.test.assertContains
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import org.pocketpromise.BackgroundSync
import org.pocketpromise.Scenario
import org.pocketpromise.canRetry
import org.pocketpromise.model.PromiseException
import org.pocketpromise.support.failsWith

/** Failures of the network and the server. */
val brokenScenarios: Map<String, Scenario> = mapOf(
    "cancel-in-mid-sync" to {
        val phone = paired(url = troubled())
        make("stuck")
        coroutineScope {
            val syncing = launch { phone.sync() }
            delay(500)
            assertTrue(syncing.isActive)
            assertTrue(measureTime { syncing.cancelAndJoin() } < 5.seconds)
        }
        make("none")
        phone.sync()
        assertNotNull(phone.promise.first())
    },
    "server-gone" to {
        val phone = carried()
        server.stop()
        try {
            phone.writeAsk("Written without signal")
            assertTrue(failsWith<PromiseException.Offline> { phone.sync() }.canRetry)
            assertEquals(BackgroundSync.TRY_AGAIN, BackgroundSync.run { phone })
            assertTrue(phone.status.first().unsent > 0uL)
        } finally {
            server.startAgain()
        }
        assertEquals(BackgroundSync.DONE, BackgroundSync.run { phone })
        assertContains(server.run("ask", "list", "--person", person), "Written without signal")
    },
    "server-busy" to {
        val phone = paired(url = troubled())
        make("busy")
        assertTrue(failsWith<PromiseException.ServerBusy> { phone.sync() }.canRetry)
    },
    "server-nonsense" to {
        val phone = paired(url = troubled())
        make("nonsense")
        assertFalse(failsWith<PromiseException.ServerWrong> { phone.sync() }.canRetry)
    },
    "server-of-another-version" to {
        val phone = paired(url = troubled())
        make("other-version")
        failsWith<PromiseException.UpdateNeeded> { phone.sync() }
        assertEquals(BackgroundSync.GIVE_UP, BackgroundSync.run { phone })
    },
    "edition-damaged" to {
        val phone = paired(url = troubled())
        make("damaged")
        failsWith<PromiseException.EditionDamaged> { phone.sync() }
        make("none")
        phone.sync()
        assertNotNull(phone.promise.first())
    },
)
