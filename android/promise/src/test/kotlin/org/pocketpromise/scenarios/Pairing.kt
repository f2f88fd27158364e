package org.pocketpromise.scenarios

import kotlin.test.assertContains
import kotlin.test.assertEquals
import kotlin.test.assertIs
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlinx.coroutines.flow.first
import org.pocketpromise.KeySource
import org.pocketpromise.PocketPhone
import org.pocketpromise.Scenario
import org.pocketpromise.council.Inviter
import org.pocketpromise.model.Erased
import org.pocketpromise.model.OwnContactEdit
import org.pocketpromise.model.PhoneState
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

/** Begins with the key of the other phones. */
private class ReplaceableKey : KeySource {
    var replaced = 0
        private set

    override fun key() = ByteArray(32) { (42 + replaced).toByte() }

    override fun replace(): ByteArray {
        replaced += 1
        return key()
    }
}

/** The council takes the person's first phone off. */
private fun World.takeOff(reason: String) {
    val line = server.run("phones", "list", "--person", person).lines().first()
    server.run("phones", "revoke", line.substringBefore(' '), "--reason", reason)
}

/** A phone with a contact of the person's own, which was sent. */
private suspend fun World.withSam(url: String = server.url): PocketPhone = carried(url = url).also {
    it.addOwnContact(OwnContactEdit(displayName = "Sam"))
    it.sync()
}

/** The server says that the phone was taken off, and the council did not: everything stays. */
private suspend fun World.isRefusedAndKeepsAll(trouble: String) {
    val phone = withSam(troubled())
    make(trouble)
    failsWith<PromiseException.Unpaired> { phone.sync() }
    assertEquals(listOf("Sam"), phone.ownContacts.first().map { it.displayName })
    assertNotNull(phone.promise.first())
    make("none")
    phone.sync()
    assertIs<PhoneState.Paired>(phone.status.first().state)
}

/** Valid and invalid codes, and pairing again. */
val pairingScenarios: Map<String, Scenario> = mapOf(
    "pair-by-code" to {
        val phone = open()
        assertNull(phone.status.first().council)
        pair(phone, server.invite(person).lowercase().replace('-', ' '))
        assertEquals("Riverbridge Council", phone.status.first().council)
    },
    "pair-by-link" to {
        val phone = open()
        val code = server.invite(person)
        val offer = phone.pairByLink("pocketpromise://pair?code=$code&server=${server.url}")
        assertEquals("Riverbridge Council", offer.details.council)
        assertEquals(Inviter.Operator, offer.details.inviter)
        assertEquals(server.url, "http://${offer.details.server}")
        assertNull(offer.details.link)
        assertNull(phone.status.first().council, "nothing is stored yet")
        server.confirm(code, offer.details.digits)
        phone.finishPairing(offer)
        assertEquals("Riverbridge Council", phone.status.first().council)
    },
    "pairing-refused-by-the-council" to {
        val phone = open()
        val code = server.invite(person)
        val offer = phone.pair(server.url, code)
        server.refuse(code, offer.details.digits)
        failsWith<PromiseException.PairingRefused> { phone.finishPairing(offer) }
        assertNull(phone.status.first().council)
    },
    "pairing-refused-on-the-phone" to {
        val phone = open()
        val code = server.invite(person)
        val offer = phone.pair(server.url, code)
        phone.refusePairing(offer)
        assertTrue(runCatching { server.confirm(code, offer.details.digits) }.isFailure)
        failsWith<PromiseException.CodeUsed> { phone.pair(server.url, code) }
        assertNull(phone.status.first().council)
    },
    "code-on-two-phones" to {
        val first = open("first.db")
        val code = server.invite(person)
        val offer = first.pair(server.url, code)
        failsWith<PromiseException.TwoPhones> { open("second.db").pair(server.url, code) }
        failsWith<PromiseException.TwoPhones> { first.finishPairing(offer) }
        assertNull(first.status.first().council)
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
        pair(open("first.db"), code)
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
        failsWith<PromiseException.OtherPerson> { pair(phone, code) }
        assertEquals(listOf("Mine"), phone.asks.first().map { it.text })
        assertNotNull(phone.promise.first())
    },
    "unpaired-by-the-council" to {
        val phone = carried()
        takeOff("lost_or_stolen")
        failsWith<PromiseException.Revoked> { phone.sync() }
        assertNull(phone.promise.first())
    },
    "wiped-phone-replaces-its-key" to {
        val source = ReplaceableKey()
        val phone = open(key = source)
        pair(phone, server.invite(person))
        phone.sync()
        takeOff("lost_or_stolen")
        failsWith<PromiseException.Revoked> { phone.sync() }
        assertEquals(1, source.replaced)
        phone.close()
        failsWith<PromiseException.WrongKey> { open() }
        assertNull(open(key = source).promise.first())
    },
    "released-by-the-council" to {
        val phone = withSam()
        takeOff("no_longer_used")
        failsWith<PromiseException.Released> { phone.sync() }
        assertEquals(listOf("Sam"), phone.ownContacts.first().map { it.displayName })
        assertEquals(1, phone.contacts.first().size)
        assertNotNull(phone.promise.first())
        assertIs<PhoneState.Released>(phone.status.first().state)
        failsWith<PromiseException.Released> { phone.writeAsk("Hello?") }
        Unit
    },
    "paired-again-after-release" to {
        val phone = withSam()
        phone.writeAsk("Not sent yet")
        takeOff("no_longer_used")
        failsWith<PromiseException.Released> { phone.sync() }
        pair(phone, server.invite(person))
        phone.sync()
        assertIs<PhoneState.Paired>(phone.status.first().state)
        assertEquals(0uL, phone.status.first().unsent)
        assertContains(server.run("ask", "list", "--person", person), "Not sent yet")
    },
    "taken-off-without-an-order" to { isRefusedAndKeepsAll("taken-off") },
    "taken-off-by-a-forged-order" to { isRefusedAndKeepsAll("forged-order") },
    "relink-after-restore" to {
        val phone = lostInRestore()
        val words = phone.recoveryPhrase()
        failsWith<PromiseException.Unpaired> { phone.sync() }
        val new = server.addPerson()
        failsWith<PromiseException.OtherPerson> { pair(phone, server.invite(new)) }
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
        pair(phone, server.invite(server.addPerson()))
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
