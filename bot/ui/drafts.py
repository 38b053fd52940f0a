"""The ways in to a letter that other features put on their cards; what they do is in `cogs/drafts`."""

from typing import Any

from discord import ButtonStyle, ui

from bot.ui.cards import press
from config.words import Voice


def write_arg(kind_id: str, rejection_id: int | None) -> str:
    """What a press or a form about one letter carries: `<rejection or 0>.<kind>`."""
    return f"{rejection_id or 0}.{kind_id}"


def reply_button(voice: Voice, kind_id: str, rejection_id: int) -> ui.Button[Any]:
    """Opens the form of the letter that answers a rejection."""
    return press("draft-write", write_arg(kind_id, rejection_id), label=voice("draft-reply-button"))


def letters_button(voice: Voice, rejection_id: int | None = None) -> ui.Button[Any]:
    """Shows the letters there are, those that fit the rejection first."""
    return press("draft-new", rejection_id or "", label=voice("draft-new-button"), style=ButtonStyle.primary)
