### Young people

## Navigation and labels

nav-people = Young people
minutes = { $count } minutes

## Notices

done-answered = Answered. Their phone has it with its next sync.
done-appointment = The appointment is saved. Their phone has it with its next sync.
done-cancelled = The appointment is cancelled.
done-timescale = It is recorded. Their phone has it with its next sync.
done-contact-given = Given. It is on their phone with the next sync.
done-contact-ended = Saved. Their phone shows the last day and the word why.
done-contact-reopened = The end is taken back. They help again.
done-contact-deleted = Taken off. It is gone from their phone with the next sync.
done-contacts-moved = Moved. Their phone has the new order with the next sync.
done-label = The label is saved. Only staff who look after them see it.
done-reference = The reference is saved.
done-phone-connected = The phone is connected.
done-phone-confirmed = You said yes. The phone can do everything now.
done-phone-wiped = The phone is taken off. Everything on it is wiped as soon as it is online.
done-phone-released = The phone is taken off. It gets nothing more from us, and keeps what is on it.

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
filter-no-adviser = Without an adviser ({ $count })
filter-asks = Wait for an answer ({ $count })
filter-due = Visit or review due ({ $count })
filter-overdue = Visit or review overdue ({ $count })
person-noted = The young person can see on their phone that you looked at this page.
person-with-label = { $name } ({"\u2068"}{ $label }{"\u2069"})
label-name = Label
label-title = A short label
label-lead = It helps you tell young people apart, as with initials. Only staff who look after them see it. It is never on their phone.
label-log = The log and the young person see that you changed it, but not what it says. If the young person asks for what we hold about them, they get it.
label-hint = Up to 20 letters, such as J.S. Leave it empty to remove it.
label-wrong = Enter letters and numbers, such as J.S.
label-button = Save the label
label-add = Add a label
label-change = Change the label
reference-title = Their reference
reference-lead = Your own systems know them by it. We find them by it when you take over who looks after whom.
reference-log = The log and the young person see that you changed it. The log does not say what it is.
reference-button = Save the reference
reference-link = Change the reference
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
person-timescales = Visits and reviews
person-phones = Their phones
person-no-phone = They have no phone here yet. Everything you write is kept for them until they have one.
person-phone-wiped = Lost or stolen phone, taken off { $when }. It wipes itself as soon as it is online.
person-phone-released = Phone that is not used any more, taken off { $when }. It keeps what is on it.
contact-until = Until { $day }
contact-from = From { $day }
contact-between = { $from } to { $to }
phone-paired = Connected
phone-last = Last heard of:
phone-never = never
phone-has = Has everything
phone-waits = Has something to fetch
phone-limited = Waits for a yes from their other phone
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

## Visits and reviews

timescale-none = Nothing is recorded, so their phone does not show it.
timescale-from-on = The first one counts from { $day }
timescale-last-on = Last: { $day }
timescale-next-on = Next planned: { $day }
timescale-promise-by = We promise it by { $day }
timescale-law-by = The law says by { $day }
timescale-overdue = Overdue
timescale-soon = Within two weeks
timescale-due-promise = { $name }: we promise it by { $day }
timescale-due-law = { $name }: the law says by { $day }
timescale-record = Record
timescale-lead = The young person sees on their phone when it was last, when it is next, and by when it has to be.
timescale-promise = We promise it every { $every }.
timescale-law = The law says every { $every } at the latest: { $source }.
timescale-law-first = The law says the first one within { $first }.
timescale-law-checked = Your council last read that law on { $day }.
timescale-from = From when does the first one count?
timescale-from-hint = Such as the day they moved in. Enter it again when they move, and leave it empty if you do not know.
timescale-last = When was it last?
timescale-last-wrong = Enter a day that is not in the future
timescale-next = When is the next one planned?
timescale-next-hint = Leave it empty if there is no day yet.
timescale-next-wrong = Enter a day after the last one
timescale-button = Save the days
period-day = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
period-week = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
}
period-month = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
period-year = { $count ->
    [one] { $count } year
   *[other] { $count } years
}

## Phones

