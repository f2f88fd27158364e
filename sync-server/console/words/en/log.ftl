### The log and downloads

## Navigation and labels

nav-log = Log

## Log

log-title = Who looked, and who changed what
log-lead = Nobody can change or remove an entry without it showing here.
log-whole = { $count ->
    [one] The log is whole: { $count } entry
   *[other] The log is whole: { $count } entries
}
log-broken = The log was tampered with: entry { $number } is not what was written, or one before it is missing
log-hash = Keep this hash of the newest entry somewhere else. It proves what the log held today.
log-number = Number
log-when = When
log-who = Who
log-act = What they did
log-about = About
log-older = Older entries
act-looked = Looked
act-changed = Changed
act-changed-card = Changed a card
act-invited = Made a code
act-started-pairing = Typed a code on a phone
act-confirmed-pairing = Said yes to a phone that waits
act-refused-pairing = Said no to a phone that waits
act-paired = Added a phone
act-confirmed-phone = Said yes to a phone
act-vetoed-phone = Said no to a phone
act-wiped-phone = Took a lost phone off
act-released-phone = Took an unused phone off
act-started-afresh = Made a fresh start
act-erased = Erased
act-handed-over = Handed over
act-kept = Took a hand-over back
act-gave-sign-in = Gave a sign-in
act-signed-in = Signed in
act-sign-in-failed = Could not sign in

## Exporting the log

log-filter = Show only
log-filter-button = Show
log-filter-none = Show everything
log-person = Young person
log-person-hint = A reference, or the random name.
log-person-unknown = We know no young person by this. Check the reference
log-staff = Who
log-anybody = Anybody
log-anything = Anything
log-from = From
log-to = Up to
log-day-wrong = Enter a real date, such as 27 3 2027
log-days-turned = The last day must not be before the first
log-nothing = There is no such entry.
log-range = Entries { $newest } to { $oldest }
log-check = Check the log
log-check-title = Check that the log is whole
log-check-lead = We check every entry from the first one. Where an entry was changed or removed, it shows.
log-check-never = The log was not checked yet
log-check-button = Check now
log-check-where = See where it breaks
log-check-broken = Tell whoever is responsible for information security in your council. Do not restore a backup before they have seen it.
log-checked = Checked { $when } by { $name }
unusual-access-title = Many young people’s pages on one day
unusual-access-row = { $name }: { $count } young people on { $day }
unusual-access-lead = There can be a good reason, such as standing in for a team. Ask.
nav-export = Downloads
export-title = Downloads
export-lead = Each download is noted in the log. Keep the files safe, and delete them when you are done.
export-log = The log
export-log-lead = Who looked, and who changed what, as a table (CSV) for Excel.
export-log-button = Download the log
export-people = Caseload
export-people-lead = Every young person with who looks after them, their phones and their asks, as a table (CSV) for Excel.
export-people-button = Download the caseload
act-added = Added a young person
act-added-staff = Added a colleague
act-added-entry = Added somebody to the address book
act-merged-entry = Merged an entry of the address book
act-removed-entry = Removed an entry of the address book
act-gave-contact = Gave a contact
act-ended-contact = Ended a contact
act-deleted-contact = Took a contact off
act-gave-adviser = Gave an adviser
act-switched-off = Switched off
act-switched-on = Switched on again
act-changed-role = Changed a role
act-changed-label = Changed a label
act-changed-reference = Changed a reference
act-changed-handle = Changed the name of a colleague in the staff directory
act-asked-for-power = Asked another administrator to agree
act-confirmed-power = Agreed, as second administrator
act-refused-power = Refused, as second administrator
act-withdrew-power = Took a question to another administrator back
act-reset-in-emergency = Emergency reset, alone
act-emergency-access = Emergency access
act-reviewed-emergency = Looked at an emergency
act-read-notice = Read what was done with their sign-in
act-held-account = Held their own account
act-exported = Downloaded a copy
act-verified = Checked the log

## Refusals of a draft

act-changed-draft = Changed the draft
act-handed-in = Handed the draft in
act-took-back = Took the draft back
act-sent-back = Sent the draft back
act-threw-away = Threw the draft away
act-published = Published
act-imported-allocations = Imported who looks after whom
act-signed-again = Signed everything again with a new key
act-renewed-draft = Brought the draft up to date
