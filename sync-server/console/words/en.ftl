### What the console says. Plain English, short sentences, "you" and "we".

## On every page

brand = Pocket Promise
window-title = { $title } – Pocket Promise
window-title-error = Error: { $title } – Pocket Promise
skip = Skip to main content
sign-out = Sign out
nav-label = Places
nav-people = Young people
nav-card = My card
nav-cards = Cards
nav-hand-over = Hand over
nav-staff = Colleagues
nav-log = Log
nav-account = Account
back-to = Back to
back-label = Back
summary-title = There is a problem
error-word = Error:
help = Need help? Ask whoever runs Pocket Promise in your council.
yes = Yes
no = No
nothing = Nothing
error-too-long = “{ $label }” must be { $most } characters or fewer
date-day = Day
date-month = Month
date-year = Year
date-hint = For example, 27 3 2027
time-today = today, { $clock }
minutes = { $count } minutes
phones-count = { $count ->
    [one] { $count } phone
   *[other] { $count } phones
}

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

role-adviser = Adviser
role-manager = Manager
role-editor = Editor
role-publisher = Publisher
role-administrator = Administrator
role-auditor = Auditor
role-operator = Whoever runs the server

## What was just done

done-answered = Answered. Their phone has it with its next sync.
done-appointment = The appointment is saved. Their phone has it with its next sync.
done-cancelled = The appointment is cancelled.
done-unpaired = The phone is taken off. It gets nothing more.
done-handed-over = Handed over. The young people see it with their next sync.
done-kept = The hand-over is taken back.
done-leave = Your leave is saved.
done-saved = Your card is saved. You do not have to change it anywhere else.

## When something does not go

sorry-nothing = There is nothing here
sorry-nothing-text = The page does not exist, or it is not yours to see. Check the address.
sorry-role = Your role does not allow this
sorry-role-text = If you need it for your work, ask your administrator.
sorry-changed = Something changed meanwhile
sorry-changed-text = Go back, look at how things are now, and try again. Nothing was changed.
sorry-busy = We are busy for a moment
sorry-busy-text = Go back and try again in a moment. What you typed is still in the page.
sorry-failed = Something went wrong
sorry-failed-text = Go back and try again. If it goes on, tell whoever runs Pocket Promise in your council.
sorry-often = That was too often
sorry-often-text = Wait a minute, then go back and try again.
sorry-elsewhere = This did not come from our page
sorry-elsewhere-text = Go back, load the page again, and try once more. Nothing was changed.
sorry-large = That is too much at once
sorry-large-text = Go back and make it shorter. What you typed is still in the page.
sorry-link = This link does not work any more
sorry-link-text = It was used, or it is too old. Ask your administrator for a new one.
sorry-home = Go to the first page

## Signing in

sign-in-title = Sign in
sign-in-name = Name
sign-in-password = Password
sign-in-button = Sign in
sign-in-wrong = Check your name and password: they do not go together
sign-in-ended = You were signed out. What you typed is kept: sign in, and you can send it.
code-title = Enter your code
code-lead = Open the authenticator app on your phone. It shows six digits for Pocket Promise.
code-label = Code
code-hint = Lost your phone? Type one of your recovery codes instead.
code-button = Go on
code-wrong = This code is not right. Type the one that the app shows now
welcome-title = Choose a password
welcome-lead = Welcome, { $name }.
welcome-name = You will sign in with the name { $name }.
welcome-password = New password
welcome-hint = 12 characters or more. Three or four words that do not belong together are good.
welcome-button = Keep this password
password-short = Your password must have 12 characters or more
password-long = Your password must have 100 characters or fewer
password-guessable = This password is easy to guess, or is known from other websites. Choose another, such as four words that do not belong together
enrol-title = Set up your authenticator app
enrol-lead = With the app, nobody gets in with your password alone. Scan this picture with it.
enrol-picture = A QR code to scan with your authenticator app
enrol-type = You cannot scan it? Type this into the app:
enrol-hint = The six digits that the app shows now.
enrol-button = Check and go on
codes-title = Your recovery codes
codes-lead = Write these down or print them, and keep them safe. If you lose your phone, each of them signs you in once. We show them only now.
codes-button = I have kept them
again-title = Type your password again
again-lead = What you are about to do matters, so we want to be sure that it is you.
again-button = Go on
again-wrong = This is not your password
resume-title = You are signed in
resume-lead = Nothing you typed was lost. Send it now, and check the page that follows.
resume-button = Send it now

## Account

account-title = Your account
account-name = Name
account-council = Council
account-role = Role
account-codes = Recovery codes
account-codes-left = { $count ->
    [one] { $count } left
   *[other] { $count } left
}
account-new-codes = Make new recovery codes
account-new-codes-lead = The codes you have now stop working.

## Young people

people-title = Your young people
people-search = Search by reference
people-search-button = Search
people-found = { $count ->
    [0] No young people found
    [one] { $count } young person
   *[other] { $count } young people
}
people-name = Young person
people-phones = Phones
people-sync = Last heard of
people-asks = Asks
people-no-phone = No phone yet
people-silent = Silent
people-not-yet = Not yet
people-waiting = { $count ->
    [one] { $count } waits
   *[other] { $count } wait
}
people-none-waiting = None waiting
people-more = Show more
people-yours-from = Yours from { $day }
people-yours-until = A colleague’s from { $day }
people-cover-until = You cover until { $day }
filter-label = Show only
filter-all = All ({ $count })
filter-no-phone = No phone yet ({ $count })
filter-silent = Silent for two weeks ({ $count })
filter-asks = Wait for an answer ({ $count })
person-without-reference = No reference ({ $id })
person-noted = The young person can see on their phone that you looked at this page.
person-asks = What they asked
person-no-asks = They have not asked anything.
person-shown = They showed you:
person-reply = You answered:
person-answer = Answer
person-answer-again = Change the answer
person-contacts = Contacts on their phone
person-no-contacts = There is no contact on their phone.
person-no-number = No number and no e-mail address yet.
person-going = No longer looked after by { $name } from
person-keep = Keep { $name } after all
person-hand-over = Hand over to a colleague
person-meetings = Appointments
person-no-meetings = There is no appointment.
person-phones = Their phones
person-no-phone = They have no phone here yet. Everything you write is kept for them until they have one.
person-phone-off = A phone was taken off: { $when }
contact-until = Until { $day }
contact-from = From { $day }
contact-between = { $from } to { $to }
phone-paired = Connected
phone-last = Last heard of:
phone-never = never
phone-has = Has everything
phone-waits = Has something to fetch
status-new = Waits for an answer
status-seen = Seen
status-doing = We are on it
status-done = Done
status-cannot = We cannot do this
meeting-coming = They are coming.
meeting-not-coming = They are not coming.
meeting-another-time = They ask for another time.
meeting-no-answer = No answer yet.

