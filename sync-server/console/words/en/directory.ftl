### The directory

## The promise and its draft

field-email = E-mail address
field-hours = Hours
field-date = Day

## Opportunities

opp-state-ended = Over

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
directory-timescales-lead = How often something has to happen, by your promise and by law. This comes from the folder that your council publishes. Change it there.
done-day-saved = The closed day is in the draft.
done-day-removed = The closed day is removed from the draft.
done-holidays = The bank holidays are in the draft.
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
line-hours = Hours
line-hours-hint = When somebody answers. One line for each stretch, such as mon-fri 09:00-17:00 or mon-thu 17:00-08:45 next day. For a whole day write sat 00:00-24:00, and for every hour write always.
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
line-texted = Takes messages and no calls:
line-cost = Keep it only if young people should ring it.
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
