"""Proves the stand-in with a tiny real bot in a process of its own."""

from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.standin import BotProcess, Standin, StandinThread
from tests.standin.faults import (
    LOST,
    LOST_IN_SILENCE,
    RESET,
    Fault,
    banned,
    broken,
    delayed,
    rate_limited,
    refused,
    unauthorized,
)
from tests.standin.gateway import ABORT
from tests.standin.people import custom_ids, texts
from tests.standin.records import Told

MEMBER, OTHER = 4001, 4002
TINY = (str(Path(__file__).with_name("tiny_bot.py")),)
DM = "/channels/*/messages"


def tiny(standin: Standin, folder: Path, shards: int = 1) -> BotProcess:
    return BotProcess(standin, folder, argv=TINY, shards=shards, env={"TINY_SHARDS": str(shards)})


def said(standin: Standin, told: Told) -> str:
    """What the member could read once the bot was done with the interaction."""
    standin.wait(lambda: told.replies and not told.waiting)
    return texts(told.replies[-1].payload)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Standin, BotProcess]]:
    with StandinThread() as standin:
        for number in (1, 2):  # one guild on each of two shards
            standin.world.guild(f"guild {number}", guild_id=number << 22)
        with tiny(standin, tmp_path_factory.mktemp("tiny"), shards=2) as bot:
            yield standin, bot


@pytest.fixture
def standin(running: tuple[Standin, BotProcess]) -> Iterator[Standin]:
    standin, _ = running
    yield standin
    standin.faults.clear()
    standin.world.refuse_dms.clear()


def test_a_command_reaches_the_shard_of_its_guild(standin: Standin) -> None:
    told = [
        standin.slash(MEMBER, "reject add", {"times": 3, "who": OTHER}, guild=g)
        for g in standin.world.guilds.values()
    ]
    assert [said(standin, each) for each in told] == ["3 for 4002 of shard 1", "3 for 4002 of shard 0"]
    assert told[0].answered_at
    assert told[0].answered_at - told[0].at < 3
    public = next(iter(standin.world.guilds[1 << 22].channels))
    assert standin.world.received(public)[-1] is told[0].original


def test_autocomplete_offers_choices(standin: Standin) -> None:
    guild = standin.world.guilds[1 << 22]
    told = standin.autocomplete(MEMBER, "reject add", "times", {"times": 5}, guild=guild)
    standin.wait(lambda: told.answers)
    assert told.choices == [{"name": "five", "value": "5"}]


def test_a_form_makes_the_round_trip(standin: Standin) -> None:
    standin.world.user(OTHER)
    opened = standin.slash(MEMBER, "reject form")
    standin.wait(lambda: opened.answers)
    assert custom_ids(opened.modal["components"]) == ["said", "kind", "which", "who"]
    told = standin.submit(
        MEMBER, opened.modal, {"said": "no", "kind": "research", "which": ["one"], "who": ["4002"]}
    )
    assert said(standin, told) == "no research one member-4002"


def test_a_press_on_a_private_card_told_three_times_is_answered_once(standin: Standin) -> None:
    card = standin.slash(MEMBER, "reject card")
    assert "A card" in said(standin, card)
    assert card.original
    assert card.original.ephemeral
    told = standin.press(MEMBER, "sf:1:done:7", message=card.original, times=3)
    assert said(standin, told) == "pressed sf:1:done:7"
    standin.wait(lambda: len(standin.world.calls("POST", f"{told.payload['token']}/callback")) == 3)
    assert len(told.answers) == 1


def test_a_press_needs_no_message_of_ours(standin: Standin) -> None:
    assert said(standin, standin.press(MEMBER, "sf:1:done:8")) == "pressed sf:1:done:8"


def test_a_pick_may_change_its_message(standin: Standin) -> None:
    told = standin.press(MEMBER, "sf:1:pick:0", values=["exam", "visa"])
    standin.wait(lambda: told.answers)
    assert told.source
    assert texts(told.source.payload) == "picked exam visa"


