### /rejection

rejection-form-title = Log a rejection
rejection-form-edit = Change this rejection
rejection-form-kind = What was it for?
rejection-form-kind-hint = A rumour is not a rejection. Silence can be one.
rejection-form-who = Who or where
rejection-form-who-hint = Private to you, and encrypted
rejection-form-day = When
rejection-form-day-today = Today
rejection-form-said = What they said
rejection-form-notice = Not monitored by people, not medical care. No patient details, please.
rejection-form-feeling = How does it feel?
feeling-1 = 1 · very heavy
feeling-2 = 2 · heavy
feeling-3 = 3 · in between
feeling-4 = 4 · bearable
feeling-5 = 5 · steady

rejection-day-asked = I can read "{ $typed }" in two ways. Which day was it?
rejection-kind-unknown = I do not know this kind. Please choose one from the list.
rejection-pick = More than one rejection fits. Please choose one from the list that opens while you type.
rejection-undo-late = The 15 minutes for undoing are over. You can still open the rejection and delete it.

logged-title = Saved, for you alone
logged-heavy = That is heavy. You do not have to carry it alone: *Support* and *Talk to someone* are below.
logged-what = { $kind } · { $day }
logged-next = **What comes next, as direct messages** ({ $zone }):
logged-today = Nothing is asked of you today.
logged-old = This was more than a month ago, so no check-ins start by themselves.
logged-old-start = Start check-ins anyway
logged-paused = Your messages are paused, so these wait until you resume.
logged-twin = You saved the same thing a few minutes ago. Is it one and the same?
logged-twin-remove = The same: remove this one
rejection-saved = Saved.
edited-next = **The check-ins went with the date** ({ $zone }):
edited-none-ahead = With this date, every check-in lies in the past. None is still to come.
edited-past = { $count ->
    [one] One step lies in the past now, so it is left out.
   *[other] { $count } steps lie in the past now, so they are left out.
}
rejection-deleted = Deleted: { $kind }. Its check-ins are gone too. You can take this back for 15 minutes.
rejection-how-choose = How did it come?

list-title = Your rejections
list-none = Nothing here yet. When a no comes, or an answer does not come, `/rejection log` takes fifteen seconds.
list-none-here = Nothing fits this filter.
list-open = Open a rejection
list-filter = Show one kind
list-all-kinds = All kinds
list-open-only = With check-ins
list-everything = Show all
list-log = Log one
list-page = Page { $page } of { $pages } · { $total } in all

recovery-none = no check-ins
recovery-open = check-ins under way
recovery-paused = paused
recovery-stopped = stopped
recovery-finished = finished
recovery-answered = answered by good news
