package org.pocketpromise

/**
 * The twelve words, which open what is private on the person's other phones. Show them only when the
 * person asks, on a screen with `FLAG_SECURE`, and put them into no log and no saved state.
 */
interface Words {
    /** The words, to write down. */
    suspend fun words(): List<String>

    /** Three positions, counted from 1, at which to ask for them. */
    suspend fun wordsToAsk(): List<Int>

    /** The first position at which [typed] is wrong; null if all are right. */
    suspend fun checkWords(positions: List<Int>, typed: List<String>): Int?

    /** Enters the words that the person typed, and opens what is private. Needs no connection. */
    suspend fun enterWords(typed: String)

    /** New words, because somebody saw the old ones or a phone is lost. */
    suspend fun changeWords()
}

internal class WordsOf(private val calls: Calls) : Words {
    override suspend fun words() = calls.call { words() }

    override suspend fun wordsToAsk() = calls.call { wordsToAsk() }.map(UInt::toInt)

    override suspend fun checkWords(positions: List<Int>, typed: List<String>) =
        calls.call { checkWords(positions.map(Int::toUInt), typed) }?.toInt()

    override suspend fun enterWords(typed: String) = calls.call { enterWords(typed) }

    override suspend fun changeWords() = calls.call { changeWords() }
}
