package org.pocketpromise

import org.pocketpromise.council.PhoneNumber
import org.pocketpromise.model.PhoneNumberUse

/**
 * What a screen shows of this number, and the link that rings or texts it. A number that takes texts
 * only has an `sms:` link and is not to be shown as one to ring.
 */
val PhoneNumber.usage: PhoneNumberUse
    get() = org.pocketpromise.ffi.phoneNumberUse(this)
