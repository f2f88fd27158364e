package org.pocketpromise.scenarios

import java.time.Duration
import java.time.Instant
import java.time.LocalDate
import java.time.LocalTime
import java.time.ZoneId
import java.time.temporal.ChronoUnit
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import org.pocketpromise.PocketPhone
import org.pocketpromise.Scenario
import org.pocketpromise.council.AccessRole
import org.pocketpromise.council.Availability
import org.pocketpromise.council.OpportunityKind
import org.pocketpromise.council.PhoneKind
import org.pocketpromise.council.PhoneNumber
import org.pocketpromise.council.StaffAction
import org.pocketpromise.council.Weekday
import org.pocketpromise.isRightToLeft
import org.pocketpromise.isolated
import org.pocketpromise.model.Contact
import org.pocketpromise.model.ContactEdit
import org.pocketpromise.model.NumberOwner
import org.pocketpromise.model.OpportunityFilter
import org.pocketpromise.model.OwnContactEdit
import org.pocketpromise.support.World

private const val OLD_NUMBER = "+447700900123"
private const val NEW_NUMBER = "+447700900456"

private val london = ZoneId.of("Europe/London")

private fun numbers(contacts: List<Contact>) = contacts.flatMap { it.phones }.map { it.number }

/** Watches the contacts during [work], which receives them from the channel. */
private suspend fun PocketPhone.watched(work: suspend (Channel<List<Contact>>) -> Unit) = coroutineScope {
    val seen = Channel<List<Contact>>(Channel.UNLIMITED)
    val watching = launch { contacts.collect(seen::send) }
    work(seen)
    watching.cancel()
}

/** Checks everything that an app shows from the phone alone. */
private suspend fun World.hasEverything(phone: PocketPhone) {
    val promise = assertNotNull(phone.promise.first())
    assertEquals("Our promise to you", promise.title["en"])
    assertTrue(promise.chapters.all { it.pledges.isNotEmpty() })
    assertTrue(phone.directory.first().lines.any { it.id == "999" })
    assertTrue(phone.opportunities(OpportunityFilter(closedToo = true)).first().size > 30)
    val contact = phone.contacts.first().single()
    assertEquals("Personal adviser", contact.role)
    assertEquals(listOf(OLD_NUMBER), contact.phones.map { it.number })
    assertEquals(LocalTime.of(9, 0), contact.workingPattern.single().opens)
}

