"""The weekly post as the group sees it: short lines that fit a phone, one prompt, one button. No names but chosen ones."""

import re
from collections.abc import Sequence

from discord import ButtonStyle

from bot.domain.boards import Place
from bot.domain.members import Member
from bot.domain.nudges import Delivery, Purpose
from bot.domain.weekly import WeeklyPost
from bot.services.outbox import Fallback
from bot.services.weekly import WriteWeekly
from bot.ui.cards import Card, press
from bot.ui.nudge_body import payload
from config.words import Voice, Words

NAME_SHOWN = 40

# What turns or hides text, and control characters: a name must not reach beyond itself.
_HIDDEN = re.compile(r"[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_MARKS = re.compile(r"[\\*_~|`>#\[\]()<]")
_LINKS = re.compile(r"(?i)(:)(//)|(www)(\.)|(discord)(\.)")


def safe_name(name: str) -> str:
    """A member's name as text and nothing else: no markdown, mention, command, timestamp, link or turned direction."""
    plain = " ".join(_HIDDEN.sub(" ", name).split())
    if len(plain) > NAME_SHOWN:
        plain = plain[: NAME_SHOWN - 1].rstrip() + "…"
    escaped = _MARKS.sub(r"\\\g<0>", plain).replace("@", "@\u2060")
    return _LINKS.sub(lambda found: "\u2060".join(part for part in found.groups() if part), escaped)


def weekly_writer(words: Words) -> WriteWeekly:
    """The function the weekly service calls for each post."""
    return lambda post, delivery_id: payload(weekly_card(words.speak(post.language), post, delivery_id))


def with_plain_weekly(words: Words, others: Fallback) -> Fallback:
    """What replaces a weekly post that Discord refuses, a name caught by a filter perhaps: the invitation, no names."""

    def plain(delivery: Delivery, member: Member | None) -> str | None:
        if delivery.purpose is not Purpose.WEEKLY:
            return others(delivery, member)
        voice = words.speak(None)
        button = press("did-something", delivery.id, label=voice("weekly-button"), style=ButtonStyle.primary)
        return payload(Card().title(voice("weekly-title")).row(button))

    return plain


def weekly_card(voice: Voice, post: WeeklyPost, delivery_id: int) -> Card:
    """The group's total, the board, who is new, one prompt, and the way to join in."""
    card = (
        Card().title(voice("weekly-title" if post.running else "weekly-title-past")).note(_span(voice, post))
    )
    if post.empty:
        card.text(voice("weekly-empty"))
    else:
        card.text(_total(voice, post))
        card.text(place_lines(voice, post.board.top))
    if post.board.first_timers:
        names = voice.join(
            [f"**{safe_name(name) or voice('weekly-somebody')}**" for name in post.board.first_timers]
        )
        card.text(voice("weekly-new", names=names, count=len(post.board.first_timers)))
    if post.prompt is not None:
        card.rule().text(voice("weekly-prompt", prompt=voice(post.prompt)))
    return card.row(
        press("did-something", delivery_id, label=voice("weekly-button"), style=ButtonStyle.primary),
        press("leaderboard", "week", label=voice("weekly-board")),
    ).note(voice("weekly-small-print"))


def _span(voice: Voice, post: WeeklyPost) -> str:
    key = "weekly-span-running" if post.running else "weekly-span"
    return voice(key, first=voice.day(post.board.starts_on))


def _total(voice: Voice, post: WeeklyPost) -> str:
    total = post.board.total
    if total is None:
        return ""
    if total.before is None:
        return voice("weekly-total", count=total.actions)
    return voice("weekly-total-before", count=total.actions, before=total.before)


def place_lines(voice: Voice, places: Sequence[Place], *, you: int | None = None) -> str:
    """One short line for each place, on the board as in the post; ranks as wide as the widest, so that names align."""
    width = max((len(str(place.rank)) for place in places), default=1)
    return "\n".join(_line(voice, place, f"{place.rank:>{width}}", you) for place in places)


def _line(voice: Voice, place: Place, rank: str, you: int | None) -> str:
    name = safe_name(place.name or "") or voice("weekly-somebody")
    key = "board-line-you" if place.user_id == you else "board-line"
    return voice(key, rank=rank, name=name, count=place.actions)
