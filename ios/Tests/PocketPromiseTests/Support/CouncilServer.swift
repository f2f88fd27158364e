import Foundation
import Testing

@testable import PocketPromise

/// A real `promise-server` with a council that has published its promise. What an operator does, a
/// scenario does by the same command lines.
final class CouncilServer: Sendable {
    private static let council = "riverbridge"
    private let data: String
    private let serving: Guarded<Program?>
    let url: String

    init(in folder: URL) throws {
        data = folder.appendingPathComponent("server").path
        _ = try Program.run("promise-server", ["--data", data, "council", "add", Self.council, "Riverbridge Council"])
        _ = try Program.run(
            "promise-server",
            ["--data", data, "publish", Checkout.path("tests/council"), "--council", Self.council, "--yes"]
        )
        let program = try Program("promise-server", ["--data", data, "--listen", "127.0.0.1:0", "serve"])
        serving = Guarded(program)
        url = program.url
    }

    /// Runs one command line, and returns what it prints.
    @discardableResult
    func run(_ words: String...) throws -> String { try run(words) }

    /// Runs one command line of these words, and returns what it prints.
    @discardableResult
    func run(_ words: [String]) throws -> String {
        try Program.run("promise-server", ["--data", data] + words)
    }

    /// Stops it. Phones are offline.
    func stop() {
        serving.value?.stop()
        serving.set(nil)
    }

    /// Serves again, on the same address.
    func startAgain() throws {
        let address = String(url.dropFirst("http://".count))
        serving.set(try Program("promise-server", ["--data", data, "--listen", address, "serve"]))
    }

    /// Restores a backup, and serves again.
    func restore(_ backup: String) throws {
        stop()
        try run("restore", backup)
        try startAgain()
    }

    /// Stops responding; its connections stay open.
    func freeze() { serving.value?.signal(SIGSTOP) }

    /// Responds again.
    func thaw() { serving.value?.signal(SIGCONT) }
}

/// What council staff do.
extension CouncilServer {
    /// A new young person.
    func addPerson() throws -> String { try run("person", "add", "--council", Self.council) }

    /// Adds an adviser of this person, Jo Okoro, and returns the handle.
    func addAdviser(of person: String) throws -> String {
        let handle = "adviser.\(person)"
        try run(
            "staff", "add", "--council", Self.council, "--handle", handle, "--name", "Jo Okoro",
            "--role", "Personal adviser", "--phone", "07700 900123:mobile:prefer",
            "--hours", "mon-fri 09:00-17:00"
        )
        try run("assign", "--person", person, "--staff", handle)
        return handle
    }

    /// Adds an entry to the address book, and gives it to this person. Returns its id.
    func addEntry(named name: String, phone: String, to person: String) throws -> String {
        let entry = try run(
            "address-book", "add", "--council", Self.council, "--name", name, "--phone", phone
        )
        try run("address-book", "give", "--entry", entry, "--person", person)
        return entry
    }

    /// Ends an entry for this person, with a word why.
    func endEntry(_ entry: String, for person: String, on lastDay: String, why: String) throws {
        try run(
            "address-book", "end", "--entry", entry, "--person", person, "--last-day", lastDay,
            "--why", why
        )
    }

    /// Changes the adviser's number.
    func changeNumber(of adviser: String, to number: String) throws {
        try run("contact", "set", "--staff", adviser, "--phone", "\(number):mobile:prefer")
    }

    /// Adds a colleague who looks after nobody yet.
    func addColleague(_ handle: String, named name: String) throws {
        try run("staff", "add", "--council", Self.council, "--handle", handle, "--name", name)
    }

    /// Adds a leave, and confirms that the colleague who covers may be away too.
    func addLeave(of handle: String, _ from: String, _ to: String, cover: String) throws {
        try run(
            "contact", "leave", "--staff", handle, "--from", from, "--to", to, "--cover", cover, "--yes"
        )
    }

    /// Publishes a folder of this repository.
    func publish(_ folder: String) throws {
        try run("publish", Checkout.path(folder), "--council", Self.council, "--yes")
    }

    /// Publishes the example again, with other days in its opportunities.
    func publishOpportunities(moving day: String, to other: String) throws {
        let folder = URL(fileURLWithPath: data).deletingLastPathComponent()
            .appendingPathComponent("council")
        try FileManager.default.copyItem(atPath: Checkout.path("tests/council"), toPath: folder.path)
        let table = folder.appendingPathComponent("opportunities.csv")
        let rows = try String(contentsOf: table, encoding: .utf8)
        try rows.replacingOccurrences(of: day, with: other)
            .write(to: table, atomically: true, encoding: .utf8)
        try run("publish", folder.path, "--council", Self.council, "--yes")
    }

    /// A code that connects one phone.
    func invite(_ person: String) throws -> String {
        try Self.code(in: run("invite", "--person", person, "--server", url, "--no-wait"))
    }

    /// Confirms the phone that waits with this code and shows these digits.
    func confirm(_ code: String, showing digits: String) throws {
        try run("pairing", "confirm", "--code", code, "--digits", digits)
    }

    /// Refuses it.
    func refuse(_ code: String, showing digits: String) throws {
        try run("pairing", "refuse", "--code", code, "--digits", digits)
    }

    /// A code that links this phone again to a person, by the check text that it shows.
    func inviteToRelink(_ person: String, check: String) throws -> String {
        try Self.code(in: run("invite", "--person", person, "--relink", check, "--server", url))
    }

    /// Releases a person's phones, and returns a code that connects a phone with new words.
    func startAfresh(_ person: String) throws -> String {
        try Self.code(in: run("invite", "--person", person, "--start-afresh", "--server", url, "--no-wait"))
    }

    private static func code(in printed: String) throws -> String {
        let line = try #require(printed.split(separator: "\n").first { $0.hasPrefix("Code: ") })
        return String(line.dropFirst("Code: ".count))
    }

    /// Writes a backup beside the database, and returns its path.
    func backUp() throws -> String {
        let path = "\(data)/old.db"
        try run("backup", path)
        return path
    }
}
