package org.pocketpromise

import java.io.File
import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.pocketpromise.ffi.Phone
import org.pocketpromise.model.Invitation
import org.pocketpromise.model.OwnPhone
import org.pocketpromise.model.PromiseException
import org.pocketpromise.model.Synced

/**
 * A young person's phone: what they carry, and its way to the council's server. One for the whole
 * app. Any thread may call; nothing blocks it. What fails throws a [PromiseException].
 */
class Promise private constructor(
    private val phone: Phone,
    private val calls: Calls,
    private val changes: Changes,
) : Reading by ReadingFrom(calls, changes), Writing by WritingTo(calls), Words by WordsOf(calls) {

    /** One sync at a time, so that cancelling one does not stop another's. */
    private val syncing = Mutex()

    /** Pairs with the server by the code from the adviser's screen. Waits for the network. */
    suspend fun pair(server: String, code: String) = online { pair(server, code) }

    /** Pairs by the link that a QR code holds. Waits for the network. */
    suspend fun pairByLink(link: String) = online { pairByLink(link) }

    /**
     * Sends what this phone wrote and gets what is new; then the pictures that are not here, if that
     * is set, which no other call waits for. Waits for the network; cancelling the coroutine stops
     * it. Whatever breaks it off, what is saved stays saved and is sent next time.
     */
    suspend fun sync(): Synced {
        val synced = online { sync() }
        // Everything else is here: what becomes of pictures makes no sync fail.
        val pictures = try {
            beside { fetchPicturesAsSet() }
        } catch (_: PromiseException) {
            0u
        }
        return synced.copy(pictures = pictures)
    }

    /**
     * Fetches the pictures that are not here, whatever is set: for when the person asks, or the
     * phone is on wifi. Returns how many came; those stay when it breaks off, as a sync does.
     */
    suspend fun fetchPictures(): Int = beside { fetchPictures() }.toInt()

    /** Says whether a sync brings pictures, which it does until this says otherwise. */
    suspend fun setPicturesWithSync(withSync: Boolean) = calls.call { setPicturesWithSync(withSync) }

    /**
     * Invites another phone of the same person. Waits for the network. What comes back has the words
     * in it: show it to the other phone's camera, and keep and log it nowhere.
     */
    suspend fun invitePhone(): Invitation = online { invitePhone() }

    /** The person's phones, the oldest pairing first. Waits for the network. */
    suspend fun phones(): List<OwnPhone> = online { phones() }

    /** Takes a phone off: it wipes itself at its next contact. Waits for the network. */
    suspend fun revokePhone(id: String): List<OwnPhone> = online { revokePhone(id) }

    /** Erases what the server holds of the person, then this phone. Waits for the network. */
    suspend fun eraseAccount() = online { eraseAccount() }

    /**
     * Lets go of the database, and stops a sync. Until [resume], flows wait and calls throw
     * [PromiseException.Paused].
     */
    suspend fun pause() = calls.call { pause() }

    /** Takes the database up again; the flows read anew. */
    suspend fun resume() {
        calls.call { resume() }
        changes.all()
    }

    /** Ends it. Calls that are under way end first; later ones find it paused, for good. */
    suspend fun close() = withContext(NonCancellable + calls.io) {
        crossing { phone.pause() }
        phone.close()
    }

    private suspend fun <T> online(work: Phone.() -> T): T =
        syncing.withLock { stoppable(work) { cancelSync() } }

    /** Pictures, which wait for nobody's sync here and are waited for by none. */
    private suspend fun <T> beside(work: Phone.() -> T): T = stoppable(work) { cancelPictures() }

    private suspend fun <T> stoppable(work: Phone.() -> T, stop: Phone.() -> Unit): T = coroutineScope {
        // Caught inside: that the call was stopped is not why it ends when its caller is cancelled.
        val working = async(calls.io) { runCatching { calls.here(work) } }
        try {
            working.await().getOrThrow()
        } catch (cancelled: CancellationException) {
            end(working, stop)
            throw cancelled
        }
    }

    /** Says stop until it has: who says it just before the call starts is not heard. */
    private suspend fun end(working: Deferred<*>, stop: Phone.() -> Unit) =
        withContext(NonCancellable + calls.io) {
            while (!working.isCompleted) {
                crossing { phone.stop() }
                delay(STOP_EVERY_MILLIS)
            }
        }

    companion object {
        private const val STOP_EVERY_MILLIS = 20L

        /**
         * Opens the database in this file, and makes it if there is none. [PromiseException.WrongKey]
         * and [PromiseException.Damaged] leave it as it is; [setAside] moves it out of the way.
         */
        suspend fun open(
            file: File,
            key: KeySource,
            io: CoroutineContext = Dispatchers.IO,
        ): Promise = withContext(io) {
            val bytes = key.key()
            val phone = try {
                crossing { Phone.open(file.path, bytes) }
            } finally {
                bytes.fill(0)
            }
            val changes = Changes()
            crossing { phone.setListener(changes) }
            Promise(phone, Calls(phone, io), changes)
        }

        /**
         * Moves a database that does not open out of the way, and returns its new place. Nothing is
         * deleted: the right key, or a repair, can still open it there.
         */
        suspend fun setAside(file: File, io: CoroutineContext = Dispatchers.IO): File =
            withContext(io) { File(crossing { org.pocketpromise.ffi.setAside(file.path) }) }
    }
}
