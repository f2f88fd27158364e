import Foundation

/// The folder that holds the phone's data.
public struct DataPlace: Sendable {
    /// The folder. Nothing else is in it.
    public let folder: URL

    /// A folder of the app's choosing; it is made when the phone opens.
    public init(folder: URL) { self.folder = folder }

    /// The usual place: the app's own folder for what it needs and nobody else opens.
    public static func standard() throws -> DataPlace {
        let support = try FileManager.default.url(
            for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true
        )
        return DataPlace(folder: support.appendingPathComponent("PocketPromise", isDirectory: true))
    }

    var database: URL { folder.appendingPathComponent("promise.db") }

    /// Makes the folder, and tells the system how to treat what is in it.
    func prepare() throws {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try keepOutOfBackups()
            try protect()
        } catch {
            throw PromiseError.readOnly
        }
    }

    /// A backup is put back on another phone, where the key is not: what comes back with the
    /// twelve words, or from the council, is better than a file that no longer opens.
    private func keepOutOfBackups() throws {
        #if canImport(Darwin)
        var place = folder
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        try place.setResourceValues(values)
        #endif
    }

    /// Encrypted by the system too, until the phone was unlocked once after it was switched on. Not
    /// `.complete`: a sync in the background runs while the phone is locked.
    private func protect() throws {
        #if os(iOS)
        try FileManager.default.setAttributes(
            [.protectionKey: FileProtectionType.completeUntilFirstUserAuthentication],
            ofItemAtPath: folder.path
        )
        #endif
    }
}
