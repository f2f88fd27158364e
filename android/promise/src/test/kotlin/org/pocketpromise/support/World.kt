package org.pocketpromise.support

import java.io.File
import java.nio.file.Files
import kotlin.test.fail
import kotlinx.coroutines.runBlocking
import org.pocketpromise.KeySource
import org.pocketpromise.PocketPhone
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
        open(name).also { it.pair(url, server.invite(person)) }

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
