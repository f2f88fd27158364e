### What was done to a staff member's own sign-in

notice-title = Your sign-in was changed
notice-lead = Read this before you go on.
notice-question = Did you know about this? Then all is well.
notice-not-me = If you did not know: hold your account. You are signed out everywhere, and nobody can sign in with it. Then ring an administrator who had no part in it, or whoever runs Pocket Promise in your council. They check what happened, and make you a new link.
notice-button = Yes, I knew about it
notice-dispute = No, hold my account
held-title = Your account is held
held-text = Nobody can sign in with it now. Ring an administrator who had no part in it, or whoever runs Pocket Promise in your council. They check what happened, and make you a new link.