def test_a_message_menu_carries_the_message(standin: Standin) -> None:
    standin.slash(MEMBER, "reject nudge", {"nonce": "menu"})
    standin.wait(lambda: standin.world.dms_to(MEMBER))
    told = standin.menu(MEMBER, "Keep this", standin.world.dms_to(MEMBER)[-1])
    assert said(standin, told) == "kept A nudge"


def test_a_file_comes_as_multipart(standin: Standin) -> None:
    told = standin.slash(MEMBER, "reject export")
    said(standin, told)
    assert told.replies[0].files["mine.json"].startswith(b'"""The smallest bot')


def test_a_nonce_is_remembered_for_a_while(standin: Standin) -> None:
    for _ in range(2):
        assert said(standin, standin.slash(100, "reject nudge", {"nonce": "same"})).startswith("sent")
    assert [message.nonce for message in standin.world.dms_to(100)] == ["same"]
    standin.world.nonces.clear()
    said(standin, standin.slash(100, "reject nudge", {"nonce": "same"}))
    assert len(standin.world.dms_to(100)) == 2


FAULTS = [
    (refused(50007), "refused 403 50007", 0, 1),
    (refused(50278), "refused 403 50278", 0, 1),
    (refused(50001), "refused 403 50001", 0, 1),
    (refused(50013), "refused 403 50013", 0, 1),
    (refused(40003), "refused 403 40003", 0, 1),
    (refused(10003), "refused 404 10003", 0, 0),
    (refused(10008), "refused 404 10008", 0, 0),
    (refused(50035), "refused 400 50035", 0, 0),
    (refused(200000), "refused 400 200000", 0, 0),
    (unauthorized(), "refused 401 0", 0, 1),
    (banned(), "refused 429 0", 0, 1),
    (rate_limited(0.01), "sent", 1, 1),
    (rate_limited(0.01, shared=True), "sent", 1, 0),
    (broken(503), "refused 503 0", 0, 0),
    (broken(503).after_the_work(), "refused 503 0", 1, 0),
    (RESET, "unknown ClientOSError", 0, 0),
    (LOST, "unknown ClientOSError", 1, 0),
    (delayed(0.01), "sent", 1, 0),
]


@pytest.mark.parametrize("number, case", list(enumerate(FAULTS)))
def test_every_trouble_with_a_send_looks_as_it_should(
    standin: Standin, number: int, case: tuple[Fault, str, int, int]
) -> None:
    fault, outcome, arrived, invalid = case
    member, before = 200 + number, standin.world.invalid_requests
    rule = standin.faults.add("POST", DM, fault, when=lambda body: body["content"] == "A nudge")
    told = standin.slash(member, "reject nudge", {"nonce": f"n{number}"})
    assert said(standin, told).startswith(outcome)
    assert rule.used == 1
    assert len(standin.world.dms_to(member)) == arrived
    assert standin.world.invalid_requests - before == invalid


def test_a_gateway_error_is_tried_again_with_the_same_nonce(standin: Standin) -> None:
    standin.faults.add("POST", DM, broken(502).after_the_work())
    assert said(standin, standin.slash(300, "reject nudge", {"nonce": "again"})).startswith("sent")
    assert len(standin.world.dms_to(300)) == 1


def test_closed_direct_messages_stay_closed(standin: Standin) -> None:
    standin.world.refuse_dms[301] = 50007
    for _ in range(2):
        assert said(standin, standin.slash(301, "reject nudge", {"nonce": "x"})) == "refused 403 50007"


def test_an_answer_after_the_deadline_is_refused(standin: Standin) -> None:
    standin.world.interaction_deadline = -1.0
    told = standin.slash(MEMBER, "reject card")
    path = f"{told.payload['token']}/callback"
    standin.wait(lambda: standin.world.calls("POST", path))
    standin.world.interaction_deadline = 3.0
    assert [call.status for call in standin.world.calls("POST", path)] == [404]


