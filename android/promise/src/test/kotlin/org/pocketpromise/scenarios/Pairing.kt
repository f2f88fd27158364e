package org.pocketpromise.scenarios

import kotlin.test.assertContains
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlinx.coroutines.flow.first
import org.pocketpromise.PocketPhone
import org.pocketpromise.Scenario
import org.pocketpromise.model.Erased
import org.pocketpromise.model.OwnContactEdit
import org.pocketpromise.model.PromiseException
import org.pocketpromise.support.World
import org.pocketpromise.support.failsWith

/** A phone whose person was added after the backup that the council restores. */
private suspend fun World.lostInRestore(): PocketPhone {
    val backup = server.backUp()
    val phone = carried()
    phone.writeAsk("Written before")
    phone.addOwnContact(OwnContactEdit(displayName = "Sam"))
    phone.sync()
    server.restore(backup)
    return phone
}

/** Valid and invalid codes, and pairing again. */
val pairingScenarios: Map<String, Scenario> = mapOf(
    "pair-by-code" to {
        val phone = open()
        assertNull(phone.status.first().council)
        phone.pair(server.url, server.invite(person).lowercase().replace('-', ' '))
        assertEquals("Riverbridge Council", phone.status.first().council)
    },
    "pair-by-link" to {
        val phone = open()
        phone.pairByLink("pocketpromise://pair?code=${server.invite(person)}&server=${server.url}")
        assertEquals("Riverbridge Council", phone.status.first().council)
    },
    "second-phone" to {
        val first = carried("first.db")
        first.writeAsk("Written on the first")
        first.sync()
        val second = carried("second.db")
        assertEquals(listOf("Written on the first"), second.asks.first().map { it.text })
    },
    "wrong-code" to {
        val phone = open()
        failsWith<PromiseException.CodeWrong> { phone.pair(server.url, "not a code") }
        val wrong = server.invite(person).take(4) + "-0000-0000"
        failsWith<PromiseException.CodeWrong> { phone.pair(server.url, wrong) }
        assertNull(phone.status.first().council)
    },
    "used-code" to {
        val code = server.invite(person)
        open("first.db").pair(server.url, code)
        failsWith<PromiseException.CodeUsed> { open("second.db").pair(server.url, code) }
    },
    "expired-code" to {
        val url = troubled()
        make("old-code")
        failsWith<PromiseException.CodeExpired> { open().pair(url, server.invite(person)) }
    },
    "locked-code" to {
        val phone = open()
        val code = server.invite(person)
        val wrong = code.take(4) + "-0000-0000"
        repeat(5) { failsWith<PromiseException.CodeWrong> { phone.pair(server.url, wrong) } }
        failsWith<PromiseException.CodeLocked> { phone.pair(server.url, code) }
    },
    "code-of-another-person" to {
        val phone = carried()
        phone.writeAsk("Mine")
        val code = server.invite(server.addPerson())
        failsWith<PromiseException.OtherPerson> { phone.pair(server.url, code) }
        assertEquals(listOf("Mine"), phone.asks.first().map { it.text })
        assertNotNull(phone.promise.first())
    },
    "unpaired-by-the-council" to {
        val phone = carried()
        val line = server.run("phones", "list", "--person", person).lines().first()
        server.run("phones", "revoke", line.substringBefore(' '), "--reason", "lost_or_stolen")
        failsWith<PromiseException.Revoked> { phone.sync() }
        assertNull(phone.promise.first())
    },
    "relink-after-restore" to {
        val phone = lostInRestore()
        val words = phone.recoveryPhrase()
        failsWith<PromiseException.Unpaired> { phone.sync() }
        val new = server.addPerson()
        failsWith<PromiseException.OtherPerson> { phone.pair(server.url, server.invite(new)) }
        failsWith<PromiseException.OtherPhone> { phone.relink(server.invite(new)) }
        phone.relink(server.inviteToRelink(new, phone.relinkCheck()))
        phone.sync()
        assertContains(server.run("ask", "list", "--person", new), "Written before")
        assertEquals(listOf("Sam"), phone.ownContacts.first().map { it.displayName })
        assertEquals(words, phone.recoveryPhrase())
    },
    "erase-after-restore" to {
        val phone = lostInRestore()
        assertEquals(Erased.THIS_PHONE, phone.eraseAccount())
        assertTrue(phone.asks.first().isEmpty())
        phone.pair(server.url, server.invite(server.addPerson()))
        phone.eraseThisPhone()
        assertNull(phone.status.first().council)
    },
    "not-paired" to {
        failsWith<PromiseException.NotPaired> { open().sync() }
        Unit
    },
    "unsafe-address" to {
        val code = server.invite(person)
        failsWith<PromiseException.AddressNotSafe> { open().pair("http://10.0.0.1", code) }
        assertTrue(server.run("phones", "list", "--person", person).isBlank())
    },
)
