### /draft. The messages themselves are in config/content/drafts.toml: they are in English in every language.

draft-new-title = Write a message
# $kind: the kind of rejection; $day: when it came
draft-new-about = About: { $kind } · { $day }
draft-new-how = Choose one, answer a few short questions, and the message comes back to you, and to nobody else. You send it yourself, from your own mail.
draft-new-choose = Which message?
draft-new-button = Write a message
draft-reply-button = Reply to them
draft-kind-unknown = I do not know this message any more. Please choose one from the list of `/draft write`.
draft-gone = A message of an earlier version
draft-pick = More than one draft fits. Please choose one from the list that opens while you type.
# $field: the name of the field
draft-field-empty = One field is still empty, and the message needs it: **{ $field }**. Nothing is saved yet.

## When programs are not to be written to

# $day: the Friday of Match Week
draft-withheld-week = It is Match Week. Until the end of { $day } nobody may write to a program first, so messages to programs wait here. People you know are not programs: you can write to them.
draft-withheld-now = It is Match Week: nobody may write to a program first. Your draft is kept, and waits with you until the week is over.
draft-withheld-start = It is Match Week: nobody may write to a program first, so I open no message to one until the week is over. People you know are not programs: you can write to them.
draft-withheld-open = While this is open, I offer no message to a program: in these weeks the rules of the Match can forbid it. What you have written is kept. People you know are not programs: you can write to them.

## One draft

# $who: whom it goes to
draft-to = To { $who }
draft-unsent = Not sent yet
draft-sent-on = Sent on { $day }
draft-copy-hint = Before you send it, read it aloud once and change what does not sound like you. *Copy* gives you the bare text: on a phone, hold it, then *Copy Text*.
draft-name-missing = Please put your name where *[your name]* stands: *Edit*. If your mail adds your name by itself, take that line out.
draft-two-questions = It asks more than one question. One is easier to answer.
draft-sent-button = I sent it
draft-copy-button = Copy
draft-back-button = Back to the draft
draft-list-button = My drafts

draft-text-title = Change the draft
draft-text-who = To whom
draft-text-who-hint = This stands in your list. It does not change the message below.
draft-text-text = The message
draft-form-notice = Not monitored, not medical care. No patient details, please.

draft-delete-ask = Delete this draft ({ $kind })? Its reminders go with it. This cannot be undone.
draft-delete-button = Delete it
draft-keep-button = Keep it
draft-deleted = The draft is deleted.

draft-list-title = Your drafts
draft-list-none = There are no drafts yet. A short form makes one in two minutes.
draft-list-open = Open one
# $gist: how the draft begins, after its greeting
draft-list-gist = “{ $gist }”

## A reminder

# $days: how many days ahead
draft-remind-days = { $days ->
    [1] Tomorrow
    [7] In a week
    [14] In two weeks
    [30] In a month
    [42] In six weeks
    [90] In three months
   *[other] In { $days } days
}
draft-remind-reminder = Remind me to send it
draft-remind-answer = Remind me to look for an answer
draft-remind-again = Remind me to write again
draft-remind-none = This message asks for no answer, so there is nothing to look for.
# $when: as "Monday 23 November, 18:00"
draft-remind-at = I will remind you on { $when }
# $when: as "Monday 23 November, 18:00"
draft-reminded = I will remind you on { $when }. My message names this draft by its kind and date, and nothing of what you wrote.
draft-remind-waits = What is about a program waits longer while nobody may write to one first. It comes once that is over.
draft-reminded-held = The reminder is kept. It waits, like all my messages, until you say `/me resume`.

## What each message is called

draft-reply = Reply to a no
draft-reply-hint = What you heard, what you will build and by when, and one question
draft-thanks = Thank you
draft-thanks-hint = To somebody who helped you: what you took from it, and what changed
draft-feedback = Ask for feedback
draft-feedback-hint = To a mentor or a peer: one piece of work, one question, ten minutes
draft-touch = Stay in touch
draft-touch-hint = To somebody you have met: how you know each other, and what is new
draft-follow-up = Follow up, once
draft-follow-up-hint = After a week or more of silence: briefly, and for the last time
draft-feedback-employer = Ask an employer for feedback
draft-feedback-employer-hint = After a no to a job: one question, two lines are enough
draft-feedback-program = Ask a program for feedback
draft-feedback-program-hint = After a no: one question. Many programs answer nobody
draft-thanks-interview = Thank you after an interview
draft-thanks-interview-hint = One thing you talked about, and nothing about ranking
draft-update-program = An update to a program
draft-update-program-hint = When something real has changed in your application

## The questions of the forms. The letters are in English, so the examples are too.

draft-field-name = Their name, for the greeting
draft-field-name-hint = Dr. Mensah, or leave it empty
draft-field-sign = Your name, as you sign
draft-field-sign-hint = It stands at the end. I fill it in for you next time.
draft-field-heard = What you heard in their answer
draft-field-heard-hint = For example: you need somebody who has done chart review
draft-field-build = What you will do next
draft-field-build-hint = For example: I will abstract 50 charts for a project at my hospital
draft-field-when = By when
draft-field-when-hint = A date you can keep. For example: 31 March
draft-feedback-when-hint = The date by which it helps you. For example: 31 March
draft-field-question = One question, short to answer
draft-field-question-hint = For example: Which would help more, a poster or a clean data set?
draft-feedback-question-hint = For example: Does the first line say what I want to do?
draft-touch-question-hint = For example: Is there one meeting this year that you would go to?
draft-follow-up-question-hint = From your first message. For example: May I help with one review?
draft-feedback-employer-question-hint = For example: Which one skill would you look for next time?
draft-feedback-program-question-hint = For example: What is the one thing to work on before I apply again?
draft-field-help = What they did for you
draft-field-help-hint = For example: reading my personal statement last week
draft-field-learned = One thing that stayed with you
draft-field-learned-hint = For example: the first paragraph was about you, not about me
draft-field-changed = What you changed because of it
draft-field-changed-hint = For example: the statement now begins with the night shift
draft-field-talked = One thing you talked about
draft-field-talked-hint = For example: how residents run the clinic for new mothers
draft-field-fit = Why it matters
draft-field-fit-hint = For example: because your residents pass it before their second year
draft-thanks-interview-fit-hint = Nothing about ranking. For example: because I grew up near such a clinic
draft-field-work = What they would look at
draft-field-work-hint = For example: the first page of my CV, which I attach
draft-field-applied = What you applied for
draft-field-applied-hint = For example: internal medicine, categorical
draft-feedback-employer-applied-hint = For example: the night hospitalist post that closed in May
draft-field-met = How you know each other
draft-field-met-hint = For example: we spoke at your poster in Chicago in May
draft-field-news = What is new
draft-field-news-hint = With its date. For example: our abstract was accepted on 3 May
draft-touch-news-hint = For example: I took your advice, and I now present a case every month
draft-update-program-news-hint = One real change, with its date. For example: I passed Step 3 on 4 January
draft-field-wrote = What you wrote about
draft-field-wrote-hint = For example: helping with chart review in your sleep group
