import Foundation
import Testing

@testable import PocketPromise

extension Scenarios {
    static let storage: [String: Scenario] = [
        "wrong-key": { world in
            _ = try await world.syncedPhone()
            await fails(with: .wrongKey) {
                try await PocketPhone.open(in: world.place(), key: World.otherKey)
            }
            #expect(try await world.phone().contacts().count == 1)
        },

        "damaged-file": { world in
            try await world.syncedPhone().pause()
            let file = try FileHandle(forUpdating: world.place().database)
            try file.seek(toOffset: 2000)
            try file.write(contentsOf: Data(repeating: 0x55, count: 64))
            try file.close()
            await fails(with: .damaged) { try await world.phone() }
            let aside = try await PocketPhone.setAside(in: world.place())
            #expect(FileManager.default.fileExists(atPath: aside.path))
            #expect(try await world.phone().council() == nil)
        },

        "full-storage": { world in
            let phone = try await world.syncedPhone()
            try await phone.call { try $0.limitStorage(pages: 1) }
            let long = String(repeating: "A long note. ", count: 100)
            var written = 0
            do throws(Problem) {
                for _ in 0..<1000 {
                    try await phone.writeAsk(long)
                    written += 1
                }
                Issue.record("there was room for everything")
            } catch {
                #expect(error == .diskFull)
            }
            #expect(try await phone.asks().count == written)
            #expect(try await phone.contacts().count == 1)
        },

        "paused": { world in
            let phone = try await world.syncedPhone()
            var changes = phone.changes.makeAsyncIterator()
            try await phone.pause()
            await fails(with: .paused) { try await phone.contacts() }
            await fails(with: .paused) { try await phone.writeAsk("Not now") }
            try await phone.resume()
            #expect(await changes.next()?.contains(.contacts) == true)
            #expect(try await phone.contacts().count == 1)
            #expect(try await phone.asks().isEmpty)
        },
    ]
}
