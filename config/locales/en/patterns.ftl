### /insights patterns: what repeats in a member's own entries. A pattern says how many, and which ones. It never says
### why, and never how likely anything is. $count: the entries it came from; $among: out of how many; $what: the kind,
### stage or month they share. Title at most 80 characters, "says" 300, "do" 500.

command-insights = What your entries say when you look at them together. Private to you
command-insights-patterns = What repeats in your entries, and what you could do about it. Private

patterns-title = What repeats
patterns-intro = I put your entries side by side. A pattern is not a reason, and it says nothing about your worth. You decide if it is yours.
patterns-none = Nothing repeats so far, and that is an answer too. A pattern needs three entries that have something in common. What they wrote to you counts as well, when you keep it with the entry.
patterns-none-left = Nothing else repeats. What you put aside is below.
patterns-note = You alone see this. The group sees nothing of it.
patterns-aside = You said “not mine” to these
patterns-looked = I looked. Count it
patterns-back = All patterns
patterns-button = What repeats

pattern-look = Look
pattern-entries = { $count ->
    [one] The entry it comes from
   *[other] The { $count } entries it comes from
}
pattern-do = What could help
pattern-note = It says what repeats. Why, you know better than I do.
pattern-not-mine = Not mine
pattern-mine = It is mine
pattern-take-back = Take it back
pattern-put-aside = Put aside: { $pattern }. I will not show it again, unless you take it back.
pattern-gone = This pattern is not there any more: the entries it came from have changed. `/insights patterns` shows what repeats now.

## What is shared, without a rule that names it

pattern-kind-title = The same kind: { $what }
pattern-kind-says = { $count } of your { $among } entries of the past year are of this kind.
pattern-kind-do = When one kind of door stays closed, it is worth knowing how the ones who got in did it. Show one of these attempts to somebody who has done it, and ask what they would change first.

pattern-stage-title = The same stage: { $what }
pattern-stage-says = { $count } of your { $among } entries of the past year belong to this stage of the road.
pattern-stage-do = Your effort may be worth most at this one stage for a while. Choose one part of it, and ask somebody who is one step ahead what helped them there.

pattern-month-title = A heavy month: { $what }
pattern-month-says = { $count } of your { $among } entries of the past year came in this one month.
pattern-month-do = So much at once is a lot to carry, and nothing has to be solved in the same month. Keep one day free, tell one person how it was, and look for lessons later.
