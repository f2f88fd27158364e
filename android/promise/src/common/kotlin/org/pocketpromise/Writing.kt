package org.pocketpromise

import org.pocketpromise.model.AskAbout
import org.pocketpromise.model.ContactEdit
import org.pocketpromise.model.OpportunityEdit

/**
 * Writing: a call that returns has saved it on this phone, with or without a connection. What is for
 * the adviser is sent at the next sync; what is private is not.
 */
interface Writing {
    /** Saves an opportunity, or writes about one that is saved. Private to the person. */
    suspend fun saveOpportunity(id: String, edit: OpportunityEdit = OpportunityEdit())

    /** Takes an opportunity off the saved ones. */
    suspend fun unsaveOpportunity(id: String)

    /** Marks a pledge: `having_it`, `want_it`, `had_it` or `not_for_me`. Private to the person. */
    suspend fun markPledge(id: String, mark: String, note: String? = null)

    /** Takes the mark off a pledge. */
    suspend fun unmarkPledge(id: String)

    /** Writes the young person's own fields of a contact. Private to the person. */
    suspend fun editContact(id: String, edit: ContactEdit)

    /** Asks the adviser something. They see it after the next sync. Returns the ask's name. */
    suspend fun writeAsk(words: String, about: AskAbout = AskAbout.Anything): String

    /** Takes an ask back. */
    suspend fun deleteAsk(id: String)

    /**
     * Says whether the young person comes to an appointment: `coming`, `not_coming` or
     * `another_time`. The adviser sees it after the next sync.
     */
    suspend fun answerAppointment(id: String, answer: String, note: String? = null)
}

internal class WritingTo(private val calls: Calls) : Writing {
    override suspend fun saveOpportunity(id: String, edit: OpportunityEdit) =
        calls.call { saveOpportunity(id, edit) }

    override suspend fun unsaveOpportunity(id: String) = calls.call { unsaveOpportunity(id) }

    override suspend fun markPledge(id: String, mark: String, note: String?) =
        calls.call { markPledge(id, mark, note) }

    override suspend fun unmarkPledge(id: String) = calls.call { unmarkPledge(id) }

    override suspend fun editContact(id: String, edit: ContactEdit) =
        calls.call { editContact(id, edit) }

    override suspend fun writeAsk(words: String, about: AskAbout) =
        calls.call { writeAsk(words, about) }

    override suspend fun deleteAsk(id: String) = calls.call { deleteAsk(id) }

    override suspend fun answerAppointment(id: String, answer: String, note: String?) =
        calls.call { answerAppointment(id, answer, note) }
}
