import Foundation

@testable import PocketPromise

/// A program of this project that prints its address and runs until it is stopped.
final class Program: Sendable {
    /// The address that it listens on.
    let url: String
    private let process: Guarded<Process>
    private let said: FileHandle
    private let typed: FileHandle

    /// Starts it, and waits until it listens.
    init(_ name: String, _ words: [String]) throws {
        let (out, input) = (Pipe(), Pipe())
        let started = Self.prepared(name, words)
        started.standardOutput = out
        started.standardInput = input
        started.standardError = FileHandle.nullDevice
        try started.run()
        process = Guarded(started)
        said = out.fileHandleForReading
        typed = input.fileHandleForWriting
        let line = try Self.line(from: said)
        guard line.hasPrefix("Listening on ") else { throw CommandFailed(words: words, said: line) }
        url = String(line.dropFirst("Listening on ".count))
    }

    deinit { stop() }

    /// Types a line, and waits for its echo.
    func type(_ line: String) throws {
        typed.write(Data("\(line)\n".utf8))
        let echo = try Self.line(from: said)
        guard echo == line else { throw CommandFailed(words: [line], said: echo) }
    }

    /// Sends it a signal.
    func signal(_ number: Int32) { process.change { _ = kill($0.processIdentifier, number) } }

    /// Ends it at once, as a power cut would.
    func stop() {
        process.change { process in
            guard process.isRunning else { return }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }

    /// Runs it to its end, and returns its output.
    static func run(_ name: String, _ words: [String]) throws -> String {
        let (out, err) = (Pipe(), Pipe())
        let process = prepared(name, words)
        process.standardOutput = out
        process.standardError = err
        try process.run()
        let said = out.fileHandleForReading.readDataToEndOfFile()
        let complaint = err.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw CommandFailed(words: words, said: String(decoding: complaint, as: UTF8.self))
        }
        return String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func prepared(_ name: String, _ words: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Checkout.program(name))
        process.arguments = words
        process.environment = [:]
        return process
    }

    private static func line(from handle: FileHandle) throws -> String {
        var line = Data()
        while let byte = try handle.read(upToCount: 1), !byte.isEmpty, byte != Data("\n".utf8) {
            line += byte
        }
        return String(decoding: line, as: UTF8.self)
    }
}

/// A command that failed.
struct CommandFailed: Error {
    let words: [String]
    let said: String
}
