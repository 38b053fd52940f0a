"""Picking one of one's own things in the option of a command."""

from collections.abc import Iterable

from discord import app_commands

from bot.domain.rejections import Rejection
from bot.errors import NotYours
from bot.ids import is_id
from bot.ui.words import choices
from config.words import Voice


def rejection_choices(voice: Voice, own: Iterable[Rejection]) -> list[app_commands.Choice[str]]:
    """What autocomplete offers of rejections: the place, or the kind where there is none, and the day."""
    named = ((r, r.who or voice(f"kind-{r.kind}")) for r in own)
    return choices((str(r.id), f"{name} · {voice.day(r.occurred_on)}") for r, name in named)


def picked_id(picked: str | None) -> int | None:
    """The id that was chosen, if any. Raises NotYours for text that came from no list."""
    if picked is not None and not is_id(picked):
        raise NotYours
    return None if picked is None else int(picked)
