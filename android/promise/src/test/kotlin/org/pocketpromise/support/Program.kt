package org.pocketpromise.support

import java.io.File
import java.util.concurrent.TimeUnit

/** A program of this project that prints its address and runs until it is stopped. */
class Program private constructor(private val process: Process) {
    private val said = process.inputReader()

    /** The address that it listens on. */
    val url: String = generateSequence { said.readLine() }.first { it.startsWith(LISTENING) }
        .removePrefix(LISTENING).trim()

    /** Types a line, and waits for its echo. */
    fun type(line: String) {
        process.outputWriter().apply { write(line + "\n") }.flush()
        check(said.readLine() == line) { "trouble did not take $line" }
    }

    /** Stops it, and waits until it has ended. */
    fun stop() {
        process.destroy()
        if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
    }

    companion object {
        private const val LISTENING = "Listening on "
        private val folder = File(checkNotNull(System.getProperty("promise.programs")))

        fun start(name: String, vararg arguments: String): Program =
            Program(builder(name, arguments).redirectError(ProcessBuilder.Redirect.DISCARD).start())

        /** Runs it to its end, and returns its output. */
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
