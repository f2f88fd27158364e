import PromiseBindings
import Testing

@testable import PocketPromise

@Suite("Errors")
struct ErrorTests {
    @Test("each crosses with its own case and its own words", arguments: every)
    func crosses(_ problem: PocketPromise.PromiseError) {
        #expect(asThrown(problem) == problem)
        #expect(problem.words.hasSuffix("."))
        #expect(problem.localizedDescription == problem.words)
        #expect(Self.every.filter { $0.words == problem.words } == [problem])
    }

    @Test("only what time can mend says that a retry helps")
    func retries() {
        let mends: Set<PocketPromise.PromiseError> = [
            .readOnly, .diskFull, .offline, .serverBusy, .editionDamaged, .cancelled, .internal,
        ]
        #expect(Set(Self.every.filter(\.canRetry)) == mends)
    }

    @Test("a fault in the core is an error, and the next call works")
    func fault() async throws {
        do {
            try panicOnPurpose()
            Issue.record("it went well")
        } catch {
            #expect(PocketPromise.PromiseError(error) == .internal)
        }
        #expect(PocketPromise.PromiseError.offline.words.contains("no connection"))
    }

    @Test("an error of nobody's is an internal one")
    func strange() {
        #expect(PocketPromise.PromiseError(CommandFailed(words: [], said: "")) == .internal)
    }

    private func asThrown(_ problem: PocketPromise.PromiseError) -> PocketPromise.PromiseError? {
        do {
            try failWith(error: problem.asCore)
            return nil
        } catch {
            return PocketPromise.PromiseError(error)
        }
    }

    static let every: [PocketPromise.PromiseError] = [
        .wrongKey, .damaged, .newerData, .readOnly, .diskFull, .paused, .notPaired, .otherPerson,
        .codeWrong, .codeUsed, .codeExpired, .codeLocked, .unpaired, .offline, .serverBusy,
        .serverWrong, .updateNeeded, .addressNotSafe, .editionDamaged, .editionOlder, .cancelled,
        .tooLong(field: "note"), .invalid(field: "status"), .notFound, .internal,
    ]
}
