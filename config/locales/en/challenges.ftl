### The ten days: one small step a day. A missed day is never a failure here, and nothing counts days in a row.

## The card before the start

challenge-offer-title = Ten days, one small step each
challenge-offer-intro = Ten small steps, one a day. Each is small enough for one sitting, and each counts as an action. A day you miss costs nothing: do its step whenever you like, or never.
challenge-offer-drawn = These ten are drawn for you:
challenge-offer-chosen = These are your ten. What you did not choose is drawn:
challenge-offer-note = A message comes each day at your hour, together with any other check-in of that day.
# To somebody who did not agree to anything yet
challenge-offer-note-new = A message comes each day at 18:00 your time. You can choose another hour in `/me settings`.
challenge-offer-begin = Start with these
challenge-offer-again = Draw others
challenge-offer-choose = Choose my own

challenge-form-title = Choose some of your ten steps
challenge-form-hint = Pick as many as you like, ten at most. I draw the rest for you.
challenge-form-none = Draw for me
challenge-form-too-many = You chose { $count } steps, and ten fit into ten days. Take out { $more } and send it again.
challenge-group-interview = Interview
challenge-group-papers = Papers
challenge-group-learning = Learning
challenge-group-people = People
challenge-group-plan = Plan and rest

## Where I stand

challenge-title-day = Day { $day } of ten
challenge-title-past = The ten days are over
challenge-title-started = Your ten days begin today
# $bar: ten signs; $done: how many steps are done
challenge-progress = { $bar } { $done } of 10 done
challenge-today = Today:
challenge-next = If you like:
challenge-back = Today’s step
challenge-all-button = All ten
# $date: the day they began
challenge-all-title = Your ten steps, from { $date }
challenge-line = ○ { $day }. { $step }
challenge-line-done = ● { $day }. { $step }
# In `/recovery today`
challenge-running-line = **Ten days** · { $done } of 10 done
challenge-running-button = The ten days
challenge-day-title = Day { $day }, { $date }
challenge-day-done-already = This step is done.
challenge-today-done = Today’s step is done. The rest of the day is yours.
challenge-missed =
    { $count ->
        [one] One earlier step is still there. You can do it on any day, or leave it.
       *[other] { $count } earlier steps are still there. You can do them on any day, or leave them.
    }
challenge-past =
    { $count ->
        [one] One step is left. You can still do it, or finish here.
       *[other] { $count } steps are left. You can still do them, or finish here.
    }
challenge-done-button = I did it
challenge-swap-button = Another step
challenge-stop-button = Stop the ten days
challenge-finish-button = Finish here
challenge-choose-missed = Do an earlier step
challenge-choose-day = Look at one of the ten
# The lines of that select. $day: the day's number; $step: its step
challenge-option = { $day }. { $step }
challenge-option-done = Done
challenge-option-today = Today
challenge-option-missed = Can be done on any day
challenge-option-ahead = Comes { $date }

challenge-nothing = No ten days are running. Ten small steps, one a day, and a day you miss costs nothing.
challenge-nothing-start = See ten steps
challenge-running = Your ten days are running. If you want ten new steps, stop these first; what you did stays done.
challenge-step-gone = A small step of your own choice
challenge-step-gone-how = This step is not in the list any more. Do something small that helps you, or take another step.

## Another step

challenge-swap-title = Another step for day { $day }
challenge-swap-now = Now it is: { $step }
challenge-swap-choose = Choose a step
challenge-swap-draw = Draw one for me
challenge-swap-none = All steps there are stand in your ten days already.
# $day: the number of the day that needs this step
challenge-swap-needed = Day { $day } builds on this step. Take another step for day { $day } first, with `/challenge swap day:{ $day }`.
challenge-swap-done = This step is done already, so it stays.

## The end of it

challenge-finished = That was the last of the ten. Ten small steps are done, each of them by you. Nothing more comes about this.
challenge-ended-title = The ten days are finished
challenge-ended = { $done } of 10 steps are done, and they count. Thank you for taking them. Nothing more comes about this.
challenge-ended-none = They are over, and that is fine. They are here whenever you want to begin.
challenge-stopped-title = The ten days are stopped
challenge-stopped = What you did stays done and counts. You can go on with them, or begin anew with `/challenge start` whenever you like.
# $done: how many steps are done
challenge-stopped-there = The ten days you stopped are still here, with { $done } of 10 steps done. You can go on with them.
challenge-resume-button = Go on with them
challenge-resumed = They go on. What was planned for the days between can be done on any day.
challenge-over = These ten days are over already. `/challenge start` begins ten new ones whenever you like.

## Those that are over

challenge-past-title = Your earlier ten days
challenge-past-button = Earlier ones
challenge-past-none = There are none yet. Ten days come here when they are over or stopped.
challenge-past-choose = Look at one
# $date: the day they began; $done: how many steps are done
challenge-past-line = From { $date }: { $done } of 10 done
challenge-past-option = { $done } of 10 done
challenge-delete-button = Delete them
challenge-delete-keep = Keep them
# $date: the day they began; $done: how many steps are done
challenge-delete-ask = Delete the ten days from { $date }, with { $done } of 10 steps done? They go for good. The actions you logged stay and count.
challenge-deleted = They are deleted. The actions you logged stay.