## Asks

ask-title = Answer what they asked
reply-label = Your answer
reply-hint = They read it on their phone. Write as you would speak.
reply-status = Where it stands
reply-seen = I have seen it
reply-doing = I am on it
reply-done = Done
reply-cannot = We cannot do this
reply-status-missing = Say where it stands
reply-button = Send the answer

## Appointments

meeting-new = New appointment
meeting-change = Change the appointment
meeting-title = What is it?
meeting-title-hint = For example, Pathway plan review
meeting-title-missing = Say what it is, such as Pathway plan review
meeting-date = Date
meeting-date-wrong = Enter a real date, such as 27 3 2027
meeting-time = Time
meeting-time-hint = For example, 14:30 or 2.30pm
meeting-time-wrong = Enter a time, such as 14:30
meeting-minutes = How long?
meeting-open = Not said
meeting-place = Where?
meeting-details = Anything else they should know
meeting-details-hint = They see it on their phone.
meeting-button = Save the appointment
meeting-cancel = Cancel this appointment

## Phones

invite-title = Connect a phone: { $name }
invite-link = Connect a phone
invite-lead = We make a code that connects one phone. It works once, for 30 minutes. Do this when the young person is with you.
invite-lead-private = Whoever has the code can connect a phone and read what is meant for this young person.
invite-button = Make a code
invite-step-app = Open Pocket Promise on the phone.
invite-step-scan = Scan this picture, or type the code below it.
invite-picture = A QR code that connects the phone
invite-type = Or type this code:
invite-server = Address
invite-until = Works until
invite-print = Print this page
invite-another = Make another code
unpair-title = Take this phone off
unpair-link = Take this phone off
unpair-lead = It gets nothing more from us, and removes what we sent as soon as it is online. Their other phones stay as they are. You cannot undo this, but you can connect the phone again.
unpair-button = Take this phone off

## Cards

card-mine = My card
card-of = { $name }’s card
card-lead = Change it here once. It changes on the phone of every young person you look after.
card-phones-link = See which phones have it
card-name = Name
card-name-missing = Enter a name
card-role = Role
card-team = Team
card-organisation = Organisation
card-pronouns = Pronouns
card-email = E-mail address
card-email-wrong = Enter an e-mail address, such as name@example.org
card-about = About you
card-about-hint = What you can help with, in a sentence or two.
card-voicemail = About your voicemail
card-voicemail-hint = For example, I listen to it every evening.
card-optional = You can leave this empty.
card-phones = Phone numbers
card-phones-hint = Write each number as you like, such as 07700 900123 or +44 20 7946 0000.
card-phone-number = Phone number { $count }
phone-number = Number
phone-kind = What it is for
phone-extension = Extension
phone-prefer = Try this number first
phone-ext = extension { $ext }
phone-first = try first
phone-letters = “{ $typed }” has letters in it. Enter only the number, such as 07700 900123
phone-signs = “{ $typed }” has signs in it. Enter one number in each place, such as 07700 900123
phone-wrong = “{ $typed }” is not a whole number. Enter all of it, such as 07700 900123
phone-ext-wrong = Enter the extension in digits, such as 12
kind-mobile = Mobile
kind-landline = Landline
kind-duty = Duty team
kind-oohs = Out of hours
kind-text = Texts only
kind-whatsapp = WhatsApp only
card-by = Young people may also reach you by
by-text-ok = Text
by-whatsapp-ok = WhatsApp
card-hours = Hours
card-hours-hint = One line for each stretch, such as mon-fri 09:00-17:00 or sat,sun 10:00-14:00
hours-wrong = “{ $typed }” is not understood. Write days and hours, such as mon-fri 09:00-17:00
hours-many = Write 30 lines or fewer
card-languages = Languages you speak
card-languages-wrong = Choose your languages from the list
card-button = Save for every phone
lang-en = English
lang-ar = Arabic
lang-fa = Farsi
lang-prs = Dari
lang-ps = Pashto
lang-ckb = Kurdish Sorani
lang-ti = Tigrinya
lang-am = Amharic
lang-vi = Vietnamese
lang-sq = Albanian
lang-om = Oromo
lang-so = Somali
lang-ur = Urdu
lang-uk = Ukrainian
lang-fr = French
conflict-title = { $card } changed while you were typing
conflict-lead = Somebody else saved other details. Choose which ones are right. Everything else that you changed is saved with them.
conflict-theirs = What is saved now
conflict-mine = What you typed
conflict-button = Save for every phone
leave-title = Leave
leave-none = No leave is planned.
leave-change = Plan leave
leave-add = Add leave
leave-lead = The young people you look after see when you are away, and whom to ring instead.
leave-from = First day away
leave-from-wrong = Enter the first day away, such as 27 3 2027
leave-to = Last day away
leave-to-wrong = Enter the last day away, such as 9 4 2027
leave-to-over = The last day away must be today or later
leave-to-before = The last day away must not be before the first
leave-cover = Who covers?
leave-cover-hint = They see your young people, and are on their phones, while you are away.
leave-cover-wrong = Choose a colleague from the list
leave-nobody = Nobody
leave-days = { $from } to { $to }
leave-covered = { $name } covers.
leave-no-cover = Nobody covers.
leave-button = Save the leave
leave-remove = Remove
spread-title = Which phones have your card
spread-none = None of your young people has a phone yet.
spread-all = { $count ->
    [one] The phone has it: 1 of 1
   *[other] All { $count } phones have it: { $count } of { $count }
}
spread-some = { $have } of { $all } phones have it
spread-how = A phone fetches it the next time it is online. This page fills up by itself where it can.
spread-again = Check again
spread-edit = Change the card
spread-state = Your card
spread-has = Has it
spread-waits = Not yet
spread-without = No phone yet

## Hand-over

