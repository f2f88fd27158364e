package org.pocketpromise.android

import android.content.Context
import androidx.work.BackoffPolicy
import androidx.work.Constraints
import androidx.work.CoroutineWorker
import androidx.work.ExistingPeriodicWorkPolicy
import androidx.work.NetworkType
import androidx.work.PeriodicWorkRequestBuilder
import androidx.work.WorkManager
import androidx.work.WorkerParameters
import java.util.concurrent.TimeUnit
import org.pocketpromise.BackgroundSync

/** Syncs in the background when there is a network. [BackgroundSync] holds the decisions. */
class SyncWorker(context: Context, parameters: WorkerParameters) : CoroutineWorker(context, parameters) {
    override suspend fun doWork(): Result =
        when (BackgroundSync.run { PocketPromise.open(applicationContext) }) {
            BackgroundSync.DONE -> Result.success()
            BackgroundSync.TRY_AGAIN -> Result.retry()
            BackgroundSync.GIVE_UP -> Result.failure()
        }

    companion object {
        private const val NAME = "pocket-promise-sync"
        private const val EVERY_HOURS = 6L
        private const val FIRST_RETRY_MINUTES = 10L

        /** Schedules the worker. Calling it again changes nothing. Call it when the app starts. */
        fun schedule(context: Context) {
            val network = Constraints.Builder().setRequiredNetworkType(NetworkType.CONNECTED).build()
            val request = PeriodicWorkRequestBuilder<SyncWorker>(EVERY_HOURS, TimeUnit.HOURS)
                .setConstraints(network)
                .setBackoffCriteria(BackoffPolicy.EXPONENTIAL, FIRST_RETRY_MINUTES, TimeUnit.MINUTES)
                .build()
            WorkManager.getInstance(context)
                .enqueueUniquePeriodicWork(NAME, ExistingPeriodicWorkPolicy.KEEP, request)
        }

        /** Cancels the schedule, after the young person erased their account. */
        fun cancel(context: Context) {
            WorkManager.getInstance(context).cancelUniqueWork(NAME)
        }
    }
}
