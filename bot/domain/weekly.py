"""What the weekly post says, from counts alone: which week it shows, which prompt it asks, when it is left out.

The post shows one week of the board, Monday to Sunday in the server's zone, so that post and board agree. Posted from
Thursday to Sunday it shows the week that is running; from Monday to Wednesday, the week that has just ended.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.boards import Board

LATEST = timedelta(hours=24)
"""After downtime a post may come this much late; after that the group waits for the next one."""
_LOOKS_BACK = timedelta(days=3)
_FIRST_MONDAY = date(1970, 1, 5)


@dataclass(frozen=True, slots=True)
class WeeklyPost:
    """One weekly post. `board` is the group's, with names not yet escaped; `prompt` is the key of a sentence.

    `running` tells whether the week is still going on at the moment of the post.
    """

    language: str
    board: Board
    prompt: str | None
    running: bool

    @property
    def empty(self) -> bool:
        """Whether it was a week without an action."""
        return not self.board.top


def week_shown(day: date) -> date:
    """The Monday of the week that a post made on this local day shows."""
    meant = day - _LOOKS_BACK
    return meant - timedelta(days=meant.weekday())


def is_running(starts_on: date, today: date) -> bool:
    """Whether the week that began on this Monday is still going on."""
    return today < starts_on + timedelta(days=7)


def week_key(starts_on: date) -> str:
    """The week's name, as `2026-W47`."""
    year, week, _ = starts_on.isocalendar()
    return f"{year}-W{week:02}"


def post_key(guild_id: int, starts_on: date) -> str:
    """What makes the post of one week in one server unique, whoever makes it and how often."""
    return f"weekly:{guild_id}:{week_key(starts_on)}"


def is_too_late(due_at: datetime, now: datetime) -> bool:
    """Whether a post was missed for so long that it is left out."""
    return now - due_at > LATEST


def prompt_of(prompts: Sequence[str], guild_id: int, starts_on: date) -> str | None:
    """The prompt of a week: servers begin at different places, and none comes again before all others have."""
    if not prompts:
        return None
    weeks = (starts_on - _FIRST_MONDAY).days // 7
    return prompts[(weeks + guild_id) % len(prompts)]


def without_names(body: str, names: Collection[str], instead: str) -> str | None:
    """A stored post with these names, as posts write them (bold), replaced; None when none of them is in it."""
    components = json.loads(body)
    if not _replace(components, {f"**{name}**" for name in names}, f"**{instead}**"):
        return None
    return json.dumps(components, ensure_ascii=False, separators=(",", ":"))


def _replace(node: Any, bold: Collection[str], instead: str) -> bool:
    """Replace in every text of a component tree, in place. True when something was there."""
    if isinstance(node, list):
        return sum(_replace(one, bold, instead) for one in node) > 0
    if not isinstance(node, dict):
        return False
    found = _replace(node.get("components"), bold, instead)
    text = node.get("content")
    for name in bold:
        if isinstance(text, str) and name in text:
            text = node["content"] = text.replace(name, instead)
            found = True
    return found
