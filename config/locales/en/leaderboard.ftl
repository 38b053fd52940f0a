### /leaderboard: actions taken, never rejections. Everything here is shown to one member, privately.

command-leaderboard = The actions of this group, this week first. Private
command-leaderboard-period = Which time
choice-period-week = this week
choice-period-month = this month
choice-period-season = this season
choice-period-all = all time

board-title-week = This week
board-title-month = This month
board-title-season = This season
board-title-all = All time
# $first, $last: days, as "Monday 16 November"
board-span = { $first } to { $last }
board-since = Since { $first }
board-span-all = Everything so far
board-empty-week = Nothing on the board yet this week. A small step is enough to begin.
board-empty-other = Nothing on the board yet.

# One place, here and in the weekly post. Ties share a rank; the code marks keep the names under each other.
# $rank: a number, with blanks before it up to the widest of its list
board-line = `{ $rank }` **{ $name }** · { $count }
board-line-you = `{ $rank }` **{ $name }** (you) · **{ $count }**
board-around = **Around you**
board-total = { $count ->
    [one] Together: **{ $count } action**.
   *[other] Together: **{ $count } actions**.
}
# $before: the group's own actions in the week before
board-total-before = Together: **{ $count }** (last week: { $before }).
board-first-timers = Here for the first time: { $names }.

# $count: the viewer's own actions, which nobody else sees
board-own-hidden = { $count ->
    [0] You have no action in this time yet. You are not on this board.
    [one] You: **{ $count } action**. You are not on this board, so nobody else sees it.
   *[other] You: **{ $count } actions**. You are not on this board, so nobody else sees them.
}
board-own-none = Nothing of yours in this time yet. It stays open.

board-week = Week
board-month = Month
board-season = Season
board-all = All time
board-appear = How I appear
board-see = See the board
board-change = Change this
board-this-server = this server
# $number: 1, 2, …, for servers whose names are not at hand
board-server-number = Server { $number }
board-which-server = Which group’s board would you like to see?
board-which-server-choose = Choose a group

## How a member appears

# $server: the server's name
board-ask = **How should your actions appear in { $server }?** The group sees how many, never what or why. Your earlier actions appear too. You can change this at any time.
board-ask-short = The group sees how many actions, never what or why. Your earlier actions appear too. You can change this at any time.
board-appear-shown = Show my name
board-appear-alias = Use an alias
board-appear-hidden = Keep me hidden

board-now-shown = Your actions stand on the board of { $server } as **{ $name }**.
board-now-alias = Your actions stand on the board of { $server } as **{ $name }**. The board does not show your name.
board-now-hidden = You are hidden on the board of { $server }. Your actions count for you alone.
board-now-unasked = You have not chosen yet, so nothing of yours stands on the board of { $server }.
board-not-here = I have not seen you in that server. Please press this there once.

board-alias-title = Another name for the board
board-alias-label = Alias
board-alias-hint = 2 to 32 characters. The group will read it.
board-alias-short = An alias needs { $least } characters or more.
board-alias-marks = Please use letters, numbers and spaces. Links, mentions and special marks cannot be part of an alias.
board-alias-letters = Please choose an alias with letters in it that is not a word Discord uses for everybody.
board-alias-taken = Somebody in this group has that name already. Please choose another.
