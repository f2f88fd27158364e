import PromiseBindings

/// Hands word of a change to everybody who follows.
///
/// It is called on the thread that made the change, which must not be kept: it notes what changed,
/// rings, and returns.
final class Announcer: ChangeListener {
    private let followers = Guarded<[Int: Follower]>([:])
    private let nextNumber = Guarded(0)

    deinit {
        for follower in followers.value.values { follower.ring.finish() }
    }

    func changed(topics: [Topic]) throws { tell(topics) }

    func tell(_ topics: [Topic]) {
        for follower in followers.value.values { follower.tell(topics) }
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

    /// How many follow.
    var count: Int { followers.value.count }
}

/// One who follows: what changed since they last looked, and a bell. The bell holds one ring, so a
/// reader that sleeps for a day finds one set, and not a day's worth of them.
private struct Follower: Sendable {
    let ring: AsyncStream<Void>.Continuation
    private let pending = Guarded<Set<Topic>>([])

    init(ring: AsyncStream<Void>.Continuation) { self.ring = ring }

    func tell(_ topics: [Topic]) {
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
