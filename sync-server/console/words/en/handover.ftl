### Hand-over

## Navigation and labels

nav-hand-over = Hand over

## Notices

done-handed-over = Handed over. The young people see it with their next sync.
done-kept = The hand-over is taken back.

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
