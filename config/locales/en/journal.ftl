### /journal: the kinds of entries with their questions, the reframes, and every screen.
### The questions ask; they do not judge. Nothing argues with a feeling, and nothing says how a thing will end.

command-journal = What you learn from a no, in your own words. Private to you
command-journal-write = Write a journal entry: a lens, an interview, a reframe. Private
command-journal-write-kind = What you want to write. Leave this empty to choose from a list
command-journal-write-rejection = The rejection it is about, if any
command-journal-list = Your journal entries by date, the latest first. Private
command-journal-list-kind = Show one kind of entry
command-journal-list-month = Show one month
command-journal-search = Find what you wrote. Private, and nothing is noted
command-journal-search-words = One word or more. An entry is found when it holds all of them
command-journal-view = One journal entry, with everything you wrote. Private
command-journal-view-entry = Type a few letters to find it
command-journal-edit = Change one of your journal entries. Private
command-journal-edit-entry = Type a few letters to find it
command-journal-delete = Delete one of your journal entries, after a question. Private
command-journal-delete-entry = Type a few letters to find it

## Within a day

entry-day = The first day
entry-day-about = What happened, what you feel, and what can wait
entry-day-happened = What happened
entry-day-happened-hint = As it was. Two lines are enough
entry-day-feeling = What I feel
entry-day-feeling-hint = One word is enough: sad, angry, ashamed, tired, numb …
entry-day-not-today = What I will not do today
entry-day-not-today-hint = For example: read the letter again, book the exam, answer at night

## Within a week

entry-week = A look after a week
entry-week-about = What was in your hands, the target, and what you would change
entry-week-control = What was in my control?
entry-week-control-hint = And what was not
entry-week-target = Was it the right target for now?
entry-week-target-hint = A place, a time, a level. “Yes” is an answer too
entry-week-change = What would I change first?
entry-week-change-hint = One is enough. It brings ideas for your next action
entry-week-change-materials = What they read: CV, email, statement, answers
entry-week-change-target = Where I aim: the place, the person, the list
entry-week-change-approach = How I go about it: the way I ask or prepare
entry-week-change-timing = When: the time, the order, the waiting
entry-week-change-nothing = Nothing in my control, this time
entry-week-next = How I would do it next time
entry-week-next-hint = In your own words

## Within a month

entry-month = The longer view
entry-month-about = What repeats, how you work, and the one thing you build next
entry-month-repeats = What repeats in my rejections?
entry-month-repeats-hint = A kind, a stage, a month, a sentence. “Nothing yet” is an answer
entry-month-system = What I change in how I work
entry-month-system-hint = Days, places, people, order
entry-month-build = The one thing I build next
entry-month-build-hint = In one sentence
entry-month-by = By when
entry-month-by-hint = A month is enough
entry-month-help = Who could help
entry-month-help-hint = A role, or a person

## After an interview

entry-recall = Recall, reflect, refine
entry-recall-about = After an interview: what they asked, where you shone, what you refine
entry-recall-asked = Recall: what they asked
entry-recall-asked-hint = Every question you still remember. No patient cases, please
entry-recall-shone = Reflect: where I shone
entry-recall-shone-hint = The answer you would give again
entry-recall-weak = Reflect: where I did not
entry-recall-weak-hint = Honest and short
entry-recall-refine = Refine: what I change
entry-recall-refine-hint = The new first sentence of one answer, for example

entry-interview = An interview, taken apart
entry-interview-about = Weak answers, stumbles, chances that went by, and what you wanted
entry-interview-weak = Answers that were weak
entry-interview-weak-hint = And what was missing in them
entry-interview-stumbled = Where I stumbled
entry-interview-stumbled-hint = The moment before it often tells more
entry-interview-fit = Chances to show fit that went by
entry-interview-fit-hint = What I knew about them and did not say
entry-interview-wanted = This place, or the idea of it?
entry-interview-wanted-hint = Which one did I want? It brings ideas for your next action
entry-interview-wanted-place = This place
entry-interview-wanted-idea = The idea of it
entry-interview-wanted-both = Both
entry-interview-wanted-unsure = I am not sure
entry-interview-practise = What I practise next
entry-interview-practise-hint = One thing, before the next interview

## The feeling, the story, and a sentence that leaves room

entry-reframe = A sentence that leaves room
entry-reframe-about = The feeling first, then the story, then a sentence you can act on
entry-reframe-feeling = First, the feeling
entry-reframe-feeling-hint = It may stay as it is. One word is enough
entry-reframe-story = The story I hear in my head
entry-reframe-story-hint = For example: “They prefer American graduates”
entry-reframe-picked = A sentence that leaves room
entry-reframe-picked-hint = If one of these is true for you. If none is, leave it
entry-reframe-own = Or in my own words
entry-reframe-own-hint = True, and with something to do

