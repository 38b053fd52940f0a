### /insights progress: what became of it, in a picture and in words. No praise, no hurry, never a reason or a chance.

command-insights-progress = What became of it: a picture, and the same in words. Private

progress-title = What became of it
progress-none = There is nothing to look at yet. When a no comes, or an answer does not come, this is where you see what you did with it.
# $noes, $actions: how many; $since: the day of the first no
progress-sum = { $noes ->
    [one] **One no**
   *[other] **{ $noes } noes**
} since { $since }. { $actions ->
    [0] Nothing is written down beside it yet, and nothing has to be.
    [one] **One thing you did** is written down beside it.
   *[other] **{ $actions } things you did** are written down beside it.
}
# $news: kinds of good news with their numbers
progress-news = Good news: { $news }
progress-over-time = Noes by stage, and actions
progress-column-week = Counted by week, from Monday.
progress-column-month = Counted by month.
progress-column-two-months = Counted by two months.
progress-column-quarter = Counted by three months.
progress-column-year = Counted by year.
progress-actions = Actions
# $what: a stage, or "Actions"; $count: all of them; $when: months or weeks with their numbers
progress-line = **{ $what }** { $count } ({ $when })
progress-earlier = Before that: noes { $noes }, actions { $actions }.
progress-waits = From a no to the next action
progress-wait-same-day = same day
# $first, $last: days
progress-wait-days = { $first }–{ $last } days
progress-wait-longer = longer
# $days: half of the noes were followed by an action after so many days or fewer
progress-middle = { $days ->
    [0] Half of them on the same day.
    [one] Half of them within a day.
   *[other] Half of them within { $days } days.
}
# $count: noes after which no action is written down
progress-open = { $count ->
    [one] After one no, nothing is written down yet. There is no hurry.
   *[other] After { $count } noes, nothing is written down yet. There is no hurry.
}
# $noes: a round number; $day: when it was reached; $actions, $news: how many from that day on
progress-reached = **{ $noes } noes** by { $day }. From that day on: { $actions ->
    [0] no actions yet
    [one] one action
   *[other] { $actions } actions
}, and { $news ->
    [0] no good news yet.
    [one] one piece of good news.
   *[other] { $news } pieces of good news.
}
progress-story = One applicant had fifteen in a row, asked for feedback, and heard that the email could have gone to anybody. The next three answers were yes. That is one story, and no rule.
# $handful: from how many on there is a picture
progress-too-few = Fewer than { $handful } are told in words. From { $handful } on there is a picture.
progress-no-picture = The picture could not be drawn this time. Here is the same in words.
progress-note = You alone see this. An action counts here when it came on the day of a no or later, whatever it was about.
progress-patterns = What repeats in them
progress-button = As a picture

## Read out instead of the picture

# $title: what it shows; $sums: each row with its number
progress-alt-grid = A picture. { $title }: { $sums }. The numbers of each column stand in the words below it.
progress-alt-waits = { $title }: { $sums }.
