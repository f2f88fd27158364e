### Colleagues

## Navigation and labels

nav-staff = Colleagues

## Colleagues

staff-title = Colleagues
staff-none = No sign-in yet
staff-sign-in-title = Sign-in for { $name }
staff-lead = We make a link with which they choose a password. If they have one already, it stops working once they use the link. They are signed out now.
staff-name = The name they sign in with
staff-name-hint = Their work e-mail address is a good choice.
staff-name-missing = Enter the name they sign in with, of 120 characters or fewer
staff-name-taken = Somebody else signs in with this name. Choose another
staff-role = Role
staff-role-missing = Choose a role
staff-button = Make a link
staff-link-lead = Give this link to them and to nobody else. It works once, for a day. We show it only now.

## Staff accounts

staff-new = Add a colleague
staff-new-lead = We make a link with which they choose a password. Their card is on the phones of the young people they look after.
staff-new-button = Add and make a link
staff-job = What they are
staff-job-hint = Young people read it, such as Personal adviser.
staff-last = Last signed in
staff-authenticator = Authenticator
staff-password = Password chosen
staff-people = Young people they look after
staff-left = Left
staff-left-at = Switched off
staff-lead-lost = If they lost their authenticator, this is how they set up a new one.
staff-link-link = Make a new link to sign in
staff-role-link = Change their role
staff-role-title = Change the role of { $name }
staff-role-lead = They are signed out now. They have the new role when they sign in again.
staff-role-people = { $count ->
    [one] They look after { $count } young person. Ask a manager to hand them over, if the new role is another kind of work.
   *[other] They look after { $count } young people. Ask a manager to hand them over, if the new role is another kind of work.
}
staff-role-button = Change the role
staff-role-last = Nobody else can sign in as an administrator. Make somebody else one first, and let them sign in
staff-off-link = Switch them off, because they leave
staff-off-title = Switch off { $name }
staff-off-lead = They are signed out at once, everywhere, and cannot sign in any more. Their links, password and authenticator stop working.
staff-off-phones = Young people still see the name, but no number any more. Managers see at once who needs a new adviser.
staff-off-button = Switch off now
staff-off-yourself = You cannot switch yourself off. Ask another administrator.
staff-on-link = Switch them on again
staff-on-title = Switch on { $name } again
staff-on-lead = The young people who are still theirs see their numbers again. To sign in they need a new link.
staff-on-button = Switch on again
done-role-changed = The role is changed. They were signed out.
done-switched-off = They are switched off, and signed out everywhere.
done-switched-on = They are switched on again. Make a link for them to sign in.
