"""The form of an entry, made from the questions in `journal.toml`, and the one field of the search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import discord
from discord import TextStyle, ui

from bot.domain.journal import ANSWER_MAX, Asks, EntryKind, JournalBook, Question
from bot.errors import NotYours, UserError
from bot.ids import is_id
from bot.ui.cards import shorten
from bot.ui.forms import Form
from bot.ui.lasting import LastingForm
from bot.ui.request import Request
from config.words import Voice

SEARCH_MAX = 50
KEPT = "kept:as-it-stands"
"""The option for a stored sentence that is none of today's: no reframe has this id."""
MOST_OPTIONS = 25
OPTION_MAX = 100
TITLE_MAX = 45
_WRITING = (Asks.TEXT, Asks.LINE)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a form is about: a rejection, an entry to change, or nothing. Written `0`, `r12` or `e12`."""

    kind: str
    rejection_id: int | None = None
    entry_id: int | None = None

    def __str__(self) -> str:
        what = f"e{self.entry_id}" if self.entry_id else f"r{self.rejection_id}" if self.rejection_id else "0"
        return f"{self.kind}.{what}"

    @classmethod
    def parse(cls, arg: str) -> Self:
        """Raises NotYours for what no form of ours carries."""
        kind, _, what = arg.partition(".")
        if what == "0":
            return cls(kind)
        if not is_id(what[1:]) or what[:1] not in ("e", "r"):
            raise NotYours
        number = int(what[1:])
        return cls(kind, entry_id=number) if what[0] == "e" else cls(kind, rejection_id=number)


class JournalForm(LastingForm, verb="journal"):
    """At most five fields. The notice stands under the last field that takes text."""

    def __init__(
        self,
        request: Request,
        kind: EntryKind,
        opened: Opened,
        answers: Mapping[str, str] | None = None,
        title: str | None = None,
    ) -> None:
        voice = self._voice = request.voice
        super().__init__(shorten(title or voice(f"entry-{kind.id}"), TITLE_MAX), str(opened))
        self.kind, self.opened = kind, opened
        self._fields: dict[str, Any] = {}
        self._stored = answers or {}
        noticed = _noticed(kind)
        for question in kind.questions:
            key = f"entry-{kind.id}-{question.id}"
            answer = self._stored.get(question.id)
            field = _field(
                voice, request.content.journal, key, question, answer, noticed=question.id == noticed
            )
            hint = None if question.asks is Asks.TEXT else voice(f"{key}-hint")
            if question.id == noticed:
                hint = voice("journal-form-notice")
            self._fields[question.id] = self.ask(voice(key), field, hint)

    @classmethod
    async def rebuilt(cls, request: Request, arg: str) -> Self:
        """Made anew after a restart; an entry to change is looked up among the member's own."""
        opened = Opened.parse(arg)
        kind = request.content.journal.kind(opened.kind)
        if kind is None:
            raise UserError("journal-kind-gone")
        if opened.entry_id is None:
            return cls(request, kind, opened)
        entry = await request.services.journal.get(request.user_id, opened.entry_id)
        return cls(request, kind, opened, entry.answers)

    def answers(self) -> dict[str, str | None]:
        """What was submitted, by question. A newly picked reframe is kept in its words of today."""
        found: dict[str, str | None] = {}
        for question in self.kind.questions:
            field = self._fields[question.id]
            if question.asks is Asks.REFRAME:
                found[question.id] = self._sentence(question, field.values)
            else:
                found[question.id] = field.value
        return found

    def _sentence(self, question: Question, picked: Sequence[str]) -> str | None:
        if not picked:
            return None
        return self._stored[question.id] if picked[0] == KEPT else self._voice(f"reframe-{picked[0]}-room")

    async def submitted(self, request: Request) -> None:
        """Hand what was written to the flow."""
        from cogs.journal.flow import take  # noqa: PLC0415 - the flow opens this form again

        await take(request, self)


def _noticed(kind: EntryKind) -> str | None:
    """The field under which the notice stands: the last paragraph, or else the last line."""
    writing = [question for question in kind.questions if question.asks in _WRITING]
    writing.sort(key=lambda question: question.asks is Asks.TEXT)
    return writing[-1].id if writing else None


def _field(
    voice: Voice, book: JournalBook, key: str, question: Question, answer: str | None, *, noticed: bool
) -> Any:
    required = question.required
    if question.asks is Asks.CHOICE:
        choices = [
            discord.RadioGroupOption(value=c.id, label=voice(f"{key}-{c.id}"), default=c.id == answer)
            for c in question.choices
        ]
        return ui.RadioGroup(custom_id=question.id, required=required, options=choices)
    if question.asks is Asks.REFRAME:
        return _reframes(voice, book, question, answer)
    return ui.TextInput(
        custom_id=question.id,
        style=TextStyle.short if question.asks is Asks.LINE else TextStyle.paragraph,
        required=required,
        max_length=ANSWER_MAX,
        default=answer,
        placeholder=voice(f"{key}-hint") if question.asks is Asks.TEXT or noticed else None,
    )


def _reframes(voice: Voice, book: JournalBook, question: Question, answer: str | None) -> "ui.Select[Any]":
    options = [
        discord.SelectOption(
            value=one,
            label=voice(f"reframe-{one}-room"),
            description=voice(f"reframe-{one}-story"),
            default=voice(f"reframe-{one}-room") == answer,
        )
        for one in book.reframes
    ]
    if answer is not None and not any(option.default for option in options):
        kept = discord.SelectOption(value=KEPT, label=shorten(answer, OPTION_MAX), default=True)
        options = [kept, *options[: MOST_OPTIONS - 1]]
    return ui.Select(
        custom_id=question.id,
        options=options,
        placeholder=voice("journal-form-pick"),
        required=question.required,
        min_values=int(question.required),
    )


class SearchForm(Form):
    """One field."""

    def __init__(self, request: Request) -> None:
        voice = request.voice
        super().__init__(voice("journal-search-title"))
        self.words: ui.TextInput[Any] = self.ask(
            voice("journal-search-label"), ui.TextInput(max_length=SEARCH_MAX), voice("journal-search-hint")
        )

    async def submitted(self, request: Request) -> None:
        """Show what holds the words."""
        from cogs.journal.flow import find  # noqa: PLC0415 - the flow opens this form again

        await find(request, self.words.value)
