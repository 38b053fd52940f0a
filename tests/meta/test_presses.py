"""Every button that is ever shown does something, for its owner alone, also after a restart and whatever it carries."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import StepForward
from bot.storage.columns import metadata
from bot.ui.buttons import Press
from bot.ui.cards import PREFIX, Card, press
from tests.conftest import START, FakeClock
from tests.e2e.crawl import Crawler, Faults, Screen, dm_of, forge, verb_of
from tests.e2e.world import World, checked, chosen_presses, raw, said, world_in
from tests.meta.lint import walk

GARBAGE = ("", "-1.x.0", "9" * 19)
ENDS = frozenset({"me-erase-now", "recovery-stop-all"})
"""Presses after which there is nothing left to meet."""
NEVER_MET = frozenset(
    {
        *("me-language", "server-language"),  # there is one language so far
        *(
            "nudge-pick",
            "action-list",
            "recovery-start",
            "recovery-read",
            "support-notmeant",
        ),  # need more data, or heavier words
        *(
            "win-offer",
            "win-preview",
            "win-post",
            "win-withdraw",
            "kudos",
        ),  # each stands behind the one before
        "form-try",  # after a save that went wrong
        "nudge-snooze",  # in messages that an earlier version sent
        *(
            "journal-pick",
            "journal-next",
            "journal-keep",
            "journal-act",
            "journal-did",
            "journal-found",
            "journal-months",
        ),  # need more of a life
        *("challenge-finish", "challenge-past", "challenge-delete", "challenge-delete-now"),  # after ten days
        *("goodnews-new", "me-stay", "server-test-look"),  # after a match, a long silence, a lost answer
        *("action-day", "goodnews-day", "import-day", "rejection-day"),  # a day that can be read in two ways
    }
)
"""Met in the stories of their own features; here they are pressed with made-up arguments alone."""
BUTTON, SELECT = 2, 3


def presses_of(bot: StepForward) -> dict[str, type[Press]]:
    """Every registered press by its verb."""
    registered = bot._connection._view_store._dynamic_items.values()
    return {item.verb: item for item in registered if issubclass(item, Press)}


async def rows_of(world: World, user_id: int) -> dict[str, list[Any]]:
    """All that is kept about somebody."""
    found = {}
    async with world.program.db.engines.read() as connection:
        for table in metadata.sorted_tables:
            if "user_id" in table.c:
                rows = await connection.execute(select(table).where(table.c.user_id == user_id))
                found[table.name] = sorted(map(repr, rows))
    return found


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What our own code logs as an error."""
    listener = Faults()
    logging.getLogger().addHandler(listener)
    yield listener.found
    logging.getLogger().removeHandler(listener)


@dataclass(frozen=True, slots=True)
class Walk:
    """What somebody who went everywhere left behind: the files, and each press that was met, by its verb."""

    folder: Path
    presses: dict[str, dict[str, Any]]
    ids: frozenset[str]
    kept_views: int


