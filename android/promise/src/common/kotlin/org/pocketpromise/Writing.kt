package org.pocketpromise

import org.pocketpromise.model.AskAbout
import org.pocketpromise.model.ContactEdit
import org.pocketpromise.model.OpportunityEdit
import org.pocketpromise.model.OwnContactEdit
import org.pocketpromise.model.Profile
import org.pocketpromise.model.Shown

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

    /** Writes down a contact of their own, who must have a name. Returns the contact's name here. */
    suspend fun addOwnContact(contact: OwnContactEdit): String

    /** Writes about an own contact. */
    suspend fun editOwnContact(id: String, contact: OwnContactEdit)

    /** Deletes an own contact, and everything that was written about them. */
    suspend fun deleteOwnContact(id: String)

    /** Writes what they say about themselves, all of it: what is left out is emptied. */
    suspend fun writeProfile(profile: Profile)

    /**
     * Shows one private thing to the adviser, in a new ask with these words. Returns the ask's name;
     * [deleteAsk] takes back what was shown.
     */
    suspend fun showToAdviser(what: Shown, words: String): String

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

    override suspend fun addOwnContact(contact: OwnContactEdit) =
        calls.call { addOwnContact(contact) }

    override suspend fun editOwnContact(id: String, contact: OwnContactEdit) =
        calls.call { editOwnContact(id, contact) }

    override suspend fun deleteOwnContact(id: String) = calls.call { deleteOwnContact(id) }

    override suspend fun writeProfile(profile: Profile) = calls.call { writeProfile(profile) }

    override suspend fun showToAdviser(what: Shown, words: String) =
        calls.call { showToAdviser(what, words) }

    override suspend fun writeAsk(words: String, about: AskAbout) =
        calls.call { writeAsk(words, about) }

    override suspend fun deleteAsk(id: String) = calls.call { deleteAsk(id) }

    override suspend fun answerAppointment(id: String, answer: String, note: String?) =
        calls.call { answerAppointment(id, answer, note) }
}
