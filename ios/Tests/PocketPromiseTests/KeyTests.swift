import Foundation
import Testing

@testable import PocketPromise

@Suite("The database's key")
struct KeyTests {
    @Test("is made once, and is the same from then on")
    func kept() throws {
        let box = MemoryBox()
        let first = try DatabaseKey.kept(in: box)
        #expect(first.bytes.count == 32)
        #expect(try DatabaseKey.kept(in: box).bytes == first.bytes)
        #expect(try DatabaseKey.kept(in: MemoryBox()).bytes != first.bytes)
    }

    @Test("is not made anew while the phone does not give it out")
    func locked() throws {
        let box = MemoryBox()
        let first = try DatabaseKey.kept(in: box)
        box.problem.set(.locked)
        #expect(throws: KeyProblem.locked) { try DatabaseKey.kept(in: box) }
        box.problem.set(nil)
        #expect(try DatabaseKey.kept(in: box).bytes == first.bytes)
    }

    @Test("is not made anew over something else that is kept")
    func strange() {
        let box = MemoryBox()
        box.secret.set(Data([1, 2, 3]))
        #expect(throws: KeyProblem.notAKey) { try DatabaseKey.kept(in: box) }
        #expect(box.secret.value == Data([1, 2, 3]))
    }

    @Test("is not there if it cannot be kept")
    func unwritten() {
        let box = MemoryBox()
        box.refusesToWrite.set(true)
        #expect(throws: KeyProblem.refused(-34018)) { try DatabaseKey.kept(in: box) }
    }

    @Test("is never printed")
    func hidden() {
        let key = World.key
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key) \(String(reflecting: key))" == "DatabaseKey DatabaseKey")
        #expect(!dumped.contains("bytes"))
        #expect(DatabaseKey(bytes: Data(count: 31)) == nil)
    }

    @Test("problems with it are told in plain words", arguments: [KeyProblem.locked, .refused(-1), .notAKey])
    func words(_ problem: KeyProblem) { #expect(problem.localizedDescription.hasSuffix(".")) }
}

private final class MemoryBox: SecretBox {
    let secret = Guarded<Data?>(nil)
    let problem = Guarded<KeyProblem?>(nil)
    let refusesToWrite = Guarded(false)

    func read() throws -> Data? {
        if let problem = problem.value { throw problem }
        return secret.value
    }

    func write(_ new: Data) throws {
        if refusesToWrite.value { throw KeyProblem.refused(-34018) }
        secret.set(new)
    }
}
