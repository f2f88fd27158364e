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

    @Test("is destroyed and replaced when the phone is wiped")
    func replaced() throws {
        let box = MemoryBox()
        let first = try DatabaseKey.kept(in: box)
        let second = try BoxedKey(in: box).replaceKey()
        #expect(second != first.bytes)
        #expect(try DatabaseKey.kept(in: box).bytes == second)
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
