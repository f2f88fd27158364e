### Cards

## Navigation and labels

nav-card = My card
nav-cards = Cards

## Notices

done-checked = Checked. The day is on the phones of your young people with their next sync.
done-leave = Your leave is saved.
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
