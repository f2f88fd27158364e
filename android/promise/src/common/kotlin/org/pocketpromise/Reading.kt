package org.pocketpromise

import java.time.Duration
import java.time.Instant
import kotlin.time.toKotlinDuration
import kotlinx.coroutines.flow.Flow
import org.pocketpromise.council.Directory
import org.pocketpromise.model.AccessEntry
import org.pocketpromise.model.Appointment
import org.pocketpromise.model.Ask
import org.pocketpromise.model.CardVersion
import org.pocketpromise.model.Contact
import org.pocketpromise.model.DeviceRecord
import org.pocketpromise.model.ListedOpportunity
import org.pocketpromise.model.News
import org.pocketpromise.model.NumberChange
import org.pocketpromise.model.OpportunityFilter
import org.pocketpromise.model.OwnContact
import org.pocketpromise.model.PhoneStatus
import org.pocketpromise.model.PicturesState
import org.pocketpromise.model.PlannedReminder
import org.pocketpromise.model.Profile
import org.pocketpromise.model.PromiseByChapter
import org.pocketpromise.model.RingNow
import org.pocketpromise.model.SearchResult
import org.pocketpromise.model.TimescaleStatus
import org.pocketpromise.model.Topic

/**
 * Reads from this phone alone, with no connection. Each flow emits the present value and every later
 * one, until its collector stops.
 */
interface Reading {
    /** The council's contacts, in the order to show. Without hidden ones. */
    val contacts: Flow<List<Contact>>

    /** The council's contacts that the young person hides. */
    val hiddenContacts: Flow<List<Contact>>

    /**
     * The contacts and lines whose telephone numbers the council changed since the person last saw them.
     * Show the new numbers as new, with the old ones beside them, until [markNumbersSeen].
     */
    val numberChanges: Flow<List<NumberChange>>

    /** The young person's own contacts, pinned ones first. Without hidden ones. */
    val ownContacts: Flow<List<OwnContact>>

    /** The young person's own contacts that they hide. */
    val hiddenOwnContacts: Flow<List<OwnContact>>

    /** What the young person entered about themselves. */
    val profile: Flow<Profile>

    /** The promise by section; null until the first sync. */
    val promise: Flow<PromiseByChapter?>

    /** The lines anyone can ring, and the days on which offices are closed. */
    val directory: Flow<Directory>

    /**
     * Whom the young person can ring now, in the order in which to try. It is emitted again when it changes by
     * itself, as at 17:00. It is right on a phone whose clock or time zone is wrong.
     */
    val ringNow: Flow<RingNow>

    /** Whom the young person can ring at another moment, by the council's clock. */
    suspend fun ringNow(at: Instant): RingNow

    /** Every ask, newest first. */
    val asks: Flow<List<Ask>>

    /** Every appointment, soonest first. */
    val appointments: Flow<List<Appointment>>

    /**
     * Visits and reviews: when they were last, when the next ones are planned, and by when they have to be.
     * Show the law and the council's promise apart.
     */
    val timescales: Flow<List<TimescaleStatus>>

    /**
     * Who at the council accessed the person's data and what they did, newest first, for the last
     * 13 months.
     */
    val accessLog: Flow<List<AccessEntry>>

    /**
     * The person's phones, with how each one came, the oldest pairing first. Show those with `isNew` to the
     * person, and ask whether they are theirs.
     */
    val deviceRecords: Flow<List<DeviceRecord>>

    /** Which pictures are on this phone. When it changes, read [picture] again. */
    val pictures: Flow<PicturesState>

    /** The last sync, unsent edits and refused edits. */
    val status: Flow<PhoneStatus>

    /**
     * What the council changed since the person last looked, with texts in the first of these languages that it
     * has. Show each until [markNewsSeen], numbers until [markNumbersSeen]. It is emitted again when something that
     * they saved closes by time.
     */
    fun news(languages: List<String> = listOf("en")): Flow<News>

    /**
     * The reminders from one moment until before another, the soonest first, for the platform's notifications: of
     * appointments, planned visits and reviews, closing days of what is saved, and days that the person chose.
     * Schedule them in place of those that are scheduled. The text says nothing, so that a lock screen may show it; a
     * notification in another language shows its translation and nothing else.
     */
    fun reminders(from: Instant, to: Instant): Flow<List<PlannedReminder>>

    /** The opportunities that match a filter, the soonest closing first. */
    fun opportunities(filter: OpportunityFilter = OpportunityFilter()): Flow<List<ListedOpportunity>>