hand-over-title = Hand over young people
hand-over-whose = Whose young people are handed over?
hand-over-lead = Until the first day, each young person sees both of you, side by side. From then on they see your colleague.
hand-over-nobody = There is nobody to hand over.
hand-over-people = Young people
hand-over-people-missing = Choose at least one young person
hand-over-to = New adviser
hand-over-choose = Choose a colleague
hand-over-to-missing = Choose who takes over
hand-over-day = Their first day
hand-over-day-hint = Today or later. For example, 27 3 2027
hand-over-day-wrong = Enter their first day, such as 27 3 2027
hand-over-day-over = Their first day must be today or later
hand-over-day-far = Their first day must be within a year
hand-over-button = Check
check-title = Check before you hand over
check-from = Adviser until then
check-until = Until then the young people see both, side by side. You can take it back until then.
check-now = This happens now. You will no longer see these young people.
check-button = Hand over
check-change = Change something

## Colleagues

staff-title = Colleagues
staff-none = No sign-in yet
staff-sign-in-title = Sign-in for { $name }
staff-lead = We make a link with which they choose a password. If they have one already, it stops working once they use the link. They are signed out now.
staff-name = The name they sign in with
staff-name-hint = Their work e-mail address is a good choice.
staff-name-missing = Enter the name they sign in with, of 120 characters or fewer
staff-name-taken = Somebody else signs in with this name. Choose another
staff-role = Role
staff-role-missing = Choose a role
staff-button = Make a link
staff-link-lead = Give this link to them and to nobody else. It works once, for a day. We show it only now.

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
act-unpaired = Took a phone off
act-erased = Erased
act-handed-over = Handed over
act-kept = Took a hand-over back
act-gave-sign-in = Gave a sign-in
act-signed-in = Signed in
act-sign-in-failed = Could not sign in

## Accessibility

accessibility-title = Accessibility
accessibility-lead = We want everybody to be able to use these pages. They are made to meet WCAG 2.2 at level AA, and each page is checked with every change.
accessibility-keys = You can do everything with a keyboard alone.
accessibility-size = You can enlarge text to 200 % and use a window 320 pixels wide.
accessibility-dark = The pages follow your device’s light or dark setting.
accessibility-script = Everything works without JavaScript.
accessibility-tell = Something does not work for you? Tell whoever runs Pocket Promise in your council.

## Teams, and who has nobody

nav-team = Teams
team-title = Teams and caseloads
team-all = All teams
team-none = No team
team-nobody = There is nobody here who looks after young people.
team-adviser = Adviser
team-asks = Asks that wait
team-here = Here
team-covering = { $count ->
    [one] and covers for { $count }
   *[other] and covers for { $count }
}
team-oldest = { $count ->
    [0] the oldest from today
    [one] the oldest for { $count } day
   *[other] the oldest for { $count } days
}
team-alone = { $count ->
    [one] { $count } young person has no adviser today
   *[other] { $count } young people have no adviser today
}
alarm-label = Young people without an adviser
alarm-banner = { $count ->
    [one] { $count } young person has no adviser today.
   *[other] { $count } young people have no adviser today.
}
alarm-link = See who they are
alarm-title = Young people without an adviser
alarm-lead = Nobody looks after them today: they have nobody of ours to ring but the duty line.
alarm-nobody = Everybody has an adviser today.
alarm-people = Who gets an adviser?
alarm-all = Choose all { $count }
alarm-never = Never had an adviser.
alarm-left = { $name } no longer works here.
alarm-away-until = { $name } is away until { $day }, and nobody covers.
alarm-ended = Their last adviser ended, and nobody came after.
alarm-coming = { $name } begins on { $day }.
alarm-away = Or arrange cover
alarm-away-lead = For somebody who comes back, plan their leave again and say who covers. Every young person of theirs then has somebody.
alarm-not-any-more = Somebody you chose has an adviser by now. Choose again
alarm-check-title = Check before you give them an adviser
alarm-check-lead = Their phones show the adviser with the next sync. Somebody who is only away stays their adviser too.
alarm-button = Give them this adviser
done-given = They have an adviser. Their phones show it with the next sync.
done-added = Added. Now connect their phone when they are with you.

## Young people, for managers

people-adviser = Adviser
people-adviser-all = Everybody’s
people-adviser-none = Nobody yet
people-adviser-left = { $name } (left)
people-nobody = Nobody
people-new = Add a young person
people-new-lead = We keep no name and no date of birth. Your council’s own reference says who they are.
people-new-button = Add
people-reference = Reference
people-reference-hint = As your council writes it, such as CL-0001. Do not use a name.
people-reference-missing = Enter the reference that your council has for them
people-reference-taken = There is a young person with this reference already. Check it, or search for them
people-give-title = Give { $name } an adviser
people-give-lead = They are on the young person’s phone from now on, beside those who are there already.
people-give-button = Give this adviser
person-give = Give an adviser

## Everything held about a young person

subject-section = What we hold about them
subject-link = Download everything we hold
subject-title = Everything we hold about { $name }
subject-lead = For a young person who asks what we hold about them. It has what they and staff wrote, what was overwritten in the last 90 days, their phones, who looks after them, and who looked at their page.
subject-sealed-lead = What they keep private is sealed. Only their own phones can read it, and we cannot. They can take it with them from their phone.
subject-noted = We note that you did this. The young person can see it on their phone.
subject-html = Download a page to read
subject-json = Download as data (JSON)
subject-file-lead = This is a copy of what Pocket Promise holds on the council’s server. Keep it safe.
subject-person = The young person
subject-council = Council
subject-id = Random name
subject-made = Put together
subject-earlier = What was overwritten
subject-held = It was
subject-written = Written
subject-replaced = Replaced
subject-off = Taken off
subject-codes = Codes to connect a phone
subject-code = A code
subject-used = Used
subject-by = Who looks after them
subject-covers = Covers for
subject-starts = From
subject-ends = Until the day before
subject-log = Who looked, and who changed what
subject-by-them = by the young person, { $when }
subject-by-staff = by staff, { $when }
subject-sealed = Sealed. Only their own phones can read it.
collection-contact = Contacts
collection-ask = What they asked
collection-appointment = Appointments
collection-saved = Saved opportunities
collection-pledge-mark = Marks beside pledges
collection-access = Who looked, as their phones are told
collection-contact-mark = Marks beside contacts
collection-own-contact = Contacts of their own
collection-profile = What they say about themselves
collection-account-key = Check of the key that seals

## Colleagues, for administrators