## The steps: what to do, and how

challenge-step-answer-recorded = Record one interview answer
challenge-step-answer-recorded-how = Say “tell me about yourself” to your phone and record it. Two minutes are enough. Nobody else has to hear it.
challenge-step-recording-heard = Listen to one recorded answer
challenge-step-recording-heard-how = Listen once, as you would listen to a friend. Write down one thing that works and one thing you want to say differently.
challenge-step-mock-short = Do a mock interview of fifteen minutes
challenge-step-mock-short-how = Ask one person for a quarter of an hour. Three questions, then two minutes of honest words about how it sounded.
challenge-step-feared-question = Answer the question you fear most
challenge-step-feared-question-how = The gap, the attempt, the year. Write four sentences: what it was, what you did, what you learned, where you stand now.
challenge-step-forty-seconds = Say who you are in forty seconds
challenge-step-forty-seconds-how = Who you are, what you do now, what you are working towards. Say it aloud three times, without paper the last time.
challenge-step-cv-three-lines = Sharpen three lines of your CV
challenge-step-cv-three-lines-how = Take three lines that could stand in anybody’s CV. Say what you did, with a number or a result where there is one.
challenge-step-cv-other-eyes = Let one person read your CV
challenge-step-cv-other-eyes-how = Send it to one person you trust and ask one question: what would you want to know more about?
challenge-step-statement-opening = Rewrite the first lines of your personal statement
challenge-step-statement-opening-how = Begin with something that happened to you and to nobody else. No patient should be recognised in it.
challenge-step-profile-headline = Write a better headline for your profile
challenge-step-profile-headline-how = One line that says what you do and what you are looking for. “Aspiring resident” says neither.
challenge-step-letter-packet = Put one page together for a letter writer
challenge-step-letter-packet-how = Your CV, what you did together, three things they could mention, and the date. Keep it ready, also if you do not send it today.
challenge-step-course-lesson = Take one lesson of a free course
challenge-step-course-lesson-how = Choose a short one, twenty minutes at most. Write down one thing you did not know before.
challenge-step-paper-two-sentences = Read one paper and write two sentences
challenge-step-paper-two-sentences-how = What did they ask, and what did they find? Two sentences in your own words. The abstract is enough today.
challenge-step-ten-questions = Do ten practice questions
challenge-step-ten-questions-how = Ten, and no more. Read the explanations of those you got wrong, and stop there.
challenge-step-learning-shared = Share one thing you learned
challenge-step-learning-shared-how = Two or three sentences, in your group or on your profile: what you learned, and why it matters at the bedside. No patient in it.
challenge-step-term-explained = Explain one topic in plain words
challenge-step-term-explained-how = Take a topic that comes up often and explain it to somebody who is not a doctor, aloud or on paper, in two minutes.
challenge-step-mentor-question = Ask a mentor one question
challenge-step-mentor-question-how = One question that they can answer in two lines. Say in one sentence what you have tried so far.
challenge-step-peer-help = Help another IMG with one thing
challenge-step-peer-help-how = Read a paragraph, answer a question, listen for ten minutes. What you know is worth something to somebody.
challenge-step-old-contact = Write to somebody you lost touch with
challenge-step-old-contact-how = Three sentences: where you met, what you do now, and one thing about them that you remember. Ask for nothing. Choose a person, not a program.
challenge-step-same-school = Write to one person from your school who went this way
challenge-step-same-school-how = Ask about one thing they would do the same way again. One question, and thanks whatever the answer is.
challenge-step-peer-asked = Ask a peer how they did one thing
challenge-step-peer-asked-how = A form, a course, a first message: ask somebody who has done it lately how it went.
challenge-step-thanks-said = Thank one person who helped you
challenge-step-thanks-said-how = Somebody outside the programs you applied to. Say what they did and what came of it. Two lines are enough.
challenge-step-one-goal = Write down one goal for the next month
challenge-step-one-goal-how = Something that is in your own hands, with a date. Put it where you will see it.
challenge-step-two-targets = Find two new places that fit you
challenge-step-two-targets-how = Look at who works there and what they ask for. Write down why each fits, in one line. Nothing has to be sent today.
challenge-step-inbox-times = Choose two times a day for your inbox
challenge-step-inbox-times-how = Write the two times down and tell your phone. Between them, mail can wait.
challenge-step-walk = Walk for twenty minutes without your phone
challenge-step-walk-how = Leave it at home, or in your pocket with the sound off. No lesson has to come of it.
challenge-step-free-evening = Keep one evening free
challenge-step-free-evening-how = No forms, no questions, no scrolling after dinner. Rest that is kept on purpose is an action too.
