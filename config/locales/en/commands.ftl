### What Discord shows while somebody types a slash. At most 100 characters each.
### command-<words of the command>, command-<words>-<option>, choice-<option>-<value>, menu-<name in code>.

command-support = People to talk to, and a grounding step. Private, and nothing is noted.

## /rejection

command-rejection = Your rejections. Private to you
command-rejection-log = Log a rejection, or an answer that never came. Private
command-rejection-log-kind = What it was for
command-rejection-log-who = Who or where. Private to you, and encrypted
command-rejection-log-date = The day, for example: today, yesterday, 3 Nov 2026
command-rejection-log-how = How the answer came
command-rejection-list = Your rejections, newest first. Private
command-rejection-list-kind = Show one kind
command-rejection-list-open = Show those with check-ins under way
command-rejection-view = One rejection, with everything you wrote. Private
command-rejection-view-rejection = Type a few letters to find it
command-rejection-edit = Change one of your rejections. Private
command-rejection-edit-rejection = Type a few letters to find it
command-rejection-edit-how = How the answer came
command-rejection-delete = Delete one of your rejections. You can undo this for 15 minutes. Private
command-rejection-delete-rejection = Type a few letters to find it

choice-how-email = by email
choice-how-portal = in the portal
choice-how-phone = by phone
choice-how-silence = no answer at all

## /recovery

command-recovery = Your check-ins after a no. Private to you
command-recovery-today = Where you stand in each open recovery. Private
command-recovery-plan = What comes next, and when. Private
command-recovery-plan-rejection = Which one. Leave this empty when you have one
command-recovery-pause = Pause the check-ins of one rejection. Nothing is lost. Private
command-recovery-pause-rejection = Which one. Leave this empty when you have one
command-recovery-resume = Go on after a pause or a stop. Private
command-recovery-resume-rejection = Which one. Leave this empty when you have one
command-recovery-stop = Stop the check-ins of one rejection. There is a way back. Private
command-recovery-stop-rejection = Which one. Leave this empty when you have one

## /server

command-server = Set StepForward up in this server. For group leads
command-server-setup = A checklist: channel, post, zone, language, peer support. Private
command-server-status = How things stand here, and how to repair what does not work. Private
command-server-remove = Remove an alias, a win or a catalogue entry from this server. Private
command-server-remove-what = Choose from the list, or paste the link of a win's message
command-server-action = This server's own entries in the catalogue of actions
command-server-action-add = Add an action that members here can log. Private
command-server-action-add-label = What a member did, for example: Joined our journal club

## /help and /about

command-help = Find your way: what you want to do, with a button that starts it. Private
command-about = What is kept, who sees it, how to report a problem. Private

## /me

command-me = What is yours. Private to you
command-me-settings = Time zone, hour, quiet hours, pace, language, messages. Private
command-me-pause = Pause everything. Rest is allowed, nothing is lost. Private
command-me-resume = Go on after a pause. Private
command-me-deliveries = My messages to you: sent, late, or not delivered and why. Private
command-me-export = Everything I keep about you, as files. Private
command-me-erase = Delete everything of yours, after a typed word. Private
command-me-import = Bring your own list as a CSV file, and look before it is saved. Private
command-me-import-file = A CSV file. Leave this empty to get the template

## /challenge

command-challenge = Ten days, one small step each. Private
command-challenge-start = See ten steps, and begin with them or with your own
command-challenge-today = Today's step, and how far you are
command-challenge-swap = Take another step for a day
command-challenge-swap-day = The day, 1 to 10; without it, today's step
command-challenge-past = Your earlier ten days; look at them or delete them
command-challenge-stop = Stop the ten days; what you did stays done

## /goodnews

command-goodnews = Something went well. It closes what it answers. Private
command-goodnews-kind = What it is
command-goodnews-who = Who or where. Private to you, and encrypted
command-goodnews-date = The day, for example: today, yesterday, 3 Nov 2026

## /draft

command-draft = Messages you may send: reply, thank, ask, stay in touch. Private to you
command-draft-write = Make a message from a few short questions. You send it yourself. Private
command-draft-write-kind = Which message. Leave this empty to see them all
command-draft-write-rejection = Which rejection it is about, if any
command-draft-list = The drafts you have kept, newest first. Private
command-draft-view = Open one draft: copy, change, or say that you sent it. Private
command-draft-view-draft = Type a few letters to find it
