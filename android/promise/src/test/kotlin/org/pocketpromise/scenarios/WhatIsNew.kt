package org.pocketpromise.scenarios

import java.time.Instant
import java.time.LocalDate
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue
import kotlinx.coroutines.flow.first
import org.pocketpromise.PocketPhone
import org.pocketpromise.Scenario
import org.pocketpromise.model.AppointmentNewsKind
import org.pocketpromise.model.DayChange
import org.pocketpromise.model.News
import org.pocketpromise.model.OpportunityEdit
import org.pocketpromise.model.PlannedReminder
import org.pocketpromise.model.Reminder
import org.pocketpromise.model.ReminderAbout
import org.pocketpromise.model.WordChange
import org.pocketpromise.support.World

private fun News.isEmpty(): Boolean =
    listOf(numbers, answers, appointments, timescales, pledges, opportunities).all { it.isEmpty() }

/** Runs a command about an appointment of the person. */
private fun World.appointment(command: String, vararg rest: String): String =
    server.run("appointment", command, "--person", person, *rest).trim()

/** Plans the next visit of the person for a day. */
private fun World.planVisit(day: String) {
    server.run("timescale", "record", "--person", person, "--timescale", "adviser-visit", "--next", day)
}

private suspend fun PocketPhone.reminders(): List<PlannedReminder> =
    reminders(Instant.parse("2099-06-01T00:00:00Z"), Instant.parse("2099-08-01T00:00:00Z")).first()

private fun moments(vararg texts: String): List<Instant> = texts.map(Instant::parse)

/** The value of the only property with this name. */
private fun value(file: String, name: String): String =
    file.split("\r\n").single { it.startsWith("$name:") }.removePrefix("$name:")

/** What is new for the person, what they are reminded of, and appointments for a calendar. */
val newsScenarios: Map<String, Scenario> = mapOf(
    "news-until-seen" to {
        val phone = carried()
        assertTrue(phone.news().first().isEmpty())
        phone.saveOpportunity("p01")
        val ask = phone.writeAsk("Can we meet?")
        phone.sync()
        server.changeNumber(adviser, "07700 900456")
        server.run("ask", "reply", "--person", person, "--ask", ask, "--status", "done", "--text", "Yes")
        appointment("add", "--title", "Plan review", "--at", "2099-06-30T14:00:00+01:00")
        planVisit("2099-07-10")
        server.publishOpportunities("Find your voice", "Find your song")
        try {
            phone.sync()
        } finally {
            server.publishCouncil()
        }
        phone.close()
        val reopened = open()
        val found = reopened.news().first()
        assertEquals(1 to 0, found.numbers.size to found.pledges.size)
        assertTrue(assertNotNull(found.nextChange) > Instant.now())
        val (answer, made, changed) = Triple(
            found.answers.single(), found.appointments.single(), found.opportunities.single(),
        )
        assertEquals("Yes", answer.ask.reply)
        val visit = found.timescales.single()
        assertEquals("adviser-visit", visit.timescale.id)
        assertEquals(DayChange(before = null, now = LocalDate.of(2099, 7, 10)), visit.planned)
        assertEquals(AppointmentNewsKind.ADDED, made.what)
        assertEquals(Instant.parse("2099-06-30T13:00:00Z"), made.appointment.startsAt)
        assertEquals(
            listOf(
                WordChange.SAME to "Find your ", WordChange.REMOVED to "voice", WordChange.ADDED to "song",
            ),
            changed.change.texts.single().runs.map { it.change to it.words },
        )
        listOf(answer.newsId, made.newsId, visit.newsId, changed.newsId).forEach { reopened.markNewsSeen(it) }
        reopened.markNumbersSeen(found.numbers.single().owner)
        assertTrue(reopened.news().first().isEmpty())
    },
    "reminders" to {
        val phone = carried()
        val id = appointment("add", "--title", "Plan review", "--at", "2099-06-30T14:00:00+01:00")
        val chosen = OpportunityEdit(remindOn = Reminder.On(LocalDate.of(2099, 6, 15)))
        phone.saveOpportunity("p01", chosen)
        planVisit("2099-06-20")
        phone.sync()
        val first = phone.reminders()
        assertEquals(
            moments(
                "2099-06-15T09:00:00Z", "2099-06-19T17:00:00Z", "2099-06-29T17:00:00Z", "2099-06-30T11:00:00Z",
            ),
            first.map { it.at },
        )
        assertEquals(setOf("You have something to look at."), first.map { it.text }.toSet())
        assertEquals(ReminderAbout.ChosenDay("p01"), first[0].about)
        assertEquals(ReminderAbout.Timescale("adviser-visit"), first[1].about)
        assertEquals(ReminderAbout.Appointment(id), first[2].about)
        appointment("change", "--appointment", id, "--at", "2099-07-01T10:00:00+01:00")
        phone.sync()
        val second = phone.reminders()
        assertEquals(moments("2099-06-30T17:00:00Z", "2099-07-01T07:00:00Z"), second.drop(2).map { it.at })
        assertEquals(first.map { it.id }, second.map { it.id })
        appointment("cancel", "--appointment", id)
        phone.sync()
        assertEquals(first.take(2), phone.reminders())
    },
    "calendar" to {
        val phone = carried()
        val id = appointment(
            "add", "--title", "Plan review", "--minutes", "45", "--place", "Room 2; Civic Centre",
            "--at", "2099-06-30T14:00:00+01:00",
        )
        phone.sync()
        val made = phone.exportCalendar()
        assertEquals("20990630T130000Z", value(made, "DTSTART"))
        assertEquals("20990630T134500Z", value(made, "DTEND"))
        assertEquals("Room 2\\; Civic Centre", value(made, "LOCATION"))
        appointment("change", "--appointment", id, "--at", "2099-07-01T10:00:00+01:00")
        phone.sync()
        val moved = phone.exportCalendar()
        appointment("cancel", "--appointment", id)
        phone.sync()
        val cancelled = phone.exportCalendar()
        assertEquals("CONFIRMED" to "20990701T090000Z", value(moved, "STATUS") to value(moved, "DTSTART"))
        assertEquals("CANCELLED" to "20990701T090000Z", value(cancelled, "STATUS") to value(cancelled, "DTSTART"))
        val sequences = listOf(made, moved, cancelled).map { value(it, "SEQUENCE").toLong() }
        assertTrue(sequences[0] < sequences[1] && sequences[1] < sequences[2])
        assertEquals(1, listOf(made, moved, cancelled).map { value(it, "UID") }.toSet().size)
    },
)