staff-new = Add a colleague
staff-new-lead = We make a link with which they choose a password. Their card is on the phones of the young people they look after.
staff-new-button = Add and make a link
staff-job = What they are
staff-job-hint = Young people read it, such as Personal adviser.
staff-last = Last signed in
staff-authenticator = Authenticator
staff-password = Password chosen
staff-people = Young people they look after
staff-left = Left
staff-left-at = Switched off
staff-lead-lost = If they lost their authenticator, this is how they set up a new one.
staff-link-link = Make a new link to sign in
staff-role-link = Change their role
staff-role-title = Change the role of { $name }
staff-role-lead = They are signed out now. They have the new role when they sign in again.
staff-role-people = { $count ->
    [one] They look after { $count } young person. Ask a manager to hand them over, if the new role is another kind of work.
   *[other] They look after { $count } young people. Ask a manager to hand them over, if the new role is another kind of work.
}
staff-role-button = Change the role
staff-role-last = Nobody else can sign in as an administrator. Make somebody else one first, and let them sign in
staff-off-link = Switch them off, because they leave
staff-off-title = Switch off { $name }
staff-off-lead = They are signed out at once, everywhere, and cannot sign in any more. Their links, password and authenticator stop working.
staff-off-phones = Young people still see the name, but no number any more. Managers see at once who needs a new adviser.
staff-off-button = Switch off now
staff-off-yourself = You cannot switch yourself off. Ask another administrator.
staff-on-link = Switch them on again
staff-on-title = Switch on { $name } again
staff-on-lead = The young people who are still theirs see their numbers again. To sign in they need a new link.
staff-on-button = Switch on again
sorry-yourself = This is your own sign-in
done-role-changed = The role is changed. They were signed out.
done-switched-off = They are switched off, and signed out everywhere.
done-switched-on = They are switched on again. Make a link for them to sign in.

## The log, and taking it along

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
looks-title = Many young people’s pages on one day
looks-many = { $name }: { $count } young people on { $day }
looks-lead = There can be a good reason, such as standing in for a team. Ask.
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
act-gave-adviser = Gave an adviser
act-switched-off = Switched off
act-switched-on = Switched on again
act-changed-role = Changed a role
act-exported = Downloaded a copy
act-verified = Checked the log
## What is published: a draft that does not go further

draft-refused = This does not go now
draft-handed-in = The draft is handed in, so nobody can change it. Take it back first. What you typed is still in the page before this one.
draft-not-handed-in = The draft is not handed in, or it was published meanwhile. Nothing was published now.
draft-nothing-changed = The draft says what is published already. There is nothing to hand in or publish.
draft-own-work = You wrote something in this draft, so somebody else must publish it.
draft-behind = A newer edition was published meanwhile. Bring the draft up to date first.
draft-changed = The draft changed since you looked at it. Look at it again. Nothing was published or lost.
act-changed-draft = Changed the draft
act-handed-in = Handed the draft in
act-took-back = Took the draft back
act-sent-back = Sent the draft back
act-threw-away = Threw the draft away
act-published = Published
draft-not-whole = Something is missing or wrong in the draft. Go back to its page: it says what.
act-renewed-draft = Brought the draft up to date

## What is published: the promise

nav-promise = Promise
promise-title = The promise
promise-on-phones = On phones now
promise-draft = Draft
promise-authors = Written by
promise-unpublished = Nothing is published yet
promise-published = Edition { $number }, published { $when }
promise-untouched = None. Change something, and a draft begins.
promise-writing = Being written
promise-handed-in = Handed in by { $name }, { $when }
promise-note = This was sent back. Mend this first:
promise-behind = Something else was published since this draft began. Bring the draft up to date before you hand it in.
promise-own-work = You wrote something in this draft, so somebody else must publish it.
promise-mend = Before this can be published
promise-change = Change
promise-save = Save in the draft
promise-sections = Sections and pledges
promise-no-sections = There is no section yet. Add one, then write pledges in it.
promise-title-form = Title and first words
promise-title-lead = The title stands at the top of the promise on every phone, with a first word to the reader under it.
promise-late = The draft was handed in while you were typing. Take it back on the page “The promise”, then save this again
promise-gone = Somebody removed this while you were typing. Copy what you want to keep
promise-clash = This changed while you were typing
promise-clash-lead = Somebody else saved other words. Choose which ones stay. Everything else that you changed is saved with them.
promise-done-saved = Saved in the draft. Phones change when it is published.
promise-done-added = Added to the draft.
promise-done-moved = Moved.
promise-done-removed = Removed from the draft.
promise-done-handed-in = Handed in. Somebody who wrote none of it can publish it now.
promise-done-taken-back = Taken back. You can go on writing.
promise-done-sent-back = Sent back.
promise-done-thrown-away = The draft is gone. What is published stays as it is.
promise-done-renewed = The draft is up to date.
promise-done-published = Published. Phones have it with their next sync.
move-up = Move up
move-down = Move down
tag-new = New
tag-changed = Changed
tag-removed = Removed
tag-lacking = Not finished
lack-of = “{ $name }”: { $what }
lack-missing = { $field } is missing
lack-english = { $field } is missing in English
lack-long = { $field } is too long
lack-damaged = { $field } holds characters that no screen shows
lack-section = It is in no section
lack-twice = There are two of this name

section-new = Add a section
section-new-button = Add this section
section-words = Heading and first words of this section
section-pledges = Pledges, in the order in which phones show them
section-empty = No pledges yet.
section-remove = Remove this section
section-remove-title = Remove the section “{ $name }”?
section-remove-empty = It has no pledges.
section-remove-with = These pledges go with it. To keep one, move it to another section first.
remove-published = Phones keep it until the draft is published.

pledge-new = Add a pledge
pledge-new-in = Add a pledge to “{ $section }”
pledge-new-lead = Begin with its words. You add whom it is for, how to get it and the law on the next page.
pledge-new-button = Add this pledge
pledge-words = Words
pledge-words-lead = Say what the council does, as you would say it to one young person. Sentences of under 20 words are easy to read.
pledge-who = Who it is for
pledge-who-lead = Tick the groups and give the ages. Leave all of it empty if it is for every care leaver.
pledge-how = How to get it
pledge-law = The law it rests on
pledge-days = Days
pledge-place = Where it stands
pledge-section = Move to another section
pledge-no-section = No section
pledge-remove = Remove this pledge
pledge-remove-title = Remove the pledge “{ $name }”?
pledge-remove-lead = Young people no longer see it. What they wrote about it stays on their phones.

