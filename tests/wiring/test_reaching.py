"""Discord out of reach at the start: the bot waits and tries again, and ends at once when it is asked to."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest

from bot import reaching
from bot.reaching import reached
from bot.wiring import Program, StartRefused, build, running
from config.settings import Settings
from tests.standin import Standin, StandinThread
from tests.wiring.host import Host

NOBODY = "http://127.0.0.1:9/api/v10"


def answer(kind: type[discord.HTTPException], status: int) -> discord.HTTPException:
    """Discord's answer of a status, as discord.py raises it."""
    response: Any = SimpleNamespace(status=status, reason="", headers={})
    return kind(response, "")


def no_gateway(status: int) -> discord.GatewayNotFound:
    found = discord.GatewayNotFound()
    found.__cause__ = answer(discord.HTTPException, status)
    return found


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Every pause, in seconds; none is slept."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(reaching, "asyncio", SimpleNamespace(sleep=sleep))
    return waited


async def asked(*errors: Exception) -> str:
    """What `reached` gives when these are raised one after the other."""
    left: Iterator[Exception] = iter(errors)

    async def ask() -> str:
        for error in left:
            raise error
        return "here"

    return await reached(ask)


async def test_the_pauses_grow_to_five_minutes(pauses: list[float], caplog: pytest.LogCaptureFixture) -> None:
    assert await asked(*[ConnectionRefusedError(111, "Connection refused")] * 9) == "here"
    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300, 300]
    assert len(caplog.records) == 9
    assert "Discord cannot be reached (Connection refused): the next try is in 5 s" in caplog.text


@pytest.mark.parametrize(
    "error, pause",
    [
        (aiohttp.ServerDisconnectedError(), 5),
        (TimeoutError(), 5),
        (answer(discord.DiscordServerError, 503), 5),
        (no_gateway(500), 5),
        (discord.RateLimited(120.0), 120),
        (answer(discord.HTTPException, 429), 900),
        (no_gateway(429), 900),
    ],
)
async def test_what_passes_is_waited_for(pauses: list[float], error: Exception, pause: float) -> None:
    assert await asked(error) == "here"
    assert pauses == [pause]


@pytest.mark.parametrize(
    "error",
    [
        discord.LoginFailure("no"),
        answer(discord.Forbidden, 403),
        answer(discord.NotFound, 404),
        no_gateway(404),
        ValueError("ours"),
    ],
)
async def test_what_stays_is_raised_at_once(pauses: list[float], error: Exception) -> None:
    with pytest.raises(type(error)):
        await asked(error)
    assert pauses == []


@pytest.fixture(scope="module")
def standin() -> Iterator[Standin]:
    with StandinThread() as running_one:
        yield running_one


@pytest.fixture
async def program(host: Host, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Program]:
    """A bot that has not logged in, with nobody where Discord should be."""
    monkeypatch.setattr(discord.http.Route, "BASE", NOBODY)
    made = await build(Settings(), beating=False)
    yield made
    await made.bot.close()
    await made.close()


async def test_a_bot_logs_in_once_the_network_is_there(
    program: Program, standin: Standin, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[float] = []

    async def sleep(seconds: float) -> None:
        tries.append(seconds)
        if len(tries) == 2:
            monkeypatch.setattr(discord.http.Route, "BASE", standin.api_url)

    monkeypatch.setattr(reaching, "asyncio", SimpleNamespace(sleep=sleep))
    with caplog.at_level(logging.WARNING):
        await program.bot.login("nobodys")
    assert tries == [5, 10]
    assert program.bot.user is not None
    assert program.bot.cogs
    assert [one.name for one in caplog.records if one.levelno >= logging.WARNING] == ["bot.reaching"] * 2


async def test_a_failure_of_ours_during_the_start_is_not_tried_again(
    program: Program, standin: Standin, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    async def fail(_bot: object) -> None:
        raise ConnectionRefusedError(111, "the database went away")

    monkeypatch.setattr(discord.http.Route, "BASE", standin.api_url)
    monkeypatch.setattr(program.bot, "_started", fail)
    with pytest.raises(ConnectionRefusedError):
        await program.bot.login("nobodys")
    assert pauses == []


@pytest.mark.parametrize("when", ["before it begins", "while it waits"])
async def test_asked_to_end_it_ends_at_once(
    program: Program, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    asked_to_end = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        asked_to_end.set()
        await asyncio.Event().wait()

    if when == "before it begins":
        asked_to_end.set()
    monkeypatch.setattr(running, "spare_what_stays", lambda: None)
    monkeypatch.setattr(reaching, "asyncio", SimpleNamespace(sleep=sleep))
    async with asyncio.timeout(10):
        await running._until(asked_to_end, program, "nobodys")


async def refused(settings: Settings) -> str:
    with pytest.raises(StartRefused) as told:
        await running._run(settings)
    return str(told.value)


async def test_an_address_that_is_not_discords_is_one_line(
    host: Host, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.setting(HEALTH="0", DISCORD_TOKEN="nobodys", DISCORD_API_URL=f"{standin.api_url}/nowhere")
    monkeypatch.setattr(discord.http.Route, "BASE", f"{standin.api_url}/nowhere")
    monkeypatch.setattr(running, "spare_what_stays", lambda: None)
    told = await refused(Settings())
    assert told.startswith("Discord does not let the bot in: it answered 404")
    assert "STEPFORWARD_DISCORD_API_URL" in told


async def test_a_bot_that_never_began_can_be_closed(program: Program) -> None:
    await program.drain()