@pytest.mark.parametrize("code", [ABORT, 1000, 4000, 4007, 4009])
def test_what_happened_while_away_is_told_at_the_resume(standin: Standin, code: int) -> None:
    gateway = standin.gateway
    resumes, identifies = len(gateway.resumes), len(gateway.identifies)
    gateway.drop(code)
    told = standin.slash(MEMBER, "reject card")  # nobody listens now
    assert "A card" in said(standin, told)
    standin.wait(lambda: len(gateway.live()) == 2)
    assert sorted(gateway.resumes[resumes:]) == [(0, True), (1, True)]
    assert len(gateway.identifies) == identifies


def test_a_resume_may_tell_twice(standin: Standin) -> None:
    told = standin.slash(MEMBER, "reject card")
    said(standin, told)
    standin.gateway.rewind = 1
    standin.gateway.drop(shard=0)
    standin.wait(lambda: len(standin.world.calls("POST", f"{told.payload['token']}/callback")) == 2)
    standin.gateway.rewind = 0
    assert len(told.answers) == 1


@pytest.mark.parametrize("how", ["forgotten", "invalid", "asked"])
def test_a_lost_session_is_identified_again(standin: Standin, how: str) -> None:
    gateway = standin.gateway
    identifies, resumes = len(gateway.identifies), len(gateway.resumes)
    if how == "asked":
        gateway.ask_to_reconnect()
        standin.wait(lambda: len(gateway.resumes) == resumes + 2)
    else:
        gateway.drop(forget=True) if how == "forgotten" else gateway.invalidate()
        standin.wait(lambda: len(gateway.identifies) == identifies + 2)
    standin.wait(lambda: len(gateway.live()) == 2)
    assert "A card" in said(standin, standin.slash(MEMBER, "reject card"))


def test_a_killed_bot_starts_again_and_old_buttons_work(tmp_path: Path) -> None:
    with StandinThread() as standin, tiny(standin, tmp_path) as bot:
        card = standin.slash(MEMBER, "reject card")
        said(standin, card)
        bot.kill9()
        assert standin.gateway.live() == []
        bot.start().wait_ready()
        told = standin.press(MEMBER, "sf:1:done:7", message=card.original)
        assert said(standin, told) == "pressed sf:1:done:7"
        assert len(standin.gateway.identifies) == 2
        assert bot.terminate() == 0
        assert standin.gateway.live() == []
        assert len(standin.gateway.sessions) == 1, "what was killed could still be resumed"


def test_a_bot_that_is_refused_ends_and_says_so(tmp_path: Path) -> None:
    with StandinThread() as standin:
        standin.gateway.refuse.append(4004)
        bot = tiny(standin, tmp_path).start()
        assert bot.wait_exit() == 1
        assert "4004" in bot.output()


async def test_an_answer_may_be_lost_in_silence() -> None:
    async with Standin.start() as standin, aiohttp.ClientSession() as session:
        standin.faults.add("POST", DM, LOST_IN_SILENCE)
        url = f"{standin.api_url}/channels/{standin.world.dm(MEMBER)}/messages"
        with pytest.raises(TimeoutError):
            await session.post(url, json={"content": "x"}, timeout=aiohttp.ClientTimeout(total=0.1))
        assert len(standin.world.dms_to(MEMBER)) == 1


def test_an_outage_is_not_a_removal(tmp_path: Path) -> None:
    # A bot of its own: one that has lost its session a moment ago takes a join for a guild it knew.
    with StandinThread() as standin, tiny(standin, tmp_path) as bot:
        standin.wait(lambda: "ready" in bot.output())
        _comes_and_goes(standin, bot)


def _comes_and_goes(standin: Standin, bot: BotProcess) -> None:
    guild = standin.world.guild()

    def heard(event: str) -> None:
        standin.wait(lambda: f"{event} {guild.id}" in bot.output())

    standin.invite(guild)
    heard("guild_join")
    standin.outage(guild)
    heard("guild_unavailable")
    standin.recover(guild)
    heard("guild_available")
    assert "guild_remove" not in bot.output()
    standin.remove(guild)
    heard("guild_remove")
