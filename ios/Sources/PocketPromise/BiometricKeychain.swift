#if canImport(Security)
import Foundation
import LocalAuthentication
import Security

/// A secret in the Keychain that the system gives out only after a fingerprint or a face. It drops the secret
/// when another finger or face is added, and when the phone's passcode is removed.
public struct BiometricKeychain: UnlockBox {
    private let service: String
    private let reason: String

    /// Creates access to the secret of the app `service`. The system shows `reason` with its question.
    public init(service: String, reason: String) {
        self.service = service
        self.reason = reason
    }

    public func read() throws -> Data? {
        var found: CFTypeRef?
        let context = LAContext()
        context.localizedReason = reason
        let query = name.merging([
            kSecReturnData: true,
            kSecMatchLimit: kSecMatchLimitOne,
            kSecUseAuthenticationContext: context,
        ]) { $1 }
        let status = SecItemCopyMatching(query as CFDictionary, &found)
        if status == errSecItemNotFound { return nil }
        try Keychain.check(status)
        return found as? Data
    }

    public func write(_ secret: Data) throws {
        var problem: Unmanaged<CFError>?
        let access = SecAccessControlCreateWithFlags(
            nil, kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly, .biometryCurrentSet, &problem
        )
        guard let access else { throw KeyProblem.refused(errSecAuthFailed) }
        let item = name.merging([kSecValueData: secret, kSecAttrAccessControl: access]) { $1 }
        try Keychain.check(SecItemAdd(item as CFDictionary, nil))
    }

    public func delete() throws {
        let status = SecItemDelete(name as CFDictionary)
        if status != errSecItemNotFound { try Keychain.check(status) }
    }

    private var name: [CFString: Any] {
        [kSecClass: kSecClassGenericPassword, kSecAttrService: service, kSecAttrAccount: "app-lock"]
    }
}
#endif