invite-title = Connect a phone: { $name }
invite-link = Connect a phone
invite-lead = We make a code that connects one phone. It works once, for 30 minutes. Do this when the young person is with you.
invite-lead-private = A code alone connects no phone. Their phone shows a number, and so do we. You say whether it is the same. Still, show the code to nobody else.
invite-lead-others = If they have another phone, the new one cannot do everything until they say yes on the other one. If that phone is lost, take it off first.
invite-button = Make a code
invite-step-app = Open Pocket Promise on the phone.
invite-step-scan = Scan this picture, or type the code below it.
invite-picture = A QR code that connects the phone
invite-type = Or type this code:
invite-server = Address
invite-until = Works until
invite-print = Print this page
invite-another = Make another code
invite-compare = Then their phone shows a number. It is connected when you say that it is the same as the one that we show you.
pairing-next = Next: compare the number
pairing-title = Compare the number: { $name }
pairing-wait = Wait until the code is typed on the phone. Then the phone shows a number, and so does this page.
pairing-by-itself = This page looks again every two seconds.
pairing-look = Look again
pairing-lead = Their phone must show the same number. Look at the phone yourself, or let them read the number to you.
pairing-lead-person = Say yes only if this young person holds the phone. Until you say yes, the phone gets nothing about them.
pairing-digits = Number
pairing-yes = Yes, the same number
pairing-no = No, another number
pairing-other-address = This phone came to us by another address than yours. Somebody may be in between, and could read everything. Say no. Then make a new code, and check the address on the phone.
pairing-came-by = Its address for us
pairing-refuse = Say no to this phone
pairing-confirmed = You said yes. Now they say yes on the phone.
pairing-refused = You or the phone said no. The phone was not connected, and the code does not work any more.
pairing-two-phones = Two phones used this code. We cannot know which one is theirs, so we connected neither. Make a new code, and show it to nobody else.
pairing-expired = The code is too old. No phone was connected.
pairing-waits = A phone waits for your yes
relink-title = Link a phone again: { $name }
relink-link = Link a phone that our computer does not know any more
relink-lead = Our computer went back to an older copy, and the young person’s page was lost. Their phone still has everything. This links their phone to this new page, and the phone sends everything back.
relink-lead-person = Do this only when the young person is with you and holds the phone. Make sure that this page is theirs: all that is on the phone comes to this page. You cannot undo this.
relink-check = What their phone shows
relink-check-hint = On the phone, choose “Link this phone again”. It shows 8 letters and numbers, such as 7K3F‑9M2D.
relink-check-wrong = Enter the 8 letters and numbers that the phone shows, such as 7K3F‑9M2D
relink-has-phone = Another phone uses this page already. Try “Connect a phone” first. If the phone says that the code is for another person, add the young person once more, and link the phone to that page
relink-button = Make a code for this phone
relink-step-app = On the phone that shows { $check }, choose “Link this phone again”.
relink-step-scan = Scan this picture, or type the code below it. It works for this phone only.
limited-title = A phone that waits for a yes
limited-link = About this yes
limited-lead = This phone came by a code of a member of staff while the young person had another phone. Until it has a yes, it cannot erase their account, take their other phones off, make codes or change their twelve words. Everything else works.
limited-lead-person = None of their other phones said yes or no in 72 hours. Say yes only if you know from the young person themselves that this phone is theirs. Every phone of theirs shows that you did.
limited-too-early = The young person can say yes on their other phone. If they do not have it any more, another member of staff than the one who made the code can say yes from { $when }.
limited-own-code = You made the code for this phone. The young person can say yes on their other phone; or another member of staff does it 72 hours after the phone was connected.
limited-button = Say yes to this phone
unpair-title = Take this phone off
unpair-link = Take this phone off
unpair-lead = It gets nothing more from us. Their other phones stay as they are. You cannot undo this, but you can connect the phone again.
unpair-lead-released = This phone was taken off before, and it keeps what is on it. If it is lost now, you can have it wiped. This works only if it has not been online since.
unpair-reason = Why do you take it off?
unpair-lost = It is lost, or somebody else has it. Everything on it is wiped as soon as it is online: what we sent, and what the young person wrote for themselves.
unpair-unused = They do not use it with us any more. It gets no more news from us. What the young person has on it stays there, and they can still read it.
unpair-reason-missing = Choose why you take the phone off
unpair-lost-link = It is lost now
unpair-button = Take this phone off

