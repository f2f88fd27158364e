package org.pocketpromise.support

import java.io.File
import java.util.concurrent.TimeUnit

/** A program of ours that runs, says where it listens, and ends when it is told to. */
class Program private constructor(private val process: Process) {
    private val said = process.inputReader()

    /** Where it listens. */
    val url: String = generateSequence { said.readLine() }.first { it.startsWith(LISTENING) }
        .removePrefix(LISTENING).trim()

    /** Types a line, and waits for its echo. */
    fun type(line: String) {
        process.outputWriter().apply { write(line + "\n") }.flush()
        check(said.readLine() == line) { "trouble did not take $line" }
    }

    /** Asks it to end, and waits until it has. */
    fun stop() {
        process.destroy()
        if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
    }

    companion object {
        private const val LISTENING = "Listening on "
        private val folder = File(checkNotNull(System.getProperty("promise.programs")))

        fun start(name: String, vararg arguments: String): Program =
            Program(builder(name, arguments).redirectError(ProcessBuilder.Redirect.DISCARD).start())

        /** Runs it to its end, and answers what it said. */
        fun run(name: String, vararg arguments: String): String {
            val process = builder(name, arguments).redirectErrorStream(true).start()
            val said = process.inputReader().readText()
            check(process.waitFor() == 0) { "$name ${arguments.joinToString(" ")}: $said" }
            return said
        }

        private fun builder(name: String, arguments: Array<out String>) =
            ProcessBuilder(listOf(folder.resolve(name).path) + arguments)
    }
}
