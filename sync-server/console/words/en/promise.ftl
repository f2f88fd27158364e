### The promise and its draft

## The promise and its draft

nav-promise = Promise
promise-title = The promise
promise-on-phones = On phones now
promise-draft = Draft
promise-authors = Written by
promise-unpublished = Nothing is published yet
promise-published = Edition { $number }, published { $when }
promise-no-draft = None. Change something, and a draft begins.
promise-writing = Being written
promise-submitted = Handed in by { $name }, { $when }
promise-locked = The draft is handed in, so nobody can change it now. To go on writing, take it back on the page “The promise”.
promise-note = This was sent back. Mend this first:
promise-behind = Something else was published since this draft began. Bring the draft up to date before you hand it in.
promise-own-work = You wrote something in this draft, so somebody else must publish it.
promise-fix = Before this can be published
promise-change = Change
promise-sections = Sections and pledges
promise-no-sections = There is no section yet. Add one, then write pledges in it.
promise-title-form = Title and first words
promise-title-lead = The title stands at the top of the promise on every phone, with a first word to the reader under it.
promise-late = The draft was handed in while you were typing. Take it back on the page “The promise”, then save this again
promise-gone = Somebody removed this while you were typing. Copy what you want to keep
conflict-draft-lead = Somebody else saved other words. Choose which ones stay. Everything else that you changed is saved with them.
done-submitted = Handed in. Somebody who wrote none of it can publish it now.
done-withdrawn = Taken back. You can go on writing.
done-returned = Sent back.
done-discarded = The draft is gone. What is published stays as it is.
done-rebased = The draft is up to date.
done-published = Published. Phones have it with their next sync.
move-up = Move up
move-down = Move down
tag-new = New
tag-changed = Changed
tag-removed = Removed
tag-lacking = Not finished
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
field-in-force-from = Day on which the law comes into force
field-checked-on = Day on which it was last checked
field-display-name = Name
field-role = Role
field-about = About
field-phones = Phone numbers
field-languages = Languages
field-organisation = Organisation
field-on-closed-days = On closed days
field-applies-to = For whom
field-law = By law
field-promise = By our promise
field-every = Every
field-name = Name
field-kind = Kind
field-summary = Summary
field-body = Details
field-url = Web page
field-apply-url = Where to apply
field-how-to-apply = How to apply
field-contact-name = Contact
field-phone = Phone number
field-phone-ext = Extension
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
kind-of-timescale = Visits and reviews
one-promise = The promise
one-section = Section
one-pledge = Pledge
one-opportunity = Opportunity
one-line = Line
one-closed-day = Closed day
one-timescale = Visit or review
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
added-timescale = { $count ->
    [one] { $count } visit or review is new
   *[other] { $count } visits and reviews are new
}
changed-timescale = { $count ->
    [one] { $count } visit or review changes
   *[other] { $count } visits and reviews change
}
removed-timescale = { $count ->
    [one] { $count } visit or review goes
   *[other] { $count } visits and reviews go
}
preview-title = See it as a phone shows it
preview-lead = This is the draft. Young people see what is published until this is.
preview-languages = Language
preview-easy = Show Easy Read
preview-whole = Show the whole text
preview-contents = Sections on this page
preview-pledges = { $count ->
    [one] { $count } pledge
   *[other] { $count } pledges
}
preview-to-contents = Back to the list of sections
preview-instead = in { $language }
preview-no-easy = No Easy Read yet
submit-title = Hand in the draft?
submit-lead = Nobody can change it while it is handed in. You can take it back.
submit-second = Somebody who wrote none of it looks at it and publishes it.
submit-button = Hand in
withdraw-button = Take back and go on writing
return-button = Send back
return-title = Send the draft back
return-lead = Those who wrote it can then change it and hand it in again.
return-reason = What is to be mended?
return-hint = Whoever opens the draft reads this.
return-missing = Say what is to be mended
discard-link = Throw the draft away
discard-title = Throw the draft away?
discard-lead = Everything that was changed since the last edition is lost. What is published stays as it is.
discard-whose = It was written by:
discard-button = Throw it away
rebase-title = Bring the draft up to date
rebase-lead = Something else was published since this draft began. We put what the draft changes on top of it.
rebase-both = Where both changed the same, we ask you.
rebase-button = Bring up to date
rebase-conflict = Both changed the same
rebase-conflict-lead = Choose one version of each. What the other one changes in it is lost. Everything else in both is kept. Because you choose, somebody else must publish the draft.
rebase-theirs = The published one, which changes this:
rebase-ours = The draft’s, which changes this:
publish-link = Look at it and publish
publish-title = Publish this?
publish-lead = This is what changes on every phone of your council.
publish-once = Published editions are kept for good. To change something, publish another one.
publish-button = Publish

## Pictures

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
