"""Logging, listing and undoing actions. An action and the counters it moves are one fact."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.actions import NOTE_MAX, UNDO_FOR, Action, can_undo, check_day, joined, may_score
from bot.domain.boards import Visibility, totals
from bot.domain.members import Member
from bot.domain.paging import Page, clamp
from bot.domain.text import free_text
from bot.errors import NotYours, UserError
from bot.ids import new_id
from bot.services.catalogue import check_kind
from bot.services.challenge_plans import reopen
from bot.services.ports import Database, Unit
from bot.services.undoing import forget, to_undo
from config.content import Content

PAGE_SIZE = 6


@dataclass(frozen=True, slots=True)
class ActionLogged:
    """What logging did.

    `already`: this press or message was counted before, and `action` is what it made then; `noted`: what was written
    now was put under its note. `over_ceiling`: kept, not scored. `ask_visibility_in`: the server in which to ask,
    once, how the member wants to be shown. `cooling`: an application within a day of a no of its kind, so the answer
    asks what is different this time.
    """

    action: Action
    counted: bool
    over_ceiling: bool
    already: bool
    ask_visibility_in: int | None
    cooling: bool = False
    noted: bool = False


@dataclass(frozen=True, slots=True)
class ListedAction:
    """An action in the member's own list; `thanks` is what its wins were given."""

    action: Action
    shared: bool
    thanks: int


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back; with `post_stands` the caller asks Wins to clean up."""

    action: Action
    post_stands: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """An action about to be logged. `note` is private free text; `source` is unique for the member.

    `heavy`: the member's words asked for support, so it is kept and does not score. Why is not stored.
    `instead_of`: the source of an action that left open what it was, if there is one; this says it.
    """

    kind: str
    done_on: date
    source: str
    note: str | None = None
    rejection_id: int | None = None
    heavy: bool = False
    instead_of: str | None = None


class Actions:
    """One member's actions. Every method looks at the member's own rows alone."""

    def __init__(self, db: Database, content: Content) -> None:
        self._db = db
        self._content = content

    async def log(
        self,
        member: Member,
        kind: str,
        *,
        note: str | None = None,
        rejection_id: int | None = None,
        done_on: date,
        source: str,
        interaction_id: int,
        guild_id: int | None,
        heavy: bool = False,
        instead_of: str | None = None,
        now: datetime,
    ) -> ActionLogged:
        """Save an action and count it on every board where the member is shown, in one transaction.

        A source that made an action before makes none again, but a new note goes under its note. A `heavy` one
        scores nowhere. Raises UserError for a day in the future or more than 30 days back, for a kind nobody knows,
        and for text that cannot be kept.
        """
        check_day(done_on, now.astimezone(ZoneInfo(member.zone)).date())
        draft = Draft(kind, done_on, source, free_text(note, NOTE_MAX), rejection_id, heavy, instead_of)
        async with self._db.write() as tx:
            await tx.actions.lock(member.user_id)
            known = await tx.actions.of_source(member.user_id, source) or await self._told_now(
                tx, member.user_id, draft
            )
            if known is not None:
                return await _once_more(tx, known, draft.note)
            action = await self._action(tx, member, draft, now)
            await tx.receipts.claim(interaction_id, member.user_id, action.id, now)
            await tx.actions.add(action)
            ask_in = await self._count(tx, action, guild_id)
            cooling = await self._in_cooling(tx, action)
        return ActionLogged(
            action, action.scores, over_ceiling=not (action.scores or heavy), already=False,
            ask_visibility_in=ask_in, cooling=cooling,
        )  # fmt: skip

    async def _told_now(self, tx: Unit, user_id: int, draft: Draft) -> Action | None:
        """The action that left open what it was, called by what is told now.

        It stays as it was where that could show the group more than the member chose: when it is a win already, and when
        what is told is about a feeling. None when there is none, or another one was told before: then this is one more.
        """
        known = None if draft.instead_of is None else await tx.actions.of_source(user_id, draft.instead_of)
        if known is None or known.kind == draft.kind:
            return known
        if known.kind != self._content.protocol.done:
            return None
        kind = self._content.action(draft.kind)
        if kind is None or kind.feeling or await tx.wins.of_action(user_id, known.id):
            return known
        await tx.actions.set_kind(user_id, known.id, draft.kind)
        return replace(known, kind=draft.kind)

    async def _in_cooling(self, tx: Unit, action: Action) -> bool:
        """Whether it applies once more for what was refused within the cooling period, and not before that."""
        kind = self._content.action(action.kind)
        if kind is None or not kind.applies_to:
            return False
        cooling_for = timedelta(hours=self._content.protocol.cooling_hours)
        recent = await tx.rejections.logged_since(action.user_id, action.logged_at - cooling_for)
        return any(one.kind in kind.applies_to and one.occurred_on <= action.done_on for one in recent)

    async def _action(self, tx: Unit, member: Member, draft: Draft, now: datetime) -> Action:
        await check_kind(tx, self._content, member.user_id, draft.kind, draft.note)
        if (
            draft.rejection_id is not None
            and await tx.rejections.get(member.user_id, draft.rejection_id) is None
        ):
            raise NotYours
        today = now.astimezone(ZoneInfo(member.zone)).date()
        midnight = datetime.combine(today, time(), ZoneInfo(member.zone))
        logged_today = [a.kind for a in await tx.actions.logged_since(member.user_id, midnight) if a.scores]
        done_then = await tx.actions.kinds_on(member.user_id, draft.done_on)
        # The day it was done and the day it is logged each have the ceiling: backdating does not lift it.
        within = may_score(done_then, draft.kind) and may_score(logged_today, draft.kind)
        return Action(
            id=new_id(now),
            user_id=member.user_id,
            kind=draft.kind,
            done_on=draft.done_on,
            logged_at=now,
            scores=within and not draft.heavy,
            source=draft.source,
            note=draft.note,
            rejection_id=draft.rejection_id,
        )

    async def _count(self, tx: Unit, action: Action, guild_id: int | None) -> int | None:
        """Move the counters, and say in which server to ask how the member wants to be shown, if in any."""
        memberships = await tx.memberships.of_member(action.user_id)
        if action.scores:
            counts = totals([(action.done_on, 1)], self._content.season)
            await tx.boards.add([m.guild_id for m in memberships if m.counts], action.user_id, counts)
        unasked = [
            m.guild_id for m in memberships if m.visibility is Visibility.UNASKED and m.left_at is None
        ]
        if guild_id is not None:
            return guild_id if guild_id in unasked else None
        return unasked[0] if len(unasked) == 1 else None

    async def undo(
        self,
        member: Member,
        action_id: int | None,
        *,
        interaction_id: int,
        now: datetime,
        within: timedelta = UNDO_FOR,
    ) -> Undone:
        """Take back an action, the latest logged when none is named: its points, and the wins that came of it.

        Raises NotYours, or UserError when it is too late, when there is
        nothing to undo, or when this very interaction has undone one already.
        """
        async with self._db.write() as tx:
            await tx.actions.lock(member.user_id)
            if not await tx.receipts.claim(interaction_id, member.user_id, None, now):
                raise UserError("action-undone-already")
            action = await to_undo(tx, member.user_id, action_id, now - within)
            if not can_undo(action, now, within):
                raise UserError("action-undo-late")
            stands = await forget(tx, action, self._content)
            await reopen(tx, member.user_id, action.source, now)
        return Undone(action, stands)

    async def get(self, user_id: int, action_id: int) -> Action:
        """The member's own action. Raises NotYours."""
        async with self._db.read() as tx:
            action = await tx.actions.get(user_id, action_id)
        if action is None:
            raise NotYours
        return action

    async def listed(self, user_id: int, page: int = 0) -> Page[ListedAction]:
        """One page of the member's actions, the latest day first, with the thanks their wins were given."""
        async with self._db.read() as tx:
            total = await tx.actions.count(user_id)
            number = clamp(page, PAGE_SIZE, total)
            actions = await tx.actions.listed(user_id, limit=PAGE_SIZE, offset=number * PAGE_SIZE)
            wins = await tx.wins.of_actions(user_id, [action.id for action in actions])
            thanks = await tx.wins.thanks([win.id for win in wins])
        items = tuple(
            ListedAction(
                action,
                shared=any(win.action_id == action.id for win in wins),
                thanks=sum(thanks.get(win.id, 0) for win in wins if win.action_id == action.id),
            )
            for action in actions
        )
        return Page(items, number, PAGE_SIZE, total)

    async def undoable(self, user_id: int, now: datetime) -> list[Action]:
        """What can still be undone, the latest first."""
        async with self._db.read() as tx:
            return await tx.actions.logged_since(user_id, now - UNDO_FOR)


async def _once_more(tx: Unit, known: Action, note: str | None) -> ActionLogged:
    """Nothing is counted twice, and nothing that was typed is lost."""
    both = joined(known.note, note)
    if noted := both != known.note:
        await tx.actions.set_note(known.user_id, known.id, both)
    return ActionLogged(
        replace(known, note=both), known.scores, over_ceiling=False, already=True, ask_visibility_in=None, noted=noted
    )  # fmt: skip
