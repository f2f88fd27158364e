### Opportunities

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
opp-state-open = Open
opp-state-soon = Closes soon
opp-state-paused = Full for now
opp-state-closed = Closed
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
opp-restore = Put it back
opp-remove = Remove it
opp-remove-title = Remove “{ $name }”?
opp-remove-lead = Young people no longer find it. Those who saved it keep it on their phones, marked as closed.
opp-source = Comes from
opp-place-name = Place { $count }
opp-place-postcode = Postcode of place { $count }
opp-place-wrong = Write each place in a field of its own, without a semicolon
opp-time = Closing time
opp-time-hint = For example, 17:00. Leave it empty for the end of the day.
opp-outdated-some = { $count ->
    [one] { $count } opportunity has been over for more than 30 days. Clear it away
   *[other] { $count } opportunities have been over for more than 30 days. Clear them away
}
opp-outdated-title = Over for more than 30 days
opp-outdated-lead = Untick what you want to keep.
opp-outdated-which = Remove these
opp-outdated-one = { $title } ({ $day })
opp-outdated-button = Check
opp-outdated-check = { $count ->
    [one] Remove { $count } opportunity?
   *[other] Remove { $count } opportunities?
}
opp-outdated-remove = Remove them
opp-outdated-missing = Tick what is to be removed
opp-outdated-none = Nothing has been over for so long.
done-opportunity-added = Added to the draft. You can add the rest below.
done-restored = It is back in the draft.
done-open = It is open again in the draft.
done-paused = It is marked as full in the draft.
done-closed = It is closed in the draft. Phones change when it is published.
done-outdated = What you ticked is removed from the draft.
done-sheet-discarded = The sheet is thrown away. Nothing was changed.
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
column-contact-phone-hint = Write it as you like, such as 07700 900123 or 020 7946 0000 ext 4.
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

## Importing a sheet

import-title = Import a sheet
import-lead = Upload a sheet from your spreadsheet, as an Excel workbook or as CSV. We show you what it would change before anything is changed.
import-template = Download an empty sheet to fill in
import-table = Download the opportunities as they are now, to change them in a spreadsheet
import-uploaded = You uploaded a sheet { $when }. See what it would change
import-file = Sheet
import-file-hint = An Excel (.xlsx) or CSV file of at most 4 MB. Of a workbook, we read the first sheet.
import-text = Or paste the rows here
import-text-hint = With the line of column names first.
import-button = See what it would change
import-columns-title = What we understand
import-columns-lead = Columns may stand in any order. Commas, semicolons and tabs are all fine between them, and so are days like 31/12/2026 and “ongoing”. A column that is not in the sheet changes nothing.
import-missing = Choose a file, or paste the rows
import-too-large = The sheet is larger than 4 MB. Leave out columns that you do not need, or import it in two parts
import-required-columns = The first line must name these columns too: { $columns }
import-duplicate-column = A column is there twice: { $columns }. Take one of them out
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
import-count-invalid = { $count ->
    [one] { $count } row has a mistake
   *[other] { $count } rows have a mistake
}
import-unknown-columns = We do not know these columns and pass over them: { $columns }
import-lacking-columns = These columns are not in the sheet, so nothing changes there: { $columns }
import-invalid-title = Rows with a mistake
import-invalid-lead = Mend them here, or in your spreadsheet.
import-invalid-download = Download these rows, each with what is wrong
import-fix = Mend this row
import-fix-title = Mend line { $count }
import-fix-lead = The sheet is mended here, and not in your own file.
import-fix-button = Keep this row
done-fixed = The row is mended.
import-changed-title = What changes
import-added-title = What is new
import-see-all = See all
import-line = Line { $count }
import-before = In the draft now
import-after = In the sheet
import-duplicates = These may be there already
import-duplicates-hint = They have the heading and the organisation of another one. Tick those that you want to leave out.
import-duplicate-one = Line { $line }: { $title } ({ $id }, like { $other })
import-missing-label = { $count ->
    [one] { $count } is in the draft and not in the sheet. What is to become of it?
   *[other] { $count } are in the draft and not in the sheet. What is to become of them?
}
import-missing-keep = Keep them as they are
import-missing-close = Close them
import-missing-remove = Remove them
import-missing-see = See which are not in the sheet
import-apply-all = { $count ->
    [0] Put this into the draft
    [one] Put this row into the draft
   *[other] Put these { $count } rows into the draft
}
import-apply-valid = { $count ->
    [0] Put this into the draft, without the rows that have a mistake
    [one] Put the good row into the draft, and mend the others later
   *[other] Put the { $count } good rows into the draft, and mend the others later
}
import-nothing = There is nothing to put into the draft.
import-discard = Throw this sheet away
import-applied = In the draft: { $added } new, { $changed } changed, { $cleared } closed or removed.
import-excluded = { $count ->
    [one] You ticked { $count } row to leave out, and it is not in the draft.
   *[other] You ticked { $count } rows to leave out, and they are not in the draft.
}
import-changed = The draft changed meanwhile in something that the sheet touches. This is what the sheet would change now: look at it again
