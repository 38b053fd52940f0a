"""No sentence is hard-coded: in a language where no letter is plain, every plain word on a screen was never translated."""

import calendar
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import simcord.interactions

import bot.wiring
from bot.wiring import CONFIG, Texts
from config.words import Words
from tests.conftest import FakeClock
from tests.e2e.crawl import Crawler, Screen, leaves, shown_texts, verb_of
from tests.e2e.plenty import fill_world, wild
from tests.e2e.world import World, world_in
from tests.pseudo import LANGUAGE, pseudo

_UNTRANSLATED = re.compile(r"https?://\S+|<[^<>]*>")
KEPT = ("English", "today")
"""The name a language has in itself, and the crawler's answer to a short field."""
_WORD = re.compile(r"[A-Za-z]{2,}")


def pseudo_words(folder: Path) -> Words:
    """English and the pseudo-language; a missing sentence raises."""
    sources = [path.read_text(encoding="utf-8") for path in sorted((folder / "en").glob("*.ftl"))]
    return Words.load(folder, extra={LANGUAGE: [pseudo(source) for source in sources]}, strict=True)


@pytest.fixture(scope="module")
def two_languages() -> Words:
    return pseudo_words(CONFIG / "locales")


@pytest.fixture
def speaking(monkeypatch: pytest.MonkeyPatch, two_languages: Words) -> None:
    """The program is built with both languages."""
    read = bot.wiring.read_texts

    def both(*settings: Any) -> Texts:
        texts = read(*settings)
        return Texts(two_languages, texts.content, texts.care)

    monkeypatch.setattr(bot.wiring, "read_texts", both)


def client_speaks(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """The language of the member's Discord client, which comes with each interaction."""
    build = simcord.interactions.base_payload

    def with_locale(*args: Any, **kwargs: Any) -> Any:
        record, payload = build(*args, **kwargs)
        return record, payload | {"locale": language}

    monkeypatch.setattr(simcord.interactions, "base_payload", with_locale)


def names(world: World) -> set[str]:
    """Words that are the same in every language: people, places, days, services, and what the crawler types."""
    zones = [f"{zone.id} {zone.city} {zone.country}" for zone in world.program.bot.zones]
    lines = [f"{line.name} {line.contact} {line.hours}" for line in world.program.services.care.lines]
    people = [actor.user.name.title() for actor in world.people.values()]
    days = [*calendar.day_name, *calendar.month_name, *sorted(world.program.bot.zone_names)]
    version = world.program.services.about.version
    return set(_WORD.findall(" ".join([*zones, *lines, *people, *days, version, world.guild.name, *KEPT])))


def plain_words(texts: Iterable[str], allowed: set[str]) -> Iterator[str]:
    """Every word of plain letters that is no name, with the text it stands in."""
    for text in texts:
        for word in _WORD.findall(_UNTRANSLATED.sub(" ", text)):
            if word not in allowed:
                yield f"{word!r} in {text[:80]!r}"


def needs_no_database(screen: Screen) -> bool:
    """The support card asks nobody which language a member chose, so it follows their client."""
    last = screen.path[-1]
    return last == "/support" or last.startswith("sf:") and verb_of(last).startswith("support")


def untranslated(screens: Iterable[Screen], allowed: set[str]) -> set[str]:
    """What is hard-coded on these screens, and on the way to which."""
    return {f"{found} at {screen.path}" for screen in screens for found in plain_words(shown_texts(screen), allowed)}


@pytest.mark.usefixtures("speaking")
async def test_every_screen_of_a_member_is_in_their_language(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their Discord client speaks English all the while: the language they chose goes before it."""
    client_speaks(monkeypatch, "en-US")
    async with world_in(tmp_path, clock) as world:
        await fill_world(world, "amara", LANGUAGE)
        crawler = Crawler(world, "amara", big=wild(4000), skip=frozenset({"me-language"}))
        await crawler.everything()
        assert crawler.faults == []
        assert crawler.used == {command.qualified_name for command in leaves(world.program.bot.tree)}
        own = [screen for screen in crawler.screens if not needs_no_database(screen)]
        assert untranslated(own, names(world)) == set()


@pytest.mark.usefixtures("speaking")
async def test_everything_before_consent_is_in_the_language_of_the_client(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_speaks(monkeypatch, LANGUAGE)
    async with world_in(tmp_path, clock) as world:
        crawler = Crawler(world, "bilal", depth=2, most=1)
        await crawler.everything()
        assert crawler.faults == []
        assert untranslated(crawler.screens, names(world)) == set()
