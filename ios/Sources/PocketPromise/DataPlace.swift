import Foundation

/// The folder that holds the phone's data.
public struct DataPlace: Sendable {
    /// The folder. It holds nothing else.
    public let folder: URL

    /// Creates a place in this folder, which is created when the phone opens.
    public init(folder: URL) { self.folder = folder }

    /// Returns the standard place: a folder in the app's Application Support.
    public static func standard() throws -> DataPlace {
        let support = try FileManager.default.url(
            for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true
        )
        return DataPlace(folder: support.appendingPathComponent("PocketPromise", isDirectory: true))
    }

    var database: URL { folder.appendingPathComponent("promise.db") }

    /// Creates the folder, and sets its backup and protection attributes.
    func prepare() throws {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try keepOutOfBackups()
            try protect()
        } catch {
            throw PromiseError.readOnly
        }
    }

    /// A backup may be restored on another phone, which does not have the key: data that returns with
    /// the recovery phrase, or from the council, is better than a file that no longer opens.
    private func keepOutOfBackups() throws {
        #if canImport(Darwin)
        var place = folder
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        try place.setResourceValues(values)
        #endif
    }

    /// Encrypted by the system too, until the first unlock after the phone was switched on. Not
    /// `.complete`: a background sync runs while the phone is locked.
    private func protect() throws {
        #if os(iOS)
        try FileManager.default.setAttributes(
            [.protectionKey: FileProtectionType.completeUntilFirstUserAuthentication],
            ofItemAtPath: folder.path
        )
        #endif
    }
}
