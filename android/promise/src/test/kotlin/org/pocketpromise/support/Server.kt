package org.pocketpromise.support

import java.nio.file.Files

/** A real `promise-server`, operated by its command line as a council does. */
class Server private constructor(private val data: String) {
    private var serving = Program.start(PROGRAM, "--data", data, "--listen", "127.0.0.1:0", "serve")

    /** The address that it listens on. */
    val url: String = serving.url

    fun stop() = serving.stop()

    /** Serves again, on the same address. */
    fun startAgain() {
        val address = url.removePrefix("http://")
        serving = Program.start(PROGRAM, "--data", data, "--listen", address, "serve")
    }

    fun run(vararg arguments: String): String = Program.run(PROGRAM, "--data", data, *arguments)

    fun addPerson(): String = run("person", "add", "--council", COUNCIL).trim()

    /** Adds an adviser of this person, and returns the handle. */
    fun addAdviser(person: String): String {
        val handle = "adviser.$person"
        run(
            "staff", "add", "--council", COUNCIL, "--handle", handle, "--name", "Jo Okoro",
            "--role", "Personal adviser", "--phone", "07700 900123:mobile:prefer",
            "--hours", "mon-fri 09:00-17:00",
        )
        run("assign", "--person", person, "--staff", handle)
        return handle
    }

    /** Adds an entry to the address book, and gives it to this person. Returns its id. */
    fun addEntry(name: String, phone: String, person: String): String {
        val entry = run("address-book", "add", "--council", COUNCIL, "--name", name, "--phone", phone).trim()
        run("address-book", "give", "--entry", entry, "--person", person)
        return entry
    }

    /** Ends an entry for this person, with a word why. */
    fun endEntry(entry: String, person: String, lastDay: String, why: String) =
        run(
            "address-book", "end", "--entry", entry, "--person", person, "--last-day", lastDay, "--why", why,
        )

    fun changeNumber(handle: String, number: String) =
        run("contact", "set", "--staff", handle, "--phone", "$number:mobile:prefer")

    /** Adds a leave, and confirms that the colleague who covers may be away too. */
    fun addLeave(handle: String, from: String, to: String, cover: String) =
        run("contact", "leave", "--staff", handle, "--from", from, "--to", to, "--cover", cover, "--yes")

    /** Publishes the example again: another scenario published something else. */
    fun publishCouncil() = publish(data, "council")

    /** Publishes the example with other days in its opportunities. */
    fun publishOpportunities(day: String, other: String) {
        val folder = Files.createTempDirectory("council").toFile()
        try {
            testsFolder.resolve("council").copyRecursively(folder, overwrite = true)
            val table = folder.resolve("opportunities.csv")
            table.writeText(table.readText().replace(day, other))
            publish(data, folder.path)
        } finally {
            folder.deleteRecursively()
        }
    }

    /** A small promise of the same council, with two pictures. */
    fun publishPictures() = publish(data, "council-with-pictures")

    /** A code that pairs a phone with this person. */
    fun invite(person: String): String =
        run("invite", "--person", person, "--server", url, "--no-wait").lines()
            .first { it.startsWith("Code: ") }.removePrefix("Code: ")

    /** Confirms the phone that waits with this code and shows these digits. */
    fun confirm(code: String, digits: String) = run("pairing", "confirm", "--code", code, "--digits", digits)

    /** Refuses it. */
    fun refuse(code: String, digits: String) = run("pairing", "refuse", "--code", code, "--digits", digits)

    /** A code that links this phone again to a person, by the check text that it shows. */
    fun inviteToRelink(person: String, check: String): String =
        run("invite", "--person", person, "--relink", check, "--server", url).lines()
            .first { it.startsWith("Code: ") }.removePrefix("Code: ")

    /** Releases a person's phones, and returns a code that pairs a phone with new words. */
    fun startAfresh(person: String): String =
        run("invite", "--person", person, "--start-afresh", "--server", url, "--no-wait").lines()
            .first { it.startsWith("Code: ") }.removePrefix("Code: ")

    /** Writes a backup, and returns its path. */
    fun backUp(): String = Files.createTempDirectory("promise-backup").resolve("old.db").toString()
        .also { run("backup", it) }

    /** Restores a backup, and serves again. */
    fun restore(backup: String) {
        stop()
        run("restore", backup)
        startAgain()
    }

    companion object {
        private const val PROGRAM = "promise-server"
        private const val COUNCIL = "riverbridge"

        private fun publish(data: String, folder: String) {
            val path = testsFolder.resolve(folder).path
            Program.run(PROGRAM, "--data", data, "publish", path, "--council", COUNCIL, "--yes")
        }

        /** A server whose council has published the example. */
        fun start(): Server {
            val folder = Files.createTempDirectory("promise-server")
            val data = folder.resolve("data").toString()
            Program.run(PROGRAM, "--data", data, "council", "add", COUNCIL, "Riverbridge Council")
            publish(data, "council")
            Runtime.getRuntime().addShutdownHook(Thread { folder.toFile().deleteRecursively() })
            return Server(data)
        }
    }
}
