### /goodnews. The kinds and their lines are in goodnews-types.ftl.

goodnews-form-title = Good news
goodnews-form-kind = What is it?
goodnews-form-answers = Does it answer one of these?
goodnews-form-answers-hint = Its check-ins then end. Leave it empty if not.
goodnews-form-who-hint = Private, encrypted. Not monitored, not medical care, no patient details.
goodnews-form-nothing = None of these
goodnews-kind-unknown = I do not know this kind of news. Please choose one from the list.
# $count: how many rejections it closed
goodnews-closed = { $count ->
    [one] This one is answered, and its check-ins have ended:
   *[other] These have ended, and I will not write to you about them:
}
goodnews-days-ended = Your ten days have ended too. What you did stays done.
goodnews-kept = Kept for you alone, { $day }.
goodnews-kept-quietly = It is saved as you wrote it.
goodnews-undone = Taken back. What had ended goes on as before.
goodnews-undo-late = The 15 minutes for taking this back are over. It stays in your list.
goodnews-share-button = Show it to the group
goodnews-share = The group would read what it is, and nothing else: no place and no name of a program. You see the exact words before anything is posted.
goodnews-share-go = Choose how

## Good news as the group would read it, when its member chose to show it

action-goodnews-interview = Had an invitation to an interview
action-goodnews-offer = Received an offer
action-goodnews-position = Found a place in research or a clinic
action-goodnews-letter = Received a letter of recommendation
action-goodnews-exam-passed = Passed an exam
action-goodnews-certified = Was certified
action-goodnews-matched = Matched
action-goodnews-visa-granted = Received a visa
action-goodnews-other = Had good news
