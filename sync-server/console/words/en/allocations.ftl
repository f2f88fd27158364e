### Who looks after whom, from the council's own systems

## Uploading the files

alloc-link = Take over who looks after whom from your own systems
alloc-title = Who looks after whom
alloc-lead = Choose three files from your own systems. We show you what would change before anything does. We keep nothing of the files but how many rows there were.
alloc-lead-who = We know young people by their reference, and colleagues by the work e-mail address they sign in with.
alloc-file-involvements = Involvements
alloc-file-involvements-hint = ssd_involvements of the Standard Safeguarding Dataset. We read who, with which worker, in which role, and from when to when.
alloc-file-professionals = Professionals
alloc-file-professionals-hint = ssd_professionals of the same dataset. We read the worker’s number and staff number.
alloc-file-directory = Staff directory
alloc-file-directory-hint = A file with employeeId, mail and accountEnabled.
alloc-file-missing = Choose this file
alloc-too-large = The files are larger than 16 MB together. Leave out columns and old rows, or ask whoever runs the server
alloc-no-rows = There are no rows in this file. Check that it is the right one
alloc-missing-columns = These columns are missing: { $columns }. Check that it is the right file
alloc-duplicate-column = The column { $column } is there twice. Take one out
alloc-month-first = A day in row { $count } has its month first. We would read other days wrong. Write days like 2026-12-31
alloc-roles = Roles that count
alloc-roles-hint = One in each line, as your system writes them. If you leave it empty, we take personal advisers.
alloc-no-role = No row has a role that counts. The roles in the file are: { $roles }. Enter those of personal advisers
alloc-changed = Something changed here after we showed you the list. Choose the files again
alloc-button = Show what would change

## What would change

alloc-check-title = Check what would change
alloc-check-lead = Nothing has changed yet.
alloc-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
alloc-rows-before = { $count ->
    [one] { $count } row last time
   *[other] { $count } rows last time
}
alloc-not-here = { $count ->
    [one] { $count } row about somebody who is not here
   *[other] { $count } rows about people who are not here
}
alloc-unchanged = { $count ->
    [one] { $count } adviser stays
   *[other] { $count } advisers stay
}
alloc-changes = { $count ->
    [one] { $count } change
   *[other] { $count } changes
}
alloc-covers = { $count ->
    [one] { $count } colleague who covers
   *[other] { $count } colleagues who cover
}
alloc-covers-lead = These new advisers have leave on their cards. We arrange this with the changes above.
alloc-cover = { $person }: { $name } covers for { $adviser } from { $from } until { $until }.
alloc-without = { $count ->
    [one] { $count } young person without an adviser
   *[other] { $count } young people without an adviser
}
alloc-without-lead = Give them one on the page of young people without an adviser.
alloc-leavers = { $count ->
    [one] { $count } colleague who left
   *[other] { $count } colleagues who left
}
alloc-leavers-lead = Their account in your directory is off, and still on here. Ask an administrator to switch it off.
alloc-held = { $count ->
    [one] { $count } adviser who may not be theirs any more
   *[other] { $count } advisers who may not be theirs any more
}
alloc-held-lead = We change nothing for these young people, because we cannot read a row that may be about them.
alloc-refused = { $count ->
    [one] { $count } row that does not count
   *[other] { $count } rows that do not count
}
alloc-pair = { $person }: { $name }
alloc-switch-off = { $name } left: we switch them off.
alloc-end = { $person }: { $name } is not their adviser any more.
alloc-assign = { $person }: { $name } is their adviser from now on.
alloc-assign-from = { $person }: { $name } is their adviser from { $from }.
alloc-assign-until = { $person }: { $name } is their adviser from now on until { $until }.
alloc-assign-from-until = { $person }: { $name } is their adviser from { $from } until { $until }.
alloc-days = { $person }: { $name } stays their adviser, without a last day.
alloc-days-from = { $person }: { $name } begins on { $from }.
alloc-days-until = { $person }: { $name } stays their adviser until { $until }.
alloc-days-from-until = { $person }: { $name } begins on { $from } and stays until { $until }.
alloc-without-new = { $person } would have nobody: { $why }
alloc-without-still = { $person } has nobody: { $why }
alloc-why-left = their adviser left.
alloc-why-away = their adviser is away, and nobody covers.
alloc-why-no-reference = they have no reference, so no row can be about them.
alloc-why-not-in-files = no row that counts is about them.
alloc-why-row-refused = a row about them does not count. See below.
alloc-why-later = their next adviser begins later.
alloc-why-over = everything about them is over, and nobody comes after.
alloc-row = { $file }, row { $row }: { $problem }
alloc-row-of = { $file }, row { $row }, { $person }: { $problem }
alloc-row-damaged = There are more cells than columns, or a quotation mark is not closed.
alloc-row-no-person = It names no young person.
alloc-row-first-day = The first day is not a real day.
alloc-row-last-day = The last day is not a real day.
alloc-row-days-out-of-order = The last day is before the first.
alloc-row-too-far-ahead = The first day is more than a year away.
alloc-row-no-worker = It names no worker.
alloc-row-unknown-professional = The worker is not in the file of professionals.
alloc-row-no-staff-number = The worker has no staff number.
alloc-row-two-staff-numbers = The worker has two staff numbers.
alloc-row-unknown-staff-number = The worker’s staff number is not in the directory.
alloc-row-no-address = The directory has no e-mail address for the worker.
alloc-row-two-addresses = The directory has two e-mail addresses for the worker.
alloc-row-no-account = Nobody signs in here with the worker’s e-mail address. Ask an administrator to add them.
alloc-row-two-accounts = Two colleagues here have the worker’s e-mail address.
alloc-row-worker-left = The worker left, or is switched off here.
alloc-row-not-an-adviser = The worker’s role here is not one that looks after young people.
alloc-row-not-yes-or-no = We cannot tell if the account is on. We take it as on.
alloc-missing = Not in the files
alloc-missing-hint = They stay advisers. Tick those who are not any more.
alloc-nothing = There is nothing to change.
alloc-too-many = These are more changes than a browser can send. Ask whoever runs the server to take them over.
alloc-apply = Change it like this

## Confirming

alloc-confirm-title = Check this before we go on
alloc-fewer-rows = Last time there were { $before } rows. Now there are { $rows }.
alloc-many-losses = { $losses } young people of { $of } would lose an adviser.
alloc-confirm-lead = Nothing has changed yet. If this is wrong, stop here and ask whoever made the files.
alloc-confirm-rows = If it is right, type how many rows there are now
alloc-confirm-losses = If it is right, type how many would lose an adviser
alloc-confirm-wrong = This is not the number above. Check it again
alloc-confirm-button = Change it
done-allocated = Done. Phones show the new advisers with the next sync.
