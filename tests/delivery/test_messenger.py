"""What goes over the wire, and how each way a request can end becomes an Answer."""

import asyncio
import json
from datetime import UTC, datetime
from types import SimpleNamespace
from unittest.mock import AsyncMock, Mock

import aiohttp
import discord
import pytest
from discord.http import HTTPClient

from bot.delivery import messenger as messenger_module
from bot.delivery.messenger import Messenger, is_marked
from bot.domain.answers import Action, Answer, Kind, outcome
from bot.domain.deliveries import STANDS_WITHIN
from bot.services.outbox import Letter

BODY = [{"type": 1, "components": [{"type": 2, "custom_id": "sf:1:nudge-done:77"}]}]
SINCE = datetime(2026, 11, 22, 17, tzinfo=UTC)
LETTER = Letter(420, json.dumps(BODY), "77")


CALLS = ("send_message", "start_private_message", "logs_from", "edit_message", "delete_message")


@pytest.fixture
def http():
    """discord.py's client; its calls give awaitables without being coroutine functions, so they are told apart."""
    http = Mock(spec=HTTPClient)
    for call in CALLS:
        setattr(http, call, AsyncMock(spec=getattr(HTTPClient, call)))
    return http


@pytest.fixture
def messenger(http):
    messenger = Messenger()
    messenger.attach(Mock(spec=discord.Client, http=http))
    return messenger


def refusal(status, code=0, headers=None, kind=discord.HTTPException):
    response = SimpleNamespace(status=status, reason="no", headers=headers or {})
    return kind(response, {"code": code, "message": "secret text"})


async def test_a_letter_goes_out_raw_with_its_nonce_and_mentions_nobody(messenger, http):
    http.send_message.return_value = {"id": "5000"}
    assert await messenger.send(LETTER) == Answer(Kind.OK, made_id=5000)
    (channel_id,), more = http.send_message.call_args
    assert channel_id == 420
    assert more["params"].payload == {
        "components": BODY,
        "flags": 1 << 15,
        "nonce": "77",
        "enforce_nonce": True,
        "allowed_mentions": {"parse": []},
    }
    assert (more["params"].multipart, more["params"].files) == (None, None)


async def test_a_silent_letter_suppresses_notifications(messenger, http):
    http.send_message.return_value = {"id": "5000"}
    await messenger.send(Letter(420, "[]", "77", silent=True))
    assert http.send_message.call_args[1]["params"].payload["flags"] == (1 << 15) | (1 << 12)


async def test_a_mention_notifies_one_member_and_nobody_else(messenger, http):
    http.send_message.return_value = {"id": "5000"}
    await messenger.send(Letter(420, "[]", "77", mentions=42))
    payload = http.send_message.call_args[1]["params"].payload
    assert payload["allowed_mentions"] == {"parse": [], "users": [42]}


async def test_opening_gives_the_channel(messenger, http):
    http.start_private_message.return_value = {"id": "420"}
    assert await messenger.open(42) == Answer(Kind.OK, made_id=420)


@pytest.mark.parametrize(
    "error,answer",
    [
        (refusal(403, 50007, kind=discord.Forbidden), Answer(Kind.HTTP, 403, 50007)),
        (refusal(404, 10003, kind=discord.NotFound), Answer(Kind.HTTP, 404, 10003)),
        (refusal(400, 50035), Answer(Kind.HTTP, 400, 50035)),
        (refusal(401), Answer(Kind.HTTP, 401)),
        (refusal(503, kind=discord.DiscordServerError), Answer(Kind.HTTP, 503)),
        (refusal(429, headers={"Via": "1.1 google"}), Answer(Kind.HTTP, 429)),
        (refusal(429), Answer(Kind.BANNED, 429)),
        (discord.RateLimited(90.0), Answer(Kind.LIMITED, retry_after=90.0)),
        (ConnectionResetError(), Answer(Kind.LOST)),
        (aiohttp.ServerDisconnectedError(), Answer(Kind.LOST)),
        (TimeoutError(), Answer(Kind.LOST)),
    ],
    ids=str,
)
async def test_however_a_request_ends_it_is_an_answer(messenger, http, error, answer):
    for call in CALLS:
        getattr(http, call).side_effect = error
    assert await messenger.send(LETTER) == answer
    assert await messenger.open(42) == answer
    assert await messenger.find(420, 77) == answer
    assert await messenger.edit(420, 5000, "[]") == answer


