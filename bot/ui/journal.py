"""The way into the journal that every feature may offer, and how an entry is called. What the presses do is in `cogs/journal`."""

from typing import Any

from discord import ButtonStyle, ui

from bot.domain.rejections import Rejection
from bot.ui.cards import press
from bot.ui.request import Request
from config.words import Voice


def open_journal(
    kind: str, rejection_id: int | None, *, label: str, style: ButtonStyle = ButtonStyle.secondary
) -> ui.Button[Any]:
    """A button that opens the form of one kind of entry, about a rejection or about none."""
    return press("journal-new", f"{kind}.{rejection_id or 0}", label=label, style=style)


def choose_entry(rejection_id: int | None, *, label: str) -> ui.Button[Any]:
    """A button that shows what was written about a rejection, and the kinds of entry to write."""
    return press("journal-start", rejection_id or 0, label=label)


def entry_name(voice: Voice, kind: str) -> str:
    """What a kind of entry is called; the journal's own name for a kind that the host has taken out of the file."""
    return voice(f"entry-{kind}") if voice.has(f"entry-{kind}") else voice("journal-title")


def about_what(request: Request, rejection: Rejection) -> dict[str, str]:
    """Kind and day of a rejection, as sentences take them; never who it was."""
    voice = request.voice
    kind = request.content.kind(rejection.kind)
    return {
        "kind": voice(f"kind-{kind.id}-short"),
        "day": voice.day(rejection.occurred_on, request.today.year),
    }
