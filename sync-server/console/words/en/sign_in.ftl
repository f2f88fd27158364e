### Signing in

## Signing in

sign-in-title = Sign in
sign-in-name = Name
sign-in-password = Password
sign-in-button = Sign in
sign-in-wrong = Check your name and password: they do not go together
sign-in-ended = You were signed out. What you typed is kept: sign in, and you can send it.
code-title = Enter your code
code-lead = Open the authenticator app on your phone. It shows six digits for Pocket Promise.
code-label = Code
code-hint = Lost your phone? Type one of your recovery codes instead.
code-button = Go on
code-wrong = This code is not right. Type the one that the app shows now for Pocket Promise
code-used = This code was typed before, and each code works only once. Wait until the app shows the next one, then type that
code-old = { $count ->
    [one] This code is 1 minute old. Type the one that the app shows now. If it is this one, your phone’s clock seems 1 minute slow: in its settings, let it set the time by itself
   *[other] This code is { $count } minutes old. Type the one that the app shows now. If it is this one, your phone’s clock seems { $count } minutes slow: in its settings, let it set the time by itself
}
code-early = { $count ->
    [one] Your phone’s clock seems 1 minute fast. In its settings, let it set the time by itself. Then type the code that the app shows
   *[other] Your phone’s clock seems { $count } minutes fast. In its settings, let it set the time by itself. Then type the code that the app shows
}
welcome-title = Choose a password
welcome-lead = Welcome, { $name }.
welcome-name = You will sign in with the name { $name }.
welcome-password = New password
welcome-hint = 12 characters or more. Three or four words that do not belong together are good.
welcome-button = Keep this password
password-short = Your password must have 12 characters or more
password-long = Your password must have 100 characters or fewer
password-guessable = This password is easy to guess, or is known from other websites. Choose another, such as four words that do not belong together
enrol-title = Set up your authenticator app
enrol-lead = With the app, nobody gets in with your password alone. Scan this picture with it.
enrol-picture = A QR code to scan with your authenticator app
enrol-type = You cannot scan it? Type this into the app:
enrol-hint = The six digits that the app shows now.
enrol-button = Check and go on
codes-title = Your recovery codes
codes-lead = Write these down or print them, and keep them safe. If you lose your phone, each of them signs you in once. We show them only now.
codes-button = I have kept them
again-title = Type your password again
again-lead = What you are about to do matters, so we want to be sure that it is you.
again-button = Go on
again-wrong = This is not your password
resume-title = You are signed in
resume-lead = Nothing you typed was lost. Send it now, and check the page that follows.
resume-button = Send it now
