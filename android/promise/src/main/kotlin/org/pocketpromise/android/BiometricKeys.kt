package org.pocketpromise.android

import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties.AUTH_BIOMETRIC_STRONG
import android.security.keystore.KeyProperties.BLOCK_MODE_GCM
import android.security.keystore.KeyProperties.ENCRYPTION_PADDING_NONE
import android.security.keystore.KeyProperties.KEY_ALGORITHM_AES
import android.security.keystore.KeyProperties.PURPOSE_DECRYPT
import android.security.keystore.KeyProperties.PURPOSE_ENCRYPT
import java.security.KeyStore
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import org.pocketpromise.UnlockKeys

private const val KEYSTORE = "AndroidKeyStore"
private const val ALIAS = "pocket-promise-unlock"
private const val BITS = 256

/**
 * A key in the Keystore that is used only after a fingerprint or a face, each time, on an unlocked phone. The
 * Keystore drops it when another finger or face is added.
 */
object BiometricKeys : UnlockKeys {
    private val keystore get() = KeyStore.getInstance(KEYSTORE).apply { load(null) }

    override fun make(): SecretKey {
        val spec = KeyGenParameterSpec.Builder(ALIAS, PURPOSE_ENCRYPT or PURPOSE_DECRYPT)
            .setBlockModes(BLOCK_MODE_GCM)
            .setEncryptionPaddings(ENCRYPTION_PADDING_NONE)
            .setKeySize(BITS)
            .setUserAuthenticationRequired(true)
            .setInvalidatedByBiometricEnrollment(true)
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) spec.setUnlockedDeviceRequired(true)
        // Before, a key without a validity needs the fingerprint for each use.
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            spec.setUserAuthenticationParameters(0, AUTH_BIOMETRIC_STRONG)
        }
        return KeyGenerator.getInstance(KEY_ALGORITHM_AES, KEYSTORE).apply { init(spec.build()) }.generateKey()
    }

    override fun get(): SecretKey? = keystore.getKey(ALIAS, null) as? SecretKey

    override fun delete() = keystore.deleteEntry(ALIAS)
}
