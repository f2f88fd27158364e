package org.pocketpromise

/**
 * The text with its telephone numbers, addresses, dates and amounts isolated, so that they keep their
 * order in text of the other direction, such as a number in Arabic. For every text on the screen.
 * [language] is the tag of the text's language; without it, the text's own first letter sets its
 * direction.
 */
fun String.isolated(language: String? = null): String = crossing { org.pocketpromise.ffi.isolate(this, language) }

/** True if the language with this tag is written from right to left. */
fun isRightToLeft(language: String): Boolean = crossing { org.pocketpromise.ffi.isRightToLeft(language) }
