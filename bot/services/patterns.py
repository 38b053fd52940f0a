"""What repeats in a member's own entries, and the member's word on whether it is theirs. Read anew each time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.breath import in_breaths
from bot.domain.goodnews import GoodNewsEntry
from bot.domain.journal import JournalEntry
from bot.domain.kinds import How
from bot.domain.members import Member
from bot.domain.patterns import Entry, Found, Ref, Shared, Source, find
from bot.domain.rejections import Recovery, Rejection, RejectionFilter
from bot.domain.themes import Themes
from bot.errors import UserError
from bot.services.ports import Database, Unit
from config.content import OTHER, Content
from config.patterns import PatternRules


@dataclass(frozen=True, slots=True)
class Evidence:
    """One entry that a pattern came from. `who` and `texts`, which it may be quoted from, are private words."""

    source: Source
    id: int
    kind: str
    on: date
    who: str | None = None
    texts: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Insight:
    """A pattern with the entries it came from, newest first, out of `among`, and what it offers."""

    pattern: str
    theme: str
    shared: Shared | None
    entries: tuple[Evidence, ...]
    among: int
    actions: tuple[str, ...]
    themes: Themes = field(compare=False, repr=False)

    def quote(self, one: Evidence) -> str | None:
        """The first sentence that speaks of the theme. Cut when it is asked for: of a thousand entries five are shown."""
        if self.shared is not Shared.THEME:
            return None
        quotes = (self.themes.quote(text, self.theme) for text in one.texts)
        return next((quote for quote in quotes if quote), None)

    @property
    def key(self) -> str:
        """What a button carries."""
        return f"{self.pattern}.{self.theme}"


@dataclass(frozen=True, slots=True)
class Insights:
    """All that repeats now, and what of it the member has put aside. `looked_at` is how many entries there are."""

    mine: tuple[Insight, ...]
    declined: tuple[Insight, ...]
    looked_at: int

    def get(self, key: str) -> Insight:
        """The one a button carries, put aside or not. Raises UserError when it is there no longer."""
        for one in (*self.mine, *self.declined):
            if one.key == key:
                return one
        raise UserError("pattern-gone")


@dataclass(frozen=True, slots=True)
class _Seen:
    """An entry as the rules see it, with what is shown of it."""

    entry: Entry
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Kept:
    """What one transaction read: everything that can be part of a pattern."""

    rejections: Sequence[Rejection]
    news: Sequence[GoodNewsEntry]
    pages: Sequence[JournalEntry]


class Patterns:
    """One member's patterns. Nothing is kept but which of them are not theirs."""

    def __init__(self, db: Database, content: Content, rules: PatternRules) -> None:
        self._db = db
        self._content = content
        self._rules = rules.rules
        self._themes = rules.themes
        self._journal = rules.journal

    async def found(self, member: Member, now: datetime) -> Insights:
        """What repeats in the entries as they are now. What good news has answered is left in peace.

        Nobody waits for it: texts are read once the transaction is over, and others are served between them.
        """
        async with self._db.read() as tx:
            kept = await self._kept(tx, member.user_id)
            declined = await tx.patterns.declined(member.user_id)
        seen = {one.entry.ref: one async for one in in_breaths(self._seen(kept))}
        today = now.astimezone(ZoneInfo(member.zone)).date()
        results = find(self._rules, (one.entry for one in seen.values()), today)
        insights = [self._insight(result, seen) async for result in in_breaths(results)]
        return Insights(
            tuple(one for one in insights if (one.pattern, one.theme) not in declined),
            tuple(one for one in insights if (one.pattern, one.theme) in declined),
            len(seen),
        )

    async def decline(self, member: Member, key: str, *, interaction_id: int, now: datetime) -> Insight:
        """Not mine: it is put aside until it is taken back. Raises UserError for what is not there."""
        insight = (await self.found(member, now)).get(key)
        async with self._db.write() as tx:
            await _still_known(tx, member)
            if await tx.receipts.claim(interaction_id, member.user_id, None, now):
                await tx.patterns.decline(member.user_id, insight.pattern, insight.theme, now)
        return insight

    async def take_back(self, member: Member, key: str, *, interaction_id: int, now: datetime) -> Insight:
        """It is mine after all. Raises UserError for what is not there any more."""
        insight = (await self.found(member, now)).get(key)
        async with self._db.write() as tx:
            await _still_known(tx, member)
            if await tx.receipts.claim(interaction_id, member.user_id, None, now):
                await tx.patterns.take_back(member.user_id, insight.pattern, insight.theme)
        return insight

    def _insight(self, found: Found, seen: Mapping[Ref, _Seen]) -> Insight:
        rule, by_theme = found.rule, {theme.id: theme for theme in self._themes.all}
        themed = rule.shared is Shared.THEME
        return Insight(
            pattern=rule.id,
            theme=found.theme,
            shared=rule.shared,
            entries=tuple(seen[entry.ref].evidence for entry in found.entries),
            among=found.among,
            actions=by_theme[found.theme].actions if themed else rule.actions,
            themes=self._themes,
        )

    async def _kept(self, tx: Unit, user_id: int) -> _Kept:
        rejections = await tx.rejections.listed(user_id, RejectionFilter())
        news = await tx.goodnews.listed(user_id)
        return _Kept(rejections, news, await tx.journal.entries(user_id) if self._journal else [])

    def _seen(self, kept: _Kept) -> Iterator[_Seen]:
        """Every entry as the rules see it, one after the other."""
        about: dict[int | None, list[str]] = {}
        for page in kept.pages:
            about.setdefault(page.rejection_id, []).extend(self._told(page))
        yield from (self._rejection(one, about.get(one.id, ())) for one in kept.rejections)
        yield from map(_good_news, kept.news)
        yield from (self._page(page) for page in kept.pages if page.rejection_id is None and self._told(page))

    def _told(self, page: JournalEntry) -> tuple[str, ...]:
        """What a page says that others said. The member's own notes are no feedback, and are never read for any."""
        return tuple(text for asked, text in page.answers.items() if f"{page.kind}.{asked}" in self._journal)

    def _rejection(self, one: Rejection, written: Iterable[str]) -> _Seen:
        """With all that they said about it, wherever it is kept: one thing that happened counts once."""
        kind, ref = self._content.kind(one.kind), Ref(Source.REJECTION, one.id)
        texts = (*filter(None, (one.said,)), *written)
        entry = Entry(
            ref,
            one.occurred_on,
            kind.id,
            None if kind.id == OTHER else kind.stage,
            silent=kind.silence or one.how is How.SILENCE,
            themes=self._themes.of_kind(kind.id) | self._spoken_in(texts),
            answered=one.recovery is Recovery.ANSWERED,
        )
        return _Seen(entry, Evidence(ref.source, ref.id, kind.id, one.occurred_on, one.who, texts))

    def _page(self, page: JournalEntry) -> _Seen:
        """A page of the journal about no rejection; one about a rejection that was deleted goes with it."""
        ref, texts = Ref(Source.JOURNAL, page.id), self._told(page)
        entry = Entry(ref, page.written_on, themes=self._spoken_in(texts))
        return _Seen(entry, Evidence(ref.source, ref.id, page.kind, page.written_on, texts=texts))

    def _spoken_in(self, texts: Iterable[str]) -> frozenset[str]:
        return frozenset[str]().union(*map(self._themes.named_in, texts))


async def _still_known(tx: Unit, member: Member) -> None:
    """Raises UserError for somebody who was forgotten while their entries were looked at."""
    if await tx.members.get(member.user_id) is None:
        raise UserError("pattern-gone")


def _good_news(one: GoodNewsEntry) -> _Seen:
    ref = Ref(Source.NEWS, one.id)
    return _Seen(
        Entry(ref, one.happened_on, one.kind),
        Evidence(ref.source, ref.id, one.kind, one.happened_on, one.who),
    )
