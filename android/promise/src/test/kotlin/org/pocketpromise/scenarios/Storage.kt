package org.pocketpromise.scenarios

import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.first
import org.pocketpromise.KeySource
import org.pocketpromise.PocketPhone
import org.pocketpromise.Scenario
import org.pocketpromise.ffi.PocketPhone as CorePhone
import org.pocketpromise.model.ContactEdit
import org.pocketpromise.model.PromiseException
import org.pocketpromise.support.World
import org.pocketpromise.support.failsWith

/** The database file and its key. */
val storageScenarios: Map<String, Scenario> = mapOf(
    "wrong-key" to {
        carried().close()
        val other = KeySource { ByteArray(32) { 7 } }
        failsWith<PromiseException.WrongKey> { open(key = other) }
        failsWith<PromiseException.WrongKey> { open(key = { ByteArray(16) }) }
        assertNotNull(open().promise.first())
    },
    "damaged-file" to {
        open().close()
        file().writeBytes(ByteArray(8192) { 1 })
        failsWith<PromiseException.Damaged> { open() }
        val aside = PocketPhone.setAside(file())
        assertTrue(aside.exists() && !file().exists())
        assertNull(open().promise.first())
    },
    "full-storage" to {
        carried().close()
        val phone = CorePhone.open(file().path, World.KEY.key())
        phone.use {
            val contact = phone.contacts().single().id
            phone.limitStorage(1u)
            val note = ContactEdit(note = "x".repeat(4000))
            failsWith<PromiseException.DiskFull> { repeat(100) { phone.editContact(contact, note) } }
            assertEquals(contact, phone.contacts().single().id)
        }
    },
    "paused" to {
        val phone = carried()
        phone.pause()
        failsWith<PromiseException.Paused> { phone.search("rent") }
        coroutineScope {
            val seen = async { phone.asks.filter { it.isNotEmpty() }.first() }
            phone.resume()
            phone.writeAsk("After the pause")
            assertEquals("After the pause", seen.await().single().text)
        }
        phone.close()
        failsWith<PromiseException.Paused> { phone.search("rent") }
        Unit
    },
)
