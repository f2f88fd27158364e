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
staff-two-lead = Another administrator must agree first if they signed in before, or if the role is manager, publisher, administrator or auditor. Nothing changes until then.
staff-reason = Why
staff-reason-hint = A few words, such as “Lost their phone”. The other administrator reads them. You can leave it empty if nobody has to agree.
staff-reason-missing = Say why, in 4 to 500 characters
staff-waiting = Waiting for another administrator
staff-history = What was done with this sign-in
staff-held = This account is held. They told us that somebody changed their sign-in without asking them. Nobody can sign in with it now. Two administrators who had no part in it can make a new link, or whoever runs the server.
staff-link-link = Make a new link to sign in
staff-role-link = Change their role
staff-role-title = Change the role of { $name }
staff-role-lead = They are signed out now. They have the new role when they sign in again.
staff-role-two = Another administrator must agree first if the new role is manager, publisher, administrator or auditor. Nothing changes until then.
staff-role-people = { $count ->
    [one] They look after { $count } young person. Ask a manager to hand them over, if the new role is another kind of work.
   *[other] They look after { $count } young people. Ask a manager to hand them over, if the new role is another kind of work.
}
staff-role-button = Change the role
staff-role-last = Nobody else can sign in as an administrator. Make somebody else one first, and let them sign in
staff-handle = Work e-mail address in your staff directory
staff-handle-hint = As your directory writes it, such as jo.okoro@example.gov.uk.
staff-handle-title = How your staff directory knows { $name }
staff-handle-lead = We find them by it when a manager takes over who looks after whom from your own systems.
staff-handle-sign-in = The name they sign in with stays as it is.
staff-handle-missing = Enter the address that your staff directory has for them
staff-handle-taken = We find a colleague by this address already. Check it
staff-handle-button = Save the address
staff-handle-link = Change the address by which your own systems find them
staff-off-link = Switch them off, because they leave
staff-off-title = Switch off { $name }
staff-off-lead = They are signed out at once, everywhere, and cannot sign in any more. Their links, password and authenticator stop working.
staff-off-phones = Young people still see the name, but no number any more. Managers see at once who needs a new adviser.
staff-off-button = Switch off now
staff-off-yourself = You cannot switch yourself off. Ask another administrator.
staff-on-link = Switch them on again
staff-on-title = Switch on { $name } again
staff-on-lead = The young people who are still theirs see their numbers again. To sign in they need a new link.
staff-on-two = Because of their role, another administrator must agree first. When they do, they get a new link for your colleague.
staff-on-button = Switch on again

## Two administrators

power-title = { $kind }: { $name }
power-kind-invite = First link to sign in
power-kind-reset = New password and authenticator
power-kind-grant = New role
power-kind-reactivate = Switch on again
power-kind-emergency = Emergency reset
power-kind-role = { $kind }, as { $role }
power-state-waiting = Waiting
power-state-expired = Too old
power-state-done = Done
power-state-refused = Refused
power-state-withdrawn = Taken back
power-state-lapsed = Ended, because an older copy was put back
power-operator = whoever runs the server
power-line = { $kind }. { $state }. Asked by { $asker }, { $when }
power-line-two = { $kind }. { $state }. Asked by { $asker }, { $when }. Decided by { $second }, { $decided }
power-line-alone = { $kind }. Done by { $asker }, { $when }
power-line-why = { $line }. Why: { $reason }
request-for = For
request-role = Role after it
request-state = How far it is
request-asker = Asked by
request-second = Decided by
request-disputed = They say it was without them
request-reviewed = Looked at by
request-wait = Another administrator must agree within 3 days. Nothing changes until then.
request-who = Who can agree: { $names }
request-operator = No other administrator can agree. Whoever runs the server can. They type: promise-server staff confirm --request { $id }
request-withdraw = Take it back
request-code = Talk to { $name } first, if you can. Agree only if you know that it is right. To agree, type the code that your own authenticator app shows now.
request-confirm = Agree
request-refuse = Refuse
request-review-lead = Ask the administrator and your colleague what happened. If it was not right, switch the account off first.
request-review-button = I have looked at it
power-refused = One person cannot do this alone
power-already-waiting = Somebody asked for something for this colleague already. Decide that first.
power-not-waiting = It does not wait any more: somebody decided, or it is too old. Ask again if it is still needed.
power-own-request = You asked for it, so another administrator decides.
power-about-self = It is about your own sign-in, so another administrator decides.
power-same-hands = In the last 7 days, one of you made or changed the sign-in of the other. So another administrator decides.
power-in-emergency = Your own sign-in was changed in an emergency. For 7 days, and until another administrator has looked at it, you cannot decide about sign-ins.
power-asker-gone = Whoever asked for it is not an administrator any more. If it is right, ask for it yourself.
power-changed = Something about this colleague changed since. Ask again if it is still needed.
power-took-part = This account is held because of something that you did. Another administrator must help, or whoever runs the server.
power-held = This account is held. Two administrators can make a new link, or whoever runs the server.

## Emergencies

staff-emergency-link = Emergency: make a new link alone
staff-emergency-title = Emergency reset for { $name }
staff-emergency-lead = Use this only if it cannot wait until another administrator agrees. If somebody has left and can still get in, switch them off instead.
staff-emergency-loud = Every administrator, manager and auditor sees it at once, until another administrator has looked at it. Young people whom this account can see read about it on their phones, with your name.
staff-emergency-limits = For 7 days, and until it was looked at, this account cannot publish and cannot decide about sign-ins.
staff-emergency-button = Make the link now
done-asked = Asked. Another administrator must agree.
done-confirmed = Done. You agreed.
done-refused = Refused. Nothing was changed.
done-request-withdrawn = Taken back. Nothing was changed.
done-reviewed = Thank you. It is noted that you looked at it.
done-handle = The address is saved.
done-role-changed = The role is changed. They were signed out.
done-switched-off = They are switched off, and signed out everywhere.
done-switched-on = They are switched on again. Make a link for them to sign in.
