### /me: settings, rest, the delivery record, a copy of everything, and leaving.

language-name = English

## Settings

me-settings-title = Your settings
# $place: city and country; $clock: the time there now
me-zone-line = **Where:** { $place }, { $clock } now
me-hour-line = **Check-ins come at:** { $hour }
me-quiet-line = **Quiet:** { $start } to { $end }. Nothing reaches you then.
me-quiet-none = **Quiet:** no quiet hours
me-messages-notify-line = **Direct messages:** with a notification
me-messages-silent-line = **Direct messages:** without a sound
me-messages-off-line = **Direct messages:** off. I do not write to you.
me-dm-open = My messages reach you.
me-paused-line = **Everything is paused.** Nothing is lost by it.
me-zone-choose = Change where you are
me-hour-choose = Change the hour of your check-ins
me-hour-option = At { $hour }
me-messages-choose = Change how messages come
me-messages-notify = With a notification
me-messages-silent = Without a sound
me-messages-off = Off: no direct messages
me-language-choose = Change the language
me-quiet-button = Quiet hours
me-pause-button = Pause everything
me-resume-button = Resume
me-visibility-button = How this server sees me
me-deliveries-button = Messages to me
me-fallback-button = If my messages are closed
me-saved = Saved.
me-moved = Saved. What is still to come has moved with it.
me-off-now = Off. I do not write to you until you change this, and what was planned waits.
me-quiet-title = Quiet hours
me-quiet-from = From
me-quiet-to = Until
me-quiet-same = The same hour twice means no quiet hours

me-paused-now = Everything is paused. Rest is allowed, and nothing is lost by it. I will not write to you until you resume.
me-resumed = Welcome back. If a message was missed, it comes at your hour, all in one.
me-next-none = No check-in is planned at the moment.
me-resumed-off = The pause is over, and your direct messages are still off. You can change that in `/me settings`.

## When direct messages are closed

me-fallback-title = If my messages can not reach you
me-fallback-private = Sometimes Discord does not let me write to you. Then I tell you in my next private answer, here. That is how it always works.
me-fallback-mention = If you like, I can mention you in a server’s channel besides: at most once a day, and never in your quiet hours. Others there can see that I mention you. The post never says why.
me-fallback-now-private = **Now:** in my next private answer
# $server: the name of a server
me-fallback-now-mention = **Now:** in my next private answer, and with a mention in { $server }
me-fallback-no-channel = A mention needs a server where the lead has set up a channel for me. There is none here yet.
me-fallback-on = Mention me in { $server }
me-fallback-off = No mention

# $member: a mention of the member. This is the whole post: everybody in the channel can read it.
mention-post = { $member }, something waits for you. Press the button, and you alone see it.
mention-show = Show me

## The delivery record

me-deliveries-title = My messages to you
me-deliveries-none = Nothing was sent to you yet.
me-deliveries-next = The next check-in comes { $when }.
me-given-up = { $count ->
    [one] One check-in did not reach you: Discord did not accept it. `/recovery today` shows where you stand, and nothing else is lost.
   *[other] { $count } check-ins did not reach you: Discord did not accept them. `/recovery today` shows where you stand, and nothing else is lost.
}
me-deliveries-kept = { $count ->
    [one] One check-in could not reach you and waits. It comes when your messages are open.
   *[other] { $count } check-ins could not reach you and wait. They come in one message when your messages are open.
}
me-delivery-checkin = Check-in
me-delivery-test = Test message
me-delivery-sent = { $what }: arrived { $when }
me-delivery-late = { $what }: arrived { $when }, { $hours ->
    [one] 1 hour late
   *[other] { $hours } hours late
}
me-delivery-waiting = { $what }: on its way, next try { $when }
me-delivery-not = { $what } of { $when }: did not arrive. { $why }
# The host put an older copy of the data back, so nobody knows whether this message went out in between.
me-delivery-left-out = { $what } of { $when }: left out. I was set back to an earlier copy of my data, and it may have reached you before that.
me-deliveries-left-out = { $count ->
    [one] One check-in was left out when I was set back to an earlier copy of my data. It may have reached you before that.
   *[other] { $count } check-ins were left out when I was set back to an earlier copy of my data. They may have reached you before that.
}
me-delivery-why-closed = Discord refused it: your direct messages are closed to me.
me-delivery-why-no-server = We share no server any more, so Discord does not let me write to you.
me-delivery-why-no-answer = Discord did not answer for two days, so I let it go.
me-delivery-why-other = Discord did not accept it, for a reason I do not know.

## A copy of everything

me-export-button = A copy of everything
me-export-title = A copy of everything
me-export-what = Here is all I keep about you. `everything.json` holds every row. The other files open in a spreadsheet.
me-export-note = A cell that could start a formula has an apostrophe in front. Nobody else sees these files: keep them somewhere safe.

## Leaving

me-erase-title = Erase everything
me-erase-what = This would be deleted at once, and nobody can bring it back:
me-erase-nothing = There is nothing of yours here, so there is nothing to erase.
me-erase-backups = Your key is destroyed, so your own words become unreadable in the host’s older backups too, as long as no old copy of the keys is kept. What I posted for you is taken down.
me-erase-letters = The direct messages I sent you stay in our conversation on Discord, with the kind and the day they were about. You can close the conversation there.
me-erase-button = Erase everything
me-erase-form-title = Erase everything
me-erase-word = ERASE
me-erase-form-label = Type { $word } to confirm
me-erase-other-word = That was another word, so nothing was erased. The word is { $word }.
me-erased-title = Everything is erased
me-erased-posts = { $count ->
    [one] One post of yours was taken down.
   *[other] { $count } posts of yours were taken down.
}
me-erased-left = { $count ->
    [one] Discord has not deleted one post yet. I try again every night. If Discord refuses for { $days } days, it stays, and the group’s lead can delete it.
   *[other] Discord has not deleted { $count } posts yet. I try again every night. If Discord refuses for { $days } days, they stay, and the group’s lead can delete them.
}
me-erased-key = Your key is destroyed, and your own words in the host’s older backups become unreadable with it, as long as no old copy of the keys is kept. One mark without your name stays, so that an older backup cannot bring you back.
me-erased-bye = Thank you for having been here. You can come back at any time.
me-erase-begun = Your erasure has begun, and something went wrong on my side before its end. It finishes by itself, within a day. Nothing more is sent to you. Mark for the host: { $mark }
me-erased-not-shown = Everything of yours is erased, but I could not show the receipt. Mark for the host: { $mark }

me-count-rejections = Rejections: { $count }
me-count-nudges = Check-ins: { $count }
me-count-actions = Actions: { $count }
me-count-goodnews = Good news: { $count }
me-count-drafts = Drafts: { $count }
me-count-wins = Wins: { $count }
me-count-kudos = Thanks you gave: { $count }
me-count-deliveries = Records of my messages to you: { $count }
me-count-post-names = Weekly posts with your name: { $count }
me-count-memberships = Servers you were seen in: { $count }
me-count-counters = Your numbers on leaderboards: { $count }
me-count-receipts = Marks that a press was answered once: { $count }
me-count-members = Settings: { $count }

## After a long time

idle-body = Hello again. You have not been here for a year and a half. I keep what you wrote for six more months, and then I erase all of them. If they should stay, one press is enough.
idle-stay-button = Keep everything
idle-stays = Thank you. Everything of yours stays.
