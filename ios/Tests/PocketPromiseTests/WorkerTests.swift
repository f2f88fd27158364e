import Foundation
import Testing

@testable import PocketPromise

@Suite("Work on other threads")
struct WorkerTests {
    @Test("never runs on the main thread")
    @MainActor
    func elsewhere() async throws {
        #expect(try await Worker("test", .utility).run { Thread.isMainThread } == false)
    }

    @Test("that was cancelled before its turn does not begin")
    func cancelledBefore() async throws {
        let worker = Worker("test", .utility)
        let isHeld = DispatchSemaphore(value: 0)
        let isRunning = Guarded(false)
        let began = Guarded(false)
        let first = Task { try await worker.run { isRunning.set(true); isHeld.wait() } }
        // Two tasks start in any order: the second is made when the first holds the queue.
        try await until { isRunning.value }
        let second = Task { try await worker.run({ began.set(true) }, onCancel: {}) }
        try await Task.sleep(for: .milliseconds(50))
        second.cancel()
        isHeld.signal()
        try await first.value
        await #expect(throws: PromiseError.cancelled) { try await second.value }
        #expect(!began.value)
    }

    @Test("is cancelled once, and the word waits until the work looks")
    func cancelledDuring() async throws {
        let cancels = Guarded(0)
        let isRunning = Guarded(false)
        let work = Task {
            try await Worker("test", .utility).run(
                {
                    isRunning.set(true)
                    while cancels.value == 0 { Thread.sleep(forTimeInterval: 0.001) }
                },
                onCancel: { cancels.change { $0 += 1 } }
            )
        }
        try await until { isRunning.value }
        work.cancel()
        work.cancel()
        try await work.value
        #expect(cancels.value == 1)
    }
}

@Suite("Word of changes")
struct AnnouncerTests {
    @Test("comes as one set to a reader who slept, and to every reader")
    func gathers() async {
        let announcer = Announcer()
        var first = announcer.stream().makeAsyncIterator()
        var second = announcer.stream().makeAsyncIterator()
        for _ in 0..<1000 { announcer.notify([.contacts]) }
        announcer.notify([.asks])
        #expect(await first.next() == [.contacts, .asks])
        #expect(await second.next() == [.contacts, .asks])
        announcer.notify([.status])
        #expect(await first.next() == [.status])
    }

    @Test("ends with the task that reads it, and with the phone")
    func ends() async {
        let announcer = Announcer()
        let stream = announcer.stream()
        let reader = Task { for await _ in stream {} }
        #expect(announcer.count == 1)
        reader.cancel()
        await reader.value
        #expect(announcer.count == 0)

        let orphan = { Announcer().stream() }()
        for await _ in orphan {}
    }
}

@Suite("Texts in several languages")
struct LanguageTests {
    @Test("are read in the nearest language, and else in English")
    func nearest() {
        let text: Localised = ["en": "Hello", "ar": "مرحبا", "zh-Hant": "你好"]
        #expect(text.text(for: Locale(identifier: "ar_GB")) == "مرحبا")
        #expect(text.text(for: Locale(identifier: "zh_Hant_TW")) == "你好")
        #expect(text.text(for: Locale(identifier: "ti_ER")) == "Hello")
    }
}
