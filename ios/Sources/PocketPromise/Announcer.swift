import PromiseBindings

/// Forwards changes to every follower.
///
/// The core calls it on the thread that made the change and waits for it: it notes the topics, wakes
/// the followers, and returns.
final class Announcer: ChangeListener {
    private let followers = Guarded<[Int: Follower]>([:])
    private let nextNumber = Guarded(0)

    deinit {
        for follower in followers.value.values { follower.ring.finish() }
    }

    func changed(topics: [Topic]) throws { notify(topics) }

    func notify(_ topics: [Topic]) {
        for follower in followers.value.values { follower.notify(topics) }
    }

    func stream() -> AsyncStream<Set<Topic>> {
        let number = nextNumber.change { next in
            defer { next += 1 }
            return next
        }
        let (bell, ring) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let follower = Follower(ring: ring)
        followers.change { $0[number] = follower }
        ring.onTermination = { [followers] _ in followers.change { $0[number] = nil } }
        return AsyncStream(unfolding: {
            for await _ in bell {
                let changed = follower.take()
                if !changed.isEmpty { return changed }
            }
            return nil
        })
    }

    /// The number of followers.
    var count: Int { followers.value.count }
}

/// A follower: the topics that changed since the last read, and a wake-up signal. The signal is
/// buffered once, so a reader that sleeps for a day receives one set.
private struct Follower: Sendable {
    let ring: AsyncStream<Void>.Continuation
    private let pending = Guarded<Set<Topic>>([])

    init(ring: AsyncStream<Void>.Continuation) { self.ring = ring }

    func notify(_ topics: [Topic]) {
        pending.change { $0.formUnion(topics) }
        ring.yield()
    }

    func take() -> Set<Topic> {
        pending.change { pending in
            defer { pending = [] }
            return pending
        }
    }
}
