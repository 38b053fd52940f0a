### What a rejection can be. The reader may be tired and ashamed, on a phone, in a second language.
### A label has at most 45 characters, a hint at most 100. "-short" stands inside a sentence: "about { $kind }".

kind-research = Research position
kind-research-hint = A research post or project said no, or your emails got no answer.
kind-research-short = a research position

kind-clinical-experience = Clinical experience
kind-clinical-experience-hint = An observership, externship or elective you did not get.
kind-clinical-experience-short = clinical experience

kind-letter = Recommendation letter declined
kind-letter-hint = Someone said no to a letter, or the letter never came.
kind-letter-short = a letter of recommendation

kind-exam = Exam (Step or OET)
kind-exam-hint = The result was not a pass, or not what you needed.
kind-exam-short = an exam

kind-certification = Certification or pathway
kind-certification-hint = A document, a check or a pathway was refused or is stuck.
kind-certification-short = certification

kind-application-no = Residency application: no
kind-application-no-hint = A program wrote to say no.
kind-application-no-short = a residency application

kind-application-silence = Residency application: no answer
kind-application-silence-hint = You have waited long enough to call it. Silence counts here.
kind-application-silence-short = an application without an answer

kind-interview-waitlist = Interview waitlist
kind-interview-waitlist-hint = Not a yes, not yet a no. Waiting is hard too.
kind-interview-waitlist-short = an interview waitlist

kind-interviewed-not-matched = Interviewed, not matched
kind-interviewed-not-matched-hint = You had interviews, and the match did not come.
kind-interviewed-not-matched-short = interviews without a match

kind-unmatched = Unmatched
kind-unmatched-hint = The news of the Monday in Match Week.
kind-unmatched-short = not matching

kind-soap = SOAP
kind-soap-hint = SOAP ended without an offer, or you could not take part.
kind-soap-short = SOAP

kind-fellowship = Fellowship
kind-fellowship-hint = A fellowship said no, or that match did not come.
kind-fellowship-short = a fellowship

kind-job = Job
kind-job-hint = A post as attending, hospitalist, assistant or anything else.
kind-job-short = a job

kind-visa = Visa
kind-visa-hint = Refused, held back, or an offer lost because of it.
kind-visa-short = a visa

kind-other = Something else
kind-other-hint = Any other no. You do not have to fit a box.
kind-other-short = something else

## The stages of the road

stage-prepare = Preparing
stage-exam = Exams
stage-certify = Certification
stage-apply = Applying
stage-interview = Interviews
stage-match = Match
stage-after = After the Match

## How the news came

how-email = Email
how-portal = Portal
how-phone = Phone or in person
how-silence = No answer
