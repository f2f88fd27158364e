package org.pocketpromise.scenarios

import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlinx.coroutines.flow.first
import org.pocketpromise.PlatformUnlock
import org.pocketpromise.PocketPhone
import org.pocketpromise.Scenario
import org.pocketpromise.UnlockKeys
import org.pocketpromise.model.AppLockState
import org.pocketpromise.model.ContactEdit
import org.pocketpromise.model.OpportunityFilter
import org.pocketpromise.model.OwnContactEdit
import org.pocketpromise.model.PromiseException
import org.pocketpromise.support.World
import org.pocketpromise.support.failsWith

private const val PIN = "4826"
private const val QUIET = "7391"
private const val WRONG = "5050"

/** A phone with a PIN, and with data that must not be readable without it. */
private suspend fun World.withPin(): PocketPhone {
    val phone = carried()
    phone.addOwnContact(OwnContactEdit(displayName = "Sam", discreet = true))
    phone.editContact(phone.contacts.first().single().id, ContactEdit(note = "Only for me"))
    phone.saveOpportunity("p01")
    phone.setPin(PIN)
    return phone
}

private suspend fun PocketPhone.saved() = opportunities(OpportunityFilter(savedOnly = true)).first().size

private suspend fun PocketPhone.state() = appLock.first().state

/** Keys of this machine instead of the Keystore's. */
private class MemoryKeys : UnlockKeys {
    private var key: SecretKey? = null

    override fun make(): SecretKey =
        KeyGenerator.getInstance("AES").apply { init(256) }.generateKey().also { key = it }

    override fun get() = key

    override fun delete() {
        key = null
    }
}

/** The app lock. */
val lockingScenarios: Map<String, Scenario> = mapOf(
    "lock-at-night" to {
        withPin().close()
        val phone = open()
        assertEquals(AppLockState.LOCKED, phone.state())
        assertNotNull(phone.promise.first())
        assertTrue(phone.directory.first().lines.any { it.phones.isNotEmpty() })
        val adviser = phone.contacts.first().single()
        assertEquals("Jo Okoro" to null, adviser.displayName to adviser.note)
        assertTrue(phone.ownContacts.first().isEmpty() && phone.saved() == 0)
        assertTrue(phone.accessLog.first().isEmpty())
        failsWith<PromiseException.Locked> { phone.saveOpportunity("p01") }
        failsWith<PromiseException.Locked> { phone.exportCards() }
        failsWith<PromiseException.Locked> { phone.recoveryPhrase() }
        assertTrue(phone.sync().changed.isEmpty())
        phone.unlock(PIN)
        assertEquals("Sam", phone.ownContacts.first { it.isNotEmpty() }.single().displayName)
        assertEquals("Only for me", phone.contacts.first().single().note)
        phone.lock()
        assertEquals(AppLockState.LOCKED to 0, phone.state() to phone.saved())
    },
    "lock-wrong-pins" to {
        val phone = carried()
        failsWith<PromiseException.Invalid> { phone.setPin("12") }
        failsWith<PromiseException.UnsafePin> { phone.setPin("1234") }
        phone.setPin(PIN)
        phone.lock()
        repeat(5) { failsWith<PromiseException.WrongPin> { phone.unlock(WRONG) } }
        phone.close()
        val again = open()
        val failed = failsWith<PromiseException.TooManyTries> { again.unlock(PIN) }
        assertTrue(failed.waitSeconds in 1u..30u)
        assertTrue(again.appLock.first().waitSeconds in 1u..30u)
    },
    "lock-quiet-pin" to {
        val phone = withPin()
        carried("second.db")
        assertEquals(2, phone.devices().size)
        failsWith<PromiseException.UnsafePin> { phone.setQuietPin(PIN, PIN) }
        phone.setQuietPin(PIN, QUIET)
        val open = phone.appLock.first()
        phone.lock()
        phone.unlock(QUIET)
        assertEquals(open, phone.appLock.first())
        assertNotNull(phone.promise.first())
        assertTrue(phone.opportunities().first().isNotEmpty())
        assertTrue(phone.contacts.first().isEmpty() && phone.ownContacts.first().isEmpty())
        assertEquals(0uL, phone.status.first().unsent)
        assertTrue(phone.devices().single().isThis)
        failsWith<PromiseException.ReadOnly> { phone.saveOpportunity("p01") }
        phone.unlock(PIN)
        assertEquals(1 to 1, phone.saved() to phone.ownContacts.first().size)
    },
    "lock-forgotten-pin" to {
        val phone = withPin()
        val words = phone.recoveryPhrase().joinToString(" ")
        phone.lock()
        failsWith<PromiseException.WrongRecoveryPhrase> {
            phone.enterRecoveryPhrase("abandon ".repeat(11) + "about")
        }
        assertEquals(AppLockState.LOCKED, phone.state())
        phone.enterRecoveryPhrase(words)
        assertEquals(AppLockState.OFF to 1, phone.state() to phone.saved())
    },
    "lock-by-platform" to {
        val phone = withPin()
        val unlock = PlatformUnlock(phone, file("promise.unlock"), MemoryKeys())
        assertNull(unlock.cipherToUnlock())
        failsWith<PromiseException.WrongPin> { unlock.allow(WRONG, unlock.cipherToAllow()) }
        val nowhere = PlatformUnlock(phone, file("no-folder/promise.unlock"), MemoryKeys())
        failsWith<PromiseException.ReadOnly> { nowhere.allow(PIN, nowhere.cipherToAllow()) }
        assertEquals(false, phone.appLock.first().platformUnlock)
        unlock.allow(PIN, unlock.cipherToAllow())
        phone.lock()
        assertTrue(phone.appLock.first().platformUnlock)
        failsWith<PromiseException.WrongPin> { phone.unlockWithPlatform(ByteArray(32)) }
        unlock.unlock(checkNotNull(unlock.cipherToUnlock()))
        assertEquals(1, phone.saved())
        unlock.forbid()
        assertNull(unlock.cipherToUnlock())
        assertEquals(false, phone.appLock.first().platformUnlock)
    },
)
