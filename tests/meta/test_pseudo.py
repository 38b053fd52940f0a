"""No sentence is hard-coded: in a language where no letter is plain, every plain word on a screen was never translated."""

import calendar
import re
from collections.abc import Iterable, Iterator

import pytest

from tests.e2e.crawl import Crawler, Screen, leaves, shown_texts, verb_of
from tests.e2e.plenty import wild
from tests.e2e.world import World
from tests.meta.speaking import client_speaks
from tests.pseudo import LANGUAGE

# A quotation is what a member will send: a message to somebody in the United States is in English.
_UNTRANSLATED = re.compile(r"https?://\S+|<[^<>]*>|^>>> .*|⟦“.*?”[^⟦“]*⟧", re.DOTALL)
KEPT = ("English", "today")
"""The name a language has in itself, and the crawler's answer to a short field."""
_WORD = re.compile(r"[A-Za-z]{2,}")


def names(world: World) -> set[str]:
    """Words that are the same in every language: people, places, days, services, and what the crawler types."""
    zones = [f"{zone.id} {zone.city} {zone.country}" for zone in world.program.bot.zones]
    lines = [f"{line.name} {line.contact} {line.hours}" for line in world.program.services.care.lines]
    people = [actor.user.name.title() for actor in world.people.values()]
    kinds = [kind.id for kind in world.program.bot.content.kinds]  # a CSV file names them by their ids
    months = [*calendar.month_name, *calendar.month_abbr, "Sept"]
    days = [*calendar.day_name, *months, *sorted(world.program.bot.zone_names)]
    version = world.program.services.about.version
    return set(
        _WORD.findall(" ".join([*zones, *lines, *people, *kinds, *days, version, world.guild.name, *KEPT]))
    )


def plain_words(texts: Iterable[str], allowed: set[str]) -> Iterator[str]:
    """Every word of plain letters that is no name, with the text it stands in."""
    for text in texts:
        for word in _WORD.findall(_UNTRANSLATED.sub(" ", text)):
            if word not in allowed:
                yield f"{word!r} in {text[:80]!r}"


def needs_no_database(screen: Screen) -> bool:
    """The support card asks nobody which language a member chose, so it follows their client."""
    last = screen.path[-1]
    return last == "/support" or (last.startswith("sf:") and verb_of(last).startswith("support"))


def untranslated(screens: Iterable[Screen], allowed: set[str]) -> set[str]:
    """What is hard-coded on these screens, and on the way to which."""
    return {
        f"{found} at {screen.path}"
        for screen in screens
        for found in plain_words(shown_texts(screen), allowed)
    }


async def test_every_screen_of_a_member_is_in_their_language(
    plenty: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their Discord client speaks English all the while: the language they chose goes before it.

    They have the largest data there can be, and in the longer language: Discord's limits are looked at on the way.
    """
    client_speaks(monkeypatch, "en-US")
    async with plenty.program.db.write() as tx:
        await tx.members.update(plenty.people["amara"].id, language=LANGUAGE)
    crawler = Crawler(plenty, "amara", big=wild(4000), skip=frozenset({"me-language"}))
    await crawler.everything()
    assert crawler.faults == []
    assert crawler.used >= {command.qualified_name for command in leaves(plenty.program.bot.tree)}
    assert [fault for screen in crawler.screens for fault in screen.faults()] == []
    assert [screen.path for screen in crawler.screens if not screen.private] == []
    own = [screen for screen in crawler.screens if not needs_no_database(screen)]
    assert untranslated(own, names(plenty)) == set()


async def test_everything_before_consent_is_in_the_language_of_the_client(
    empty: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_speaks(monkeypatch, LANGUAGE)
    crawler = Crawler(empty, "bilal", depth=2, most=1)
    await crawler.everything()
    assert crawler.faults == []
    assert untranslated(crawler.screens, names(empty)) == set()
