### /recovery

recovery-title = Where you stand
recovery-nothing = Nothing is open. If today is heavy all the same, rest counts too: `/action log`.
recovery-none-waiting = Nothing of yours is paused or stopped, so there is nothing to resume. `/recovery today` shows what is open.
recovery-next = Next: { $step } · { $when }
recovery-done-steps = Behind you: { $steps }
recovery-none-ahead = All its check-ins have come. What you wrote stays here for you.
recovery-kept-back = Waiting here, because your direct messages are closed to me: { $steps }
recovery-read-button = Read: { $step }
recovery-read-later = When your direct messages are open, it also comes as a message, so that you can answer it.
recovery-held = Paused. What is left waits for you.
recovery-button = Check-ins
recovery-full = All five check-ins
recovery-light = A lighter pace
recovery-not-now = Not now
recovery-pause-button = Pause
recovery-resume-button = Resume
# On a button, where several can be resumed
recovery-resume-one = Resume: { $kind } · { $day }
recovery-stop-button = Stop
recovery-stop-all-button = Stop all
recovery-plan-title = The plan
recovery-plan-line = { $when } · { $step }
recovery-plan-pace-light = Light pace: day 1, week 1, month 1.
recovery-plan-pace-full = Full pace: five check-ins over a month.
recovery-paused-now = Paused. Nothing is lost by it. I will not write to you about this until you resume.
recovery-resumed = Welcome back. If a message was missed, it comes at your hour, all in one.
recovery-resumed-paused = These check-ins are on again. Everything else of yours is still paused, so they wait until `/me resume`.
recovery-resumed-off = These check-ins are on again. Your direct messages are off, so they wait. You can change that in `/me settings`.
recovery-stopped-now = Stopped. I will not write about this again. If you change your mind: `/recovery resume`.
recovery-stopped-many = { $count ->
    [0] Nothing was open, so nothing had to be stopped.
    [one] Stopped one. I will not write about it again.
   *[other] Stopped { $count }. I will not write about them again.
}
recovery-stopped-back = If you change your mind: `/recovery resume`.
recovery-not-open = These check-ins are not running, so there is nothing to pause.
recovery-not-paused = These check-ins are running already.
recovery-already = These check-ins have started already.
recovery-nothing-ahead = Every step of this one lies in the past, so there is nothing left to start.
recovery-started = Started. The first message comes { $when }.
recovery-choose = Choose one
talk-title = Talk to someone
talk-body = Somebody who knows this road helps most: a friend who applied, a resident from your country, a person in this group. You do not need a plan first. "I got a no today, can I tell you about it?" is enough.
talk-role = In this server you can ask { $role }.
talk-button = Talk to someone
talk-done = I talked to someone
