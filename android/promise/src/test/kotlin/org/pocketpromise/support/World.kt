package org.pocketpromise.support

import java.io.File
import java.nio.file.Files
import kotlin.test.fail
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.runBlocking
import org.pocketpromise.KeySource
import org.pocketpromise.NewDevice
import org.pocketpromise.PairingOffer
import org.pocketpromise.PocketPhone
import org.pocketpromise.model.Invitation
import org.pocketpromise.model.PromiseException

/** The world of a scenario: a server, a person with an adviser, and their phones. */
class World(val server: Server) : AutoCloseable {
    private val folder: File = Files.createTempDirectory("promise-phone").toFile()
    private val opened = mutableListOf<PocketPhone>()
    private var trouble: Program? = null

    /** The young person's id on the server. */
    val person: String by lazy { server.addPerson() }

    /** Their adviser's handle. */
    val adviser: String by lazy { server.addAdviser(person) }

    /** A file for a phone's database. */
    fun file(name: String = "promise.db"): File = folder.resolve(name)

    suspend fun open(name: String = "promise.db", key: KeySource = KEY): PocketPhone =
        PocketPhone.open(file(name), key).also { opened += it }

    /** A phone that is paired, and has synced. */
    suspend fun carried(name: String = "promise.db", url: String = server.url): PocketPhone {
        adviser
        return paired(name, url).also { it.sync() }
    }

    suspend fun paired(name: String = "promise.db", url: String = server.url): PocketPhone =
        open(name).also { pair(it, server.invite(person), url) }

    /** Pairs a phone by a code of the council, which says yes to the digits that the phone shows. */
    suspend fun pair(phone: PocketPhone, code: String, url: String = server.url) {
        val offer = phone.pair(url, code)
        server.confirm(code, offer.details.digits)
        phone.finishPairing(offer)
    }

    /** Lets a new phone send an invitation of the first one. Returns what each side holds then. */
    suspend fun meet(
        first: PocketPhone,
        send: suspend (Invitation) -> PairingOffer,
    ): Pair<NewDevice, PairingOffer> = coroutineScope {
        val invitation = first.inviteDevice()
        val waiting = async { first.waitForNewDevice(invitation.code) }
        val offer = send(invitation)
        waiting.await() to offer
    }

    /** Pairs a second phone by the link of the first one, which scans what the second one shows. */
    suspend fun pairBeside(first: PocketPhone, second: PocketPhone) {
        val (device, offer) = meet(first) { second.pairByLink(it.link) }
        first.confirmNewDevice(device, checkNotNull(offer.details.link))
        second.finishPairing(offer)
    }

    /** The address of the faulty server. */
    fun troubled(): String = trouble().url

    fun make(word: String) = trouble().type(word)

    private fun trouble() =
        trouble ?: Program.start("trouble", server.url).also { trouble = it }

    override fun close() {
        runBlocking { opened.forEach { phone -> runCatching { phone.close() } } }
        trouble?.stop()
        folder.deleteRecursively()
    }

    companion object {
        val KEY = KeySource { ByteArray(32) { 42 } }
    }
}

/** Returns the error that [work] must fail with. */
suspend inline fun <reified E : PromiseException> failsWith(work: suspend () -> Unit): E {
    try {
        work()
    } catch (error: PromiseException) {
        return error as? E ?: fail("expected ${E::class.simpleName}, was $error")
    }
    fail("expected ${E::class.simpleName}, and it went well")
}