field-in-language = { $field } in { $language }
field-not-said = Not said
field-day-wrong = “{ $field }” must be a real date, such as 27 3 2027
field-title = Heading
field-title-missing = Enter a heading
field-title-hint = A few words, such as Free bus travel
field-intro = First words
field-text = Text
field-text-hint = What is promised, in plain words.
field-easy-read = Easy Read
field-easy-read-hint = One short sentence on each line. One idea in each.
field-section = Section
field-section-wrong = Choose a section
field-who = Groups
field-who-hint = No tick means every care leaver.
field-who-wrong = Choose groups from the list
field-age-min = From this birthday
field-age-min-hint = In years, such as 16
field-age-min-wrong = Enter an age in whole years, such as 16
field-age-max = Until this birthday
field-age-max-hint = The birthday on which it ends. For somebody aged 18 to 24, write 25.
field-age-max-wrong = Enter an age in whole years, such as 25
field-age-max-order = The birthday on which it ends must be after the one on which it begins
field-area = Where they live
field-area-wrong = Choose one from the list
field-how-to-get = How to get it
field-how-to-get-hint = What to do, step by step.
field-ask-role = Whom to ask
field-ask-role-hint = A role, such as Personal adviser
field-amount = Amount
field-amount-hint = In words, such as up to £3,000
field-evidence = What to show for it
field-evidence-hint = For example, a letter from the council
field-theme = Theme of the local offer
field-theme-wrong = Choose a theme from the list
field-outcome = Outcome of the Care Leaver Covenant
field-outcome-wrong = Choose an outcome from the list
field-basis = What it rests on
field-basis-wrong = Choose one from the list
field-legal-ref = Law or guidance
field-legal-ref-hint = For example, Children Act 1989 s.23C
field-source-url = Web page
field-source-url-hint = All of the address, such as https://www.example.org/offer
field-source-url-wrong = Enter all of the web address, such as https://www.example.org/offer
field-valid-from = First day
field-valid-to = Last day
field-valid-to-order = The last day must not be before the first
field-in-force-from = Day on which the law comes into force
field-checked-on = Day on which it was last checked
field-display-name = Name
field-role = Role
field-about = About
field-phones = Phone numbers
field-email = E-mail address
field-hours = Hours
field-languages = Languages
field-organisation = Organisation
field-on-closed-days = On closed days
field-date = Day
field-name = Name
field-kind = Kind
field-summary = Summary
field-body = Details
field-url = Web page
field-apply-url = Where to apply
field-how-to-apply = How to apply
field-contact-name = Contact
field-phone = Phone number
field-places = Places
field-national = For the whole country
field-online = Online
field-starts = First day
field-ends = Last day
field-closes-at = Closing date
field-cost = Cost
field-pay = Pay
field-care-leavers-only = For care leavers only
field-source = Source
field-status = Status
field-sections = A section
field-pledges = A pledge
field-council = Council
theme-a = Health and well-being
theme-b = Relationships
theme-c = Education and training
theme-d = Employment
theme-e = Accommodation
theme-f = Taking part in society
theme-g = Money skills
basis-statutory = The law: we must
basis-guidance = Government guidance: we should
basis-discretionary = Our own choice
who-eligible = Eligible (16 or 17, in care)
who-relevant = Relevant (16 or 17, left care)
who-former-relevant = Former relevant (18 or over)
who-qualifying = Qualifying (some time in care at 16 or 17)
area-own = Our care leavers, wherever they live
area-resident = Care leavers who live in our area
area-any = Any care leaver
outcome-1 = Living independently
outcome-2 = Education, employment and training
outcome-3 = Stability and safety
outcome-4 = Health
outcome-5 = Money

languages-title = Languages
languages-lead = English is always there. A phone shows each text in the reader’s language where there is one, and in English where there is not.
languages-none = Everything is in English only.
languages-all = All languages
languages-new = Translate into another language
languages-choose = Language
languages-begin = Begin
languages-wrong = Choose a language from the list
language-lead = What is not translated yet is shown in English on phones.
language-preview = See it as a phone shows it
translated-none = Not translated yet
translated-all = Translated
translated-some = { $there } of { $all } texts
translate-title = { $name } in { $language }
translate-lead = Leave a text empty to show the English one.
translate-nothing = There is no English text to translate yet.

changes-title = What changes
changes-none = The draft says what is published already.
changes-order = They are in another order.
changes-before = Published now
changes-after = In the draft
changes-gone = Removed
kind-of-promise = Title and first words
kind-of-section = Sections
kind-of-pledge = Pledges
kind-of-opportunity = Opportunities
kind-of-line = Lines anyone can ring
kind-of-closed-day = Closed days
one-promise = The promise
one-section = Section
one-pledge = Pledge
one-opportunity = Opportunity
one-line = Line
one-closed-day = Closed day
changed-promise = The title or the first words change
added-section = { $count ->
    [one] { $count } section is new
   *[other] { $count } sections are new
}
changed-section = { $count ->
    [one] { $count } section changes
   *[other] { $count } sections change
}
removed-section = { $count ->
    [one] { $count } section goes
   *[other] { $count } sections go
}
added-pledge = { $count ->
    [one] { $count } pledge is new
   *[other] { $count } pledges are new
}
changed-pledge = { $count ->
    [one] { $count } pledge changes
   *[other] { $count } pledges change
}
removed-pledge = { $count ->
    [one] { $count } pledge goes
   *[other] { $count } pledges go
}
added-opportunity = { $count ->
    [one] { $count } opportunity is new
   *[other] { $count } opportunities are new
}
changed-opportunity = { $count ->
    [one] { $count } opportunity changes
   *[other] { $count } opportunities change
}
removed-opportunity = { $count ->
    [one] { $count } opportunity goes
   *[other] { $count } opportunities go
}
added-line = { $count ->
    [one] { $count } line is new
   *[other] { $count } lines are new
}
changed-line = { $count ->
    [one] { $count } line changes
   *[other] { $count } lines change
}
removed-line = { $count ->
    [one] { $count } line goes
   *[other] { $count } lines go
}
added-closed-day = { $count ->
    [one] { $count } closed day is new
   *[other] { $count } closed days are new
}
changed-closed-day = { $count ->
    [one] { $count } closed day changes
   *[other] { $count } closed days change
}
removed-closed-day = { $count ->
    [one] { $count } closed day goes
   *[other] { $count } closed days go
}

