### The recovery protocol: five steps over a month. Feel it first, then a person, then a look, then one action.
### Two to four short sentences a step. A "-<kind>" sentence is said besides, where it is truly different.
### A line break here is a line break on the phone, so each sentence is one long line.
### No step may suggest contacting a program: in Match Week that can break a rule, and a text cannot know the date.

## Around every step

protocol-greeting = Your check-in, as you asked.
protocol-about = About { $kind }, { $day }.
protocol-merged =
    { $count ->
        [one] This is about one rejection.
       *[other] This is one check-in for { $count } rejections, so that you get one message and not several.
    }
protocol-merged-line = { $step }: { $kind }, { $day }
protocol-late = This is late: I was away. It was meant for { $day }. Nothing is lost.
protocol-late-merged = This is late: I was away. What came due in that time is in this one message.

lens-respond = Feel it first. Answers can wait.
lens-review = Look back, without blame.
lens-strategy = See the whole road, and plan.

## Day 1: feel it

step-day1-title = The first day
step-day1-short = Day 1
step-day1-body = This may still hurt, and it is allowed to. Find one word for the feeling: sad, angry, ashamed, tired, numb. No big decision is needed today. Please do not send the same application to another place in the same way yet. Close the laptop early if you can.
step-day1-application-silence = Silence is not feedback on you. There is no hidden reason in it that you have to find tonight.
step-day1-certification = Write down which portal it was, the case number and the date. The rest can wait until tomorrow.
step-day1-exam = Please do not book the exam again today. Save the score report in a safe place. It can wait there until you are ready to read it.
step-day1-interview-waitlist = A waitlist is not a no. Keep two dates free, and let your phone tell you when a program writes.
step-day1-interviewed-not-matched = You were invited and you were heard. That stays true. If this is Match Week, one rule holds until SOAP ends: do not contact programs, and let nobody do it for you, unless a program contacts you first.
step-day1-letter = This says nothing about your work. A person may say no for many reasons, and you do not have to find the reason today.
step-day1-soap = Those were hard days, and you got through them. If SOAP is still open, one rule holds: do not contact programs, and let nobody do it for you, unless a program contacts you first.
step-day1-unmatched = Eat something, and tell one person. Until SOAP ends, do not contact programs, and let nobody do it for you, unless a program contacts you first. The NRMP page says who can take part in SOAP.
step-day1-visa = Keep every paper and email in one place. For what is possible, an immigration lawyer or the official page is the place to ask. It can wait until you have slept.

## Days 2 and 3: a person before a plan

step-days2-title = A person before a plan
step-days2-short = Days 2–3
step-days2-body = Today is for a person, not for a plan. Talk to somebody who knows this road: another IMG, or a resident who was one. You need no question and no lesson. “I got a no. Can I tell you about it?” is enough.
step-days2-exam = Many people keep an exam result secret. Choose one safe person. You owe nobody a number.
step-days2-interviewed-not-matched = Choose friends and peers for this, not programs. The rule of no contact holds until SOAP ends.
step-days2-soap = Choose friends and peers for this, not programs. The rule of no contact holds until SOAP ends.
step-days2-unmatched = Choose friends and peers for this, not programs. The rule of no contact holds until SOAP ends. Some of them heard the same news as you.
step-days2-visa = Talk to people for company. For facts, use the official page or a lawyer: visa rumours travel fast.

## Week 1: read it as information

step-week1-title = A look at what happened
step-week1-short = Week 1
step-week1-body =
    A week has passed. Now it may be read as information. Write a line or two for each question:
    - What was in my control?
    - Was it the right target for where I am now?
    - What would I change?

    If it is still too close, let it wait some days.
