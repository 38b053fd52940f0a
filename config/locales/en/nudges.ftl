### The check-in's own buttons, and the answers to them. The steps themselves are in protocol.ftl.

nudge-done = Done
nudge-done-all = All of it is done
# $action: what was noted
nudge-undo-one = Undo: { $action }
nudge-lead-feeling = Name the feeling
# The select with everything that is no button of its own
nudge-more-ways = Later, or something else
nudge-more-left = Something else
nudge-snooze-1 = Ask again in 1 day
nudge-snooze-3 = Ask again in 3 days
nudge-snooze-7 = Ask again in a week
nudge-skip = Skip this one
nudge-skip-all = Skip all of these
nudge-stop = Stop these messages
nudge-pick = Answer one of them
# Said instead of protocol-merged when it is about more than rejections.
nudge-merged =
    { $count ->
        [one] This is about one thing.
       *[other] This is one check-in for { $count } things, so that you get one message and not several.
    }
# Several of one sort. $line: as "Week 1: Research position, Sunday 22 November"
nudge-line-many = { $line } ({ $count } of them)
# $count: how many more things the message is about
nudge-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}

nudge-noted = Noted: { $action }. It counts.
nudge-kept = Noted: { $action }. You have logged a lot today, so this one is kept and does not score.
nudge-kept-quietly = Kept: { $action }.
nudge-noted-before = This is noted already: { $action }. Nothing was counted twice.
# After a short form whose words are an action's note
nudge-words-kept = Your words are kept with it, for you alone.
nudge-noted-under = This was noted already: { $action }. What you wrote now is kept with it.
nudge-answered-already = You have answered this one already. Nothing was changed.
nudge-closed = This one is closed already, so there is nothing left to answer. If something new comes, `/rejection log` is there.
nudge-snoozed = I will ask again { $when }.
nudge-snoozed-held = I will ask again once you resume. You are paused, and nothing is lost by it.
nudge-skipped = Skipped. Nothing is lost by it.
nudge-finished = { $count ->
    [one] That was the last check-in of this rejection. It is behind you now, and you can open it whenever you like.
   *[other] Those were the last check-ins of these rejections. They are behind you now, and you can open them whenever you like.
}
# $when: as "Monday 23 November, 18:00"
nudge-next = Your next check-in comes { $when }.
nudge-next-others = About your other rejections, the next check-in comes { $when }.
nudge-stopped-challenge = The ten days are stopped. What you did stays done and counts. `/challenge start` begins anew whenever you like.
nudge-stopped-draft = I will not remind you of this draft any more. The draft itself stays.
nudge-stop-back = If you change your mind, the button brings them back, and so does `/recovery resume`.

## The last line of a check-in that was answered. The message is the member's own; it keeps its words above this line.

nudge-state-done = Answered.
nudge-state-skipped = Skipped.
# $when: as "Monday 23 November, 18:00"
nudge-state-later = It comes again { $when }.
nudge-state-held = It comes again once you resume.
nudge-state-stopped = Stopped. `/recovery resume` brings it back.
nudge-state-ended = Stopped.
nudge-state-closed = Nothing is left to answer here.

## A day of the ten days

nudge-challenge-title = Day { $day } of your ten days
nudge-challenge-open = Today’s small step
nudge-challenge-body = A day you miss costs nothing: you can do its step on any day, with `/challenge today`.
# In the last message before they rest by themselves
nudge-challenge-rests = From here on these messages rest, so that they do not pile up. Nothing is lost by it. Press anything here, or use `/challenge today`, and they come again.
# $number: the day of the ten; $step: its step; $day: its date
nudge-challenge-line = Ten days, day { $number }: { $step }, { $day }

## A reminder of a draft

nudge-draft-open = Open the draft
nudge-draft-send-title = A draft waits for you
# $kind: what it is called; $day: when it was written
nudge-draft-send-about = { $kind }, written on { $day }.
nudge-draft-send-body = You asked me to remind you. If you have sent it, one press notes that. If it does not fit any more, let it go.
nudge-draft-send-line = Draft, { $kind }: { $day }
nudge-draft-send-done = I sent it
nudge-draft-answer-title = Is there an answer?
# $kind: what it is called; $day: when it was sent
nudge-draft-answer-about = { $kind }, sent on { $day }.
nudge-draft-answer-body = You asked me to remind you. If nothing has come, one short follow-up is polite. After that, silence is an answer too, and you may close it.
nudge-draft-answer-body-program = You asked me to remind you. Many programs answer nobody, so there may be nothing to do now. Silence is an answer too, and you may close it.
nudge-draft-answer-body-last = You asked me to remind you. You wrote that you will not write about this again, so there may be nothing to do now. Silence is an answer too, and you may close it.
nudge-draft-answer-line = Answer to look for, { $kind }: { $day }
nudge-draft-answer-done = I looked
nudge-draft-again-title = A good day to write again
# $kind: what it is called; $day: when it was sent
nudge-draft-again-about = { $kind }, sent on { $day }.
nudge-draft-again-body = You asked me to remind you. A few lines about what is new are enough, and they need no answer. If it does not fit any more, let it go.
nudge-draft-again-line = To write again, { $kind }: { $day }
nudge-draft-again-done = Done
nudge-draft-again-noted = Noted. If you wrote with `/draft write`, *I sent it* there counts as an action. If you wrote without me, `/action log` takes it.
nudge-draft-gone-noted = Noted as sent. It is a message of an earlier version, so it does not count by itself: `/action log` takes it.
nudge-draft-looked = Noted. If a no has come, `/rejection log` takes it; if it was a yes, `/goodnews`.

## The short forms of a step

nudge-form-day1-title = Name the feeling
nudge-form-day1-label = One word, or a few
nudge-form-week1-title = A look at what happened
nudge-form-week1-label = In my control, right target, next time
nudge-form-month1-title = The longer view
nudge-form-month1-label = One goal, in one sentence
nudge-form-notice = For you alone. Not monitored, not medical care, no patient details.
