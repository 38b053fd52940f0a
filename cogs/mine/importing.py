"""The import: a template, a look at what the file holds, the one question about its dates, and the press that saves."""

from dataclasses import dataclass
from datetime import date

import discord
from discord import ButtonStyle

from bot.domain.imports import BYTES_MAX, COLUMNS, Problem, Row, fold
from bot.domain.sheets import table
from bot.errors import UserError
from bot.services.imports import Preview
from bot.ui.buttons import Press
from bot.ui.cards import Card, press
from bot.ui.request import Request

SHOWN = 10
NO_YEAR = 0
"""Nobody lives in this year, so every day is said with its own."""
TEMPLATE = "stepforward-template.csv"


@dataclass(frozen=True, slots=True)
class FileWaiting:
    """A file whose dates read two ways, waiting for the press that says which."""

    content: bytes


@dataclass(frozen=True, slots=True)
class RowsWaiting:
    """The rows of a preview, waiting for the press that saves them."""

    rows: tuple[Row, ...]
    duplicates: tuple[Row, ...]


def kind_names(request: Request) -> dict[str, str]:
    """What a kind may be called in a file: its id, and its name in English and in the member's language."""
    voices = (request.words.speak(None), request.voice)
    found = {fold(voice(f"kind-{kind.id}")): kind.id for kind in request.content.kinds for voice in voices}
    return found | {fold(kind.id): kind.id for kind in request.content.kinds}


async def begin(request: Request, file: discord.Attachment | None) -> None:
    """Without a file, how one looks; with one, what it holds."""
    if file is None:
        await request.show(how_card(request))
        return
    if file.size > BYTES_MAX:
        raise UserError("import-too-large")
    await look(request, await file.read(), None)


async def look(request: Request, content: bytes, day_first: bool | None) -> None:
    """Read the file and show the card for what it holds."""
    preview = await request.services.imports.preview(
        request.known, content, kind_names(request), day_first=day_first, now=request.now
    )
    if preview.unclear is not None:
        await request.show(_dates_card(request, content, preview.unclear))
        return
    await request.update(_preview_card(request, preview))


def how_card(request: Request) -> Card:
    """How the file looks, and a template."""
    voice = request.voice
    card = Card().title(voice("import-title")).text(voice("import-how"))
    card.text(voice("import-kinds", kinds=", ".join(f"`{kind.id}`" for kind in request.content.kinds)))
    return card.row(press("import-template", label=voice("import-template-button")))


def _dates_card(request: Request, content: bytes, unclear: tuple[str, str]) -> Card:
    voice = request.voice
    token = request.pending.put(request.user_id, FileWaiting(content), request.now)
    days = [date.fromisoformat(text) for text in unclear]
    return (
        Card()
        .text(voice("import-dates"))
        .row(
            *(
                press(
                    "import-day", f"{token}.{first}", label=voice(key, day=voice.day(day, request.today.year))
                )
                for first, key, day in zip(
                    (1, 0), ("import-day-first", "import-month-first"), days, strict=True
                )
            )
        )
    )


def _preview_card(request: Request, preview: Preview) -> Card:
    voice = request.voice
    count, twice = len(preview.rows), len(preview.duplicates)
    wrong = len({problem.number for problem in preview.problems})
    token = request.pending.put(request.user_id, RowsWaiting(preview.rows, preview.duplicates), request.now)
    card = Card().title(voice("import-title")).text(voice("import-found", count=count))
    card.text(_span(request, preview.rows))
    if twice:
        card.text(voice("import-duplicates", count=twice))
    if wrong:
        lines = [f"- {_told(request, problem)}" for problem in preview.problems[:SHOWN]]
        card.text("\n".join((voice("import-problems", count=wrong), *lines)))
    if len(preview.problems) > SHOWN:
        card.note(voice("import-more"))
        card.attach("rows-to-mend.csv", _problems_file(request, preview.problems))
    card.note(voice("import-no-protocol"))
    return card.row(
        press("import-go", f"{token}.0", label=voice("import-go", count=count), style=ButtonStyle.primary)
        if count
        else None,
        press("import-go", f"{token}.1", label=voice("import-go-all", count=count + twice))
        if twice
        else None,
        press("import-template", label=voice("import-template-button")) if wrong else None,
    )


def _span(request: Request, rows: tuple[Row, ...]) -> str:
    """The first and the last day that were read, with the year: a date read wrongly shows here."""
    if not rows:
        return ""
    days = sorted(row.draft.occurred_on for row in rows)
    first, last = (request.voice.day(day, NO_YEAR) for day in (days[0], days[-1]))
    return request.voice("import-span", count=len(rows), first=first, last=last)


def _told(request: Request, problem: Problem) -> str:
    why = request.voice(problem.key, **problem.values)
    return request.voice("import-problem", row=str(problem.number), column=problem.column, why=why)


def _problems_file(request: Request, problems: tuple[Problem, ...]) -> bytes:
    said: dict[object, str] = {}
    rows: list[tuple[str, str, str]] = []
    for p in problems:
        # The same few faults, thousands of times: each is put into words once, so that nobody waits for it.
        same = (p.key, *p.values.items())
        if same not in said:
            said[same] = request.voice(p.key, **p.values)
        rows.append((str(p.number), p.column, said[same]))
    return ("\ufeff" + table(("row", "column", "why"), rows)).encode()


class ImportTemplate(Press, verb="import-template"):
    """The header of a file that can be imported, with one row to write over."""

    async def pressed(self, request: Request) -> None:
        card = Card().text(request.voice("import-template"))
        example = ("research", request.voice("import-example-who"), "2026-11-03", "email", "", "3")
        card.attach(TEMPLATE, ("\ufeff" + table(COLUMNS, [example])).encode())
        await request.show(card)


class ImportDay(Press, verb="import-day"):
    """How the dates of the file are written: `<token>.<1 for day first>`."""

    async def pressed(self, request: Request) -> None:
        token, _, first = self.arg.rpartition(".")
        waiting = request.pending.take(request.user_id, token, FileWaiting, request.now)
        if waiting is None:
            raise UserError("import-gone")
        await look(request, waiting.content, first == "1")


class ImportGo(Press, verb="import-go"):
    """Save the rows: `<token>.<1 with those that are there already>`."""

    async def pressed(self, request: Request) -> None:
        token, _, everything = self.arg.rpartition(".")
        waiting = request.pending.take(request.user_id, token, RowsWaiting, request.now)
        if waiting is None:
            raise UserError("import-gone")
        rows = waiting.rows + (waiting.duplicates if everything == "1" else ())
        count = await request.services.imports.take(
            request.known, rows, interaction_id=request.id, now=request.now
        )
        request.kept()
        card = Card().text(request.voice("import-done", count=count))
        await request.update(card.row(press("rejection-list", "0.all.0", label=request.voice("list-button"))))


PRESSES = (ImportTemplate, ImportDay, ImportGo)
