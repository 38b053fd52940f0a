### /help and /about: the way in, by what a person wants to do.


help-title = What would you like to do?
help-rejection = **I got a no, or no answer**
    Write it down in fifteen seconds. You alone see it. A rumour is not a rejection: wait until it is yours.
help-rejection-button = Log it
help-action = **I did something**
    A CV line, a message, a rest day on purpose. Each counts.
help-action-button = Log it
help-message = **I want to write to them**
    A reply, a thank-you, one question: from a few short answers. You send it yourself.
help-message-button = Write
help-next = **What comes next?**
    Where you stand in each recovery, and when the next message comes.
help-next-button = Show me
help-patterns = **What repeats in my rejections?**
    What they have in common, and which ones. As a picture: `/insights progress`. You alone see it.
help-patterns-button = Show me
help-journal = **I want to write about it**
    A lens after a day, a week, a month; an interview; a sentence that leaves room. You alone read it.
help-journal-button = Write
help-ten = **I want to begin small**
    Ten days, one small step each. A day you miss costs nothing.
help-ten-button = See ten steps
help-quiet = **I want it quiet**
    Pause, slow down or stop. Rest is allowed, and nothing is lost by it.
help-quiet-button = How
help-data = **My data**
    Take a copy, change your settings, or erase everything.
help-data-button = How
help-lead = **I lead this group**
    Channel, weekly post, time zone, and a test.
help-lead-button = Set up
help-more = Good news closes what it answers: `/goodnews`. What the group did: `/leaderboard`. Somebody to talk to: `/support`. About me and your privacy: `/about`.

help-quiet-title = Quiet
help-quiet-pause = `/me pause` holds every message until you say `/me resume`. What was planned waits for you.
help-quiet-one = `/recovery pause` or `/recovery stop` is for one rejection. There is always a way back.
help-quiet-hours = `/me settings` sets your hour, your quiet hours, a lighter pace, and silent messages or none.
help-quiet-now = Pause everything now

help-data-title = Your data
help-data-export = `/me export` gives you everything at once, as JSON and CSV.
help-data-settings = `/me settings` sets where you are, your hour, quiet hours, pace and how messages come, and in a server also how it sees you. `/rejection edit`, `/rejection delete` and `/action undo` change one thing at a time. `/me import` brings a list you have already.
help-data-erase = `/me erase` deletes everything at once, after you type a word. You get a receipt.

about-title = About { -brand }
about-what = I stay with you after a rejection, for about a month, until each no has become something you chose to do. I am a program. I do not read messages in this server, and nobody watches what you write to me.
about-kept = **What is kept:** rejections, actions, good news, journal, drafts and settings that you enter, and the name you have in a server. What you write in your own words is encrypted with a key of your own. Erasing destroys that key.
about-seen = **Who sees it:** you. The group sees an action when you choose to show it, under your name, under an alias, or without a name. A group lead sees nothing of that. Whoever runs this program can see kinds, dates, feelings from 1 to 5, names, aliases and settings. Your own words are sealed in the stored files; whoever holds both the files and the key to them could open them.
about-not = **What I am not:** not medical care, not legal or visa advice, not connected to any residency program. I never compute chances.
# $day: the oldest check of any number on the support card
about-numbers = **Where numbers come from:** phone numbers on the support card carry their source, and were last checked on { $day }. Shares and thresholds about a season are rough orientation from one published article, never about you.
about-version = Version { $version }
about-privacy-button = Privacy policy
about-problem-button = Report a problem
about-no-privacy = Privacy policy: please ask whoever runs this bot for it. `/me export` and `/me erase` work without asking anybody.
about-no-problem = To report a problem, tell the group lead of this server, who can reach whoever runs this bot.

did-title = What did you do this week?
did-intro = Choose one. It counts at once, and you can undo it. You alone see this card.
did-choose = Choose an action
did-other = Something else, in my words
