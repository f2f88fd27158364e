package org.pocketpromise.scenarios

import java.time.LocalDate
import java.time.ZoneId
import kotlin.test.assertContains
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlinx.coroutines.flow.first
import org.pocketpromise.PocketPhone
import org.pocketpromise.Scenario
import org.pocketpromise.council.AppointmentAnswer
import org.pocketpromise.council.AskStatus
import org.pocketpromise.council.Limit
import org.pocketpromise.council.LimitState
import org.pocketpromise.council.PledgeMark
import org.pocketpromise.council.SaveStatus
import org.pocketpromise.model.AskAbout
import org.pocketpromise.model.ContactEdit
import org.pocketpromise.model.MarkedPledge
import org.pocketpromise.model.OpportunityEdit
import org.pocketpromise.model.OpportunityFilter
import org.pocketpromise.model.PromiseException
import org.pocketpromise.model.Reminder
import org.pocketpromise.model.SavedOpportunity
import org.pocketpromise.support.failsWith

private suspend fun PocketPhone.saved(id: String): SavedOpportunity? =
    opportunities(OpportunityFilter(savedOnly = true)).first()
        .firstOrNull { it.opportunity.id == id }?.saved

private suspend fun PocketPhone.pledge(id: String): MarkedPledge =
    assertNotNull(promise.first()).chapters.flatMap { it.pledges }.first { it.pledge.id == id }

/** What a person writes, privately and for their adviser. */
val writingScenarios: Map<String, Scenario> = mapOf(
    "save-and-note-survive-reopening" to {
        val phone = carried()
        val day = LocalDate.of(2027, 1, 10)
        phone.saveOpportunity("p01", OpportunityEdit(note = "Ring Friday", remindOn = Reminder.On(day)))
        phone.close()
        assertEquals(SavedOpportunity(SaveStatus.SAVED, "Ring Friday", day), open().saved("p01"))
    },
    "forget-a-reminder" to {
        val phone = carried()
        val day = Reminder.On(LocalDate.of(2027, 1, 10))
        phone.saveOpportunity("p01", OpportunityEdit(note = "Ring Friday", remindOn = day))
        phone.saveOpportunity("p01", OpportunityEdit(remindOn = Reminder.Never))
        assertEquals(SavedOpportunity(SaveStatus.SAVED, "Ring Friday", null), phone.saved("p01"))
        phone.unsaveOpportunity("p01")
        assertNull(phone.saved("p01"))
    },
    "mark-a-pledge" to {
        val phone = carried()
        phone.markPledge("talk", PledgeMark.WANT_IT, "After the exams")
        assertEquals(PledgeMark.WANT_IT, phone.pledge("talk").mark)
        assertEquals("After the exams", phone.pledge("talk").note)
        phone.unmarkPledge("talk")
        assertNull(phone.pledge("talk").mark)
    },
    "contact-in-own-words" to {
        val phone = carried()
        val id = phone.contacts.first().single().id
        phone.editContact(id, ContactEdit(nickname = "Jojo", note = "Likes texts", hidden = true))
        assertTrue(phone.contacts.first().isEmpty())
        val hidden = phone.hiddenContacts.first().single()
        assertEquals("Jojo", hidden.nickname)
        assertEquals("Likes texts", hidden.note)
    },
    "visits-and-reviews" to {
        val phone = carried()
        assertTrue(phone.timescales.first().isEmpty())
        val today = LocalDate.now(ZoneId.of("Europe/London"))
        val visit = arrayOf("timescale", "record", "--person", person, "--timescale", "adviser-visit")
        server.run(*visit, "--last", "${today.minusDays(57)}")
        phone.sync()
        val late = phone.timescales.first().single().days
        assertEquals(today.minusDays(57), late.last)
        assertEquals(Limit(today.minusDays(1), LimitState.OVERDUE), late.promise)
        assertEquals(LimitState.SOON, late.law?.state)
        server.run(*visit, "--last", "$today", "--next", "${today.plusDays(30)}")
        phone.sync()
        val done = phone.timescales.first().single().days
        assertEquals(today.plusDays(30), done.next)
        assertEquals(listOf(LimitState.LATER, LimitState.LATER), listOf(done.promise?.state, done.law?.state))
    },
    "ask-and-answer" to {
        val phone = carried()
        val ask = phone.writeAsk("Can we meet?")
        assertEquals(1uL, phone.status.first().unsent.coerceAtMost(1uL))
        phone.sync()
        assertEquals(0uL, phone.status.first().unsent)
        assertContains(server.run("ask", "list", "--person", person), "Can we meet?")
        server.run(
            "ask", "reply", "--person", person, "--ask", ask, "--status", "done", "--text", "Yes, on Monday",
        )
        phone.sync()
        val answered = phone.asks.first().single()
        assertEquals("Yes, on Monday", answered.reply)
        assertEquals(AskStatus.Done, answered.status)
        phone.deleteAsk(ask)
        assertTrue(phone.asks.first().isEmpty())
    },
    "export" to {
        val phone = carried()
        phone.writeAsk("In the export")
        val json = phone.exportJson()
        assertTrue(json.startsWith("{") && json.endsWith("}"))
        assertContains(json, "In the export")
    },
    "too-long" to {
        val phone = carried()
        val edit = OpportunityEdit(note = "x".repeat(4001))
        val error = failsWith<PromiseException.TooLong> { phone.saveOpportunity("p01", edit) }
        assertEquals("note", error.field)
        assertNull(phone.saved("p01"))
    },
    "not-here" to {
        val phone = carried()
        failsWith<PromiseException.NotFound> { phone.saveOpportunity("nothing") }
        failsWith<PromiseException.NotFound> { phone.editContact("nobody", ContactEdit(note = "x")) }
        failsWith<PromiseException.NotFound> { phone.answerAppointment("none", AppointmentAnswer.COMING) }
        Unit
    },
    "not-valid" to {
        val phone = carried()
        val about = AskAbout.Pledge("Not An Id")
        val error = failsWith<PromiseException.Invalid> { phone.writeAsk("Can we meet?", about) }
        assertEquals("about_pledge", error.field)
    },
)
