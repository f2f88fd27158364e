import Foundation
import PromiseBindings

@testable import PocketPromise

/// Threads that call a phone as fast as they can, while another thread closes and discards it.
final class Hammers: Sendable {
    /// The phone they call; nothing for now.
    let phone = Guarded<CorePhone?>(nil)
    /// How many calls succeeded.
    let calls = Guarded(0)
    /// Errors other than `paused`.
    let surprises = Guarded<[String]>([])
    private let isOver = Guarded(false)
    private let atWork = DispatchGroup()

    init(count: Int) {
        for number in 0..<count {
            atWork.enter()
            Thread { [self] in
                while !isOver.value { hit(number) }
                atWork.leave()
            }.start()
        }
    }

    /// Lets them finish the call that each is in, and waits for it.
    func end() async {
        isOver.set(true)
        await withCheckedContinuation { over in
            atWork.notify(queue: .global()) { over.resume() }
        }
    }

    private func hit(_ number: Int) {
        guard let phone = phone.value else { return }
        do {
            switch number % 4 {
            case 0: _ = try phone.contacts()
            case 1: _ = try phone.status()
            case 2: _ = try phone.search(words: "rent")
            default:
                guard let contact = try phone.contacts().first else { break }
                try phone.editContact(id: contact.id, edit: ContactEdit(note: "\(number)"))
            }
            calls.change { $0 += 1 }
        } catch PromiseBindings.PromiseError.Paused {
        } catch {
            surprises.change { $0.append("\(error)") }
        }
    }
}
