### Every page

## On every page

brand = Pocket Promise
window-title = { $title } – Pocket Promise
window-title-error = Error: { $title } – Pocket Promise
skip = Skip to main content
sign-out = Sign out
nav-label = Places
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
role-phone = The young person’s own phone

## What was just done in a draft

done-saved = Saved in the draft. Phones change when it is published.
done-added = Added to the draft.
done-moved = Moved.
done-removed = Removed from the draft.

## Error pages

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

## Young people

person-without-reference = No reference ({ $id })

## Cards

phone-rows = Phone numbers
phone-rows-hint = Write each number as you like, such as 07700 900123 or 020 7946 0000 ext 4.
phone-row = Phone number { $count }
phone-number = Number
phone-kind = What it is for
phone-kind-guess = Work it out from the number
phone-extension = Extension
phone-prefer = Try this number first
phone-ext = extension { $ext }
phone-first = try first
phone-letters = “{ $typed }” has letters in it. Enter only the number, such as 07700 900123
phone-signs = “{ $typed }” has signs in it. Enter one number in each place, such as 07700 900123
phone-wrong = “{ $typed }” is not a whole number. Enter all of it, such as 07700 900123
phone-ext-wrong = Enter the extension in digits, such as 12
phone-two-extensions = “{ $typed }” has an extension, and there is another one beside it. Enter it once
phone-cost-title = This number costs extra
phone-cost = A call to { $number } costs { $cost }.
phone-cost-minute-or-call = up to { $minute } a minute or { $call } a call, and the phone company adds its own charge
phone-cost-ninety-seconds = up to { $amount } for 90 seconds, and the phone company adds its own charge
phone-cost-not-in-minutes = more than a call to a mobile phone, and is not part of free minutes
phone-cost-keep = Yes, young people should ring it
kind-mobile = Mobile
kind-landline = Landline
kind-duty = Duty team
kind-oohs = Out of hours
kind-text = Texts only
kind-whatsapp = WhatsApp only
hours-wrong = “{ $typed }” is not understood. Write days and hours, such as { $reading }
hours-equal = “{ $typed }” begins and ends at the same time. For a whole day, write { $reading }
hours-same-day = “{ $typed }” ends on the day it begins. Take “next day” out, or change the times
hours-other-length = “{ $typed }” does not last as long as it says. Write { $reading }, or change the times
hours-ask-end = “{ $typed }” ends before it begins. { $next }, or { $same }?
hours-ask-night = “{ $typed }” ends before it begins. { $next }?
hours-ask-long = “{ $typed }” lasts { $length }. Is that right?
hours-next-morning = { $time } the next morning
hours-next-day = { $time } the next day
hours-afternoon = { $time } in the afternoon
hours-evening = { $time } in the evening
hours-yes = Yes, { $reading }
hours-end-missing = Choose when “{ $typed }” ends, or change it
hours-long-missing = “{ $typed }” lasts { $length }. Tick the box if that is right, or change it
hours-count = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
minutes-count = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
hours-many = Write 30 lines or fewer
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
conflict-theirs = What is saved now
conflict-mine = What you typed

## Staff accounts

sorry-yourself = This is your own sign-in

## Refusals of a draft

draft-refused = This does not go now
draft-submitted = The draft is handed in, so nobody can change it. Take it back first. What you typed is still in the page before this one.
draft-not-submitted = The draft is not handed in, or it was published meanwhile. Nothing was published now.
draft-nothing-changed = The draft says what is published already. There is nothing to hand in or publish.
draft-own-work = You wrote something in this draft, so somebody else must publish it.
draft-same-hands = In the last 7 days, one administrator made or changed both your sign-in and that of somebody who wrote in this draft, or one of you did it to the other. So another publisher must publish it.
draft-in-emergency = Your sign-in was changed in an emergency. For 7 days, and until an administrator has looked at it, another publisher must publish.
draft-out-of-date = A newer edition was published meanwhile. Bring the draft up to date first.
draft-changed = The draft changed since you looked at it. Look at it again. Nothing was published or lost.
draft-incomplete = Something is missing or wrong in the draft. Go back to its page: it says what.

## The promise and its draft

promise-save = Save in the draft
conflict-draft-title = This changed while you were typing

## Pictures

sorry-picture = A picture is missing or too large
sorry-picture-text = Nothing was published. Look at the pictures of the promise, choose the one that is missing again, or take one out.