## Teams, and young people without an adviser

done-person-added = Added. Now connect their phone when they are with you.

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

## Subject access

subject-section = What we hold about them
subject-link = Download everything we hold
subject-title = Everything we hold about { $name }
subject-lead = For a young person who asks what we hold about them. It has what they and staff wrote, what was overwritten in the last 90 days, their phones, who looks after them, and who looked at their page.
subject-sealed-lead = What they keep private is sealed. Only their own phones can read it, and we cannot. They can take it with them from their phone.
subject-noted = We note that you did this. The young person can see it on their phone.
subject-html = Download a page to read
subject-json = Download as data (JSON)
subject-file-lead = This is a copy of what Pocket Promise holds on the council’s server. Keep it safe.
subject-contents = Parts of this page
subject-person = The young person
subject-council = Council
subject-id = Random name
subject-id-on-phones = Random name on their phones
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
collection-timescale = Visits and reviews
collection-saved = Saved opportunities
collection-pledge-mark = Marks beside pledges
collection-access = Who looked, as their phones are told
collection-contact-mark = Marks beside contacts
collection-own-contact = Contacts of their own
collection-profile = What they say about themselves
collection-phone = Their phones, as their phones are told
collection-account-key = Keys that seal what they keep private
collection-key-refusal = Tries to change their words that we refused

## Contacts of a young person

shown-link = What their phone shows of their contacts
shown-title = Contacts of { $name }
shown-lead = This is what their phone shows today, in this order. Their personal adviser is always first, and so are those that they keep on top themselves. What they hide or write beside someone, only they can see.
shown-helps = Helps today
shown-helps-until = Helps today, until { $day }
shown-away = Away until { $until }. Their phone says to ring the duty line
shown-away-cover = Away until { $until }. Their phone says to ring { $cover }
shown-ended = Helped until { $day }
shown-discreet = Not while the phone is locked
shown-no-adviser = No member of staff helps them today. Their phone says to ring the duty line.
shown-several-advisers = { $count ->
    [one] { $count } member of staff helps them today.
   *[other] { $count } members of staff help them today, and their phone shows all of them. If this is not meant, plan a hand-over.
}
shown-card = Change the card
shown-end = End
shown-take-off = Take off
give-link = Give them a contact from the address book
give-title = Give { $name } a contact
give-lead = The contact is on their phone with the next sync. It gives nobody a look at the young person.
give-choose = Choose
give-entry = Who helps them?
give-entry-missing = Choose somebody from the address book
give-start = First day
give-start-hint = You can leave this empty. Then they help from now on.
give-start-wrong = Enter a real date, such as 27 3 2027, or leave it empty
give-button = Give this contact
new-entry-link = Add somebody to the address book
new-entry-title = Add somebody for { $name }, and to the address book
new-entry-lead = Other advisers can give them to their young people too. So write only what is true for everyone.
new-entry-button = Add and give
new-only-link = Add somebody for this young person only
new-only-title = Add somebody for { $name } only
new-only-lead = For example, a solicitor or a former foster carer. They are not in the address book.
new-only-button = Add and give
similar-title = Is it one of these?
similar-lead = The address book has somebody like this already. If it is the same, give that one: then a new number has to be changed once only.
similar-button = It is none of these. Add it
similar-give = Give them { $name }
end-title = End: { $name }
end-lead = Their phone shows the last day and the word why from now on. After that day it shows no number any more.
end-planned = The last day is { $day }.
end-day = Last day
end-day-wrong = Enter the last day, such as 27 3 2027
end-day-over = The last day must not be before yesterday
end-day-before = The last day must not be before the first
end-note = Why, and who helps now?
end-note-hint = For example: Your worker has left. The duty line helps until you have a new one.
end-note-missing = Write why it ends, and who helps now
end-button = Save the end
end-reopen = Take the end back
end-mistake = It was a mistake. Take it off their phone now
end-removed = A manager took this out of the address book. After the last day their phone shows the name and why it ended for 30 days more. You can take it off now.
end-removed-button = Take it off their phone now
