import Foundation
import Testing

@testable import PocketPromise

/// A real `promise-server` with a council, on a free port. What an operator does, a scenario does
/// by the same command lines. It ends with the object.
final class CouncilServer: Sendable {
    private static let council = "riverbridge"
    private let data: URL
    private let process = Guarded<Process?>(nil)
    private let address = Guarded("127.0.0.1:0")

    /// A server with a council that has published its promise.
    init(in folder: URL) throws {
        data = folder.appendingPathComponent("server")
        try run("council", "add", Self.council, "Riverbridge Council")
        try run("publish", Checkout.path("tests/council"), "--council", Self.council, "--yes")
        try hireJo()
        try start()
    }

    deinit { stop() }

    var url: String { "http://\(address.value)" }

    /// Runs one command line, and returns what it prints.
    @discardableResult
    func run(_ words: String...) throws -> String {
        let command = program(words)
        let out = Pipe()
        let err = Pipe()
        command.standardOutput = out
        command.standardError = err
        try command.run()
        let said = out.fileHandleForReading.readDataToEndOfFile()
        let complaint = err.fileHandleForReading.readDataToEndOfFile()
        command.waitUntilExit()
        guard command.terminationStatus == 0 else {
            throw CommandFailed(words: words, said: String(decoding: complaint, as: UTF8.self))
        }
        return String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Serves again where it served before.
    func start() throws {
        let serving = program(["serve"])
        let out = Pipe()
        serving.standardOutput = out
        serving.standardError = FileHandle.nullDevice
        try serving.run()
        process.set(serving)
        var said = ""
        while !said.contains("\n") {
            let more = out.fileHandleForReading.availableData
            guard !more.isEmpty else { throw CommandFailed(words: ["serve"], said: said) }
            said += String(decoding: more, as: UTF8.self)
        }
        let heard = said.trimmingCharacters(in: .whitespacesAndNewlines)
        address.set(String(heard.dropFirst("Listening on http://".count)))
    }

    /// Ends the program.
    func stop() {
        guard let running = process.value else { return }
        process.set(nil)
        kill(running.processIdentifier, SIGKILL)
        running.waitUntilExit()
    }

    /// Lets requests wait: the program stands still, and its connections stay open.
    func freeze() { signal(SIGSTOP) }

    /// Lets it go on.
    func thaw() { signal(SIGCONT) }

    private func signal(_ number: Int32) {
        if let running = process.value { kill(running.processIdentifier, number) }
    }

    private func program(_ words: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Checkout.server)
        process.arguments = words
        process.environment = ["PROMISE_DATA": data.path, "PROMISE_LISTEN": address.value]
        return process
    }
}

/// What people do at a council.
extension CouncilServer {
    /// A young person with an adviser, Jo Okoro.
    func addPerson() throws -> String {
        let person = try run("person", "add", "--council", Self.council)
        try run("assign", "--person", person, "--staff", "j.okoro")
        return person
    }

    fileprivate func hireJo() throws {
        try run(
            "staff", "add", "--council", Self.council, "--handle", "j.okoro", "--name", "Jo Okoro",
            "--role", "Personal adviser", "--phone", "07700 900123:mobile:prefer",
            "--hours", "mon-fri 09:00-17:00"
        )
    }

    /// A code that connects one phone.
    func invite(_ person: String) throws -> String {
        let lines = try run("invite", "--person", person).split(separator: "\n")
        let line = lines.first { $0.hasPrefix("Code: ") }
        return String(try #require(line).dropFirst("Code: ".count))
    }
}

/// A command line that did not go well.
struct CommandFailed: Error {
    let words: [String]
    let said: String
}
