package org.pocketpromise

import org.pocketpromise.model.PromiseException

/** What happened and what to do next, in plain words to show. They hold nothing personal. */
val PromiseException.words: String
    get() = org.pocketpromise.ffi.words(this)

/** Whether the very same call can go well later. If not, [words] says what must happen first. */
val PromiseException.canRetry: Boolean
    get() = org.pocketpromise.ffi.canRetry(this)
