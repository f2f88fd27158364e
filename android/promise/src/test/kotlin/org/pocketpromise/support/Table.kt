package org.pocketpromise.support

import java.io.File

/** The folder `tests` of the repository. */
val testsFolder = File(checkNotNull(System.getProperty("promise.tests")))

/** The names in the table of `tests/scenarios.md`. */
fun scenarioTable(): List<String> =
    testsFolder.resolve("scenarios.md").readLines().mapNotNull { line ->
        Regex("^\\| `([a-z-]+)` \\|").find(line)?.groupValues?.get(1)
    }
