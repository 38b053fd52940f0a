"""One member's journal: written, found again, changed, deleted. What it has to do with check-ins is in `analyses`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.breath import in_breaths
from bot.domain.catalogue import ActionKind
from bot.domain.journal import EntryKind, Found, JournalEntry, JournalFilter, found_in, holds, months
from bot.domain.members import Member
from bot.domain.paging import Page, clamp
from bot.domain.rejections import Rejection
from bot.domain.text import folded
from bot.errors import NotYours, UserError
from bot.ids import new_id
from bot.services.analyses import Analyses, Answered, Press
from bot.services.ports import Database, Unit
from config.content import Content

PAGE_SIZE = 6
COMPLETIONS = 25
SAME_FOR = timedelta(minutes=10)
"""The same words about the same thing within this time are one entry: a save that seemed to go wrong, tried again."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """What saving did: the entry, what it counted as, the actions that its answers suggest, and what it is about."""

    entry: JournalEntry
    answered: Answered
    suggested: tuple[ActionKind, ...] = ()
    about: Rejection | None = None


@dataclass(frozen=True, slots=True)
class JournalPage:
    """One page of the list; `months` are those of the whole journal."""

    page: Page[JournalEntry]
    months: tuple[str, ...]


class Journal:
    """Every method looks at the member's own rows alone. Answers are opened in memory and searched there."""

    def __init__(self, db: Database, analyses: Analyses, content: Content) -> None:
        self._db = db
        self._analyses = analyses
        self._content = content

    async def entries(self, user_id: int) -> list[JournalEntry]:
        """Every entry of the member's, the latest day first."""
        async with self._db.read() as tx:
            return await tx.journal.entries(user_id)

    async def get(self, user_id: int, entry_id: int) -> JournalEntry:
        """The member's own entry. Raises NotYours."""
        async with self._db.read() as tx:
            return _own(await tx.journal.get(user_id, entry_id))

    async def about(self, entry: JournalEntry) -> Rejection | None:
        """The rejection an entry is about, while it is there."""
        if entry.rejection_id is None:
            return None
        async with self._db.read() as tx:
            return await tx.rejections.get(entry.user_id, entry.rejection_id)

    async def written_about(self, user_id: int, rejection_id: int) -> list[JournalEntry]:
        """What the member wrote about one rejection, the latest first."""
        async with self._db.read() as tx:
            return await tx.journal.of_rejection(user_id, rejection_id)

    async def listed(self, user_id: int, wanted: JournalFilter, page: int = 0) -> JournalPage:
        """One page of the member's entries, the latest day first; the answers of no other are opened."""
        async with self._db.read() as tx:
            everything = await tx.journal.heads(user_id)
            heads = _page([entry for entry in everything if wanted.fits(entry)], page)
            shown = await tx.journal.named(user_id, [entry.id for entry in heads.items])
        return JournalPage(replace(heads, items=tuple(shown)), tuple(months(everything)))

    async def months(self, user_id: int) -> list[str]:
        """The months in which the member wrote, the latest first."""
        async with self._db.read() as tx:
            return months(await tx.journal.heads(user_id))

    async def search(self, user_id: int, sought: str, page: int = 0) -> Page[Found]:
        """The entries that hold every word. Raises UserError when there is no word."""
        words = folded(sought).split()
        if not words:
            raise UserError("journal-words-missing")
        held = _page(await self._holding(user_id, words), page)
        shown = tuple(found_in(entry, words) for entry in held.items)
        return Page(shown, held.number, held.size, held.total)

    async def completions(self, user_id: int, typed: str) -> list[JournalEntry]:
        """The entries that a member may mean by what was typed: a day, a kind, or words of an answer."""
        sought = folded(typed)
        async with self._db.read() as tx:
            if not sought:
                newest = (await tx.journal.heads(user_id))[:COMPLETIONS]
                return await tx.journal.named(user_id, [one.id for one in newest])
            own = await tx.journal.entries(user_id)
        words, fitting = sought.split(), list[JournalEntry]()
        async for one in in_breaths(own):
            if sought in f"{one.written_on} {one.kind}" or holds(one, words):
                fitting.append(one)
                if len(fitting) == COMPLETIONS:
                    break
        return fitting

    async def _holding(self, user_id: int, words: Sequence[str]) -> list[JournalEntry]:
        """The entries that hold every word; others are served while they are read."""
        own = await self.entries(user_id)
        return [one async for one in in_breaths(own) if holds(one, words)]

    async def write(
        self, member: Member, kind: EntryKind, given: Mapping[str, str | None], rejection_id: int | None, press: Press
    ) -> Kept:  # fmt: skip
        """Save an entry, and count what it counts as.

        The same interaction delivered again, or the same words again within ten minutes, give what the first one
        saved. A rejection that is gone since takes the link away and nothing else. Raises UserError for a form without
        an answer, and for text that cannot be kept.
        """
        answers, now = kind.checked(given), press.now
        async with self._db.write() as tx:
            about = None if rejection_id is None else await tx.rejections.get(member.user_id, rejection_id)
            entry = JournalEntry(
                id=new_id(now),
                user_id=member.user_id,
                kind=kind.id,
                rejection_id=None if about is None else about.id,
                written_on=now.astimezone(ZoneInfo(member.zone)).date(),
                written_at=now,
                edited_at=None,
                answers=answers,
            )
            entry = await _saved(tx, entry, press)
        answered = await self._analyses.answer(member, kind, entry, press)
        return await self._kept(entry, answered, press)

    async def edit(
        self, member: Member, entry_id: int, given: Mapping[str, str | None], press: Press
    ) -> Kept:
        """Change the answers. A check-in about the same rejection that still waits is answered by this.

        Raises NotYours, or UserError as `write` does.
        """
        async with self._db.write() as tx:
            await tx.actions.lock(member.user_id)
            old = _own(await tx.journal.get(member.user_id, entry_id))
            kind = self._content.journal.kind(old.kind)
            if kind is None:
                raise UserError("journal-kind-gone")
            entry = old.edited(kind.changed(old.answers, given), press.now)
            await tx.journal.replace(entry)
        answered = await self._analyses.answer(member, kind, entry, press, again=True)
        return await self._kept(entry, answered, press)

    async def pick(self, user_id: int, entry_id: int, sentence: str, now: datetime) -> JournalEntry:
        """Keep a sentence in an entry where none was picked; one that is there stays. Raises NotYours."""
        async with self._db.write() as tx:
            await tx.actions.lock(user_id)
            old = _own(await tx.journal.get(user_id, entry_id))
            kind = self._content.journal.kind(old.kind)
            open_one = None if kind is None else kind.reframe_left(old.answers)
            if open_one is None:
                return old
            entry = old.edited({**old.answers, open_one.id: sentence}, now)
            await tx.journal.replace(entry)
        return entry

    async def delete(self, user_id: int, entry_id: int) -> JournalEntry:
        """Delete an entry; what it counted as stays, because it was done. Raises NotYours."""
        async with self._db.write() as tx:
            await tx.actions.lock(user_id)
            entry = _own(await tx.journal.get(user_id, entry_id))
            await tx.journal.delete(user_id, entry_id)
        return entry

    async def _kept(self, entry: JournalEntry, answered: Answered, press: Press) -> Kept:
        suggested = () if press.heavy else await self._analyses.suggested(entry, press.now)
        return Kept(entry, answered, suggested, await self.about(entry))


async def _saved(tx: Unit, entry: JournalEntry, press: Press) -> JournalEntry:
    """The entry, or the one that this press, or these very words, made before."""
    for old in await tx.journal.since(entry.user_id, entry.written_at - SAME_FOR):
        same = (old.kind, old.rejection_id, old.answers) == (entry.kind, entry.rejection_id, entry.answers)
        if same:
            return old
    if not await tx.receipts.claim(press.interaction_id, entry.user_id, entry.id, press.now):
        made_id = await tx.receipts.made(press.interaction_id)
        return _own(None if made_id is None else await tx.journal.get(entry.user_id, made_id))
    await tx.journal.add(entry)
    return entry


def _own(entry: JournalEntry | None) -> JournalEntry:
    if entry is None:
        raise NotYours
    return entry


def _page(found: Sequence[T], page: int) -> Page[T]:
    number = clamp(page, PAGE_SIZE, len(found))
    return Page(tuple(found[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]), number, PAGE_SIZE, len(found))
