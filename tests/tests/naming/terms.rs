//! The replaced terms, and their replacements.

/// A term that was replaced.
pub(crate) struct Term {
    /// The term. It matches whole words: `_` and case changes end a word's part only if the term
    /// ends with `_`.
    pub(crate) old: &'static str,
    /// What to write.
    pub(crate) new: &'static str,
}

impl Term {
    /// Returns `true` if the line holds the term as whole words.
    pub(crate) fn is_in(&self, line: &str) -> bool {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        line.match_indices(self.old).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + self.old.len()..].chars().next();
            let open_end = self.old.ends_with('_');
            !before.is_some_and(is_word) && (open_end || !after.is_some_and(is_word))
        })
    }
}

const fn term(old: &'static str, new: &'static str) -> Term {
    Term { old, new }
}

/// Terms that must not be in identifiers.
pub(crate) const CODE: &[Term] = &[
    term("struct Phone", "`PocketPhone` or `PhoneNumber`"),
    term("enum Day", "`Weekday`"),
    term("Vault", "`Keyring`"),
    term("vault", "`keyring`"),
    term("struct Sealing", "`KeyState`"),
    term("aside", "`undecryptable`"),
    term("hand_back", "`mark_for_resend`"),
    term("handed_back", "`mark_resent`"),
    term("retire", "`schedule_clear`"),
    term("keep_after_all", "`cancel_clear`"),
    term("absorb", "`apply_response`"),
    term("Absorbing", "`ResponseApplier`"),
    term("life", "`generation`"),
    term("Life", "`Generation`"),
    term("planted", "`fault_injection`"),
    term("Bug", "`Fault`"),
    term("foreign", "`ffi_types`"),
    term("struct Found", "`SearchResult`, or what was found"),
    term("struct Filter", "`OpportunityFilter`"),
    term("struct Listed", "`ListedOpportunity`"),
    term("struct Saved", "`SavedOpportunity`"),
    term("enum About", "`AskAbout`, or what it is about"),
    term("struct Draft", "`EditionContent`"),
    term("Lack", "`Issue`"),
    term("Wrong", "`IssueKind`"),
    term("Flaw", "`Issue`"),
    term("What", "`IssueKind`"),
    term("HeaderSlip", "`Issue`"),
    term("mod whole", "`validate`"),
    term("renew", "`rebase`"),
    term("hand_in", "`submit`"),
    term("throw_away", "`discard`"),
    term("mod subject", "`subject_access`"),
    term("taken_away", "`restore_tombstones`"),
    term("tell_phones", "`reapply_leavers`"),
    term("tidy", "`retention`"),
    term("staff_words", "`staff_writes`"),
    term("looks", "`access_monitoring`"),
    term("of_many", "`unusual_access`"),
    term("many_looks", "`unusual_access`"),
    term("alarm", "`unassigned`"),
    term("spread", "`delivery_status`"),
    term("Spread", "`DeliveryStatus`"),
    term("Visit", "`Session`"),
    term("Stranger", "`AnonymousForm`"),
    term("Sent", "`StaffForm`"),
    term("freshly", "`require_recent_login`"),
    term("struct Shown", "`...Template`"),
    term("async fn show", "`get`"),
    term("async fn send", "`post`"),
    term("fn say", "`format`"),
    term("fn tell", "`notify`"),
    term("fn look", "`access`, `load`"),
    term("fn told", "`format`"),
    term("fn said", "`format`"),
    term("Taken", "`AlreadyExists`"),
    term("Yourself", "`CannotDeactivateSelf`"),
    term("MOST_", "`MAX_...`"),
    term("MOST", "`MAX_...`"),
    term("PATIENCE", "`..._TIMEOUT`"),
];

/// Terms that must not be in comments.
pub(crate) const COMMENTS: &[Term] = &[
    term("Answers", "\"Returns\""),
    term("somebody", "the role or type"),
    term("Somebody", "the role or type"),
    term("nobody", "the role or type"),
    term("Nobody", "the role or type"),
    term("whoever", "the role or type"),
    term("Whoever", "the role or type"),
    term("that is none", "\"not a valid ...\""),
    term("what is none", "\"not a valid ...\""),
    term("is told", "\"receives\""),
    term("are told", "\"receive\""),
    term("hand in", "\"submit\""),
    term("handed in", "\"submitted\""),
    term("throw away", "\"discard\""),
    term("thrown away", "\"discarded\""),
    term("hand back", "\"resend\""),
    term("planted", "\"injected\""),
    term("absorb", "\"apply\""),
];

/// An exception: a term that stays in a file, and why.
pub(crate) struct Exception {
    /// The file, or the folder.
    pub(crate) file: &'static str,
    /// The term.
    pub(crate) term: &'static str,
    /// Why it stays.
    pub(crate) reason: &'static str,
}

/// Every exception.
pub(crate) const ALLOWED: &[Exception] = &[
    allowed(
        "bindings/src/listener.rs",
        "foreign",
        "uniffi's own word for a trait that Kotlin and Swift implement",
    ),
    allowed(
        "bindings/src/key_replacer.rs",
        "foreign",
        "uniffi's own word for a trait that Kotlin and Swift implement",
    ),
    allowed(
        "sync-server/database/src/drafts.rs",
        "struct Draft",
        "the stored state of a council's draft, whose content is `EditionContent`",
    ),
];

const fn allowed(file: &'static str, term: &'static str, reason: &'static str) -> Exception {
    Exception { file, term, reason }
}
