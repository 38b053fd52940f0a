### /insights patterns: what repeats in a member's own entries. A pattern says how many, and which ones. It never says
### why, and never how likely anything is. $count: how many things it came from; $among: out of how many; $what: the kind,
### stage or month they share. Title at most 80 characters, "says" 300, "do" 500.

command-insights = What your rejections say when you look at them together. Private to you
command-insights-patterns = What repeats in your rejections, and what you could do about it. Private

patterns-title = What repeats
patterns-intro = I put your rejections side by side, with your good news. A pattern is not a reason, and it says nothing about your worth. You decide if it is yours.
patterns-none = Nothing repeats so far, and that is an answer too. A pattern needs three rejections that have something in common. What they wrote to you counts as well, when you keep it with the rejection.
patterns-none-left = What repeats now, you have put aside as not yours. To look at it again, choose it below; there you can take it back.
patterns-note = You alone see this. The group sees nothing of it.
patterns-aside = Put aside as not mine ({ $count })
patterns-looked = I looked. Count it
patterns-back = All patterns
patterns-button = What repeats

pattern-look = Look
pattern-entries = Where it comes from
pattern-open-rejection = Open a rejection
pattern-open-journal = Open a journal entry
pattern-do = What could help
pattern-did = Have you done one of these? Press it, and it counts.
pattern-note = It says what repeats. Why, you know better than I do.
pattern-not-mine = Not mine
pattern-mine = It is mine
pattern-take-back = Take it back
pattern-put-aside = Put aside: { $pattern }. I will not show it again, unless you take it back.
pattern-gone = This pattern is not there any more: what it came from has changed. `/insights patterns` shows what repeats now.

## What the entries say

pattern-interviews-title = Interviews, and no match
pattern-interviews-says = { $count } things you wrote down are about interviews: one that took place, a waitlist for one, or a season that ended without a match. Your file was read, and it was kept.
pattern-interviews-do = The next work is in the room, and in the choice of programs. Do mock interviews and look at the recording. Before the next season, find out for each program why you want that place and not the idea of it. If you can, let somebody coach you who has sat on the other side.

pattern-silence-title = Applications without an answer
pattern-silence-says = Of { $among } answers and silences about applications and interviews, { $count } were silence. Many programs sort applications by rules before a person reads them. Nobody can see from here if that happened to yours.
pattern-silence-do = Look at the list before you look at yourself. For each program: are there IMGs among its residents now? What does its page say about visas and years since graduation? Keep those that fit, and build the list new around them.

pattern-applications-title = Programs that answered with a no
pattern-applications-says = Of { $among } answers and silences about applications and interviews, { $count } were a no to an application.
pattern-applications-do = Put your list beside your file, line by line: year, visa, experience in the US, scores. Take out the programs whose rules do not fit you, and put in others. Let somebody who matched read one page of yours, the first page.

pattern-waitlists-title = On the waitlist
pattern-waitlists-says = Of { $among } answers about interviews, { $count } put you on a waitlist. They saw your file and kept it.
pattern-waitlists-do = Waitlists move late and fast. Keep two dates free, look at the phone at fixed hours, and practise now, so that a yes finds you ready.

pattern-research-title = Several noes to research
pattern-research-says = { $count } tries for a research position ended in a no or in silence.
pattern-research-do = Build the relationship before you ask for a position. Read one paper, write to one person about that work, and ask for twenty minutes, not for a post. Somebody who knows you can think of you when a place comes free.

pattern-clinical-title = Several noes to clinical experience
pattern-clinical-says = { $count } observerships, externships or electives ended in a no or in silence.
pattern-clinical-do = Places like these often go through people. Who from your school works in the US now? Ask one of them how they got in, widen the months you could come, and name those months in the first two lines.

pattern-certification-title = Papers that get stuck
pattern-certification-says = { $count } rejections are about certification or a pathway.
pattern-certification-do = Keep one file for the case: which portal, which number, which date, who answered. Find the office and the name at your school that signs such papers, and check each point on the official page before you send anything again.

## What feedback speaks of

theme-availability-title = Your time and your dates come up
theme-availability-says = { $count } times, it was about your availability: being there, for how long, or on which dates.
theme-availability-do = Decide what you can truly offer: how many weeks, from which day, on site or not. Then put it in the first two lines, in one sentence. Where they need more than you can give, it is no loss to leave that place out.