@pytest.fixture(scope="session")
def walk_once(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Amara and Priya, a lead, go everywhere, and a week passes."""
    return asyncio.run(_walk(tmp_path_factory.mktemp("walk")))


async def _walk(folder: Path) -> Walk:
    async with world_in(folder, FakeClock()) as world:
        await _settle_in(world)
        screens: list[Screen] = []
        for crawler in (
            Crawler(world, "carmen", most=1, only="recovery today"),
            Crawler(world, "amara", most=1, skip=ENDS),
            Crawler(world, "priya", most=1, only="server"),
        ):
            await crawler.everything()
            screens += crawler.screens
        await world.pass_time(days=8, stride=timedelta(hours=12))
        met = [press for screen in screens for press in screen.presses]
        met += [part for who in ("amara", "bilal") for part in _came(world, who)]
        met += await _answered(world, met)
        store = world.program.bot._connection._view_store
        kept = sum(map(len, store._views.values())) + len(store._synced_message_views)
        async with world.program.db.write() as tx:
            await tx.facts.forget("commands")  # the next Discord has not heard of them
    by_verb = {verb_of(press["custom_id"]): press for press in reversed(met)}
    return Walk(folder, by_verb, frozenset(press["custom_id"] for press in met), kept)


async def _answered(world: World, met: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the answers to a check-in offer in turn, in the direct messages."""
    user, channel = dm_of(world, "amara")
    offered: list[dict[str, Any]] = []
    for found in [found for found in met if verb_of(found["custom_id"]).startswith("nudge-")]:
        result = await forge(world, user, found, values=values_of(found), channel=channel)
        for message in filter(None, (result.response, *result.followups)):
            offered += [dict(part) for part in walk(message.components) if part.get("custom_id")]
    return offered


async def _settle_in(world: World) -> None:
    """Amara and Bilal are members with a rejection each, and the server has a channel."""
    async with world.program.db.write() as tx:
        await tx.guilds.update(world.guild.id, channel_id=world.channel.id, set_up_at=world.clock())
    for who in ("bilal", "amara"):
        form = await world.slash(who, "rejection log")
        await world.consent(who, await world.fill(who, form, kind=["research"], who="a lab", day="today"))


def _came(world: World, who: str) -> Iterator[dict[str, Any]]:
    """Everything that can be pressed in the messages that came by themselves."""
    for message in [*world.dms(who), *world.channel.history()]:
        yield from (dict(part) for part in walk(raw(message)) if part.get("custom_id"))
        for value in chosen_presses(raw(message)):
            yield {"type": BUTTON, "style": 2, "label": "x", "custom_id": f"{PREFIX}:{value}"}


@pytest.fixture
async def world(walk_once: Walk, tmp_path: Path) -> AsyncIterator[World]:
    """Two months later, after a restart: nothing of the walk is left but its files."""
    shutil.copytree(walk_once.folder, tmp_path, dirs_exist_ok=True)
    async with world_in(tmp_path, FakeClock(START + timedelta(days=68))) as opened:
        yield opened


def values_of(found: dict[str, Any]) -> list[str]:
    """The first choice of a select."""
    return [found["options"][0]["value"]] if found["type"] == SELECT else []


async def test_every_custom_id_belongs_to_exactly_one_press(walk_once: Walk, loaded: StepForward) -> None:
    patterns = list(loaded._connection._view_store._dynamic_items)
    owners = {i: [p.pattern for p in patterns if p.fullmatch(i)] for i in walk_once.ids}
    assert {i: found for i, found in owners.items() if len(found) != 1} == {}


async def test_every_press_is_met_by_somebody_who_goes_everywhere(
    walk_once: Walk, loaded: StepForward
) -> None:
    """A verb that nothing carries is dead code, or stands on a screen the crawler cannot reach, which is named."""
    assert set(presses_of(loaded)) - set(walk_once.presses) - NEVER_MET == set()
    assert NEVER_MET - set(presses_of(loaded)) == set()


async def test_no_card_is_kept_by_discord_py(walk_once: Walk, loaded: StepForward) -> None:
    """Kept views time out, and one that ends takes dynamic items with it; ours never enter the store."""
    assert walk_once.kept_views == 0
    before = presses_of(loaded)
    Card().row(press("support", label="x")).stop()
    assert presses_of(loaded) == before


async def test_every_press_works_after_a_restart_and_two_months(
    walk_once: Walk, world: World, faults: list[str]
) -> None:
    for found in walk_once.presses.values():
        checked(await forge(world, world.people["amara"], found, values=values_of(found)))
    assert faults == []


@pytest.mark.parametrize("place", ["guild", "dm"])
async def test_somebody_elses_press_does_nothing(
    walk_once: Walk, world: World, faults: list[str], place: str
) -> None:
    actor, channel = (world.people["bilal"], None) if place == "guild" else dm_of(world, "bilal")
    before = await rows_of(world, world.people["amara"].id)
    for found in walk_once.presses.values():
        checked(await forge(world, actor, found, values=values_of(found), channel=channel))
    assert await rows_of(world, world.people["amara"].id) == before
    assert faults == []


@pytest.mark.parametrize("who", ["amara", "daria"])
async def test_a_made_up_press_is_refused_kindly(
    walk_once: Walk, world: World, faults: list[str], who: str
) -> None:
    """By a member, and by somebody the bot has never met, who leaves no trace by it."""
    before = await rows_of(world, world.people["daria"].id)
    for verb in (*presses_of(world.program.bot), "unheard-of"):
        for arg in GARBAGE:
            made_up = {"type": BUTTON, "style": 2, "label": "x", "custom_id": f"{PREFIX}:{verb}:{arg}"}
            checked(await forge(world, world.people[who], made_up))
    assert await rows_of(world, world.people["daria"].id) == before
    assert faults == []


async def test_a_made_up_choice_is_refused_kindly(walk_once: Walk, world: World, faults: list[str]) -> None:
    for found in walk_once.presses.values():
        if found["type"] == SELECT:
            for value in ("", "garbage", "9" * 19):
                checked(await forge(world, world.people["amara"], found, values=[value]))
    assert faults == []


async def test_a_button_of_an_older_version_says_so(world: World) -> None:
    old = {"type": BUTTON, "style": 2, "label": "x", "custom_id": "sf:0:nudge-done:n1"}
    assert "older version" in said(checked(await forge(world, world.people["amara"], old)))