preview-title = See it as a phone shows it
preview-lead = This is the draft. Young people see what is published until this is.
preview-languages = Language
preview-easy = Show Easy Read
preview-whole = Show the whole text
preview-instead = in { $language }
preview-no-easy = No Easy Read yet

hand-in-title = Hand in the draft?
hand-in-lead = Nobody can change it while it is handed in. You can take it back.
hand-in-second = Somebody who wrote none of it looks at it and publishes it.
hand-in-button = Hand in
take-back = Take back and go on writing
send-back = Send back
send-back-title = Send the draft back
send-back-lead = Those who wrote it can then change it and hand it in again.
send-back-reason = What is to be mended?
send-back-hint = Whoever opens the draft reads this.
send-back-missing = Say what is to be mended
throw-away = Throw the draft away
throw-away-title = Throw the draft away?
throw-away-lead = Everything that was changed since the last edition is lost. What is published stays as it is.
throw-away-whose = It was written by:
throw-away-button = Throw it away
renew-title = Bring the draft up to date
renew-lead = Something else was published since this draft began. We put what the draft changes on top of it.
renew-both = Where both changed the same, we ask you.
renew-button = Bring up to date
renew-clash = Both changed the same
renew-clash-lead = Choose one version of each. What the other one changes in it is lost. Everything else in both is kept. Because you choose, somebody else must publish the draft.
renew-theirs = The published one, which changes this:
renew-ours = The draft’s, which changes this:
publish-link = Look at it and publish
publish-title = Publish this?
publish-lead = This is what changes on every phone of your council.
publish-once = Published editions are kept for good. To change something, publish another one.
publish-button = Publish

## Opportunities

nav-opportunities = Opportunities
opp-title = Opportunities
opp-search = Search
opp-sort = In order of
opp-sort-title = Heading
opp-sort-closes = Closing date
opp-sort-organisation = Organisation
opp-sort-kind = Kind
opp-kind-all = All kinds
opp-kind-choose = Choose a kind
opp-found = { $count ->
    [0] No opportunities found
    [one] { $count } opportunity
   *[other] { $count } opportunities
}
opp-filter-all = All ({ $count })
opp-filter-open = Open ({ $count })
opp-filter-soon = Close within 7 days ({ $count })
opp-filter-ongoing = No closing date ({ $count })
opp-filter-closed = Closed ({ $count })
opp-filter-draft = New or changed ({ $count })
opp-filter-removed = Removed in this draft ({ $count })
pages-label = Pages
pages-before = Previous page
pages-next = Next page
opp-handed-in = The draft is handed in, so nobody can change it now. To go on writing, take it back on the page “The promise”.
opp-state-open = Open
opp-state-soon = Closes soon
opp-state-paused = Full for now
opp-state-closed = Closed
opp-state-ended = Over
opp-status-open = Open
opp-status-paused = Full for now
opp-status-closed = Closed
opp-ongoing = No closing date
opp-download = Download as CSV
opp-new = Add an opportunity
opp-new-lead = Begin with what it is. You add where it is, how to apply and who it is for on the next page.
opp-new-button = Add this opportunity
opp-part-words = What it is
opp-part-where = Where it is
opp-part-apply = How to apply
opp-part-when = When
opp-part-when-lead = Leave the closing date empty if it never closes.
opp-part-who = Who it is for
opp-part-money = Money
opp-set-open = Open it again
opp-set-paused = It is full for now
opp-set-closed = Close it now
opp-needs-date = It is over by its dates. To open it again, give it new ones.
opp-is-removed = This draft removes it. Phones have it until the draft is published.
opp-put-back = Put it back
opp-remove = Remove it
opp-remove-title = Remove “{ $name }”?
opp-remove-lead = Young people no longer find it. Those who saved it keep it on their phones, marked as closed.
opp-source = Comes from
opp-place-name = Place { $count }
opp-place-postcode = Postcode of place { $count }
opp-place-wrong = Write each place in a field of its own, without a semicolon
opp-time = Closing time
opp-time-hint = For example, 17:00. Leave it empty for the end of the day.
opp-old-some = { $count ->
    [one] { $count } opportunity has been over for more than 30 days. Clear it away
   *[other] { $count } opportunities have been over for more than 30 days. Clear them away
}
opp-old-title = Over for more than 30 days
opp-old-lead = Untick what you want to keep.
opp-old-which = Remove these
opp-old-one = { $title } ({ $day })
opp-old-button = Check
opp-old-check = { $count ->
    [one] Remove { $count } opportunity?
   *[other] Remove { $count } opportunities?
}
opp-old-remove = Remove them
opp-old-missing = Tick what is to be removed
opp-old-none = Nothing has been over for so long.
opp-done-saved = Saved in the draft. Phones change when it is published.
opp-done-added = Added to the draft. You can add the rest below.
opp-done-removed = Removed from the draft.
opp-done-put-back = It is back in the draft.
opp-done-open = It is open again in the draft.
opp-done-paused = It is marked as full in the draft.
opp-done-closed = It is closed in the draft. Phones change when it is published.
opp-done-old = What you ticked is removed from the draft.
opp-done-dropped = The sheet is thrown away. Nothing was changed.
opp-kind-discount = Discount
opp-kind-financial-support = Financial support
opp-kind-exemption = Exemption
opp-kind-personal-development = Personal development
opp-kind-workshop = Workshop
opp-kind-training = Training
opp-kind-work-experience = Work experience
opp-kind-apprenticeship = Apprenticeship
opp-kind-internship = Internship
opp-kind-job = Job
opp-kind-event = Event
opp-kind-volunteering = Volunteering
opp-kind-housing = Housing
opp-kind-mentoring = Mentoring
per-hour = An hour
per-week = A week
per-month = A month
per-year = A year
column-ref = Reference
opp-new-ref-hint = Your own name for it, such as job-12. It cannot change later. Leave it empty and we make one.
column-kind = Kind
column-title = Heading
column-title-hint = A few words, such as Baker’s apprentice
column-organisation = Organisation
column-organisation-hint = Who offers it.
column-summary = Summary
column-summary-hint = One or two short sentences.
column-body = Details
column-how-to-apply = How to apply
column-how-to-apply-hint = What to do, step by step.
column-url = Web page
column-url-hint = All of the address, such as https://www.example.org/jobs
column-apply-url = Page on which to apply
column-contact-name = Whom to ask for
column-contact-email = E-mail address
column-contact-phone = Phone number
column-contact-phone-hint = Write it as you like, such as 07700 900123 or 020 7946 0000.
column-places = Places
column-area = Places
column-postcode = Postcodes
column-national = For the whole country
column-online = Online
column-starts = First day
column-ends = Last day
column-closes = Closing date
column-amount = What it gives
column-amount-hint = In words, such as £1,000
column-cost = What it costs
column-cost-hint = In words, such as Free
column-age-min = From this birthday
column-age-min-hint = In years, such as 16
column-age-max = Until this birthday
column-age-max-hint = The birthday on which it ends. For somebody aged 18 to 24, write 25.
column-care-leavers-only = For care leavers only
column-evidence = What to show for it
column-evidence-hint = For example, a letter from the council
column-outcome = Outcome of the Care Leaver Covenant
column-languages = Languages it is offered in
column-hours = Hours
column-hours-hint = In words, such as Two days a week
column-pay = Pay
column-pay-hint = In words, such as £12.21 an hour
column-pay-type = Sort of wage
column-pay-type-hint = For example, National minimum
column-pay-min = Pay from
column-pay-min-hint = In pounds, such as 12.21
column-pay-max = Pay up to
column-pay-max-hint = In pounds, such as 14.50
column-pay-unit = Paid for
column-who = Groups
column-who-hint = No tick means every care leaver.
column-councils = Only for care leavers of these councils
column-councils-hint = Their short names, with ; between them. Leave it empty for every council.
column-status = State
flaw-missing = Enter something for “{ $label }”
flaw-too-long = “{ $label }” must be { $number } characters or fewer
flaw-damaged = “{ $label }” holds damaged characters: { $typed }. In your spreadsheet, save the file as “CSV UTF-8”, or type it again
flaw-formula = “{ $label }” begins as a formula does: { $typed }. Begin it with a letter or a digit
flaw-kind = “{ $typed }” is not a kind we know. Choose one from the list, such as Job or Discount
flaw-ref = “{ $typed }” cannot be a short name. Use up to 64 letters, digits and dashes, such as job-12
flaw-address = “{ $label }”: “{ $typed }” is not a web address. Enter all of it, such as https://www.example.org/jobs
flaw-email = “{ $typed }” is not an e-mail address. Enter one, such as name@example.org
flaw-phone = “{ $typed }” is not a whole phone number. Enter only the number, and all of it, such as 07700 900123
flaw-postcode = “{ $typed }” is not a postcode. Enter it like SW1A 1AA, or its first half
flaw-yes-no = “{ $label }”: “{ $typed }” is neither yes nor no. Write y or n
flaw-day = “{ $label }”: “{ $typed }” is not a real day. Write it like 31/12/2026
flaw-closing = “{ $label }”: “{ $typed }” is not a real day. Write it like 31/12/2026, or ongoing if it never closes
flaw-age = “{ $label }”: “{ $typed }” is not an age. Enter whole years, such as 18
flaw-outcome = “{ $typed }” is none of the five outcomes. Write a number from 1 to 5
flaw-language = “{ $typed }” is not a language code. Write it like en, ar or ti
flaw-money = “{ $label }”: “{ $typed }” is not a sum of money. Enter pounds, such as 12.21
flaw-word = “{ $label }”: “{ $typed }” is not a word we know here
flaw-ages = The birthday on which it ends must be after the one on which it begins
flaw-days = The last day must not be before the first
flaw-ref-twice = The reference “{ $typed }” is in line { $number } too. Give one of them another, or take one out
flaw-ref-taken = The reference “{ $typed }” is another one’s. Choose another
flaw-cells = There are more cells than columns in this line. Put a text with a separator in it in quotation marks
flaw-quote = A quotation mark is opened in this line and not closed

