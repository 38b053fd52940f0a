### /insights progress: what became of it, in a picture and in words. No praise, no hurry, never a reason or a chance.

command-insights-progress = What became of it: a picture, and the same in words. Private

progress-title = What became of it
progress-none = There is nothing to look at yet. When a no comes, or an answer does not come, this is where you see what you did with it.
# $noes: how many rejections; $actions: how many; $since: the day of the first one
progress-sum = { $noes ->
    [one] **One rejection**
   *[other] **{ $noes } rejections**
} since { $since }. { $actions ->
    [0] No action is written down yet, and none has to be.
    [one] You also wrote down **one thing you did**.
   *[other] You also wrote down **{ $actions } things you did**.
}
# $news: kinds of good news with their numbers
progress-news = Good news: { $news }
progress-over-time = Rejections by stage, and actions
progress-column-week = Counted by week, from Monday.
progress-column-month = Counted by month.
progress-column-two-months = Two months together, named by the first.
progress-column-quarter = Three months together, named by the first.
progress-column-year = Counted by year.
progress-actions = Actions
# $what: a stage, or "Actions"; $count: all of them; $when: months or weeks with their numbers
progress-line = **{ $what }** { $count } ({ $when })
progress-earlier = Before that: rejections { $noes }, actions { $actions }.
progress-waits = From a rejection to the next action
progress-wait-same-day = same day
# $first, $last: days
progress-wait-days = { $first }–{ $last } days
# $days: as "30"
progress-wait-longer = over { $days } days
# $wait: as "same day" or "1–3 days"; $count: after how many rejections it was so
progress-wait-told = { $wait }: { $count ->
    [one] once
   *[other] { $count } times
}
# $days: half of the rejections were followed by an action after so many days or fewer
progress-middle = { $days ->
    [0] After half of them, it came the same day.
    [one] After half of them, it came within a day.
   *[other] After half of them, it came within { $days } days.
}
# $count: rejections after which no action is written down
progress-open = { $count ->
    [one] After one rejection, nothing is written down yet. There is no hurry.
   *[other] After { $count } rejections, nothing is written down yet. There is no hurry.
}
# $noes: a round number; $day: when it was reached; $actions, $news: how many from that day on
progress-reached = **{ $noes } rejections** by { $day }. { $actions ->
    [0] { $news ->
        [0] What you do from that day on will stand here.
        [one] From that day on: one piece of good news.
       *[other] From that day on: { $news } pieces of good news.
    }
   *[other] From that day on: { $actions ->
        [one] one action
       *[other] { $actions } actions
    }{ $news ->
        [0] .
        [one] , and one piece of good news.
       *[other] , and { $news } pieces of good news.
    }
}
progress-story = One applicant had fifteen rejections in a row, asked for feedback, and heard that the email could have gone to anybody. The next three answers were yes. That is one story, and no rule.
# $handful: from how many on there is a picture
progress-too-few = Fewer than { $handful } are told in words. From { $handful } on there is a picture.
progress-no-picture = The picture could not be drawn this time. Here is the same in words.
progress-note = You alone see this. An action counts here when it came on the day of a rejection or later, whatever it was about.
progress-patterns = What repeats in them
progress-button = What became of it

## Read out instead of the picture

# $title: what it shows; $sums: each row with its number
progress-alt-grid = A picture. { $title }: { $sums }. The numbers of each column stand in the words below it.
progress-alt-waits = { $title }: { $sums }.
