"""Wins: an action shown to the group by its member's own press, by name at once or anonymously later; and thanks."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from bot.domain.actions import Action, server_action_id
from bot.domain.answers import Kind
from bot.domain.guilds import Guild
from bot.domain.nudges import DeliveryState, Purpose
from bot.domain.wins import Win, WinPost, WinState, delay, ready
from bot.errors import NotYours, UserError
from bot.ids import new_id
from bot.services.making import new_delivery
from bot.services.ports import Database, Unit, Waker
from bot.services.takedown import REMOVAL, Remover, is_refused

log = logging.getLogger(__name__)

WriteWin = Callable[[WinPost], str]
"""The body of a win's post, as component payloads in JSON."""

KEY = "win:"
"""Before the id of a win, the key of its post: a win is posted once."""
WITHDRAWN = "withdrawn"
CLEAN_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Shared:
    """A win that was made. `appears_at` is the earliest an anonymous one appears; None for one posted now."""

    win: Win
    appears_at: datetime | None
    again: bool = False


class Wins:
    """Shares, withdraws, posts and thanks. No free text of a member's is ever part of a post."""

    def __init__(self, db: Database, wake: Waker, write: WriteWin, remover: Remover, rng: Random) -> None:
        self._db = db
        self._remover = remover
        self._wake = wake
        self._write = write
        self._rng = rng

    async def channel_of(self, guild_id: int | None) -> int | None:
        """The channel in which a server's wins appear, or None when there is none."""
        if guild_id is None:
            return None
        async with self._db.read() as tx:
            guild = await tx.guilds.get(guild_id)
        return guild.channel_id if guild is not None and guild.can_post else None

    async def places(self, user_id: int) -> list[int]:
        """The servers in which a member could show a win: they are there, and there is a channel."""
        async with self._db.read() as tx:
            there = [m.guild_id for m in await tx.memberships.of_member(user_id) if m.left_at is None]
            guilds = [await tx.guilds.get(guild_id) for guild_id in there]
        return [guild.guild_id for guild in guilds if guild is not None and guild.can_post]

    async def preview(self, user_id: int, action_id: int, guild_id: int, *, anonymous: bool) -> WinPost:
        """What the post would say. Raises NotYours, and UserError where no post is possible."""
        async with self._db.read() as tx:
            await _check_member(tx, user_id, guild_id)
            guild, action = await _guild(tx, guild_id), await tx.actions.get(user_id, action_id)
            if action is None:
                raise NotYours
            return await _post(tx, guild, action, 0, anonymous=anonymous)

    async def share(
        self, user_id: int, action_id: int, guild_id: int, *, anonymous: bool, now: datetime
    ) -> Shared:
        """Make a win of an action. A named one goes out now; an anonymous one waits 6 to 48 hours and for others.

        One action makes one win in one server: a second press gives the first. Raises NotYours or UserError.
        """
        publish_at = now + (delay(self._rng.random()) if anonymous else timedelta())
        async with self._db.write() as tx:
            await _check_member(tx, user_id, guild_id)
            guild, action = await _guild(tx, guild_id), await tx.actions.get(user_id, action_id)
            if action is None:
                raise NotYours
            win = Win(new_id(now), user_id, guild_id, action_id, anonymous, WinState.WAITING, now, publish_at)
            if not await tx.wins.add(win):
                old = next(w for w in await tx.wins.of_action(user_id, action_id) if w.guild_id == guild_id)
                return Shared(old, old.publish_at if old.state is WinState.WAITING else None, again=True)
            if not anonymous:
                await self._appear(tx, guild, win, action, now)
        self._wake(publish_at)
        return Shared(win, publish_at if anonymous else None)

    async def _appear(self, tx: Unit, guild: Guild, win: Win, action: Action, now: datetime) -> None:
        """Put the post of a win on its way, in the transaction that says so."""
        post = await _post(tx, guild, action, 0, anonymous=win.anonymous)
        delivery = new_delivery(
            Purpose.WIN,
            lambda number: self._write(replace(post, delivery_id=number)),
            now,
            user_id=win.user_id,
            guild_id=guild.guild_id,
            channel_id=guild.channel_id,
            key=f"{KEY}{win.id}",
        )
        await tx.deliveries.add(delivery)
        await tx.wins.post(win.id, delivery.id, now)

    async def run_due(self, now: datetime) -> None:
        """The tick: post what is ready, remove what was taken back."""
        await self.due_anonymous(now)
        await self.clean_up(now)

    async def due_anonymous(self, now: datetime) -> int:
        """Post what waited long enough where enough people are among it, shuffled. Gives how many."""
        async with self._db.read() as tx:
            guild_ids = await tx.wins.guilds_waiting(now)
        posted = 0
        for guild_id in guild_ids:
            async with self._db.write() as tx:
                posted += await self._post_ready(tx, guild_id, now)
        if posted:
            self._wake(now)
        return posted

    async def _post_ready(self, tx: Unit, guild_id: int, now: datetime) -> int:
        guild = await tx.guilds.get(guild_id)
        if guild is None or not guild.can_post:
            return 0
        actions: dict[int, Action] = {}
        due = ready(await tx.wins.waiting(guild_id), now)
        for win in due:
            action = await tx.actions.get(win.user_id, win.action_id)
            if action is None:
                await tx.wins.end(win.id, WinState.WITHDRAWN)
            else:
                actions[win.id] = action
        # Once more, without those that ended just now.
        due = ready([win for win in due if win.id in actions], now)
        self._rng.shuffle(due)
        for index, win in enumerate(due):
            # A millisecond apart, so that the ids sort as shuffled and not as the wins were made.
            await self._appear(tx, guild, win, actions[win.id], now + timedelta(milliseconds=index))
        return len(due)

    async def withdraw(self, user_id: int, win_id: int) -> bool:
        """Take one's own win back, waiting or posted. True when `clean_up` must remove its post. Raises NotYours."""
        async with self._db.write() as tx:
            win = await tx.wins.get(win_id)
            if win is None or win.user_id != user_id:
                raise NotYours
            return await take_down(tx, win)

    async def remove(self, guild_id: int, message_id: int) -> bool:
        """A lead removes the win that a message of their server shows; the caller checked the lead. Raises NotYours."""
        async with self._db.write() as tx:
            win = await tx.wins.of_message(guild_id, message_id)
            if win is None:
                raise NotYours
            return await take_down(tx, win, WinState.REMOVED)

    async def remove_named(self, guild_id: int, user_id: int) -> bool:
        """A lead took a member's alias: their named wins in this server end. True when `clean_up` must follow."""
        async with self._db.write() as tx:
            named = await tx.wins.named(guild_id, user_id)
            return any([await take_down(tx, win, WinState.REMOVED) for win in named])

    async def thank(self, user_id: int, guild_id: int | None, delivery_id: int, now: datetime) -> bool:
        """Thank the author of a win that a post of this server shows. False when this member had already.

        Raises NotYours for a win that is not shown here, and UserError for one's own.
        """
        async with self._db.write() as tx:
            win = None if guild_id is None else await tx.wins.of_delivery(guild_id, delivery_id)
            if win is None or win.state is not WinState.POSTED:
                raise NotYours
            if win.user_id == user_id:
                raise UserError("wins-own")
            return await tx.wins.thank(win.id, user_id, now)

    async def clean_up(self, now: datetime) -> int:
        """Remove the posts of ended wins from their channels; after a withdrawal, and at every tick. Gives how many.

        What cannot be removed now is tried again by the next tick, also after a restart; what Discord refuses, nightly.
        """
        async with self._db.read() as tx:
            standing = await tx.wins.standing(CLEAN_AT_ONCE)
        gone, refused = [], []
        for delivery_id, channel_id, message_id in standing:
            answer = await self._remover.remove(channel_id, message_id)
            if is_refused(answer):
                # Discord would say the same at every tick; a lead may give the permission back.
                code = answer.code or answer.status
                log.warning("post %s in %s: refused %s, tried again nightly", message_id, channel_id, code)
                refused.append(f"{REMOVAL}{channel_id}:{message_id}")
            if answer.kind is Kind.OK or is_refused(answer):
                gone.append(delivery_id)
        if gone:
            async with self._db.write() as tx:
                await tx.wins.cleared(gone)
                for name in refused:
                    await tx.facts.set(name, now.isoformat(), now)
        return len(gone)