## Opportunities: a sheet of many

import-title = Import a sheet
import-lead = Upload a sheet that your spreadsheet saved as CSV. We show you what it would change before anything is changed.
import-template = Download an empty sheet to fill in
import-table = Download the opportunities as they are now, to change them in a spreadsheet
import-waits = You uploaded a sheet { $when }. See what it would change
import-file = Sheet
import-file-hint = A CSV file of at most 4 MB.
import-text = Or paste the rows here
import-text-hint = With the line of column names first.
import-button = See what it would change
import-columns-title = What we understand
import-columns-lead = Columns may stand in any order. Commas, semicolons and tabs are all fine between them, and so are days like 31/12/2026 and “ongoing”. A column that is not in the sheet changes nothing.
import-missing = Choose a file, or paste the rows
import-too-large = The sheet is larger than 4 MB. Leave out columns that you do not need, or import it in two parts
import-workbook = This is a workbook. In your spreadsheet, choose “Save as”, then “CSV UTF-8”, and upload that file
import-columns = The first line must name these columns too: { $columns }
import-twice = A column is there twice: { $columns }. Take one of them out
import-no-rows = There is a line of column names and nothing below it. Add a row
import-check-title = What the sheet would change
import-check-lead = Nothing is changed yet.
import-count-added = { $count ->
    [one] { $count } is new
   *[other] { $count } are new
}
import-count-changed = { $count ->
    [one] { $count } changes
   *[other] { $count } change
}
import-count-unchanged = { $count ->
    [one] { $count } stays as it is
   *[other] { $count } stay as they are
}
import-count-missing = { $count ->
    [one] { $count } is in the draft and not in the sheet
   *[other] { $count } are in the draft and not in the sheet
}
import-count-wrong = { $count ->
    [one] { $count } row has a mistake
   *[other] { $count } rows have a mistake
}
import-unknown-columns = We do not know these columns and pass over them: { $columns }
import-lacking-columns = These columns are not in the sheet, so nothing changes there: { $columns }
import-wrong-title = Rows with a mistake
import-wrong-lead = Mend them here, or in your spreadsheet.
import-wrong-download = Download these rows, each with what is wrong
import-mend = Mend this row
import-mend-title = Mend line { $count }
import-mend-lead = The sheet is mended here, and not in your own file.
import-mend-button = Keep this row
import-mended = The row is mended.
import-changed-title = What changes
import-added-title = What is new
import-see-all = See all
import-line = Line { $count }
import-before = In the draft now
import-after = In the sheet
import-alike = These may be there already
import-alike-hint = They have the heading and the organisation of another one. Tick those that you want to leave out.
import-alike-one = Line { $line }: { $title } ({ $id }, like { $other })
import-missing-label = { $count ->
    [one] { $count } is in the draft and not in the sheet. What is to become of it?
   *[other] { $count } are in the draft and not in the sheet. What is to become of them?
}
import-missing-keep = Keep them as they are
import-missing-close = Close them
import-missing-remove = Remove them
import-missing-see = See which are not in the sheet
import-take-all = { $count ->
    [0] Put this into the draft
    [one] Put this row into the draft
   *[other] Put these { $count } rows into the draft
}
import-take-good = { $count ->
    [0] Put this into the draft, without the rows that have a mistake
    [one] Put the good row into the draft, and mend the others later
   *[other] Put the { $count } good rows into the draft, and mend the others later
}
import-nothing = There is nothing to put into the draft.
import-drop = Throw this sheet away
import-taken = In the draft: { $added } new, { $changed } changed, { $gone } closed or removed.
import-changed = The draft changed meanwhile in something that the sheet touches. This is what the sheet would change now: look at it again

