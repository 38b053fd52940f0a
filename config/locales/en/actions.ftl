### /action, and the one answer to logging an action wherever it was logged.

command-action = What you did after a setback. Private to you
command-action-log = Log something you did. Leave it empty to see ideas. Private
command-action-log-what = Choose from the list, or write it in your own words
command-action-log-date = The day, for example: today, yesterday, 3 Nov 2026
command-action-log-rejection = Which rejection it was for, if any
command-action-list = What you have done, the latest first. Private
command-action-undo = Take back an action you logged in the last 24 hours. Private
command-action-undo-action = Which one. Leave this empty for the latest
command-action-ideas = Small things you could do next. Private
menu-count-mine = Count as my action

## What kinds outside the catalogue are called

action-custom = Something in my own words
action-shared-post = Shared something in the channel
action-gone = An action of this server

## The answer to logging

# $action: what was done; $day: as "Sunday 22 November"
action-logged = **{ $action }** · { $day }
action-counted = Noted. It counts.
action-already = This was counted already. It counts once.
action-noted-under = This was counted already. What you wrote now is kept with it.
action-kept-quietly = It is kept in your list.
action-over-ceiling = It is kept in your list. Today’s score is full: at most ten actions a day count, three of one kind. That keeps the board fair, and it is also a good moment to rest.

action-form-title = Something I did
action-form-what = What did you do?
action-form-what-hint = Private, encrypted. Not monitored, not medical care, no patient details.
action-form-day = When
action-form-day-today = Today
action-day-asked = I can read that date in two ways. Which day was it?
# $days: how many days back; $earliest: as 2026-10-23
action-day-too-old = Actions can be logged up to { $days } days back. The earliest day I can take is { $earliest }.
action-words-missing = Please write a few words about what you did.
action-unknown = I do not know this action any more. Please choose one from the list, or write it in your own words.
action-choose = What was it?

## Ideas

ideas-button = Ideas
ideas-title = What could be next
ideas-done = I did this
ideas-others = I did something else
ideas-own = In my own words

## The list

action-list-title = What you did
action-list-none = Nothing here yet. A rest day kept on purpose is an action too.
action-not-scored = kept, not scored
action-shared = shown to the group
action-thanks = { $count ->
    [one] { $count } person said thank you
   *[other] { $count } people said thank you
}

## Undo

action-undone = Taken back: { $action }.
action-undone-written = If you wrote about it in your journal, that stays there: `/journal list` shows it.
action-undone-post = The post about it goes too.
action-undo-late = The time for undoing this one is over. The button works for 15 minutes, and `/action undo` for 24 hours.
action-undone-already = This was taken back already.
action-nothing-to-undo = There is no action of the last 24 hours to take back.

## The menu on a message

action-menu-ask = Your message can count as an action. What was it? I keep nothing of what you wrote there.
action-menu-others = This message is somebody else’s. Your own messages in the group’s channel can count.
action-menu-bot = This message is from a bot. Your own messages in the group’s channel can count.
action-menu-channel = This works for your own messages in the group’s channel, the one your lead chose for posts.
