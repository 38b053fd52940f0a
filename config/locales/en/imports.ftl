### /me import. Row numbers are those of the member's own spreadsheet: the header is row 1.

import-title = Your own list
import-how = Send a CSV file with `/me import`, at most 2,000 rows. The first row names the columns: `kind`, `who`, `date`, `how`, `said`, `feeling`. The date is needed, and `kind` or `who`. Other columns are left alone. You see what was found before anything is saved.
# $kinds: the ids of the kinds
import-kinds = Kinds are { $kinds }. Names like "Observership" or "Step 1" are understood too.
import-template-button = Template
import-template = Fill this file in and send it with `/me import`. Write over the example row.
import-example-who = Example: a lab or a program

import-dates = The dates in this file can be read in two ways, and I do not guess. How is the first of them meant?
import-day-first = { $day }: the day comes first
import-month-first = { $day }: the month comes first
import-found = { $count ->
    [0] No new row can be imported.
    [one] One row can be imported.
   *[other] { $count } rows can be imported.
}
# $first, $last: days with their year, as "Thursday 1 October 2026"
import-span = { $count ->
    [one] It is from { $first }.
   *[other] The first is from { $first }, the last from { $last }.
}
import-duplicates = { $count ->
    [one] One row is in your list already, so it is left out.
   *[other] { $count } rows are in your list already, so they are left out.
}
import-problems = { $count ->
    [one] One row needs a change first:
   *[other] { $count } rows need a change first:
}
import-problem = Row { $row }, { $column }: { $why }
import-more = All of them are in the file.
import-no-protocol = An import starts no check-ins. Nothing is saved until you press.
import-go = { $count ->
    [one] Import one row
   *[other] Import { $count } rows
}
import-go-all = Import all { $count }, also those I have
import-done = { $count ->
    [one] One row is saved, for you alone.
   *[other] { $count } rows are saved, for you alone.
}

import-too-large = This file is larger than 1 MB. Please send a smaller part of it. Nothing was saved.
import-too-many = This file has more than { $most } rows. Please send it in parts. Nothing was saved.
import-empty = There are no rows in this file. Nothing was saved.
import-unreadable = I cannot read this file. Please save it as CSV (UTF-8) and send it again. Nothing was saved.
import-no-columns = I do not find the columns I need. The first row must name `date`, and `kind` or `who`. The template shows how. Nothing was saved.
import-no-date = There is no date in this row.
import-kind-unknown = I do not know this kind. The names I know are in `/me import`.
import-how-unknown = I do not know this. Email, portal, phone and silence are understood.
import-feeling-unknown = This is a number from 1 to 5, or empty.
import-gone = I no longer have this file in memory. Nothing was saved. Please send it again.
