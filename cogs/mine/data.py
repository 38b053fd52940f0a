"""A copy of everything, and leaving: the cards, the form with the typed word, and their presses."""

from collections.abc import Mapping
from typing import Any

from discord import ButtonStyle, ui

from bot.services.erasure import INTENT, Receipt
from bot.services.exports import ExportFile
from bot.services.takedown import GIVE_UP_DAYS
from bot.ui.buttons import Press
from bot.ui.cards import WARM, Card, press
from bot.ui.forms import Form
from bot.ui.request import Request

WORD_MAX = 40
_TOLD = (
    "rejections",
    "nudges",
    "actions",
    "goodnews",
    "drafts",
    "wins",
    "kudos",
    "deliveries",
    "post_names",
    "memberships",
    "counters",
    "receipts",
    "members",
)


def export_card(request: Request, files: list[ExportFile]) -> Card:
    """The files, seen by the member alone."""
    card = Card().title(request.voice("me-export-title")).text(request.voice("me-export-what"))
    for file in files:
        card.attach(file.name, file.content)
    return card.note(request.voice("me-export-note"))


def counted(request: Request, rows: Mapping[str, int]) -> str:
    """One line for each kind of thing there is any of."""
    voice = request.voice
    there = [(name.replace("_", "-"), rows[name]) for name in _TOLD if rows.get(name)]
    return "\n".join(f"- {voice(f'me-count-{name}', count=count)}" for name, count in there)


def erase_card(request: Request, rows: Mapping[str, int]) -> Card:
    """What would go, and the button to the typed word."""
    voice = request.voice
    card = Card(accent=WARM).title(voice("me-erase-title"))
    if not any(rows.values()):
        return card.text(voice("me-erase-nothing"))
    card.text(voice("me-erase-what")).text(counted(request, rows)).text(voice("me-erase-backups"))
    if rows.get("deliveries"):
        card.text(voice("me-erase-letters"))
    return card.row(
        press("me-export", label=voice("me-export-button")),
        press("me-erase", label=voice("me-erase-button"), style=ButtonStyle.danger),
    )


def other_word_card(request: Request) -> Card:
    """Nothing was erased, and the way to type it again."""
    voice = request.voice
    card = Card(accent=WARM).text(voice("me-erase-other-word", word=voice("me-erase-word")))
    return card.row(press("me-erase", label=voice("me-erase-button"), style=ButtonStyle.danger))


def receipt_card(request: Request, receipt: Receipt) -> Card:
    """The receipt: a count for each kind of thing, and what Discord has not deleted yet."""
    voice = request.voice
    card = Card().title(voice("me-erased-title")).text(counted(request, receipt.rows))
    if receipt.posts:
        card.text(voice("me-erased-posts", count=receipt.posts))
    if receipt.posts_left:
        card.text(voice("me-erased-left", count=receipt.posts_left, days=GIVE_UP_DAYS))
    card.text(voice("me-erased-key"))
    if receipt.rows.get("deliveries"):
        card.text(voice("me-erase-letters"))
    return card.note(voice("me-erased-bye"))


class EraseForm(Form):
    """One field, and one word that has to be typed."""

    def __init__(self, request: Request) -> None:
        voice = request.voice
        super().__init__(voice("me-erase-form-title"))
        self.word: ui.TextInput[Any] = self.ask(
            voice("me-erase-form-label", word=voice("me-erase-word")), ui.TextInput(max_length=WORD_MAX)
        )

    async def submitted(self, request: Request) -> None:
        """Erase when the word is the word."""
        request.typed = request.again = None
        if self.word.value.strip().casefold() != request.voice("me-erase-word").casefold():
            await request.show(other_word_card(request))
            return
        receipt = await erased(request)
        request.pending.forget(request.user_id)
        request.member = None
        await request.show(receipt_card(request, receipt))


async def erased(request: Request) -> Receipt:
    """Erase. What has begun finishes by itself, so an error on the way says so."""
    receipt: Receipt | None = None
    try:
        receipt = await request.services.erasure.erase(request.user_id, request.now)
    finally:
        if receipt is not None:
            request.kept("me-erased-not-shown")
        elif await request.services.facts.get(f"{INTENT}{request.user_id}") is not None:
            request.kept("me-erase-begun")
    return receipt


async def show_export(request: Request) -> None:
    """Make the files and show them."""
    request.known  # noqa: B018 - raises for somebody of whom nothing is kept
    await request.show(export_card(request, await request.services.exports.everything(request.user_id)))


async def show_erase(request: Request) -> None:
    """Count and ask."""
    await request.show(erase_card(request, await request.services.erasure.preview(request.user_id)))


class MeExport(Press, verb="me-export"):
    """A copy of everything."""

    async def pressed(self, request: Request) -> None:
        await show_export(request)


class MeErase(Press, verb="me-erase"):
    """The form with the word."""

    async def pressed(self, request: Request) -> None:
        await request.open(EraseForm(request))


class MeStay(Press, verb="me-stay"):
    """The answer to the question after a long time: everything stays."""

    async def pressed(self, request: Request) -> None:
        await request.services.retention.stay(request.known.user_id, request.now)
        await request.show(Card().text(request.voice("idle-stays")))


PRESSES = (MeExport, MeErase, MeStay)
