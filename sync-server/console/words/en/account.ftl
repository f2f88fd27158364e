### A staff member's own account

## Navigation and labels

nav-account = Account

## Account

account-title = Your account
account-name = Name
account-council = Council
account-role = Role
account-codes = Recovery codes
account-codes-left = { $count ->
    [one] { $count } left
   *[other] { $count } left
}
account-new-codes = Make new recovery codes
account-new-codes-lead = The codes you have now stop working.
