package org.pocketpromise

import org.pocketpromise.council.AppointmentAnswer
import org.pocketpromise.council.PledgeMark
import org.pocketpromise.model.AskAbout
import org.pocketpromise.model.CardImport
import org.pocketpromise.model.ContactEdit
import org.pocketpromise.model.NumberOwner
import org.pocketpromise.model.OpportunityEdit
import org.pocketpromise.model.OwnContactEdit
import org.pocketpromise.model.PreviewedCard
import org.pocketpromise.model.Profile
import org.pocketpromise.model.PromiseException
import org.pocketpromise.model.SharedItem

/**
 * Edits. When a call returns, the edit is saved on this phone, with or without a connection. The next
 * sync sends it; what is private is sealed first.
 */
interface Writing {
    /** Saves an opportunity, or edits a saved one. Private to the person. */
    suspend fun saveOpportunity(id: String, edit: OpportunityEdit = OpportunityEdit())

    /** Removes an opportunity from the saved ones. */
    suspend fun unsaveOpportunity(id: String)

    /** Marks a pledge. Private to the person. */
    suspend fun markPledge(id: String, mark: PledgeMark, note: String? = null)

    /** Removes the mark from a pledge. */
    suspend fun unmarkPledge(id: String)

    /** Edits the young person's own fields of a contact. Private to the person. */
    suspend fun editContact(id: String, edit: ContactEdit)

    /**
     * Records that the person has seen the present numbers of a contact or line. Call it for a tap, not
     * because a screen was drawn. It stays on this phone.
     */
    suspend fun markNumbersSeen(owner: NumberOwner)

    /**
     * Records that the person has seen one piece of news, by its id. Call it for a tap, not because a screen was
     * drawn. It stays on this phone; what changed again in the meantime stays new.
     */
    suspend fun markNewsSeen(newsId: String)

    /** Adds a contact of their own, which must have a name. Returns its id. */
    suspend fun addOwnContact(contact: OwnContactEdit): String

    /** Edits an own contact. */
    suspend fun editOwnContact(id: String, contact: OwnContactEdit)

    /** Deletes an own contact with all its fields. */
    suspend fun deleteOwnContact(id: String)

    /**
     * Reads a file of cards of an address book, and returns what importing each of them would do, in the
     * order of the file. Nothing is saved. Show the person which cards there are, and what is left out of
     * each and why; then [importCards] takes those that they choose.
     */
    suspend fun previewCards(file: ByteArray): List<PreviewedCard>

    /**
     * Imports these cards of a file as own contacts, all of them or none. Contacts who are here are not
     * doubled. Fails with [PromiseException.CostlyPhoneNumber] if a card has the remark `COSTS_EXTRA`, unless
     * the person has read the cost.
     */
    suspend fun importCards(
        file: ByteArray,
        cards: List<PreviewedCard>,
        costConfirmed: Boolean = false,
    ): CardImport

    /** Replaces the whole profile: fields that are left out are cleared. */
    suspend fun writeProfile(profile: Profile)

    /**
     * Shares one private item with the adviser, in a new ask with this text. Returns the ask's id;
     * [deleteAsk] takes the item back.
     */
    suspend fun shareWithAdviser(item: SharedItem, text: String): String

    /** Writes an ask. The adviser sees it after the next sync. Returns its id. */
    suspend fun writeAsk(text: String, about: AskAbout = AskAbout.Anything): String

    /** Deletes an ask. */
    suspend fun deleteAsk(id: String)

    /** Sends the answer to an appointment. The adviser sees it after the next sync. */
    suspend fun answerAppointment(id: String, answer: AppointmentAnswer, note: String? = null)
}

internal class CoreWriting(private val calls: Calls) : Writing {
    override suspend fun saveOpportunity(id: String, edit: OpportunityEdit) =
        calls.call { saveOpportunity(id, edit) }

    override suspend fun unsaveOpportunity(id: String) = calls.call { unsaveOpportunity(id) }

    override suspend fun markPledge(id: String, mark: PledgeMark, note: String?) =
        calls.call { markPledge(id, mark, note) }

    override suspend fun unmarkPledge(id: String) = calls.call { unmarkPledge(id) }

    override suspend fun editContact(id: String, edit: ContactEdit) =
        calls.call { editContact(id, edit) }

    override suspend fun markNumbersSeen(owner: NumberOwner) = calls.call { markNumbersSeen(owner) }

    override suspend fun markNewsSeen(newsId: String) = calls.call { markNewsSeen(newsId) }

    override suspend fun addOwnContact(contact: OwnContactEdit) =
        calls.call { addOwnContact(contact) }

    override suspend fun editOwnContact(id: String, contact: OwnContactEdit) =
        calls.call { editOwnContact(id, contact) }

    override suspend fun deleteOwnContact(id: String) = calls.call { deleteOwnContact(id) }

    override suspend fun previewCards(file: ByteArray) = calls.call { previewCards(file) }

    override suspend fun importCards(
        file: ByteArray,
        cards: List<PreviewedCard>,
        costConfirmed: Boolean,
    ) = calls.call { importCards(file, cards.map { it.position }, costConfirmed) }

    override suspend fun writeProfile(profile: Profile) = calls.call { writeProfile(profile) }

    override suspend fun shareWithAdviser(item: SharedItem, text: String) =
        calls.call { shareWithAdviser(item, text) }

    override suspend fun writeAsk(text: String, about: AskAbout) =
        calls.call { writeAsk(text, about) }

    override suspend fun deleteAsk(id: String) = calls.call { deleteAsk(id) }

    override suspend fun answerAppointment(id: String, answer: AppointmentAnswer, note: String?) =
        calls.call { answerAppointment(id, answer, note) }
}
