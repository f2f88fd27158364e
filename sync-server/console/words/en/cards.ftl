### Cards

## Navigation and labels

nav-card = My card
nav-cards = Cards

## Notices

done-checked = Checked. The day is on the phones of your young people with their next sync.
done-leave = Your leave is saved.
done-entry-checked = Checked. The day is on their phones with the next sync.
done-entry-leave = The leave is saved.
done-entry-card = Saved. You do not have to change it anywhere else.
done-entry-given = Added. It is on the young person’s phone with the next sync.
done-entry-merged = Merged. Everyone who had the other entry has this one now.
done-cards-discarded = The file is deleted here. Whom you added stays in the address book.
done-entry-was-merged = A colleague merged the entry that you opened into this one. Check the details, and change them here.
done-entry-was-removed = A colleague removed the entry that you opened.
done-entry-removed = Removed. Everyone who had it sees why.
done-card = Your card is saved. You do not have to change it anywhere else.

## Cards

card-mine = My card
card-of = { $name }’s card
card-lead = Change it here once. It changes on the phone of every young person you look after.
card-phones-link = See which phones have it
card-display-name = Name
card-display-name-missing = Enter a name
card-role = Role
card-phones = Phone numbers
card-reads = Young people may also reach you by
card-text-ok = Text
card-whatsapp-ok = WhatsApp
card-email = E-mail address
card-email-wrong = Enter an e-mail address, such as name@example.org
card-working-pattern = Hours
card-working-pattern-hint = One line for each stretch, such as mon-fri 09:00-17:00 or, for a night, sat 22:00-06:00 next day
card-on-closed-days = On bank holidays and other closed days
card-on-closed-days-hint = If you do not say, phones take it as closed, unless the hours are all day and night, every day.
card-on-closed-days-closed = Closed
card-on-closed-days-as-usual = Open as usual
card-on-closed-days-open-all-day = Open all day
card-on-closed-days-not-said = Not said
card-on-closed-days-wrong = Choose what happens on closed days from the list
card-languages = Languages you speak
card-languages-wrong = Choose your languages from the list
card-team = Team
card-team-hint = You can leave this empty.
card-organisation = Organisation
card-organisation-hint = You can leave this empty.
card-pronouns = Pronouns
card-pronouns-hint = You can leave this empty.
card-about = About you
card-about-hint = What you can help with, in a sentence or two.
card-voicemail-note = About your voicemail
card-voicemail-note-hint = For example, I listen to it every evening.
card-seen = Who sees you on a phone
card-discreet = Do not show me while a young person’s phone is locked with a PIN
card-discreet-hint = Tick this if someone who hurts them must not see that you help them. They can choose it on their phone too.
card-button = Save for every phone
card-conflict-title = { $card } changed while you were typing
card-conflict-lead = Somebody else saved other details. Choose which ones are right. Everything else that you changed is saved with them.
details-title = Are these details right?
details-lead = Press the button if they are. Phones show the day. If they are not, change them below.
details-button = These details are right
details-on = Checked on { $day }.
details-never = Not checked yet.
details-old = More than six months ago
details-changed = Somebody changed these details while you were reading. Read them again
details-own = Your phone numbers and e-mail address:
details-link = Check them
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
leave-clash-title = The colleague who covers is away too
leave-clash-lead = You can save this leave as it is, or go back and choose another colleague or other days.
leave-clash-button = Save the leave as it is
cover-clash = { $days }: { $cover } covers for { $adviser }, and is away too. Phones say to ring { $instead } instead.
cover-clash-duty = { $days }: { $cover } covers for { $adviser }, and is away too. Nobody covers then, and phones say to ring the duty line.
delivery-title = Which phones have your card
delivery-none = None of your young people has a phone yet.
delivery-all = { $count ->
    [one] The phone has it: 1 of 1
   *[other] All { $count } phones have it: { $count } of { $count }
}
delivery-some = { $have } of { $all } phones have it
delivery-how = A phone fetches it the next time it is online. This page fills up by itself where it can.
delivery-again = Check again
delivery-edit = Change the card
delivery-state = Your card
delivery-has = Has it
delivery-waits = Not yet
delivery-without = No phone yet
delivery-elsewhere = { $have } of { $all } are phones of young people whom you do not look after.
leave-outside-hours = By your hours you do not work on any of these days. Change the days, or the hours on your card

## The address book

