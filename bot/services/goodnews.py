"""Good news, and what it ends: the check-ins of what it answers are cancelled in the same transaction."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.actions import Action
from bot.domain.goodnews import ACTION_SOURCE, GoodNewsDraft, GoodNewsEntry, answerable, can_undo, reason
from bot.domain.members import Member
from bot.domain.nudges import Nudge, NudgeState, Subject
from bot.domain.rejections import OPEN_RECOVERY, WHO_MAX, Recovery, Rejection, RejectionFilter
from bot.domain.text import free_text
from bot.errors import NotYours, UserError
from bot.ids import new_id
from bot.services.challenge_plans import end_running, go_on
from bot.services.plans import bring_back
from bot.services.ports import Database, Unit, Waker
from config.content import Content, GoodNews

_ANSWERED = RejectionFilter(recoveries=frozenset({Recovery.ANSWERED}))
_OPEN = RejectionFilter(recoveries=OPEN_RECOVERY)


@dataclass(frozen=True, slots=True)
class NewsLogged:
    """What logging did: `closed` are the rejections it answered or ended."""

    entry: GoodNewsEntry
    closed: tuple[Rejection, ...]
    ended_everything: bool
    ended_days: bool = False
    """Whether ten days were running, and are stopped by it."""
    replay: bool = False


class GoodNewsService:
    """One member's good news."""

    def __init__(self, db: Database, content: Content, wake: Waker) -> None:
        self._db = db
        self._content = content
        self._wake = wake

    async def answerable(self, user_id: int, kind: str | None) -> list[Rejection]:
        """The member's rejections that this kind of news, or any, may answer; at most 24."""
        news = None if kind is None else self._content.good_news(kind)
        if news is not None and news.ends_everything:
            return []
        async with self._db.read() as tx:
            own = await tx.rejections.listed(user_id, RejectionFilter(), limit=200)
        return answerable(own, None if news is None else news.kinds)

    async def log(
        self, member: Member, draft: GoodNewsDraft, *, interaction_id: int, now: datetime
    ) -> NewsLogged:
        """Save good news and close what it answers; being matched ends every open protocol and the ten days.

        The same interaction delivered again changes nothing. Raises NotYours for somebody else's rejection and
        UserError for an unknown kind or text that cannot be kept.
        """
        news = self._content.good_news(draft.kind)
        if news is None:
            raise UserError("goodnews-kind-unknown")
        entry = GoodNewsEntry(
            new_id(now), member.user_id, news.id, draft.happened_on, now, free_text(draft.who, WHO_MAX), draft.rejection_id
        )  # fmt: skip
        async with self._db.write() as tx:
            if not await tx.receipts.claim(interaction_id, member.user_id, entry.id, now):
                return await self._replayed(tx, member.user_id, interaction_id)
            ends = await _ended(tx, entry, news)
            await tx.goodnews.add(entry)
            for rejection in ends:
                await _close(tx, rejection, entry.id)
            days = news.ends_everything and await end_running(tx, member.user_id, _days(entry.id), now)
        return NewsLogged(entry, tuple(ends), news.ends_everything, days)

    async def _replayed(self, tx: Unit, user_id: int, interaction_id: int) -> NewsLogged:
        made_id = await tx.receipts.made(interaction_id)
        entry = None if made_id is None else await tx.goodnews.get(user_id, made_id)
        if entry is None:
            raise NotYours
        return NewsLogged(entry, (), ended_everything=False, replay=True)

    async def undo(self, member: Member, entry_id: int, now: datetime) -> None:
        """Take it back within 15 minutes: what it ended goes on as before. Raises NotYours, or UserError when late."""
        async with self._db.write() as tx:
            entry = await tx.goodnews.get(member.user_id, entry_id)
            if entry is None:
                raise NotYours
            if not can_undo(entry, now):
                raise UserError("goodnews-undo-late")
            for rejection in await tx.rejections.listed(member.user_id, _ANSWERED):
                await _reopen(tx, member, rejection, entry)
            await go_on(tx, member, _days(entry.id), entry.logged_at)
            await tx.goodnews.delete(member.user_id, entry_id)
        self._wake(now)

    async def as_action(self, member: Member, entry_id: int, now: datetime) -> int:
        """An action without a score that stands for the news, so that it can become a win. Gives its id."""
        async with self._db.write() as tx:
            entry = await tx.goodnews.get(member.user_id, entry_id)
            if entry is None:
                raise NotYours
            source = f"{ACTION_SOURCE}{entry.id}"
            known = await tx.actions.of_source(member.user_id, source)
            if known is not None:
                return known.id
            action = Action(
                new_id(now), member.user_id, f"goodnews-{entry.kind}"[:40], entry.happened_on, now, scores=False, source=source
            )  # fmt: skip
            await tx.actions.add(action)
        return action.id


def _days(entry_id: int) -> str:
    """Why no message of the ten days comes any more."""
    return reason(entry_id, Recovery.OPEN)


async def _ended(tx: Unit, entry: GoodNewsEntry, news: GoodNews) -> list[Rejection]:
    found = await tx.rejections.listed(entry.user_id, _OPEN) if news.ends_everything else []
    if entry.rejection_id is not None and entry.rejection_id not in {one.id for one in found}:
        answered = await tx.rejections.get(entry.user_id, entry.rejection_id)
        if answered is None:
            raise NotYours
        found.append(answered)
    return found


async def _close(tx: Unit, rejection: Rejection, entry_id: int) -> None:
    await tx.rejections.replace(replace(rejection, recovery=Recovery.ANSWERED))
    await tx.nudges.cancel(
        rejection.user_id, Subject.REJECTION, rejection.id, reason(entry_id, rejection.recovery)
    )


async def _reopen(tx: Unit, member: Member, rejection: Rejection, entry: GoodNewsEntry) -> None:
    """Put back what this news closed, in the state it had; what other news closed is left alone."""
    nudges = await tx.nudges.of_subject(member.user_id, Subject.REJECTION, rejection.id)
    was = next(
        (state for state in (Recovery.PAUSED, Recovery.OPEN) if _ended_by(nudges, entry.id, state)), None
    )
    if was is None:
        if rejection.id == entry.rejection_id:
            await tx.rejections.replace(replace(rejection, recovery=_before(nudges)))
        return
    back = replace(rejection, recovery=was)
    await tx.rejections.replace(back)
    await bring_back(tx, member, back, reason(entry.id, was))


def _ended_by(nudges: list[Nudge], entry_id: int, was: Recovery) -> bool:
    return any(nudge.reason == reason(entry_id, was) for nudge in nudges)


def _before(nudges: list[Nudge]) -> Recovery:
    """Where a protocol without check-ins ahead stood: never begun, stopped, or at its end."""
    if not nudges:
        return Recovery.NONE
    stopped = any(nudge.state is NudgeState.SKIPPED and nudge.reason == "stopped" for nudge in nudges)
    return Recovery.STOPPED if stopped else Recovery.FINISHED
