from types import SimpleNamespace
from unittest.mock import Mock

import discord
import pytest
import yarl

from bot.operations.metrics import Metrics
from bot.operations.watching import REMEMBERED, Watching, named
from tests.conftest import START

API = "https://discord.com/api/v10"
KIND = discord.InteractionType


class Seconds:
    """A monotonic clock that a test moves."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def watching(clock, seconds):
    return Watching(Metrics("1"), clock, seconds)


def interaction(number=7, kind=KIND.application_command, command="rejection log", **data):
    found = Mock(spec=discord.Interaction)
    found.id, found.type, found.data = number, kind, data
    found.command = None if command is None else SimpleNamespace(qualified_name=command)
    return found


async def ended(watching, path, status=200, **headers):
    answer = SimpleNamespace(status=status, headers=headers)
    params = SimpleNamespace(response=answer, url=yarl.URL(f"{API}{path}"))
    await watching._ended(None, None, params)


def value(watching, series, **labels):
    return watching._metrics.registry.get_sample_value(f"stepforward_{series}", labels)


async def test_the_time_to_the_first_answer_is_taken_once(watching, seconds):
    watching.saw("interaction", (interaction(),))
    seconds.now += 0.2
    await ended(watching, "/channels/7/messages")
    await ended(watching, "/interactions/7/token-of-it/callback", 500)
    await ended(watching, "/interactions/7/token-of-it/callback")
    seconds.now += 9
    await ended(watching, "/interactions/7/token-of-it/callback")
    labels = {"kind": "command", "name": "rejection log"}
    assert value(watching, "first_answer_seconds_count", **labels) == 1
    assert value(watching, "first_answer_seconds_bucket", le="0.25", **labels) == 1


async def test_what_is_never_answered_is_forgotten(watching):
    asked = interaction()
    for asked.id in range(REMEMBERED + 5):
        watching.saw("interaction", (asked,))
    await ended(watching, "/interactions/1/t/callback")
    assert len(watching._asked) == REMEMBERED
    assert value(watching, "first_answer_seconds_count", kind="command", name="rejection log") is None


@pytest.mark.parametrize(
    "given, name",
    [
        (interaction(command=None), ("command", "other")),
        (interaction(kind=KIND.autocomplete), ("autocomplete", "rejection log")),
        (interaction(kind=KIND.component, custom_id="sf:1:form-again:x"), ("press", "form-again")),
        (interaction(kind=KIND.component, custom_id="sf:1:made-up:x"), ("press", "other")),
        (interaction(kind=KIND.component, custom_id="words of somebody"), ("press", "other")),
        (interaction(kind=KIND.modal_submit, custom_id="8f3a"), ("form", "form")),
    ],
)
def test_names_are_our_own_and_few(given, name):
    import bot.ui.forms  # noqa: F401 - makes the press form-again

    assert named(given) == name


async def test_refusals_count_for_ten_minutes_and_shared_limits_do_not(watching, seconds):
    await ended(watching, "/gateway", 101)
    for status, headers in (
        (200, {}), (404, {}), (401, {}), (403, {}), (429, {"Via": "1.1 google", "X-RateLimit-Scope": "shared"}),
        (429, {"Via": "1.1 google", "X-RateLimit-Scope": "user"}), (429, {}),
    ):  # fmt: skip
        await ended(watching, "/users/@me", status, **headers)
    assert watching.invalid_requests == 4
    assert value(watching, "discord_rate_limited_total", scope="cloudflare") == 1
    assert value(watching, "discord_requests_total", status="101") is None
    seconds.now += 601
    assert watching.invalid_requests == 0


async def test_connections_come_and_go(watching, clock):
    start = clock()
    watching.saw("shard_connect", (0,))
    later = clock.advance(minutes=5)
    watching.saw("shard_disconnect", (0,))
    (first, second) = watching.shards((0, 1), {0: 0.05, 1: float("nan")}, START)
    assert (first.connected, first.since, first.latency) == (False, later, 0.05)
    assert (second.connected, second.since, second.latency) == (False, start, None)
    watching.saw("shard_resumed", (0,))
    (first,) = watching.shards((0,), {}, START)
    assert first.connected
    assert value(watching, "gateway_events_total", event="identified") == 1
