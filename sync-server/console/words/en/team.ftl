### Teams

## Teams, and young people without an adviser

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
team-overdue = { $count } overdue
team-overdue-by-law = { $count } by law
team-due-soon = { $count } within two weeks
team-clashes = Colleagues who cover and are away too
team-unassigned = { $count ->
    [one] { $count } young person has no adviser today
   *[other] { $count } young people have no adviser today
}
