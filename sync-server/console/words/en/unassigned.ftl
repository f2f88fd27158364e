### Young people without an adviser

## Teams, and young people without an adviser

unassigned-label = Young people without an adviser
unassigned-banner = { $count ->
    [one] { $count } young person has no adviser today.
   *[other] { $count } young people have no adviser today.
}
unassigned-link = See who they are
unassigned-title = Young people without an adviser
unassigned-lead = Nobody looks after them today: they have nobody of ours to ring but the duty line.
unassigned-nobody = Everybody has an adviser today.
unassigned-people = Who gets an adviser?
unassigned-all = Choose all { $count }
unassigned-never = Never had an adviser.
unassigned-left = { $name } no longer works here.
unassigned-away-until = { $name } is away until { $day }, and nobody covers.
unassigned-ended = Their last adviser ended, and nobody came after.
unassigned-coming = { $name } begins on { $day }.
unassigned-away = Or arrange cover
unassigned-away-lead = For somebody who comes back, plan their leave again and say who covers. Every young person of theirs then has somebody.
unassigned-not-any-more = Somebody you chose has an adviser by now. Choose again
unassigned-check-title = Check before you give them an adviser
unassigned-check-lead = Their phones show the adviser with the next sync. Somebody who is only away stays their adviser too.
unassigned-button = Give them this adviser
done-given = They have an adviser. Their phones show it with the next sync.
