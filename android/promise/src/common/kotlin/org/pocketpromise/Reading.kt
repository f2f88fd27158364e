package org.pocketpromise

import kotlinx.coroutines.flow.Flow
import org.pocketpromise.council.Directory
import org.pocketpromise.model.AccessEntry
import org.pocketpromise.model.Appointment
import org.pocketpromise.model.Ask
import org.pocketpromise.model.CardVersion
import org.pocketpromise.model.Contact
import org.pocketpromise.model.ListedOpportunity
import org.pocketpromise.model.OpportunityFilter
import org.pocketpromise.model.OwnContact
import org.pocketpromise.model.PhoneStatus
import org.pocketpromise.model.PicturesState
import org.pocketpromise.model.Profile
import org.pocketpromise.model.PromiseByChapter
import org.pocketpromise.model.SearchResult
import org.pocketpromise.model.Topic

/**
 * Reading: all of it from this phone, with no connection. Each flow gives what is there, and again
 * after each change; it goes on until its collector stops.
 */
interface Reading {
    /** The people who help, those to show first in front. Hidden ones are left out. */
    val contacts: Flow<List<Contact>>

    /** The contacts the young person hides. */
    val hiddenContacts: Flow<List<Contact>>

    /** The young person's own contacts, pinned ones first. Hidden ones are left out. */
    val ownContacts: Flow<List<OwnContact>>

    /** The young person's own contacts that they hide. */
    val hiddenOwnContacts: Flow<List<OwnContact>>

    /** What the young person said about themselves. */
    val profile: Flow<Profile>

    /** The promise by section; null until the first sync. */
    val promise: Flow<PromiseByChapter?>

    /** The lines anyone can ring, and the days on which offices are closed. */
    val directory: Flow<Directory>

    /** Every ask, newest first. */
    val asks: Flow<List<Ask>>

    /** Every appointment, soonest first. */
    val appointments: Flow<List<Appointment>>

    /**
     * Who looked at what the council holds about the person, and who did what, newest first: for
     * the last 13 months.
     */
    val accessLog: Flow<List<AccessEntry>>

    /** Which pictures are here: read [picture] again when this changes. */
    val pictures: Flow<PicturesState>

    /** How things stand: last sync, what waits to be sent, what was refused. */
    val status: Flow<PhoneStatus>

    /** The opportunities a filter shows, what closes soonest first. */
    fun opportunities(filter: OpportunityFilter = OpportunityFilter()): Flow<List<ListedOpportunity>>

    /**
     * Pledges, opportunities, contacts and lines that have all of these words, best first. The last
     * word may be unfinished. What was searched for is written nowhere.
     */
    suspend fun search(words: String): List<SearchResult>

    /** A picture's bytes, by the hash that a section or pledge names; null if it is not here, or not yet. */
    suspend fun picture(hash: String): ByteArray?

    /** Everything this phone holds of the person's, as JSON. It holds private things. */
    suspend fun export(): String

    /**
     * The same as one HTML page, to read anywhere and to print. What the council wrote is in the
     * first of these languages that it has; [labels] is a translation of the page's own words, in
     * JSON.
     */
    suspend fun exportPage(languages: List<String> = listOf("en"), labels: String? = null): String

    /** Everybody this phone has, hidden ones too, as cards for an address book. */
    suspend fun exportCards(version: CardVersion = CardVersion.V3): String
}

internal class ReadingFrom(private val calls: Calls, private val changes: Changes) : Reading {
    override val contacts = watch(Topic.CONTACTS) { contacts() }
    override val hiddenContacts = watch(Topic.CONTACTS) { hiddenContacts() }
    override val ownContacts = watch(Topic.CONTACTS) { ownContacts() }
    override val hiddenOwnContacts = watch(Topic.CONTACTS) { hiddenOwnContacts() }
    override val profile = watch(Topic.PROFILE) { profile() }
    override val promise = watch(Topic.PROMISE) { promise() }
    override val directory = watch(Topic.PROMISE) { directory() }
    override val asks = watch(Topic.ASKS) { asks() }
    override val appointments = watch(Topic.APPOINTMENTS) { appointments() }
    override val accessLog = watch(Topic.ACCESS) { accessLog() }
    override val pictures = watch(Topic.PICTURES) { pictures() }
    override val status = watch(Topic.STATUS) { status() }

    override fun opportunities(filter: OpportunityFilter) =
        watch(Topic.OPPORTUNITIES) { opportunities(filter) }

    override suspend fun search(words: String) = calls.call { search(words) }

    override suspend fun picture(hash: String) = calls.call { picture(hash) }

    override suspend fun export() = calls.call { export() }

    override suspend fun exportPage(languages: List<String>, labels: String?) =
        calls.call { exportPage(languages, labels) }

    override suspend fun exportCards(version: CardVersion) = calls.call { exportCards(version) }

    private fun <T> watch(topic: Topic, read: org.pocketpromise.ffi.Phone.() -> T) =
        changes.watch(calls.io, topic) { calls.here(read) }
}