theme-places-full-title = Full when you asked
theme-places-full-says = { $count } times, there was no place, no money or no room.
theme-places-full-do = Ask earlier in the year, for other months, and in more places at once. A door that was full may open: note when they plan anew, and who was kind.

theme-research-experience-title = Research experience in their field
theme-research-experience-says = { $count } times, they asked for research experience, methods or publications.
theme-research-experience-do = A small, finished piece in one field says more than an interest in many. Choose one field, read one paper a week in it, and begin with what needs no lab: a case report, an abstract, a chart review with a mentor.

theme-generic-email-title = Your email could be to anybody
theme-generic-email-says = { $count } times, it was about a message that is too general, copied, or not about their work.
theme-generic-email-do = Write to one person. Their own work comes first, in one sentence that could be about nobody else. Then one sentence on you, and one thing you ask for. One such email is worth more than fifty copies.

theme-us-experience-title = Experience in the US
theme-us-experience-says = { $count } times, they asked for clinical experience in the US.
theme-us-experience-do = Make one month of it the next goal, hands-on if you can. Ask graduates of your school where they went, and keep the places that take IMGs on a list of your own with the months they open.

theme-visa-title = The visa comes up
theme-visa-says = { $count } times, it was about a visa or who sponsors one.
theme-visa-do = Check the visa line on each page before anything else, and keep the places that sponsor. Put your papers in one folder. For what is possible for you, the official page or an immigration lawyer is the place to ask.

theme-graduation-year-title = The year you graduated
theme-graduation-year-says = { $count } times, it was about the year you graduated, or a gap since then.
theme-graduation-year-do = The year stays as it is; the list can change. Keep the programs without a limit or with a wide one. And let your CV show what you do with patients now, in its first lines.

theme-exams-title = Exams come up
theme-exams-says = { $count } times, it was about an exam or a score.
theme-exams-do = Choose one main cause: content, timing, nerves or stamina, and change one thing in the plan to fit it. Check the official page before you book a date. And where a program names a line that you do not reach, keep that application for another place.

theme-letters-title = Letters come up
theme-letters-says = { $count } times, it was about letters of recommendation.
theme-letters-do = The best writer is somebody who has seen you work and can tell of one patient or one day. Bring them a packet: your CV, your statement, a few notes on what you did together. Ask for a strong letter, and leave them a way to say no.

theme-communication-title = How you are understood
theme-communication-says = { $count } times, it was about language, an accent, or being hard to follow.
theme-communication-do = Speaking is trained by speaking. Ten minutes aloud every day, with a person twice a week, and one recording a week that you listen to. Slower is clearer than perfect.

theme-interview-answers-title = How you answer
theme-interview-answers-says = { $count } times, it was about your answers, or how you came across in the interview.
theme-interview-answers-do = Write down the questions you remember. Practise three of them aloud, two minutes each, and end each answer with why this place. Then one mock interview, recorded and watched once.

theme-deadline-title = Too late for them
theme-deadline-says = { $count } times, it was about a deadline, or places that were given out before you asked.
theme-deadline-do = This one is about the calendar, and you can change that. Write down for next time when each door opens, and put a date of your own four weeks before it.

theme-local-ties-title = Why their town
theme-local-ties-says = { $count } times, they asked about ties to a place or its people.
theme-local-ties-do = Where you have a true reason to live there, say it in one sentence of your statement. Where you have none, other places may suit you better, and that is fine.

## What is shared, without a rule that names it

pattern-kind-title = The same kind: { $what }
pattern-kind-says = Of { $among } answers and silences in about the last year, { $count } were a no of this one kind.
pattern-kind-do = When one kind of door stays closed, it helps to know how others came through it. Show one of these attempts to somebody who did, and ask what they would change first.

pattern-stage-title = The same stage: { $what }
pattern-stage-says = Of { $among } answers and silences in about the last year, { $count } were a no at this one stage.
pattern-stage-do = For a while, your effort may be worth most here. Choose one part of this stage, and ask somebody who is one step ahead what helped them.

pattern-month-title = A heavy month: { $what }
pattern-month-says = Of { $among } rejections in the last year, { $count } came in this one month.
pattern-month-do = That is a lot to carry at once, and nothing of it has to be solved in the same month. Keep one day free, tell one person how it was, and look for lessons later.
