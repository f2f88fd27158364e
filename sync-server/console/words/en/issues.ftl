# What is wrong with content, by kind of issue, and how to mend it.
issue-missing = Enter something for “{ $label }”
issue-too-long = “{ $label }” must be { $number } characters or fewer
issue-damaged = “{ $label }” holds damaged characters: { $typed }. In your spreadsheet, save the file as “CSV UTF-8”, or type it again
issue-formula = “{ $label }” begins as a formula does: { $typed }. Begin it with a letter or a digit
issue-unknown-word-kind = “{ $typed }” is not a kind we know. Choose one from the list, such as Job or Discount
issue-not-an-id = “{ $typed }” cannot be a short name. Use up to 64 letters, digits and dashes, such as job-12
issue-not-a-web-address = “{ $label }”: “{ $typed }” is not a web address. Enter all of it, such as https://www.example.org/jobs
issue-not-an-email-address = “{ $typed }” is not an e-mail address. Enter one, such as name@example.org
issue-not-a-phone-number = “{ $typed }” is not a whole phone number. Enter only the number, and all of it, such as 07700 900123
issue-not-a-postcode = “{ $typed }” is not a postcode. Enter it like SW1A 1AA, or its first half
issue-not-yes-or-no = “{ $label }”: “{ $typed }” is neither yes nor no. Write y or n
issue-not-a-day = “{ $label }”: “{ $typed }” is not a real day. Write it like 31/12/2026
issue-not-a-closing-date = “{ $label }”: “{ $typed }” is not a real day. Write it like 31/12/2026, or ongoing if it never closes
issue-not-an-age = “{ $label }”: “{ $typed }” is not an age. Enter whole years, such as 18
issue-not-an-outcome = “{ $typed }” is none of the five outcomes. Write a number from 1 to 5
issue-not-a-language = “{ $typed }” is not a language code. Write it like en, ar or ti
issue-not-money = “{ $label }”: “{ $typed }” is not a sum of money. Enter pounds, such as 12.21
issue-unknown-word = “{ $label }”: “{ $typed }” is not a word we know here
issue-ages-out-of-order = The birthday on which it ends must be after the one on which it begins
issue-days-out-of-order = The last day must not be before the first
issue-duplicate-id = The reference “{ $typed }” is in line { $number } too. Give one of them another, or take one out
issue-id-taken = The reference “{ $typed }” is another one’s. Choose another
issue-too-many-cells = There are more cells than columns in this line. Put a text with a separator in it in quotation marks
issue-cell-outside-table = There is a cell to the right of the last column in this line. Name its column in the first line, or empty the cell
issue-unclosed-quote = A quotation mark is opened in this line and not closed

# In the list of what a draft needs before it is published.
draft-issue-of = “{ $name }”: { $what }
draft-issue-missing = { $label } is missing
draft-issue-no-english = { $label } is missing in English
draft-issue-too-long = { $label } is too long
draft-issue-damaged = { $label } holds characters that no screen shows
draft-issue-no-such-section = It is in no section
draft-issue-duplicate-id = There are two of this name
draft-issue-not-a-web-address = { field-source-url-wrong }
