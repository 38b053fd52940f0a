"""What it costs to find what repeats in a thousand entries: reading their words, the rules over them, and the quotes.

Once the engine alone over short feedback, and once as the command does it over long letters, with how long others wait.
"""

import asyncio
import random
import time
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import cast

from bot.domain.kinds import Kind
from bot.domain.members import newcomer
from bot.domain.patterns import Entry, Found, Ref, Source, find
from bot.domain.rejections import Rejection
from bot.services.patterns import Patterns
from bot.services.ports import Database
from cogs.insights.cards import ENTRIES_SHOWN
from tests import texts
from tests.bench.table import Row

TODAY = date(2026, 11, 22)
SENTENCES = Path(__file__).parents[1] / "domain" / "sentences" / "feedback.toml"
AIM_MS = 50
LETTER, LETTERS_AIM_MS, HELD_AIM_MS = 800, 500, 30
"""Characters of a long letter; the processor time for a thousand of them; how long others may wait meanwhile."""
Told = tuple[int, date, Kind, str]


def history(count: int, seed: int = 1) -> list[Told]:
    """So many entries over two years; three in five with what they said, one to four sentences of it."""
    chance = random.Random(seed)
    table = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    sentences, kinds = [one for group in table.values() for one in group], texts.content().kinds
    return [
        (
            number,
            TODAY - timedelta(days=chance.randrange(730)),
            chance.choice(kinds),
            " ".join(chance.choices(sentences, k=chance.randint(1, 4))) if chance.random() < 0.6 else "",
        )
        for number in range(count)
    ]


def evaluate(told: list[Told]) -> list[Found]:
    """What the service does with the entries once they are read from the database."""
    rules = texts.patterns()
    themes = rules.themes
    entries = [
        Entry(Ref(Source.REJECTION, number), on, kind.id, kind.stage, kind.silence, themes.named_in(said))
        for number, on, kind, said in told
    ]
    return find(rules.rules, entries, TODAY)


def best_seconds(work: Callable[[], object], times: int) -> float:
    """The least processor time of several goes: what else the machine does is left out."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


class Shelf:
    """A member's rejections as a database gives them: what reading and opening them costs is measured elsewhere."""

    def __init__(self, kept: list[Rejection]) -> None:
        self._kept = kept
        self.rejections = self.goodnews = self.patterns = self

    @asynccontextmanager
    async def read(self) -> AsyncIterator["Shelf"]:
        yield self

    async def listed(self, _user_id: int, which: object = None) -> list[Rejection]:
        return self._kept if which is not None else []

    async def declined(self, _user_id: int) -> set[tuple[str, str]]:
        return set()


@dataclass
class Looked:
    """Processor seconds of one look, the longest that nobody else was served, and how many quotes were shown."""

    cpu: float
    held: float
    quotes: int


def letters(count: int) -> list[Rejection]:
    """So many rejections, each with a letter of about 800 characters."""
    chance, now = random.Random(3), datetime(2026, 11, 22, 12, tzinfo=UTC)
    table = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    sentences, kinds = [one for group in table.values() for one in group], texts.content().kinds
    found = []
    for number in range(1, count + 1):
        said = ""
        while len(said) < LETTER:
            said += f" {chance.choice(sentences)}"
        on = TODAY - timedelta(days=chance.randrange(700))
        found.append(Rejection(number, 1, chance.choice(kinds).id, on, now, said=said.strip()))
    return found


async def look(kept: list[Rejection]) -> Looked:
    """`/insights patterns` and one page of each pattern, while somebody else waits for their turn."""
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    patterns = Patterns(cast("Database", Shelf(kept)), texts.content(), texts.patterns())
    turns = [time.thread_time()]

    async def other() -> None:
        while True:
            turns.append(time.thread_time())
            await asyncio.sleep(0)

    waiting = asyncio.create_task(other())
    found = await patterns.found(newcomer(1, "Africa/Lagos", "en", now), now)
    quotes = 0
    for one in found.mine:
        quotes += sum(bool(one.quote(entry)) for entry in one.entries[:ENTRIES_SHOWN])
        await asyncio.sleep(0)  # each is a press of its own
    turns.append(time.thread_time())
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    gaps = [after - before for before, after in pairwise(turns)]
    return Looked(turns[-1] - turns[0], max(gaps), quotes)


async def bench(_folder: Path, *, quick: bool) -> list[Row]:
    """A thousand entries, against a hundred."""
    times = 5 if quick else 20
    thousand, hundred = history(1000), history(100)
    many = best_seconds(lambda: evaluate(thousand), times) * 1000
    few = best_seconds(lambda: evaluate(hundred), times) * 1000
    kept = letters(1000)
    looks = [await look(kept) for _ in range(times)]
    cpu, held = (min(one.cpu for one in looks) * 1000, min(one.held for one in looks) * 1000)
    return [
        Row("patterns in 1,000 entries", f"{many:.1f} ms", "", many, "at most", AIM_MS, unit="ms"),
        Row("1,000 entries against 100", f"{many:.1f} ms", f"{few:.1f} ms", many / few, "at most", 15),
        Row(
            "patterns in 1,000 letters of 800", f"{cpu:.1f} ms", "", cpu, "at most", LETTERS_AIM_MS, unit="ms"
        ),
        Row("  the longest that others wait", f"{held:.1f} ms", "", held, "at most", HELD_AIM_MS, unit="ms"),
    ]
