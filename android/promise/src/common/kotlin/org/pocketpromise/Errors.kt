package org.pocketpromise

import org.pocketpromise.model.PromiseException

/** What happened and what to do next, in plain words for the screen. Holds no personal data. */
val PromiseException.userMessage: String
    get() = org.pocketpromise.ffi.errorMessage(this)

/** True if the same call can succeed later. If not, [userMessage] explains what must happen first. */
val PromiseException.canRetry: Boolean
    get() = org.pocketpromise.ffi.canRetry(this)
