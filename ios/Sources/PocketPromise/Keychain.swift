#if canImport(Security)
import Foundation
import Security

/// One secret in the Keychain. It never leaves this phone, is in no backup, and can be read after the
/// first unlock, because a background sync runs while the phone is locked.
public struct Keychain: SecretBox {
    private let service: String
    private let account: String

    /// Creates access to the secret `account` of the app `service`.
    public init(service: String, account: String = "database-key") {
        self.service = service
        self.account = account
    }

    public func read() throws -> Data? {
        var found: CFTypeRef?
        let query = name.merging([kSecReturnData: true, kSecMatchLimit: kSecMatchLimitOne]) { $1 }
        let status = SecItemCopyMatching(query as CFDictionary, &found)
        if status == errSecItemNotFound { return nil }
        try Self.check(status)
        return found as? Data
    }

    public func write(_ secret: Data) throws {
        let item = name.merging([
            kSecValueData: secret,
            kSecAttrAccessible: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
        ]) { $1 }
        try Self.check(SecItemAdd(item as CFDictionary, nil))
    }

    public func delete() throws {
        let status = SecItemDelete(name as CFDictionary)
        if status != errSecItemNotFound { try Self.check(status) }
    }

    private var name: [CFString: Any] {
        [
            kSecClass: kSecClassGenericPassword,
            kSecAttrService: service,
            kSecAttrAccount: account,
        ]
    }

    /// Throws what a status of the Keychain means, unless it is success.
    static func check(_ status: OSStatus) throws {
        switch status {
        case errSecSuccess: return
        case errSecInteractionNotAllowed: throw KeyProblem.locked
        default: throw KeyProblem.refused(status)
        }
    }
}
#endif
