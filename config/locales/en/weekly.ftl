### The group's weekly post. Everybody in the channel reads it: actions alone, and names that were chosen to be shown.

weekly-title = This week in the group
weekly-title-past = Last week in the group
# $first: a day, as "Monday 16 November"
weekly-span = The week of { $first }
# The week is not over: the number in the next post may be higher.
weekly-span-running = The week of { $first }, so far
weekly-total = { $count ->
    [one] Together: **{ $count } action**.
   *[other] Together: **{ $count } actions**.
}
# $before: the group's own actions in the week before
weekly-total-before = { $count ->
    [one] Together: **{ $count } action**. The week before: { $before }.
   *[other] Together: **{ $count } actions**. The week before: { $before }.
}
# In place of a name that is not known, here and on the board
weekly-somebody = somebody
weekly-new = { $count ->
    [one] Here for the first time: { $names }. Welcome.
   *[other] Here for the first time: { $names }. Welcome, all of you.
}
weekly-empty = No action was shared this week. That is fine. Rest is part of the road.
weekly-prompt = **A question for the week**
    { $prompt }
weekly-button = I did something this week
weekly-board = See the board
weekly-small-print = A CV line, a message, an hour of rest on purpose: it counts. You choose whether your name is shown.
