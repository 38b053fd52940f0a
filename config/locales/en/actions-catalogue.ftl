### The catalogue of actions. "action-<id>" is what the member did, in their words; "-idea" invites to it.
### An idea is small, has an end, and never says how easy it is. At most 80 and 100 characters.

## Fits any rejection: rest, people, a look back

action-named-feeling = Named the feeling
action-named-feeling-idea = Name the feeling in one word, on paper or out loud: 1 minute

action-talked-to-someone = Talked to someone
action-talked-to-someone-idea = Talk to one person who knows this road: 15 minutes

action-rest-day = Kept a rest day
action-rest-day-idea = Keep one day free of applications, on purpose

action-debrief-written = Wrote down what I learned
action-debrief-written-idea = Write three lines: in my control, right target, what I would change

action-asked-a-peer = Asked a peer
action-asked-a-peer-idea = Send one message to a peer: “Can I ask you about something?”

action-walk-taken = Went for a walk
action-walk-taken-idea = Take a walk without the phone: 20 minutes

action-mentor-message = Wrote to a mentor
action-mentor-message-idea = Send one mentor a short update: 10 minutes

action-feedback-asked = Asked someone for feedback
action-feedback-asked-idea = Ask a mentor or a peer to look at one page of yours

action-laptop-closed = Closed the laptop for the day
action-laptop-closed-idea = Close the laptop for the evening, inbox too

action-pattern-looked-for = Looked for a pattern
action-pattern-looked-for-idea = Look through your rejections and note what repeats: 15 minutes

action-plan-written = Wrote down my next goal
action-plan-written-idea = Write one goal for the next three months, in one sentence

action-inbox-times-set = Set times for my inbox
action-inbox-times-set-idea = Choose two times a day for email, and close it between them

action-peer-helped = Helped another IMG
action-peer-helped-idea = Answer one question that another IMG has asked

action-contact-followed-up = Followed up with a contact
action-contact-followed-up-idea = Write to one person you met and have not written to since

action-thanks-sent = Thanked someone who helped me
action-thanks-sent-idea = Thank one person, and tell them what you did with their help

## *Done* on a check-in that offers several actions: which one it was is not known

action-step-taken = Took a step

## Preparing: targets, research, experience, letters

action-targets-found = Found new targets
action-targets-found-idea = Find three new places or people that fit where you are now

action-email-opening-rewritten = Rewrote an email opening
action-email-opening-rewritten-idea = Rewrite the first two lines of your email for one person

action-cold-email-sent = Sent one personal email
action-cold-email-sent-idea = Write one email about one person’s own work: 10 to 15 lines

action-follow-up-sent = Sent a polite follow-up
action-follow-up-sent-idea = Send one short follow-up, a week or more after the first email

action-reply-sent = Replied to a no
action-reply-sent-idea = Reply to one no: what you heard, what you will build, one question

action-alumni-asked = Asked a former student of my school
action-alumni-asked-idea = Write to one person from your school who works in the US

action-months-widened = Widened my dates
action-months-widened-idea = Note other months you could do, and ask about those

action-abstract-drafted = Drafted an abstract
action-abstract-drafted-idea = Draft 150 words about a case or a small project: 30 minutes

action-poster-submitted = Submitted a poster or abstract
action-poster-submitted-idea = Send one poster or abstract to one meeting

action-paper-read = Read a research paper
action-paper-read-idea = Read one paper by the person you want to write to

action-writer-chosen = Chose a new letter writer
action-writer-chosen-idea = Name two people who saw your work and could describe it

action-letter-packet-made = Made a packet for a letter writer
action-letter-packet-made-idea = Put your CV, statement and a few notes on your work together

action-letter-requested = Asked for a strong letter
action-letter-requested-idea = Ask one person for a strong letter, with a way to say no

## Exams

action-score-report-read = Read the score report
action-score-report-read-idea = Read the score report once and choose one main cause

action-study-plan-changed = Changed my study plan
action-study-plan-changed-idea = Change one thing in your plan because of that cause

action-study-block = Did a study block
action-study-block-idea = One study block with a clock: 45 minutes

action-practice-questions = Did practice questions
action-practice-questions-idea = Do ten questions and read why each answer is right

action-study-partner-found = Found a study partner
action-study-partner-found-idea = Ask one person to study with you once a week

action-retake-rules-checked = Checked the retake rules
action-retake-rules-checked-idea = Read the official page on retakes and limits, note the date

## Certification

action-case-notes-kept = Wrote down the case details
action-case-notes-kept-idea = Note the portal, case number, date and who answered

action-case-followed-up = Followed up on my case
action-case-followed-up-idea = Send one short, dated message about your case

action-school-contacted = Wrote to my medical school
action-school-contacted-idea = Write to the office of your school that checks documents

## Applying

action-cv-revised = Revised my CV
action-cv-revised-idea = Revise one section of your CV: 20 minutes

action-personal-statement-revised = Revised my personal statement
action-personal-statement-revised-idea = Rewrite one paragraph of your statement in your own voice

action-program-list-rebuilt = Rebuilt my program list
action-program-list-rebuilt-idea = Go through ten programs and keep those that fit you

action-program-rules-checked = Checked programs’ rules for IMGs
action-program-rules-checked-idea = Read the visa and year rules on five program pages

action-application-sent = Sent an application
action-application-sent-idea = Send one application, with one thing different this time

action-update-letter-sent = Sent an update to a program
action-update-letter-sent-idea = If something real has changed, send one program a short update

action-program-feedback-asked = Asked a program for feedback
action-program-feedback-asked-idea = Ask one program, in two lines, what would help next time

## Interviews

action-mock-interview = Did a mock interview
action-mock-interview-idea = One mock interview with a peer: 20 minutes, recorded

action-answer-practised = Practised one answer
action-answer-practised-idea = Say “Tell me about yourself” out loud three times

action-questions-recalled = Wrote down interview questions
action-questions-recalled-idea = Write down the questions you remember, with your answers

action-dates-kept-free = Kept two dates free
action-dates-kept-free-idea = Keep two dates free, so that you can say yes quickly

action-thank-you-sent = Sent a thank-you note
action-thank-you-sent-idea = Send one thank-you note that names one thing you talked about

action-interest-note-sent = Sent a note of interest
action-interest-note-sent-idea = Send one short, true note of interest to a program

## Match

action-soap-rules-read = Read the SOAP rules
action-soap-rules-read-idea = Read the SOAP page of the NRMP: 10 minutes

action-mentors-updated = Told my mentors honestly
action-mentors-updated-idea = Tell one mentor how it went, in three honest lines

action-year-plan-drafted = Drafted a plan for the year
action-year-plan-drafted-idea = Choose one part of your file to make stronger this year

## After: fellowship, job, visa

action-job-feedback-asked = Asked an employer for feedback
action-job-feedback-asked-idea = Ask the employer one polite question about their choice

action-papers-gathered = Put my papers in one folder
action-papers-gathered-idea = Put every letter, date and name in one folder

action-lawyer-asked = Asked a lawyer
action-lawyer-asked-idea = Write down three questions for an immigration lawyer

action-gme-office-told = Told the GME office
action-gme-office-told-idea = If you have matched, tell your program’s GME office where things stand

action-profile-updated = Updated my profile
action-profile-updated-idea = Add one concrete contribution to your online profile

## The ten days, and learning

action-small-step = Took one small step
action-small-step-idea = Take one small step that helps you today

action-learning-hour = Spent time learning
action-learning-hour-idea = Take one short lesson and note one new thing

action-learning-shared = Shared something I learned
action-learning-shared-idea = Share in two sentences what you learned, and why it matters