async def _check_member(tx: Unit, user_id: int, guild_id: int) -> None:
    membership = await tx.memberships.get(user_id, guild_id)
    if membership is None or membership.left_at is not None:
        raise NotYours


async def _guild(tx: Unit, guild_id: int) -> Guild:
    guild = await tx.guilds.get(guild_id)
    if guild is None or not guild.can_post:
        raise UserError("wins-no-channel")
    return guild


async def _post(tx: Unit, guild: Guild, action: Action, delivery_id: int, *, anonymous: bool) -> WinPost:
    """What a post says: a kind, and for a named one the name the member stands under in this server."""
    if anonymous:
        return WinPost(delivery_id, action.kind, guild.language)
    membership = await tx.memberships.get(action.user_id, guild.guild_id)
    name = None if membership is None else membership.alias or membership.display_name
    entry_id = server_action_id(action.kind)
    entry = None if entry_id is None else await tx.guilds.entry(entry_id)
    label = entry.label if entry is not None and entry.guild_id == guild.guild_id else None
    return WinPost(delivery_id, action.kind, guild.language, name, label)


async def take_down(tx: Unit, win: Win, state: WinState = WinState.WITHDRAWN) -> bool:
    """End a win inside a transaction. True when its post stands, or may stand, and `clean_up` must follow."""
    if win.state not in (WinState.WAITING, WinState.POSTED):
        return False
    await tx.wins.end(win.id, state)
    delivery = await tx.deliveries.withdraw(f"{KEY}{win.id}", WITHDRAWN)
    return delivery is not None and delivery.state not in (DeliveryState.MADE, DeliveryState.WITHDRAWN)
