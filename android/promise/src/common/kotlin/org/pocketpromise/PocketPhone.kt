package org.pocketpromise

import java.io.File
import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import org.pocketpromise.council.RevocationReason
import org.pocketpromise.ffi.PocketPhone as CorePhone
import org.pocketpromise.model.Device
import org.pocketpromise.model.Erased
import org.pocketpromise.model.PromiseException
import org.pocketpromise.model.Synced

/** A young person's phone: their data, and the connection to the council's server. The app holds
 * one. Any thread may call; no call blocks its thread. A call that fails throws a [PromiseException].
 *
 * Calls that wait for the network stop when their coroutine is cancelled.
 */
class PocketPhone private constructor(
    private val phone: CorePhone,
    private val calls: Calls,
    private val changes: Changes,
) : Reading by CoreReading(calls, changes),
    Writing by CoreWriting(calls),
    Recovery by CoreRecovery(calls),
    Pairing by CorePairing(calls),
    AppLock by CoreAppLock(calls, changes) {

    /**
     * Returns the eight letters and numbers by which an adviser recognises this phone. Show them when the
     * phone is to be linked again.
     */
    suspend fun relinkCheck(): String = calls.call { relinkCheck() }

    /**
     * Links this phone again by a code, or the link in a QR code, that the council made for it after it
     * lost the person's record. Call it only after the person said yes. Waits for the network.
     */
    suspend fun relink(codeOrLink: String) = calls.network { cancel -> relink(codeOrLink, cancel) }

    /**
     * Sends what this phone wrote and fetches what is new; then fetches missing pictures, if
     * [setPicturesWithSync] allows it. Waits for the network. If the sync stops early, saved edits stay
     * saved and the next sync sends them. A sync does not fail because of pictures.
     */
    suspend fun sync(): Synced = calls.network { cancel -> sync(cancel) }

    /** Syncs as [sync] does, without pictures. */
    suspend fun syncData(): Synced = calls.network { cancel -> syncData(cancel) }

    /**
     * Fetches missing pictures whether or not [setPicturesWithSync] allows it: for a tap of the person, or for
     * Wi-Fi. Returns how many arrived; those stay if the call stops early.
     */
    suspend fun fetchPictures(): Int = calls.network { cancel -> fetchPictures(cancel) }.toInt()

    /** Sets whether a sync fetches pictures. It does by default. */
    suspend fun setPicturesWithSync(withSync: Boolean) = calls.call { setPicturesWithSync(withSync) }

    /** Returns the person's phones, the oldest pairing first. Waits for the network. */
    suspend fun devices(): List<Device> = calls.network { cancel -> devices(cancel) }

    /**
     * Confirms a phone that came by a code of the council's staff: it may do everything from then on. Ask
     * the person first whether it is theirs. Waits for the network.
     */
    suspend fun confirmDevice(id: String): List<Device> =
        calls.network { cancel -> confirmDevice(id, cancel) }

    /** Refuses such a phone: it is revoked, and wipes itself. Waits for the network. */
    suspend fun vetoDevice(id: String): List<Device> =
        calls.network { cancel -> vetoDevice(id, cancel) }

    /** Keeps that the person has seen that this phone was added: it is not new here any more. */
    suspend fun markDeviceSeen(id: String) = calls.call { markDeviceSeen(id) }

    /**
     * Takes a phone off. One that is lost or stolen wipes itself at its next contact; one that is not used
     * any more keeps what is on it. Ask the person which it is. Waits for the network.
     */
    suspend fun revokeDevice(id: String, reason: RevocationReason): List<Device> =
        calls.network { cancel -> revokeDevice(id, reason, cancel) }

    /**
     * Erases what the server holds of the person, then this phone. Waits for the network. If the server
     * does not know this phone, only this phone is erased: show the person that their council may hold
     * an older copy.
     */
    suspend fun eraseAccount(): Erased = calls.network { cancel -> eraseAccount(cancel) }

    /** Erases this phone. Sends nothing and needs no connection; the server keeps what it holds. */
    suspend fun eraseThisPhone() = calls.call { eraseThisPhone() }

    /**
     * Closes the database file and stops a sync. Until [resume], flows wait and calls throw
     * [PromiseException.Paused].
     */
    suspend fun pause() = calls.call { pause() }

    /** Opens the database file again; the flows read again. */
    suspend fun resume() {
        calls.call { resume() }
        changes.all()
    }

    /** Closes the phone for good. Running calls end first; later calls throw [PromiseException.Paused]. */
    suspend fun close() = withContext(NonCancellable + calls.io) {
        crossing { phone.pause() }
        phone.close()
    }

    companion object {
        /**
         * Opens the database in this file, and creates it if it is missing. A phone that is wiped destroys its key
         * first ([KeySource.replace]), here too if that was interrupted. [PromiseException.WrongKey]
         * and [PromiseException.Damaged] leave the file unchanged; [setAside] moves it away.
         */
        suspend fun open(
            file: File,
            key: KeySource,
            io: CoroutineContext = Dispatchers.IO,
        ): PocketPhone = withContext(io) {
            val bytes = key.key()
            val phone = try {
                crossing { CorePhone.open(file.path, bytes, Replacer(key)) }
            } finally {
                bytes.fill(0)
            }
            val changes = Changes()
            crossing { phone.setListener(changes) }
            PocketPhone(phone, Calls(phone, io), changes)
        }

        /**
         * Moves a database that does not open to a new name, and returns it. Nothing is deleted: the
         * right key, or a repair, can still open it there.
         */
        suspend fun setAside(file: File, io: CoroutineContext = Dispatchers.IO): File =
            withContext(io) { File(crossing { org.pocketpromise.ffi.setAside(file.path) }) }
    }
}
