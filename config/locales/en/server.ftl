### /server, the welcome post and the test post. Read by group leads, who are not programmers; the posts by everybody.


## The welcome post

server-welcome-title = Hello, I am { -brand }
server-welcome-what = After a rejection I stay with a member, in private, for a month. Nobody here sees a rejection. What the group sees are **actions**: a CV line, a message, a rest day, when their member chooses to show them.
server-welcome-lead = For the group lead: a short checklist opens with the button. Until a channel is chosen I post nothing more.
server-welcome-setup = Set up
server-welcome-help = What can I do here?

server-test-post = This is a test from the group lead. It worked: posts for the group arrive in this channel. You can delete this message.

## Setup

server-language-name = English
server-setup-title = Set up
server-setup-what = Each part can be left out, changed later, or finished another day. **What will be visible:** once a channel is chosen, one post a week there, and the wins that members share themselves. No rejection is ever posted, and nobody is pinged.
server-setup-later = Everything is saved as you choose it. Come back with `/server setup`.
server-setup-button = Set up

server-channel-none = **Channel:** none yet, so nothing is posted.
server-channel-well = **Channel:** { $channel }. I may post there.
# $rights: what is missing; $needed: everything I need. Both are lists
server-channel-wrong = **Channel:** { $channel }. I cannot post there yet: I am missing { $rights }. To change that, open the channel's settings, then Permissions, add me, and allow { $needed }. Then test again.
server-channel-gone = **Channel:** it was deleted. Please choose another one. Until then nothing is posted.
server-channel-refused = **Channel:** { $channel }. Discord refused my last post there, so I stopped. Please check the channel's permissions for me, then send a test. If it arrives, posts go on.
server-channel-choose = Choose the channel for posts
server-channel-first = Please choose a channel first.
server-right-view = View Channel
server-right-send = Send Messages
server-right-embed = Embed Links
server-right-files = Attach Files
server-right-refused = a permission

# $day: Sunday; $clock: 18:00; $at, $ahead: Discord's own timestamps, in the reader's time
server-weekly-next = **Weekly post:** { $day }, { $clock } server time. The next one: { $at }, { $ahead }.
server-weekly-waits = **Weekly post:** { $day }, { $clock } server time, as soon as there is a channel that I can post in.
server-weekly-is-off = **Weekly post:** off.
server-weekly-off = Turn the weekly post off
server-weekly-on = Turn the weekly post on
server-empty-on = Post in a quiet week too
server-empty-off = Skip a quiet week
server-empty-is-on = **A week without an action:** the post comes all the same, with its question.
server-empty-is-off = **A week without an action:** no post.
server-day-choose = Day of the weekly post
server-day-0 = Monday
server-day-1 = Tuesday
server-day-2 = Wednesday
server-day-3 = Thursday
server-day-4 = Friday
server-day-5 = Saturday
server-day-6 = Sunday
server-hour-choose = Hour of the weekly post

server-zone-title = Where is the group?
server-zone = **Time zone:** { $place }. It is { $clock } there now.
server-zone-none = **Time zone:** not chosen. I use UTC, where it is { $clock } now.
server-zone-choose = Choose the server's time zone

server-language = **Language of posts:** { $language }.
server-language-choose = Choose the language of posts

server-role = **Peer support:** { $role } is named, without a ping, where a member wants to talk to somebody.
server-role-none = **Peer support:** no role. You can name one for members who want to talk to somebody.
server-role-gone = **Peer support:** that role was deleted. Please choose another one, or leave it empty.
server-role-choose = Choose a role for peer support

server-test-button = Send a test
server-test-sent = It arrived: { $link }
server-test-waits = The test is on its way. Discord has not answered yet.
server-test-look = Look again
# $code: Discord's error code, for the host
server-test-refused = It did not arrive. Discord refused the post (code { $code }).

## Status

server-status-title = How things stand
server-people = **People:** { $count } members have used me here.
server-people-few = **People:** fewer than five, so I give no number.
server-entries = **This server's own actions:** { $labels }
server-entries-none = **This server's own actions:** none. Add one with `/server action add`.

## Removing and adding

server-remove-entry = Catalogue entry: { $label }
server-remove-alias = Alias: { $alias }
server-remove-win = Win: { $kind } · { $day }
server-remove-own-kind = an action of this server
server-removed-alias = The alias is gone. Its member stands on no board until they choose how to be shown.
server-removed-win = The win is gone, and its message too, at once or within a minute.
server-removed-entry = The entry is gone from the catalogue. Actions that were logged with it still count.
server-entry-added = Added: { $label }. Members here find it in `/action log`.
server-entry-marks = Please use plain words without links, mentions or formatting marks.
server-entry-letters = Please write it in words, so that members know what it means.
server-entry-double = This server has that entry already.
server-entries-full = There are { $most } entries already, and no more fit. Remove one first with `/server remove`.
