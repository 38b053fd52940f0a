"""What it costs to find what repeats in a thousand entries: reading their words, and the rules over them."""

import random
import time
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from bot.domain.kinds import Kind
from bot.domain.patterns import Entry, Found, Ref, Source, find
from tests import texts
from tests.bench.table import Row

TODAY = date(2026, 11, 22)
SENTENCES = Path(__file__).parents[1] / "domain" / "sentences" / "feedback.toml"
AIM_MS = 50
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


async def bench(_folder: Path, *, quick: bool) -> list[Row]:
    """A thousand entries, against a hundred."""
    times = 5 if quick else 20
    thousand, hundred = history(1000), history(100)
    many = best_seconds(lambda: evaluate(thousand), times) * 1000
    few = best_seconds(lambda: evaluate(hundred), times) * 1000
    return [
        Row("patterns in 1,000 entries", f"{many:.1f} ms", "", many, "at most", AIM_MS, unit="ms"),
        Row("1,000 entries against 100", f"{many:.1f} ms", f"{few:.1f} ms", many / few, "at most", 15),
    ]
