package org.pocketpromise.android

import android.content.Context
import java.io.File
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.pocketpromise.Opened
import org.pocketpromise.Promise
import org.pocketpromise.WrappedKey

/** The app's one phone. */
object PocketPromise {
    @Volatile
    private var opened: Opened? = null

    /** Opens it the first time, and gives the same one ever after. From any thread. */
    suspend fun open(context: Context): Promise = opened(context.applicationContext).get()

    /** Where the database is. For [Promise.setAside], when it does not open. */
    suspend fun file(context: Context): File = inFolder(context, "promise.db")

    private fun opened(context: Context): Opened = opened ?: synchronized(this) {
        opened ?: Opened {
            val key = WrappedKey(inFolder(context, "promise.key"), ::keystoreKey)
            Promise.open(file(context), key)
        }.also { opened = it }
    }

    /** Never in a backup, whatever the app's own rules say. */
    private suspend fun inFolder(context: Context, name: String): File = withContext(Dispatchers.IO) {
        context.noBackupFilesDir.resolve("promise").apply { mkdirs() }.resolve(name)
    }
}