/** What a phone receives, and how it reads it. */
val readingScenarios: Map<String, Scenario> = mapOf(
    "first-sync" to {
        val phone = carried()
        hasEverything(phone)
        val status = phone.status.first()
        assertNotNull(status.lastSync)
        assertEquals(0uL, status.unsent)
    },
    "read-offline" to {
        carried().close()
        server.stop()
        try {
            hasEverything(open())
        } finally {
            server.startAgain()
        }
    },
    "adviser-changes-a-number" to {
        val phone = carried()
        phone.watched { seen ->
            assertEquals(listOf(OLD_NUMBER), numbers(seen.receive()))
            server.changeNumber(adviser, "07700 900456")
            phone.sync()
            assertEquals(listOf(NEW_NUMBER), numbers(seen.receive()))
        }
    },
    "changed-number-until-seen" to {
        val phone = carried()
        assertEquals(emptyList(), phone.numberChanges.first())
        server.changeNumber(adviser, "07700 900456")
        phone.sync()
        phone.close()
        val reopened = open()
        val change = reopened.numberChanges.first().single()
        assertEquals(NumberOwner.Contact(reopened.contacts.first().single().id), change.owner)
        assertEquals(listOf(NEW_NUMBER), change.new.map { it.number })
        assertEquals(listOf(OLD_NUMBER), change.replaced.map { it.number })
        reopened.markNumbersSeen(change.owner)
        assertEquals(emptyList(), reopened.numberChanges.first())
    },
    "details-checked" to {
        val phone = carried()
        assertEquals(null, phone.contacts.first().single().verifiedOn)
        val before = LocalDate.now(london)
        server.run("contact", "check", "--staff", adviser)
        phone.sync()
        phone.close()
        val reopened = open()
        val checked = assertNotNull(reopened.contacts.first().single().verifiedOn)
        assertTrue(checked in before..LocalDate.now(london))
        server.changeNumber(adviser, "07700 900456")
        reopened.sync()
        assertEquals(null, reopened.contacts.first().single().verifiedOn)
    },
    "contact-from-the-address-book" to {
        val phone = carried()
        suspend fun surgery(of: PocketPhone) = of.contacts.first().single { it.displayName == "Surgery" }
        val entry = server.addEntry("Surgery", "020 7946 0001", person)
        phone.sync()
        assertEquals("+442079460001", surgery(phone).phones.first().number)
        assertEquals(null, surgery(phone).endNote)
        val tomorrow = LocalDate.now(london).plusDays(1)
        val why = "You moved. Your adviser helps."
        server.endEntry(entry, person, "$tomorrow", why)
        phone.sync()
        phone.close()
        val ended = surgery(open())
        assertEquals(tomorrow, ended.validTo)
        assertEquals(why, ended.endNote)
        assertEquals(1, ended.phones.size)
    },
    "nothing-changes-nothing-is-told" to {
        val phone = carried()
        phone.watched { seen ->
            seen.receive()
            phone.sync()
            assertEquals(null, withTimeoutOrNull(300) { seen.receive() })
        }
    },
    "cover-of-cover" to {
        val phone = carried()
        val (bo, cy) = listOf("Bo Osei" to "b.$person", "Cy Ray" to "c.$person").map { (name, handle) ->
            server.run("staff", "add", "--council", "riverbridge", "--handle", handle, "--name", name)
            handle
        }
        server.addLeave(bo, "2099-12-07", "2099-12-21", cover = cy)
        server.addLeave(adviser, "2099-12-01", "2099-12-14", cover = bo)
        phone.sync()
        val contacts = phone.contacts.first()
        val named = contacts.associate { it.id to it.displayName }
        val days = contacts.first { it.displayName == "Jo Okoro" }.coverDays
        assertEquals(listOf("Bo Osei", "Cy Ray"), days.map { named[it.cover] })
        assertEquals(listOf(1 to 6, 7 to 14), days.map { it.from.dayOfMonth to it.to.dayOfMonth })
    },
    "who-looked" to {
        val phone = carried()
        assertTrue(phone.accessLog.first().all { it.looked == 0u })
        server.run("ask", "list", "--person", person)
        server.changeNumber(adviser, "07700 900456")
        repeat(2) { phone.sync() }
        server.stop()
        try {
            val (own, others) = phone.accessLog.first().partition { it.role == AccessRole.OwnPhone }
            assertEquals(listOf(StaffAction.PairedPhone, StaffAction.StartedPairing), own.single().did)
            val entry = others.single()
            assertEquals(1u, entry.looked)
            assertEquals(null, entry.by)
            assertEquals(AccessRole.Operator, entry.role)
            assertEquals(
                listOf(StaffAction.ChangedContact, StaffAction.ConfirmedPairing, StaffAction.InvitedPhone),
                entry.did,
            )
            assertTrue(Duration.between(assertNotNull(entry.lastAt), Instant.now()).abs() < Duration.ofMinutes(1))
            assertTrue(ChronoUnit.DAYS.between(entry.day, LocalDate.now()) in -1L..1L)
        } finally {
            server.startAgain()
        }
    },
    "pictures" to {
        server.publishPictures()
        try {
            val frugal = paired("second.db")
            frugal.setPicturesWithSync(false)
            assertEquals(0u, frugal.sync().pictures)
            val state = frugal.pictures.first()
            assertEquals(Triple(2u, 2u, false), Triple(state.total, state.missing, state.withSync))
            assertEquals(2, frugal.fetchPictures())

            val phone = paired()
            assertEquals(2u, phone.sync().pictures)
            server.stop()
            assertEquals(0u, phone.pictures.first().missing)
            val pledges = assertNotNull(phone.promise.first()).chapters.flatMap { it.pledges }
            val bus = assertNotNull(pledges.single { it.pledge.id == "bus-pass" }.pledge.picture)
            val bytes = assertNotNull(phone.picture(bus.hash))
            assertEquals(bus.bytes, bytes.size.toUInt())
            assertEquals("WEBP", bytes.decodeToString(8, 12))
            assertEquals("A red bus", bus.alt["en"])
            assertEquals(null, phone.picture("0".repeat(64)))
        } finally {
            server.startAgain()
            server.publishCouncil()
        }
    },
    "search" to {
        val phone = carried()
        assertTrue(phone.search("prescr").any { it.id == "prescriptions" })
        assertTrue(phone.search("okoro").isNotEmpty())
        phone.editContact(phone.contacts.first().single().id, ContactEdit(hidden = true))
        assertTrue(phone.search("okoro").isEmpty())
    },
    "search-spellings" to {
        val phone = carried()
        phone.addOwnContact(OwnContactEdit(displayName = "Zoë"))
        val numbers = listOf(PhoneNumber("07700 900789", PhoneKind.MOBILE))
        val id = phone.addOwnContact(OwnContactEdit(displayName = "Đức O’Brien-Müller", phones = numbers))
        phone.addOwnContact(OwnContactEdit(displayName = "Émile"))
        for (typed in listOf("duc obrien", "MUELLER", "o'brien", "+44 7700 9007", "٠٧٧٠٠٩٠٠٧٨٩")) {
            assertEquals(listOf(id), phone.search(typed).map { it.id }, typed)
        }
        assertEquals("Đức O’Brien-\u0002Müller\u0003", phone.search("muell").single().title)
        assertEquals(listOf("Đức O’Brien-Müller", "Émile", "Zoë"), phone.ownContacts.first().map { it.displayName })
    },
    "numbers-in-other-direction" to {
        assertEquals("نور \u2066020 7946 0101\u2069", "نور 020 7946 0101".isolated())
        assertEquals("\u2066020 7946 0101\u2069", "020 7946 0101".isolated("ku-Arab"))
        assertEquals("Ring 020 7946 0101", "Ring 020 7946 0101".isolated("en"))
        assertTrue(isRightToLeft("haz"))
        assertTrue(!isRightToLeft("sd-Deva"))
        val phone = carried()
        phone.writeAsk("Ring 020\u202E 7946")
        assertEquals("Ring 020 7946", phone.asks.first().single().text)
    },
    "filter" to {
        val phone = carried()
        val discounts = OpportunityFilter(kinds = listOf(OpportunityKind.Discount), closedToo = true)
        val kinds = phone.opportunities(discounts).first().map { it.opportunity.kind }.toSet()
        assertEquals(setOf<OpportunityKind>(OpportunityKind.Discount), kinds)
        val day = LocalDate.of(2027, 1, 31)
        val soon = phone.opportunities(OpportunityFilter(closesBy = day, closedToo = true)).first()
        assertTrue(soon.map { it.opportunity.id }.containsAll(listOf("p01", "w01")))
        assertTrue(soon.none { it.opportunity.id == "t02" })
    },
    "opportunity-closes" to {
        val phone = carried()
        phone.saveOpportunity("p01")
        server.publishOpportunities("2027-01-15", "2020-01-15")
        try {
            phone.sync()
            assertTrue(phone.opportunities().first().none { it.opportunity.id == "p01" })
            val saved = phone.opportunities(OpportunityFilter(savedOnly = true)).first().single()
            assertEquals("p01" to Availability.CLOSED, saved.opportunity.id to saved.availability)
            val all = phone.opportunities(OpportunityFilter(closedToo = true)).first()
            assertEquals(Availability.OPEN, all.first { it.opportunity.id == "d01" }.availability)
        } finally {
            server.publishCouncil()
        }
    },
    "days-and-moments" to {
        val phone = carried()
        val all = phone.opportunities(OpportunityFilter(closedToo = true)).first()
        val closes = all.first { it.opportunity.id == "p01" }.opportunity.closesAt
        // A closing day ends with its last second in London.
        assertEquals(java.time.Instant.parse("2027-01-15T23:59:59Z"), closes)
        val opening = phone.contacts.first().single().workingPattern.single()
        assertEquals(Weekday.entries.take(5), opening.days)
        assertEquals(LocalTime.of(17, 0), opening.closes)
        assertEquals(PhoneKind.MOBILE, phone.contacts.first().single().phones.single().kind)
        val line = phone.directory.first().lines.first { it.id == "duty" }
        assertEquals(LocalTime.of(8, 45), line.hours.first().opens)
    },
)
