package org.pocketpromise

import org.pocketpromise.ffi.NewDevice as CoreDevice
import org.pocketpromise.ffi.PairingOffer as CoreOffer
import org.pocketpromise.model.Invitation
import org.pocketpromise.model.PairingDetails

/**
 * A pairing that waits for the person's yes. Keep it until [Pairing.finishPairing] has returned. Without it
 * nothing of the pairing is left on this phone.
 */
class PairingOffer internal constructor(internal val core: CoreOffer) {
    /**
     * What to show: which council it is, the host of its server, who made the code, and six digits, which the other
     * side must show too or which are typed on the other phone. That one can scan the `link` instead, as a QR code.
     * Any server can give the name of the council; a stranger's has another host.
     */
    val details: PairingDetails = core.details()
}

/** A new phone that waits for a yes on this phone. */
class NewDevice internal constructor(internal val core: CoreDevice) {
    /** The digits that it must show. Better let the person type what they see there. */
    val digits: String = core.digits()
}

/** Pairing this phone, and saying yes to another one of the person. Each call waits for the network. */
interface Pairing {
    /**
     * Sends the code from the adviser's screen, or from another phone, and returns what the person has to say
     * yes to. Nothing is stored. Call it once for each code: a second call is a second phone, and ends the code.
     */
    suspend fun pair(server: String, code: String): PairingOffer

    /** The same, by the link in a QR code. */
    suspend fun pairByLink(link: String): PairingOffer

    /**
     * Confirms: the person has seen that council and digits are right or, if another phone of theirs made the
     * code, that that phone has taken the digits. Waits until the other side said yes too, and then stores
     * everything at once. If it stops early, it can be called again with the same offer.
     */
    suspend fun finishPairing(offer: PairingOffer)

    /** Refuses: the other side shows other digits, or the council is not the person's. The code ends. */
    suspend fun refusePairing(offer: PairingOffer)

    /** Invites another phone of the same person. [waitForNewDevice] then waits for it. */
    suspend fun inviteDevice(): Invitation

    /**
     * Waits until a phone has sent the code of an invitation, at most until the code expires. Call it right after
     * [inviteDevice], and once.
     */
    suspend fun waitForNewDevice(code: String): NewDevice

    /**
     * Confirms a new phone. [shown] is what the person typed from its screen, or the text of its QR code. The new
     * phone gets the recovery phrase, sealed to its own key, if it is on this one.
     */
    suspend fun confirmNewDevice(device: NewDevice, shown: String)

    /** Refuses a new phone: it is not the person's, or shows other digits. The code ends. */
    suspend fun refuseNewDevice(device: NewDevice)
}

internal class CorePairing(private val calls: Calls) : Pairing {
    override suspend fun pair(server: String, code: String): PairingOffer =
        calls.network { cancel -> PairingOffer(pair(server, code, cancel)) }

    override suspend fun pairByLink(link: String): PairingOffer =
        calls.network { cancel -> PairingOffer(pairByLink(link, cancel)) }

    override suspend fun finishPairing(offer: PairingOffer) =
        calls.network { cancel -> finishPairing(offer.core, cancel) }

    override suspend fun refusePairing(offer: PairingOffer) =
        calls.network { cancel -> refusePairing(offer.core, cancel) }

    override suspend fun inviteDevice(): Invitation = calls.network { cancel -> inviteDevice(cancel) }

    override suspend fun waitForNewDevice(code: String): NewDevice =
        calls.network { cancel -> NewDevice(waitForNewDevice(code, cancel)) }

    override suspend fun confirmNewDevice(device: NewDevice, shown: String) =
        calls.network { cancel -> confirmNewDevice(device.core, shown, cancel) }

    override suspend fun refuseNewDevice(device: NewDevice) =
        calls.network { cancel -> refuseNewDevice(device.core, cancel) }
}
