package org.pocketpromise.scenarios

import java.time.Duration
import java.time.Instant
import java.time.LocalDate
import kotlin.test.assertEquals
import kotlin.test.assertIs
import kotlin.test.assertNotNull
import kotlin.test.assertTrue
import kotlinx.coroutines.flow.first
import org.pocketpromise.PocketPhone
import org.pocketpromise.Scenario
import org.pocketpromise.council.ClosedDays
import org.pocketpromise.model.ContactEdit
import org.pocketpromise.model.LaterEntry
import org.pocketpromise.model.RingNow
import org.pocketpromise.model.RingPlace
import org.pocketpromise.model.RingWho
import org.pocketpromise.model.WhyNotNow
import org.pocketpromise.model.WhyNow
import org.pocketpromise.support.Server

private const val PIN = "4826"

/** The lines that are open at any time, in the order of the directory. */
private val always = listOf("999", "nhs-111", "samaritans", "childline", "refuge")

private fun at(text: String): Instant = Instant.parse(text)

private suspend fun PocketPhone.ringNow(moment: String): RingNow = ringNow(at(moment))

/** The name of a contact, or the id of a line. */
private fun named(who: RingWho): String = when (who) {
    is RingWho.Contact -> who.name
    is RingWho.Line -> who.id
    RingWho.EmergencyServices -> "built in"
}

private fun rung(answer: RingNow): List<String> = answer.ring.map { named(it.who) }

private fun RingNow.later(name: String): LaterEntry = later.single { named(it.who) == name }

/** Adds a colleague with a number and hours. */
private fun Server.addColleague(handle: String, name: String) = run(
    "staff", "add", "--council", "riverbridge", "--handle", handle, "--name", name,
    "--phone", "07700 900456:mobile", "--hours", "mon-fri 09:00-17:00",
)

/** Whom to ring right now. */
val ringNowScenarios: Map<String, Scenario> = mapOf(
    "ring-now" to {
        carried().close()
        server.stop()
        try {
            val phone = open()
            val tuesday = phone.ringNow("2027-02-02T14:00:00Z")
            assertEquals(listOf("Jo Okoro", "duty") + always, rung(tuesday))
            val five = at("2027-02-02T17:00:00Z")
            assertEquals(WhyNow.Working(five), tuesday.ring[0].why)
            assertEquals("+447700900123", tuesday.ring[0].numbers.single().number)
            assertEquals(RingPlace.DUTY_LINE to 1, tuesday.ring[1].place to tuesday.ring[1].texts.size)
            assertEquals(five, tuesday.nextChange)
            val friday = phone.ringNow("2027-02-05T18:30:00Z")
            assertEquals(listOf("emergency-team") + always, rung(friday))
            assertEquals(WhyNow.Open(at("2027-02-08T08:45:00Z")), friday.ring[0].why)
            assertEquals(at("2027-02-08T09:00:00Z"), friday.later("Jo Okoro").next)
            val christmas = phone.ringNow("2026-12-25T03:00:00Z")
            assertEquals(rung(friday), rung(christmas))
            assertEquals(WhyNotNow.ClosedDay("Christmas Day"), christmas.later("duty").why)
            assertEquals(at("2026-12-29T08:45:00Z"), christmas.later("duty").next)
            val doubled = phone.ringNow("2027-10-31T00:30:00Z")
            assertEquals(doubled, phone.ringNow("2027-10-31T01:30:00Z"))
            assertEquals(at("2027-11-01T08:45:00Z"), doubled.nextChange)
            // What answers now changes within a week, whenever this runs.
            val next = assertNotNull(phone.ringNow.first().nextChange)
            assertTrue(Duration.between(Instant.now(), next) in Duration.ofMinutes(-1)..Duration.ofDays(7))
        } finally {
            server.startAgain()
        }
    },
    "ring-now-cover" to {
        val phone = carried()
        val (bo, cy) = listOf("Bo Osei" to "b.$person", "Cy Ray" to "c.$person").map { (name, handle) ->
            server.addColleague(handle, name)
            handle
        }
        server.addLeave(bo, "2099-12-07", "2099-12-21", cover = cy)
        server.addLeave(adviser, "2099-12-01", "2099-12-14", cover = bo)
        phone.sync()
        val jo = phone.contacts.first().single { it.displayName == "Jo Okoro" }.id
        for ((moment, name, until) in listOf(
            Triple("2099-12-02T10:00:00Z", "Bo Osei", "2099-12-06"),
            Triple("2099-12-08T10:00:00Z", "Cy Ray", "2099-12-14"),
        )) {
            val answer = phone.ringNow(moment)
            val first = answer.ring.first()
            assertEquals(name to RingPlace.COVER, named(first.who) to first.place)
            val why = assertIs<WhyNow.Covers>(first.why)
            assertEquals(jo to LocalDate.parse(until), why.contact to why.lastDay)
            assertNotNull(assertIs<WhyNotNow.OnLeave>(answer.later("Jo Okoro").why).cover)
            assertEquals(at("2099-12-15T09:00:00Z"), answer.later("Jo Okoro").next)
        }
    },
    "ring-now-closed-day" to {
        val phone = carried()
        suspend fun christmas() = phone.ringNow("2026-12-25T10:00:00Z")
        assertEquals("emergency-team", rung(christmas()).first())
        server.run("contact", "set", "--staff", adviser, "--on-closed-days", "as_usual")
        phone.sync()
        assertEquals(ClosedDays.AS_USUAL, phone.contacts.first().single().onClosedDays)
        val answer = christmas()
        assertEquals(listOf("Jo Okoro", "emergency-team") + always, rung(answer))
        assertEquals(WhyNow.Working(at("2026-12-25T17:00:00Z")), answer.ring.first().why)
    },
    "ring-now-locked" to {
        val phone = carried()
        phone.editContact(phone.contacts.first().single().id, ContactEdit(discreet = true))
        phone.setPin(PIN)
        suspend fun tuesday() = rung(phone.ringNow("2027-02-02T14:00:00Z"))
        assertEquals("Jo Okoro", tuesday().first())
        phone.lock()
        assertEquals(listOf("duty") + always, tuesday())
        phone.unlock(PIN)
        assertEquals("Jo Okoro", tuesday().first())
    },
)