# Words that turn a sentence into its opposite, without apostrophes. A story that somebody denies is not offered as theirs.
reframe-noes = no not never nobody nothing none neither nor without hardly cannot cant dont doesnt didnt isnt arent wasnt werent aint wont wouldnt couldnt shouldnt havent hasnt hadnt stopped wrong false untrue myth used
reframe-american-graduates-story = They prefer American graduates
reframe-american-graduates-room = My experience is an asset. I have not yet shown it in their words
reframe-not-enough-story = I am not smart enough
reframe-not-enough-room = One qualification is not built yet. It has a name, and I can start on it
reframe-unfair-story = The system is unfair
reframe-unfair-room = It is hard, and it has patterns. Patterns can be learned
reframe-nobody-answers-story = Nobody even answers me
reframe-nobody-answers-room = My message has not yet met the right person in the right form
reframe-too-late-story = I graduated too long ago
reframe-too-late-room = What I have done since is real. It is not yet easy to see on my page
reframe-wasted-years-story = These years were wasted
reframe-wasted-years-room = These years taught me things that I have not written down yet
reframe-everybody-else-story = Everybody else is further along
reframe-everybody-else-room = I see their news. I do not see their noes
reframe-my-english-story = My English is not good enough
reframe-my-english-room = I can practise the ten sentences that I need most
reframe-one-exam-story = This score says who I am
reframe-one-exam-room = One exam showed one day. The report says what to work on
reframe-they-saw-story = They saw that I do not belong there
reframe-they-saw-room = They saw one hour of me. An hour can be practised
reframe-my-passport-story = My passport decides everything
reframe-my-passport-room = Some doors need a paper. I can find out which, on the official page
reframe-last-chance-story = This was my last chance
reframe-last-chance-room = This door is closed. I can list those that I have not tried
reframe-family-story = I have let my family down
reframe-family-room = I can tell one of them the truth, and what I do next

## The form

journal-form-notice = For you alone. Not monitored, not medical care. No patient details.
# $day: as "Wednesday 25 November". At most 45 characters with it
journal-form-there = What you wrote on { $day }
journal-form-pick = Choose one, or leave it
# $field: the label of a field
journal-needs = One field is still empty, and it is needed: **{ $field }**. One word is enough. Nothing is saved yet.
journal-empty = All fields of this form are empty, so there is nothing to keep yet. A few words in one of them are enough, for example under **{ $field }**.
journal-kind-gone = I do not have this kind of entry any more. Please choose another with `/journal write`.
journal-kind-unknown = I do not know this kind of entry. Please choose one from the list.
journal-pick = More than one journal entry fits. Please choose one from the list that opens while you type.

## Choosing what to write

journal-title = Your journal
journal-start = You alone read it, and it is encrypted. What would you like to write?
# $kind: as "a research position"; $day: as "Sunday 22 November"
journal-start-about = About { $kind }, { $day }. You alone read it, and it is encrypted. What would you like to write?
journal-choose = Choose what to write
journal-there = You have written about it before:
journal-button = Journal
journal-write-button = Write in my journal
journal-reframe-button = A sentence that leaves room
journal-list-button = My journal
journal-which = Which one do you want to write about?
journal-which-written = Written already
# $entry: the kind of entry; $kind: as "Research position"; $day: as "Sunday 22 November"
journal-which-line = { $entry }: { $kind }, { $day }

## About which

journal-which-rejection = About one of your rejections?
journal-about-none = Not about one of my rejections

## After saving

journal-kept = In your journal, for you alone
journal-changed = Changed. It is in your journal, for you alone.
# $feeling: the member's own word
journal-feeling = You gave it a name: **{ $feeling }**. It may be there. Nothing has to be done about it today.
journal-room = When you want it, this sentence is yours: **{ $sentence }**
# $story: the story as a sentence of the list; $sentence: the one that answers it
journal-offer = To the story “{ $story }” there is a sentence you have not picked. If it is true for you, keep it: **{ $sentence }**
journal-offer-button = Keep this sentence
journal-suggests = From your answers, one of these could be your next action. None is needed today. Press one when it is done.
journal-suggests-later = The week-2 check-in brings them once more.
journal-view-button = Open it

## The week-2 check-in

journal-next-title = From your analysis
journal-next-none = There is no analysis of this one yet, so there is nothing to draw from. You can write it now, or take an idea from the list.
# $question: as "What would I change first?"
journal-next-unchosen = Under “{ $question }” nothing is chosen yet, and the ideas come from that answer. You can choose one now, or take an idea from the list.
journal-next-choose = Choose one now
journal-next-unfit = None of the ideas for your answer fits right now. There are others in the list.
journal-next-others = All ideas
journal-next-did = Press one when it is done. That answers this check-in.

## One entry

# $kind: as "a research position"; $day: as "Sunday 22 November"
journal-about = About { $kind }, { $day }
journal-edited = changed { $day }
journal-saved = Saved.
journal-long = This entry is long, so all of it is in this file.
journal-delete-ask = Delete this journal entry of { $day }? It cannot be brought back.
journal-delete-now = Delete it
journal-delete-keep = Keep it
journal-deleted = Deleted. Nothing of its words is left with me. An action that came from writing it stays, because you did it.

## The list and the search

journal-none = Nothing here yet. Two lines on a hard day are an entry too.
journal-none-here = Nothing fits this filter.
journal-open = Open a journal entry
journal-all-kinds = All kinds
journal-filter = Show one kind
journal-months = Show one month
journal-all-months = All months
journal-search-button = Search
journal-search-title = Search your journal
journal-search-label = One word or more
journal-search-hint = An entry is found when it holds all of them
# $words: what was searched for
journal-found = { $count ->
    [one] One journal entry holds “{ $words }”
   *[other] { $count } journal entries hold “{ $words }”
}
journal-found-none = No journal entry holds “{ $words }”. A shorter word finds more.
journal-words-missing = Please write a word to look for.