step-week1-application-no = Programs rarely say why. If you think it was a filter, such as your year, your visa or a score, write it down as a guess.
step-week1-application-silence = Nobody wrote a reason, so do not look for it in yourself. Look at your list of programs: do they have IMGs among their residents now?
step-week1-certification = Check that you ask the right office. Since January 2026 the exams and the certification are in two different portals. Write down who answered, and when.
step-week1-clinical-experience = Think of three things: the months you asked for, how you reached them, and who could introduce you next time.
step-week1-exam = Open the score report now. Which one would you work on first: content, timing, nerves or stamina? See the official page for when you may sit it again. There are limits.
step-week1-fellowship = Put it in two columns: what I could change, and what was a matter of too few places.
step-week1-interview-waitlist = It may still move. Keep two dates free while invitations go out.
step-week1-interviewed-not-matched = Write down the questions you still remember. Where were you strong? Did you want this place, or the idea of it?
step-week1-job = For a job you may ask why. One short and polite question is normal.
step-week1-letter = A person who says no has kept a weak letter out of your file. Who has seen you work and could write about it in detail? That person needs your CV and a few notes on what you did together.
step-week1-research = Read your first two lines again. Do they speak of this person’s work, or could they go to anybody?
step-week1-soap = SOAP decides in days, on very little. Keep that apart from what you think of yourself.
step-week1-unmatched = The big questions about the season may wait longer. For now, write down one thing from this year that you want to keep.
step-week1-visa = Rules change often. Put a date next to each thing you read. What is possible for you is a question for a lawyer.

## Week 2: one action

step-week2-title = One action
step-week2-short = Week 2
step-week2-body = Choose one action today, small enough to finish. It could be one part of your CV, three new targets, or asking someone you trust for feedback. Take one from the list, or your own. Done is enough. It need not be perfect.
step-week2-application-silence = Silence does not ask you to send anything. Work on the list, where your time can change something.
step-week2-exam = Choose by what you want to make stronger. For content, ten questions are a start. For timing, try one block with a clock.
step-week2-interviewed-not-matched = One mock interview with a peer, recorded and watched once, is a good choice here.
step-week2-letter = When you ask the next person for a strong letter, give them an easy way to say no.
step-week2-research = One email about one person’s own work does more than fifty copies.
step-week2-soap = Check the NRMP page first: until SOAP has ended, choose an action without contact to programs.
step-week2-unmatched = Check the NRMP page first: until SOAP has ended, choose an action without contact to programs.
step-week2-visa = A good action here is one folder with every letter, date and name.

## Month 1: the longer view

step-month1-title = The longer view
step-month1-short = Month 1
step-month1-body = A month has passed. Look at all your rejections now, not at this one alone. Do some share a kind, a stage or a month? Then choose one thing to build next, and write it in one sentence. If nothing repeats, that is an answer too.
step-month1-application-silence = If many ended in silence, look at the list first, before you look at yourself.
step-month1-exam = Before you book a new date, check that the plan has changed, and not the date alone.
step-month1-interviewed-not-matched = Your papers opened doors. The next work is in the room: practice, and knowing why this place.
step-month1-soap = One part of your file, made clearly stronger, is a plan for a year. You do not need five.
step-month1-unmatched = One part of your file, made clearly stronger, is a plan for a year. You do not need five.

## The buttons of the steps

step-button-named-feeling = I named the feeling
step-button-laptop-closed = I closed the laptop
step-button-support = Support
step-button-talked = I talked to someone
step-button-asked-a-peer = I asked a peer
step-button-answered = I wrote my answers
step-button-ideas = Show me ideas
step-button-write = Write a message
step-button-cv = I worked on my CV
step-button-targets = I found new targets
step-button-feedback = I asked for feedback
step-button-questions = I did ten questions
step-button-block = I did one block with a clock
step-button-study-plan = I changed my study plan
step-button-other-ideas = Show me ideas
step-button-patterns = What repeats
step-button-pattern = I looked for a pattern
step-button-plan = I wrote my next goal
step-button-first-day = Write it down
step-button-look = Open the analysis
step-button-analysis = From my analysis
step-button-longer-view = Write the longer view

## The cooling period: the first 24 hours. It asks, it never blocks.

cooling-again = Another no so soon is a lot to carry. It is saved, and nothing is asked of you today.
cooling-application = A no of this kind came less than a day ago, so here is one question for yourself: what is different this time? Your action is kept, whatever the answer is.