    /**
     * Returns pledges, opportunities, contacts and lines that contain all of these words, best match
     * first. The last word may be incomplete. The search text is stored nowhere.
     */
    suspend fun search(words: String): List<SearchResult>

    /** Returns a picture's bytes, by the hash in a section or pledge; null if it is not on this phone. */
    suspend fun picture(hash: String): ByteArray?

    /** Returns everything this phone holds of the person, as JSON. It contains private data. */
    suspend fun exportJson(): String

    /**
     * Returns the same as one HTML page, to read anywhere and to print. The council's texts are in the
     * first of these languages that they have; [labels] translates the page's own words, in JSON. Discreet
     * contacts are in it only with [includeDiscreet]: no lock guards the page.
     */
    suspend fun exportPage(
        languages: List<String> = listOf("en"),
        labels: String? = null,
        includeDiscreet: Boolean = false,
    ): String

    /** Returns all contacts as cards for an address book, hidden ones too, discreet ones with [includeDiscreet]. */
    suspend fun exportCards(
        version: CardVersion = CardVersion.V3,
        includeDiscreet: Boolean = false,
    ): String

    /**
     * Returns the appointments as a calendar file, with those that were cancelled since the last one. A calendar
     * that reads a newer file replaces what it has.
     */
    suspend fun exportCalendar(): String
}

internal class CoreReading(private val calls: Calls, private val changes: Changes) : Reading {
    override val contacts = watch(Topic.CONTACTS) { contacts() }
    override val hiddenContacts = watch(Topic.CONTACTS) { hiddenContacts() }
    override val numberChanges = watch(Topic.CONTACTS, Topic.PROMISE) { numberChanges() }
    override val ownContacts = watch(Topic.CONTACTS) { ownContacts() }
    override val hiddenOwnContacts = watch(Topic.CONTACTS) { hiddenOwnContacts() }
    override val profile = watch(Topic.PROFILE) { profile() }
    override val promise = watch(Topic.PROMISE) { promise() }
    override val directory = watch(Topic.PROMISE) { directory() }
    override val ringNow = changes.watchInTime(calls.io, Topic.CONTACTS, Topic.PROMISE, Topic.STATUS) {
        calls.here {
            val now = councilTime()
            val answer = ringNow(now)
            val holds = answer.nextChange?.let { Duration.between(now, it) }
            InTime(answer, holds?.toKotlinDuration())
        }
    }
    override val asks = watch(Topic.ASKS) { asks() }
    override val appointments = watch(Topic.APPOINTMENTS) { appointments() }
    override val timescales = watch(Topic.APPOINTMENTS, Topic.PROMISE) { timescales() }
    override val accessLog = watch(Topic.ACCESS) { accessLog() }
    override val deviceRecords = watch(Topic.DEVICES) { deviceRecords() }
    override val pictures = watch(Topic.PICTURES) { picturesState() }
    override val status = watch(Topic.STATUS) { status() }

    override fun news(languages: List<String>): Flow<News> = changes.watchInTime(
        calls.io,
        Topic.CONTACTS, Topic.PROMISE, Topic.OPPORTUNITIES, Topic.ASKS, Topic.APPOINTMENTS, Topic.STATUS,
    ) {
        calls.here {
            val now = councilTime()
            val found = news(languages)
            val holds = found.nextChange?.let { Duration.between(now, it) }
            InTime(found, holds?.toKotlinDuration())
        }
    }

    override fun reminders(from: Instant, to: Instant) =
        watch(Topic.APPOINTMENTS, Topic.OPPORTUNITIES, Topic.PROMISE) { reminders(from, to) }

    override suspend fun ringNow(at: Instant) = calls.call { ringNow(at) }

    override fun opportunities(filter: OpportunityFilter) =
        watch(Topic.OPPORTUNITIES) { opportunities(filter) }

    override suspend fun search(words: String) = calls.call { search(words) }

    override suspend fun picture(hash: String) = calls.call { picture(hash) }

    override suspend fun exportJson() = calls.call { exportJson() }

    override suspend fun exportPage(
        languages: List<String>,
        labels: String?,
        includeDiscreet: Boolean,
    ) = calls.call { exportPage(languages, labels, includeDiscreet) }

    override suspend fun exportCards(version: CardVersion, includeDiscreet: Boolean) =
        calls.call { exportCards(version, includeDiscreet) }

    override suspend fun exportCalendar() = calls.call { exportCalendar() }

    private fun <T> watch(vararg topics: Topic, read: org.pocketpromise.ffi.PocketPhone.() -> T) =
        changes.watch(calls.io, *topics) { calls.here(read) }
}
