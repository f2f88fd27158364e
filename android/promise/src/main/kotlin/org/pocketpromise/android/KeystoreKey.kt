package org.pocketpromise.android

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties.BLOCK_MODE_GCM
import android.security.keystore.KeyProperties.ENCRYPTION_PADDING_NONE
import android.security.keystore.KeyProperties.KEY_ALGORITHM_AES
import android.security.keystore.KeyProperties.PURPOSE_DECRYPT
import android.security.keystore.KeyProperties.PURPOSE_ENCRYPT
import java.security.KeyStore
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey

private const val KEYSTORE = "AndroidKeyStore"
private const val ALIAS = "pocket-promise"
private const val BITS = 256

/** Deletes that key for good. The Keystore's hardware keeps no copy. */
internal fun deleteKeystoreKey() =
    KeyStore.getInstance(KEYSTORE).apply { load(null) }.deleteEntry(ALIAS)

/**
 * Returns the key in the phone's Keystore that encrypts the database's key, and creates it the first
 * time. It never leaves the Keystore. It needs no fingerprint: the app must open with wet hands, in the
 * dark.
 */
internal fun keystoreKey(): SecretKey {
    val keystore = KeyStore.getInstance(KEYSTORE).apply { load(null) }
    (keystore.getKey(ALIAS, null) as? SecretKey)?.let { return it }
    val spec = KeyGenParameterSpec.Builder(ALIAS, PURPOSE_ENCRYPT or PURPOSE_DECRYPT)
        .setBlockModes(BLOCK_MODE_GCM)
        .setEncryptionPaddings(ENCRYPTION_PADDING_NONE)
        .setKeySize(BITS)
        .build()
    return KeyGenerator.getInstance(KEY_ALGORITHM_AES, KEYSTORE).apply { init(spec) }.generateKey()
}
