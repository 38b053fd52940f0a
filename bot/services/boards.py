"""The leaderboard as one viewer sees it, its figures for the weekly post, and its repair."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.boards import (
    FEWEST_FOR_TOTAL,
    GROUP,
    TOP,
    Board,
    GroupTotal,
    Newcomer,
    Period,
    Place,
    Tally,
    near,
    ranked,
    starts_on,
    totals,
)
from bot.domain.seasons import Season
from bot.services.memberships import Memberships, Presence
from bot.services.ports import Database, Unit

FIRST_TIMERS = 5
WEEK = timedelta(days=7)


class Boards:
    """Reads boards. Nobody stands on one who did not choose to, and no rejection is ever part of it."""

    def __init__(self, db: Database, memberships: Memberships, presence: Presence, season: Season) -> None:
        self._db = db
        self._memberships = memberships
        self._presence = presence
        self._season = season

    async def show(
        self, guild_id: int, viewer_id: int | None, period: Period, *, today: date, now: datetime
    ) -> Board:
        """The board of a period; `today` is the viewer's local date, `viewer_id` None for the group's own post.

        Who is about to be shown and has left the server is taken off first.
        """
        board = await self._read(guild_id, viewer_id, period, today)
        people = {one.user_id for one in board.shown}
        if await self._memberships.confirm(guild_id, people, self._presence, now):
            board = await self._read(guild_id, viewer_id, period, today)
        return board

    async def _read(self, guild_id: int, viewer_id: int | None, period: Period, today: date) -> Board:
        first = starts_on(period, today, self._season)
        async with self._db.read() as tx:
            tallies = await tx.boards.top(guild_id, period, first, TOP)
            top = ranked(tallies, await _names(tx, guild_id, (t.user_id for t in tallies)))
            board = Board(
                period,
                first,
                top,
                total=await _total(tx, guild_id, period, first),
                newcomers=await _newcomers(tx, guild_id, first) if period is Period.WEEK else (),
            )
            return board if viewer_id is None else await _for_viewer(tx, guild_id, viewer_id, board)

    async def repair(self, guild_id: int) -> int:
        """Rebuild every counter of a server from the actions. Gives how many members have counters now."""
        async with self._db.write(aside=True) as tx:
            members = [m.user_id for m in await tx.memberships.of_guild(guild_id) if m.counts]
            for user_id in sorted(members):
                await tx.actions.lock(user_id)
            # Read again: somebody may have changed their mind before we held them.
            members = [
                m.user_id
                for m in await tx.memberships.of_guild(guild_id)
                if m.counts and m.user_id in members
            ]
            await tx.boards.clear(guild_id)
            days = await tx.actions.scored_by_day(members)
            for user_id, dated in sorted(days.items()):
                await tx.boards.add([guild_id], user_id, totals(dated, self._season))
        return len(days)


async def _for_viewer(tx: Unit, guild_id: int, viewer_id: int, board: Board) -> Board:
    """The same board with the viewer's own count, and the two around them when they are below the top."""
    membership = await tx.memberships.get(viewer_id, guild_id)
    visibility = None if membership is None else membership.visibility
    if membership is None or not membership.counts:
        own = await tx.actions.scored_since(viewer_id, board.starts_on)
        return replace(board, own=own, visibility=visibility)
    own = await tx.boards.tally(guild_id, board.period, board.starts_on, viewer_id)
    around: tuple[Place, ...] = ()
    if own and all(place.user_id != viewer_id for place in board.top):
        around = await _around(tx, guild_id, Tally(viewer_id, own), board)
    return replace(board, own=own, visibility=visibility, around=around)


async def _around(tx: Unit, guild_id: int, you: Tally, board: Board) -> tuple[Place, ...]:
    above, below = await tx.boards.neighbours(guild_id, board.period, board.starts_on, you)
    three = [tally for tally in (above, you, below) if tally is not None]
    ahead = {
        actions: await tx.boards.ahead(guild_id, board.period, board.starts_on, actions)
        for actions in {tally.actions for tally in three}
    }
    return near(three, ahead, await _names(tx, guild_id, (tally.user_id for tally in three)))


async def _names(tx: Unit, guild_id: int, user_ids: Iterable[int]) -> dict[int, str | None]:
    known = await tx.memberships.among(guild_id, user_ids)
    return {user_id: membership.public_name for user_id, membership in known.items()}


async def _total(tx: Unit, guild_id: int, period: Period, first: date) -> GroupTotal | None:
    """The group's figure, from five people on; its last week too, when as many were in that one."""
    if await tx.boards.people(guild_id, period, first, FEWEST_FOR_TOTAL) < FEWEST_FOR_TOTAL:
        return None
    actions = await tx.boards.tally(guild_id, period, first, GROUP)
    if period is not Period.WEEK:
        return GroupTotal(actions)
    last = first - WEEK
    if await tx.boards.people(guild_id, period, last, FEWEST_FOR_TOTAL) < FEWEST_FOR_TOTAL:
        return GroupTotal(actions)
    return GroupTotal(actions, await tx.boards.tally(guild_id, period, last, GROUP))


async def _newcomers(tx: Unit, guild_id: int, week_on: date) -> tuple[Newcomer, ...]:
    """Those whose first actions are of this week."""
    people = await tx.boards.first_timers(guild_id, week_on, FIRST_TIMERS)
    names = await _names(tx, guild_id, people)
    return tuple(Newcomer(user_id, name) for user_id in people if (name := names.get(user_id)))