async def test_a_request_that_never_ends_counts_as_lost(messenger, http, monkeypatch):
    async def forever(*_arguments, **_more):
        await asyncio.Event().wait()

    monkeypatch.setattr(messenger_module, "DEADLINE_SECONDS", 0.0)
    http.send_message.side_effect = forever
    assert await messenger.send(LETTER) == Answer(Kind.LOST)


async def test_before_login_everything_is_lost():
    assert await Messenger().send(LETTER) == Answer(Kind.LOST)


async def test_a_delivery_is_found_by_its_marker(messenger, http):
    http.logs_from.return_value = [
        {"id": "1", "components": []},
        {"id": "2", "components": BODY},
        {"id": "3"},
    ]
    assert await messenger.find(420, 77) == Answer(Kind.OK, made_id=2)
    assert await messenger.find(420, 7) == Answer(Kind.OK)
    assert http.logs_from.call_args[0] == (420, 50)


async def test_a_post_is_looked_for_from_its_attempt_on(messenger, http):
    http.logs_from.return_value = [{"id": "1", "components": []}, {"id": "2", "components": BODY}]
    assert await messenger.find(420, 77, since=SINCE) == Answer(Kind.OK, made_id=2)
    assert await messenger.find(420, 78, since=SINCE) == Answer(Kind.OK)
    after = discord.utils.time_snowflake(SINCE)
    assert tuple(http.logs_from.call_args) == ((420, 100), {"after": after})


async def test_a_quiet_channel_is_told_from_one_whose_history_is_closed(messenger, http):
    http.logs_from.side_effect = [[], [{"id": "1", "components": []}]]
    assert await messenger.find(420, 77, since=SINCE) == Answer(Kind.OK)
    http.logs_from.side_effect = [[], []]
    assert outcome(await messenger.find(420, 77, since=SINCE), dm=False).action is Action.CHANNEL


def talk(http, seconds_apart, posted_as=None):
    """A channel in which somebody writes all the time, from the attempt on, for an hour."""
    first = discord.utils.time_snowflake(SINCE)
    step = int(seconds_apart * 1000) << 22
    ids = range(first + step, first + (3_600_000 << 22), step)

    async def logs_from(_channel_id, limit, after=None):
        page = [number for number in ids if number > after][:limit]
        return [
            {"id": str(n), "components": BODY if n == ids[posted_as or 0] else []} for n in reversed(page)
        ]

    http.logs_from.side_effect = logs_from
    return ids


async def test_a_busy_channel_does_not_hide_a_post(messenger, http):
    ids = talk(http, seconds_apart=0.5, posted_as=450)
    assert await messenger.find(420, 77, since=SINCE) == Answer(Kind.OK, made_id=ids[450])
    assert http.logs_from.await_count == 5


async def test_it_is_looked_for_over_the_minutes_of_the_attempt_and_not_further(messenger, http):
    talk(http, seconds_apart=0.5)
    assert await messenger.find(420, 78, since=SINCE) == Answer(Kind.OK)
    assert http.logs_from.await_count == -(-STANDS_WITHIN.total_seconds() * 2 // 100)
    http.logs_from.reset_mock()
    talk(http, seconds_apart=0.1)
    assert outcome(await messenger.find(420, 78, since=SINCE), dm=False).action is Action.CHANNEL
    assert http.logs_from.await_count == 10


def test_a_marker_may_stand_in_a_container_a_section_or_a_select():
    button = {"type": 2, "custom_id": "sf:1:x:77"}
    assert is_marked([{"type": 17, "components": [{"type": 9, "components": [], "accessory": button}]}], 77)
    assert is_marked([{"type": 17, "components": [{"type": 1, "components": [button]}]}], 77)
    assert not is_marked([{"type": 10, "content": "sf:1:x:77"}], 77)
    assert not is_marked(None, 77)


async def test_a_message_is_edited_with_the_same_care(messenger, http):
    http.edit_message.return_value = {"id": "5000"}
    assert (await messenger.edit(420, 5000, "[]")).kind is Kind.OK
    payload = http.edit_message.call_args[1]["params"].payload
    assert payload == {"components": [], "flags": 1 << 15, "allowed_mentions": {"parse": []}}


async def test_removing_what_is_gone_is_done(messenger, http):
    http.delete_message.return_value = None
    assert await messenger.remove(420, 5000) == Answer(Kind.OK)
    http.delete_message.side_effect = refusal(404, 10008, kind=discord.NotFound)
    assert await messenger.remove(420, 5000) == Answer(Kind.OK)
    http.delete_message.side_effect = refusal(403, 50001, kind=discord.Forbidden)
    assert (await messenger.remove(420, 5000)).code == 50001
