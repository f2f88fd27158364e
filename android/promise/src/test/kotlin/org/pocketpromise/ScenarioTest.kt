package org.pocketpromise

import kotlin.test.assertEquals
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.TestInstance
import org.pocketpromise.scenarios.brokenScenarios
import org.pocketpromise.scenarios.lockingScenarios
import org.pocketpromise.scenarios.newsScenarios
import org.pocketpromise.scenarios.pairingScenarios
import org.pocketpromise.scenarios.privateScenarios
import org.pocketpromise.scenarios.readingScenarios
import org.pocketpromise.scenarios.ringNowScenarios
import org.pocketpromise.scenarios.roughScenarios
import org.pocketpromise.scenarios.storageScenarios
import org.pocketpromise.scenarios.writingScenarios
import org.pocketpromise.support.Server
import org.pocketpromise.support.World
import org.pocketpromise.support.scenarioTable
import kotlin.time.Duration.Companion.minutes

/** A scenario: a function in a [World] of its own. */
typealias Scenario = suspend World.() -> Unit

/** Plays the scenarios of `tests/scenarios.md` against the real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScenarioTest {
    private val areas: List<Map<String, Scenario>> = listOf(
        pairingScenarios, readingScenarios, newsScenarios, writingScenarios, privateScenarios, lockingScenarios,
        brokenScenarios, storageScenarios, roughScenarios, ringNowScenarios,
    )
    private val scenarios: Map<String, Scenario> = areas.reduce { all, area -> all + area }

    /** One for each area: a server limits how many phones are paired from one address. */
    private val servers = mutableMapOf<Int, Server>()

    private fun serverFor(name: String) = servers.getOrPut(areas.indexOfFirst { name in it }) { Server.start() }

    @AfterAll
    fun stop() = servers.values.forEach(Server::stop)

    /** True for all of them; to play one: `bindings/kotlin-test -Dpromise.only=panic`. */
    private fun isWanted(name: String) = System.getProperty("promise.only").let { it == null || it == name }

    @Test
    fun `the table and this suite have the same scenarios`() =
        assertEquals(scenarioTable().sorted(), scenarios.keys.sorted())

    @TestFactory
    fun `every scenario`(): List<DynamicTest> = scenarioTable().filter(::isWanted).map { name ->
        DynamicTest.dynamicTest(name) {
            val scenario = checkNotNull(scenarios[name]) { "no such scenario here: $name" }
            runBlocking {
                withTimeout(5.minutes) { World(serverFor(name)).use { world -> world.scenario() } }
            }
        }
    }
}