nav-address-book = Address book
book-lead = People and teams who help young people and do not use these pages. You add one on a young person’s page. Change it here once, and it changes on every phone that has it.
book-import = Add people and teams from a file of contacts
book-none = Nobody is in the address book yet.
entry-card-lead = Change it here once. It changes on the phone of every young person who has it.
entry-only-lead = Only this one young person has it. Nobody else can be given it.
entry-card-display-name = Name of the person or team
entry-card-role = What they are
entry-card-role-hint = For example, Supported housing, Doctor or Advocate.
entry-card-reads = Young people may also reach them by
entry-card-languages = Languages they speak
entry-card-about = About them
entry-card-about-hint = What they can help with, in a sentence or two.
entry-card-voicemail-note = About their voicemail
entry-card-voicemail-note-hint = For example, they listen to it every morning.
entry-card-seen = Who sees them on a phone
entry-card-discreet = Do not show them while a young person’s phone is locked with a PIN
entry-card-discreet-hint = Tick this if someone who hurts the young person must not see that they help. Young people can choose it on their phone too.
entry-unreachable = Enter a phone number or an e-mail address. Without one, nobody can reach them
entry-leave-lead = Young people who have them see when they are away or closed, and whom to ring instead.
entry-leave-cover-hint = Phones name who covers to young people who have both.
entry-leave-cover-wrong = Choose an entry of the address book from the list
entry-leave-clash-title = Who covers is away too
entry-leave-clash-lead = You can save this leave as it is, or go back and choose other days or somebody else who covers.
entry-leave-outside-hours = By the hours on the card, they are closed on all these days anyway. Change the days, or the hours
entry-delivery-title = Which phones have it
entry-delivery-none = No young person who has it has a phone yet.
entry-delivery-state = This entry
entry-remove-link = Merge it with another entry, or remove it
entry-remove-title = Merge or remove: { $name }
entry-remove-people = { $count ->
    [0] Nobody has it on their phone.
    [one] { $count } young person has it on their phone.
   *[other] { $count } young people have it on their phone.
}
entry-remove-lead = If you choose another entry, everyone gets that one instead, and what they wrote beside this one stays. If you choose none, it ends today on every phone, with the word why.
entry-into = Which entry do they get instead?
entry-into-none = None: remove it
entry-into-hint = Choose the other one if somebody or a team is in the book twice.
entry-into-wrong = Choose an entry from the list
entry-into-gone = A colleague merged or removed that entry meanwhile. Choose again
entry-changed-lead = Somebody changed this entry while you had the page open. If you go on, these details are gone from every phone. If they are right, write them on the other entry first.
entry-changed-title = What it says now
entry-note-hint = You can leave this empty if they get another entry. If not, say why it ends and who helps now.
entry-remove-button = Save this for every phone

## Adding to the address book from a file of contacts

cards-title = Add from a file of contacts
cards-lead = Upload a file that a phone or an e-mail program made of its contacts, such as contacts.vcf. We show you who is in it before anybody is added.
cards-lead-private = If your own contacts are in the file too, that is fine. You tick whom to add, and we delete the file after 12 hours at the latest.
cards-uploaded = You uploaded a file { $when }. See who is in it
cards-file = File of contacts
cards-file-hint = A .vcf file (vCard) of at most 10 MB and 5,000 cards.
cards-button = See who is in it
cards-missing = Choose a file
cards-none = We can read nobody in this file. Choose a .vcf file of contacts
cards-too-large = The file has more than 10 MB, or more than 5,000 cards. Save it without pictures, or in two parts
cards-check-title = Who is in the file
cards-check-lead = Nobody is added yet. Tick people and teams who help young people at work: every adviser can give them to their young people. They are on no phone until then.
cards-check-left-out = Pictures, birthdays, addresses and notes stay out.
cards-count-new = { $count ->
    [one] { $count } can be added
   *[other] { $count } can be added
}
cards-count-in-book = { $count ->
    [one] { $count } is in the address book already
   *[other] { $count } are in the address book already
}
cards-count-twice = { $count ->
    [one] { $count } is in the file twice
   *[other] { $count } are in the file twice
}
cards-count-unusable = { $count ->
    [one] { $count } cannot be added
   *[other] { $count } cannot be added
}
cards-new-title = Who can be added
cards-pages-hint = There are more of them than fit on this page. Add whom you ticked here before you go to another page.
cards-choose = Tick at least one
cards-changed = You uploaded another file meanwhile. This is who is in it
cards-add-button = Add whom you ticked
cards-discard = I am done. Delete the file here
cards-similar = The address book has somebody like this: { $list }
cards-left-out = There is no place for: { $list }
cards-shortened = A text is too long, and is cut.
cards-uncertain = Some letters may be wrong.
cards-unreadable-line = We could not read a line.
cards-note-left-out = The note stays out.
cards-in-book-title = In the address book already
cards-in-book-lead = The name and a number are the same. If the file is right and the address book is not, change it there.
cards-twice-title = In the file twice
cards-twice-lead = The name and a number are those of an earlier card in the file.
cards-more-numbers = More numbers in the file: { $list }
cards-unusable-title = Cannot be added
cards-unusable-lead = You can add them on a young person’s page.
cards-position = Card { $count }
cards-no-name = There is no name.
cards-unfinished = The file ends in the middle of it.
cards-no-way = There is no phone number and no e-mail address.
cards-more = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
}
cards-added = { $count ->
    [0] Nobody was added.
    [one] { $count } is in the address book now.
   *[other] { $count } are in the address book now.
}
cards-skipped = { $count ->
    [one] { $count } was there already.
   *[other] { $count } were there already.
}
