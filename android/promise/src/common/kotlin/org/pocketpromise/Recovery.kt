package org.pocketpromise

/**
 * The recovery phrase of twelve words, which opens the private data on the person's other phones. Show
 * it only at the person's request, on a screen with `FLAG_SECURE`, and never log or store it.
 */
interface Recovery {
    /** Returns the phrase, for the person to write down. */
    suspend fun recoveryPhrase(): List<String>

    /** Returns three positions, counted from 1, whose words the person types to confirm the phrase. */
    suspend fun recoveryPhraseChallenge(): List<Int>

    /** Returns the first position at which [typed] is wrong; null if all words are right. */
    suspend fun confirmRecoveryPhrase(positions: List<Int>, typed: List<String>): Int?

    /** Takes the phrase that the person typed, and opens the private data. Needs no connection. */
    suspend fun enterRecoveryPhrase(typed: String)

    /**
     * Replaces the phrase: another person may know it, or a phone is lost. Only a phone that has the phrase in
     * use can, and it protects from the next sync on.
     */
    suspend fun changeRecoveryPhrase()
}

internal class CoreRecovery(private val calls: Calls) : Recovery {
    override suspend fun recoveryPhrase() = calls.call { recoveryPhrase() }

    override suspend fun recoveryPhraseChallenge() =
        calls.call { recoveryPhraseChallenge() }.map(UInt::toInt)

    override suspend fun confirmRecoveryPhrase(positions: List<Int>, typed: List<String>) =
        calls.call { confirmRecoveryPhrase(positions.map(Int::toUInt), typed) }?.toInt()

    override suspend fun enterRecoveryPhrase(typed: String) = calls.call { enterRecoveryPhrase(typed) }

    override suspend fun changeRecoveryPhrase() = calls.call { changeRecoveryPhrase() }
}
