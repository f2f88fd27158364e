package org.pocketpromise.android

import android.content.Context
import java.io.File
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.pocketpromise.Opened
import org.pocketpromise.PlatformUnlock
import org.pocketpromise.PocketPhone
import org.pocketpromise.WrappedKey

/** Holds the app's one [PocketPhone]. */
object PocketPromise {
    @Volatile
    private var opened: Opened? = null

    /** Opens the phone the first time, and returns the same one from then on. From any thread. */
    suspend fun open(context: Context): PocketPhone = opened(context.applicationContext).get()

    /** Returns the path of the database. For [PocketPhone.setAside], when it does not open. */
    suspend fun file(context: Context): File = inFolder(context, "promise.db")

    /** Returns what opens the app lock by a fingerprint or a face. */
    suspend fun platformUnlock(context: Context): PlatformUnlock =
        PlatformUnlock(open(context), inFolder(context, "promise.unlock"), BiometricKeys)

    private fun opened(context: Context): Opened = opened ?: synchronized(this) {
        opened ?: Opened {
            val key = WrappedKey(inFolder(context, "promise.key"), ::deleteKeystoreKey, ::keystoreKey)
            PocketPhone.open(file(context), key)
        }.also { opened = it }
    }

    /** Returns a file that is in no backup, even if the app's own backup rules include it. */
    private suspend fun inFolder(context: Context, name: String): File = withContext(Dispatchers.IO) {
        context.noBackupFilesDir.resolve("promise").apply { mkdirs() }.resolve(name)
    }
}