## The directory

nav-directory = Directory
directory-title = Lines anyone can ring
directory-lead = Every phone of your council has these lines, in this order.
directory-none = There is no line yet. Begin with your duty team and your out-of-hours team.
directory-days = { $count ->
    [0] Closed days: none yet
    [one] Closed days: { $count }
   *[other] Closed days: { $count }
}
directory-gaps-title = Nobody of yours can be rung at these times
directory-gap = { $from } to { $to }
directory-gap-always = At any time
directory-gaps-lead = A young person may need somebody at night. Add your out-of-hours line, or its hours. National lines, such as 999 and Samaritans, do not count here.
directory-closed-gap = On closed days, such as Christmas Day, nobody of yours can be rung all day and night. Say of a line that somebody answers then.
directory-done-saved = Saved in the draft. Phones change when it is published.
directory-done-added = The line is in the draft.
directory-done-moved = Moved.
directory-done-removed = The line is removed from the draft.
directory-done-day-saved = The closed day is in the draft.
directory-done-day-removed = The closed day is removed from the draft.
directory-done-holidays = The bank holidays are in the draft.
line-new = Add a line
line-change = Change this line
line-name = Name
line-name-hint = As phones show it, such as Leaving care duty line
line-name-missing = Enter a name, such as Leaving care duty line
line-role = What it is
line-role-hint = For example, Emergency duty team
line-role-missing = Say what it is, such as Emergency duty team
line-organisation = Who answers
line-organisation-hint = For example, the name of your council
line-about = When to ring it
line-about-hint = In plain words, such as Ring at night when you have no safe place.
line-hours-hint = When somebody answers. One line for each stretch, such as mon-fri 09:00-17:00 or mon-thu 17:00-08:45. Write always for every hour.
line-closed = On closed days
line-closed-hint = Bank holidays, and days on which your offices are closed.
line-closed-wrong = Say what happens on closed days
on-closed-days-closed = Nobody answers
on-closed-days-as-usual = Somebody answers at the same hours
on-closed-days-open-all-day = Somebody answers all day and night
line-languages = Languages spoken
line-phones-missing = Enter a phone number, such as 020 7946 0000
line-translate = In other languages
line-check-button = Check the numbers
line-check-title = Check the numbers
line-check-lead = A wrong number leads a young person to nobody. Ring each number now, and see who answers.
line-dialled = A phone dials
line-keep = Keep this in the draft
line-remove = Remove this line
line-remove-title = Remove the line “{ $name }”?
line-remove-lead = Young people can no longer ring it from the app.
days-title = Closed days
days-lead = On these days office hours do not hold. Phones then show who answers instead.
days-none = There is no closed day yet.
day-new = Add a closed day
day-new-button = Add this day
day-change = Change this closed day
day-name = What it is
day-name-hint = For example, Staff training day
day-name-missing = Say what it is, such as Staff training day
day-twice = There is a closed day on this date already. Enter another date
day-remove = Remove this closed day
day-remove-short = Remove
day-remove-title = Remove “{ $name }”?
day-remove-lead = Office hours hold on this day again.
holiday-title = Add England’s bank holidays
holiday-lead = Untick those on which your offices are open.
holiday-none = All bank holidays until the end of next year are there.
holiday-rule = We work them out by their rules. Now and then a day is added or moved for one year, such as for a coronation: look at www.gov.uk/bank-holidays too.
holiday-which = Bank holidays
holiday-on = { $name }, { $day }
holiday-known = { $name }, { $day }: it is there already
holiday-button = Add these days
holiday-missing = Tick the days to add
holiday-new-year = New Year’s Day
holiday-good-friday = Good Friday
holiday-easter-monday = Easter Monday
holiday-early-may = Early May bank holiday
holiday-spring = Spring bank holiday
holiday-summer = Summer bank holiday
holiday-christmas = Christmas Day
holiday-boxing = Boxing Day
holiday-instead = { $name } (substitute day)

## What is published: pictures

field-picture = Picture
picture-of = A picture: { $what }
picture-heading = Picture
picture-no = No picture.
picture-add = Add a picture
picture-change = Change the picture
picture-title = Picture of “{ $name }”
picture-lead = We make it small for phones, and take out where and when it was taken. Phones fetch it after the words. Do not use a photo of a young person without their yes.
picture-file = Choose a picture
picture-other = Choose another picture
picture-file-hint = JPEG, PNG or WebP, up to 15 MB.
picture-alt = What the picture shows
picture-alt-hint = In a few words, for people who cannot see it. Such as: two people with a map.
picture-remove = Take the picture out
picture-missing = Choose a picture
picture-alt-missing = Say what the picture shows
picture-alt-long = Say what the picture shows in 300 characters or fewer
picture-changed = Somebody else changed the picture while you were here. This is the new one. Choose yours again if it should stand instead
picture-none = This is not a picture we can read. Save it as JPEG, PNG or WebP, and choose that file
picture-heic = This photo is in Apple’s own form (HEIC). Save or send it as JPEG, and choose that file
picture-damaged = This picture is damaged or was cut short. Open it, save it again, and choose the new file
picture-too-large = This file is larger than 15 MB. Save a smaller picture, and choose that file
picture-too-wide = This picture has too many points. Save it smaller, and choose that file
picture-too-much = The pictures of the promise take more than a phone should fetch. Take another one out first
picture-not-small = This picture cannot be made small enough for a phone. Choose a simpler one
sorry-picture = A picture is missing or too large
sorry-picture-text = Nothing was published. Look at the pictures of the promise, choose the one that is missing again, or take one out.
