### Wins: an action the member chose to show. The lines marked "the group reads this" stand in a channel.

win-offer-button = Show the group

wins-how = Would you like { $server } to see this one? Nothing is posted yet.
wins-which-server = Which group should see it?
wins-named = With my name
wins-anonymous = Anonymously
wins-preview = The group would read:
wins-when-named = It appears at once, and you can take it back at any time.
wins-when-anonymous = It waits between 6 and 48 hours, and then until the anonymous wins of five different people can appear at the same time, in mixed order. So nobody can see whose it is from when it appears. In a small group this can take much longer than two days. You can take yours back at any time.
wins-post = Post it
# $channel: the channel's mention
wins-shared = It is on its way to { $channel }.
wins-shared-before = This one is in { $channel } already.
wins-the-channel = the group’s channel
# $when: as "Monday 23 November, 18:00"
wins-waits = It waits. The earliest it can appear is { $when }, and never alone: with those of four other people or more.
wins-withdraw = Take it back
wins-withdrawn = Taken back. The group does not see it.
wins-ended = This one was taken back earlier. It stays that way.
wins-no-channel = There is no channel here for this yet. The group lead can choose one with `/server setup`.
wins-thanked = Your thanks are passed on. They see a number, not a name.
wins-thanked-before = You said thank you already. It is kept.
wins-own = This one is yours. The thanks are for others to give.

## The group reads this

# $name: as the member chose to be called; $action: from the catalogue, as "Revised my CV"
wins-line = **{ $name }**: { $action }
wins-line-anonymous = **Somebody in this group**: { $action }
wins-own-step = Took a step of my own
wins-thank = Say thank you
