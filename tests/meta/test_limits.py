"""Discord's limits hold on every card, form, message and command, with the largest data and in the longest language."""

import json
from collections.abc import Iterable
from datetime import timedelta

import pytest
import sqlalchemy

from bot.app import StepForward
from bot.ui.commands import keys_of
from config.words import Words
from tests.e2e.crawl import Crawler, Screen
from tests.e2e.plenty import wild
from tests.e2e.world import World, raw
from tests.meta.lint import lint_message, walk
from tests.meta.speaking import client_speaks
from tests.pseudo import LANGUAGE

LIMITS = {"command": 100, "choice": 100, "menu": 32}


def faults(screens: Iterable[Screen]) -> set[str]:
    """What Discord would refuse, and on the way to which."""
    return {f"{fault} at {screen.path}" for screen in screens for fault in screen.faults()}


async def test_every_screen_of_a_lead_keeps_discords_limits(
    plenty: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of a member, with the largest data there can be, are walked through in test_pseudo, once for both."""
    client_speaks(monkeypatch, LANGUAGE)
    crawler = Crawler(plenty, "priya", big=wild(4000), skip=frozenset({"me-language"}))
    await crawler.everything()
    assert crawler.faults == []
    assert faults(crawler.screens) == set()
    assert [screen.path for screen in crawler.screens if not screen.private] == []


@pytest.mark.parametrize("language", ["en", LANGUAGE])
async def test_every_message_that_comes_by_itself_keeps_discords_limits(plenty: World, language: str) -> None:
    """Check-ins of 25 rejections at once, wins, and the weekly post of a large group."""
    async with plenty.program.db.write() as tx:
        now = plenty.clock()
        await tx.members.update(plenty.people["amara"].id, language=language)
        await tx.guilds.update(
            plenty.guild.id, channel_id=plenty.channel.id, language=language, weekly_due_at=now, set_up_at=now
        )
    await plenty.pass_time(days=9, stride=timedelta(hours=12))
    async with plenty.program.db.engines.read() as connection:
        bodies = [row[0] for row in await connection.execute(sqlalchemy.text("SELECT body FROM deliveries"))]
    messages = [json.loads(body) for body in bodies if body != "[]"]
    sent = [raw(message) for message in [*plenty.dms("amara"), *plenty.channel.history()]]
    assert [fault for message in [*messages, *sent] for fault in lint_message(message)] == []
    assert len(plenty.dms("amara")) >= 2
    assert any(part.get("custom_id") for message in sent for part in walk(message))


async def test_every_command_fits_in_the_longest_language(loaded: StepForward, two_languages: Words) -> None:
    voice = two_languages.speak(LANGUAGE)
    told = {key: voice(key) for key in keys_of(loaded.tree)}
    assert {key: text for key, text in told.items() if len(text) > LIMITS[key.split("-")[0]]} == {}
