# Days, hours and time zones: what is said when one of them cannot be read or cannot be used.
# Dates arrive as 2026-11-03; $worded is English, because the form reads English months in every language.

# $hour, $quiet_from, $quiet_to: whole hours of the day, 0 to 23
settings-hour-in-quiet =
    { NUMBER($hour, minimumIntegerDigits: 2) }:00 is inside your quiet hours ({ NUMBER($quiet_from, minimumIntegerDigits: 2) }:00 to { NUMBER($quiet_to, minimumIntegerDigits: 2) }:00), so a check-in at that hour would never arrive. Choose another hour, or move your quiet hours first.

zone-ambiguous-offset =
    Please type the nearest large city instead, for example Lagos, Karachi or Manila. Short forms such as GMT+5, EST or IST mean different times to different computers, and many of them ignore summer time. With a city, your messages come at the right hour all year.
zone-several =
    More than one time zone has that name. Type the nearest large city, then choose it from the list.
zone-unknown =
    I do not know that place yet. Try the nearest large city or your country, in English, for example Lagos or Peru.

# $example: yesterday as 2026-11-21; $worded: the same day as 21 November 2026
date-unreadable =
    I could not read that date. You can type it like { $example } or { $worded }. "Yesterday" and "3 days ago" work too.
# $today: the member's own date as 2026-11-22
date-future =
    That day has not come yet: for you, today is { $today }. Please check the day, the month and the year.
# $years: how many years back is allowed; $earliest: the first day allowed as 2016-11-22
date-too-old =
    That date is more than { $years } years ago. The earliest day I can keep is { $earliest }. Please check the year.
date-no-such-day =
    The calendar has no such day. Nothing is saved yet. Please check the day and the month.
# $most: how many characters fit
date-too-long =
    That is too long for a date: { $most } characters fit. A date like 2026-11-03 is enough.
date-odd-characters =
    There are characters in that date I cannot read, perhaps from copying it. Please type it again, for example 2026-11-03.
