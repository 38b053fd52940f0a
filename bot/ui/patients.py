"""The gentle word in a private answer when what was typed may hold a patient's details. It blocks nothing."""

from typing import Any

from discord import ui

from bot.domain.patients import looks_like_patient
from bot.ui.cards import Card
from bot.ui.request import Request


def warned(request: Request, card: Card, *texts: str | None, edit: ui.Button[Any] | None = None) -> Card:
    """The card, with a note and the way to change the text when it looks like a patient's; nothing is noted."""
    if not looks_like_patient(texts):
        return card
    card.text(request.voice("patient-note" if edit is not None else "patient-note-undo"))
    return card if edit is None or card.holds(str(edit.custom_id)) else card.row(edit)
