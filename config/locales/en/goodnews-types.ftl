### Good news. Warm and quiet: somebody else in the room had a no today. No cheering, no lesson.

goodnews-interview = An interview
goodnews-interview-line = Somebody wants to meet you. Write the date down, and enjoy this evening first.

goodnews-offer = An offer
goodnews-offer-line = An offer, with your name on it. Read it twice before you answer, and tell someone who waited with you.

goodnews-position = A place in research or a clinic
goodnews-position-line = A place that is yours. The people who helped you will be glad to hear it from you.

goodnews-letter = A letter of recommendation
goodnews-letter-line = Somebody has put their name next to yours. A short thank-you is always right.

goodnews-exam-passed = An exam passed
goodnews-exam-passed-line = It is passed, and it stays passed. Rest before the next thing.

goodnews-certified = Certified, or a pathway accepted
goodnews-certified-line = The papers are in order. That took patience nobody saw.

goodnews-matched = Matched
goodnews-matched-line = You matched. Every check-in that was open has ended, quietly. Tonight belongs to you and to those who carried this with you.

goodnews-visa-granted = A visa
goodnews-visa-granted-line = The door is open. Keep a copy of every page, and breathe out.

goodnews-other = Something else that is good
goodnews-other-line = Good. It does not have to be big to count.
