"""What became of a member's noes, counted: for the picture, for its words, and for the numbers that are spoken of."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.kinds import Stage
from bot.domain.members import Member
from bot.domain.progress import Progress, reached, timeline, waits
from bot.domain.rejections import HEAVY
from bot.services.ports import Database
from bot.services.rejections import Logged
from config.content import Content
from config.milestones import Milestones

OTHER = "other"
IsHeavy = Callable[[Iterable[str | None]], bool]
"""Whether a member's own texts ask for support; see bot.services.care."""


class ProgressService:
    """Reads one member's own entries. It counts kinds and days, never what somebody wrote."""

    def __init__(self, db: Database, content: Content, milestones: Milestones, is_heavy: IsHeavy) -> None:
        self._db = db
        self._content = content
        self._milestones = milestones
        self._is_heavy = is_heavy

    async def of(self, member: Member, now: datetime) -> Progress:
        """Everything there is to tell, up to the member's local day."""
        async with self._db.read() as tx:
            noes = await tx.progress.noes(member.user_id)
            good_news = await tx.progress.good_news(member.user_id)
            actions = await tx.progress.actions(member.user_id)
        # A thousand entries take some milliseconds to count; others first.
        await asyncio.sleep(0)
        today = now.astimezone(ZoneInfo(member.zone)).date()
        by_day, news_by_day = _by_day(noes), _by_day(good_news)
        return Progress(
            noes=sum(by_day.values()),
            actions=sum(actions.values()),
            good_news=self._news(good_news),
            first_on=min(by_day, default=None),
            timeline=timeline(self._staged(noes), actions, today),
            waits=waits(by_day, actions),
            reached=reached(self._milestones.numbers, by_day, actions, news_by_day),
        )

    def _staged(self, noes: Sequence[tuple[str, date, int]]) -> Iterable[tuple[Stage, date, int]]:
        stages = {kind: self._content.kind(kind).stage for kind in {kind for kind, _, _ in noes}}
        return ((stages[kind], day, number) for kind, day, number in noes)

    def _news(self, good_news: Iterable[tuple[str, date, int]]) -> tuple[tuple[str, int], ...]:
        """How many of each kind; those the host has taken out of the file since are spoken of as `other`."""
        found: Counter[str] = Counter()
        for kind, _day, number in good_news:
            found[kind if self._content.good_news(kind) else OTHER] += number
        return tuple(found.most_common())

    def milestone(self, logged: Logged) -> int | None:
        """The round number this very log has reached, when something is to be said of it.

        After words of danger, after a heavy feeling, and for the kinds that end a season, the answer has better
        things to say; the number stands in the progress all the same.
        """
        entry = logged.rejection
        if logged.replay or logged.number not in self._milestones.numbers:
            return None
        if entry.kind in self._milestones.silent_kinds or (
            entry.feeling is not None and entry.feeling <= HEAVY
        ):
            return None
        return None if self._is_heavy((entry.who, entry.said)) else logged.number


def _by_day(counted: Iterable[tuple[str, date, int]]) -> dict[date, int]:
    found: Counter[date] = Counter()
    for _kind, day, number in counted:
        found[day] += number
    return dict(found)
