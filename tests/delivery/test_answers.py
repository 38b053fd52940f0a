"""Every row of the table of Discord's answers, run through the whole machine: for a DM and for a channel."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery import pacing
from bot.domain.answers import Answer, Kind
from bot.domain.members import DmState
from bot.domain.nudges import Purpose
from bot.services.settling import OPENING_HELD
from tests.delivery.world import (
    GUILD,
    LOST,
    NOW,
    FakeDiscord,
    Machine,
    fates,
    fill,
    member,
    nudge,
    post,
    record,
)

HOUR = timedelta(hours=1)
SENT = ("sent", None, 1)


def http(status, code=0):
    return Answer(Kind.HTTP, status, code)


async def run_dm(database, *script, until=timedelta(days=4), **changes):
    await fill(database, nudge(1), **changes)
    machine = Machine(database)
    machine.discord.script = list(script)
    await machine.settle(until=until)
    return machine


async def run_post(database, *script, fallback=None):
    await fill(database, posts=[post(70)])
    machine = Machine(database)
    machine.discord.script = list(script)
    await machine.settle()
    async with database.read() as tx:
        delivery = await tx.deliveries.get(70)
    return machine, (str(delivery.state), delivery.reason, delivery.attempts)


async def test_a_message_with_our_nonce_is_sent(sqlite_database):
    machine = await run_dm(sqlite_database)
    async with sqlite_database.read() as tx:
        (delivery,) = await tx.deliveries.of_member(42, 1)
    assert (delivery.message_id, delivery.channel_id, delivery.sent_at) == (5000, 420, NOW)
    assert len(delivery.nonce) <= 25
    assert machine.discord.messages[0].nonce == delivery.nonce


async def test_a_post_is_sent_to_its_channel(sqlite_database):
    machine, end = await run_post(sqlite_database)
    assert (end, machine.discord.requests) == (SENT, ["send 901"])


async def test_10008_means_it_was_sent_and_then_deleted(sqlite_database):
    machine = await run_dm(sqlite_database, http(404, 10008))
    assert await record(sqlite_database) == [SENT]
    assert machine.discord.requests == ["send 420"]


async def test_a_post_with_10008_was_sent(sqlite_database):
    assert (await run_post(sqlite_database, http(404, 10008)))[1] == SENT


async def test_10003_forgets_the_channel_and_opens_it_once_more(sqlite_database):
    machine = await run_dm(sqlite_database, http(404, 10003), dm_channel_id=77)
    assert machine.discord.requests == ["send 77", "open 42", "send 420"]
    assert await record(sqlite_database) == [("sent", "reopened", 2)]
    assert (await member(sqlite_database)).dm_channel_id == 420


async def test_10003_twice_is_the_end(sqlite_database):
    machine = await run_dm(sqlite_database, http(404, 10003), http(404, 10003))
    assert machine.discord.requests == ["send 420", "open 42", "send 420"]
    assert await record(sqlite_database) == [("undeliverable", "10003", 2)]
    assert (await member(sqlite_database)).dm_channel_id is None


@pytest.mark.parametrize("code", [10003, 50001, 50013])
async def test_a_lost_channel_is_told_once_and_not_tried_again(sqlite_database, code):
    machine, end = await run_post(sqlite_database, http(403, code))
    assert end == ("undeliverable", str(code), 1)
    assert machine.discord.requests == ["send 901"]
    assert machine.alarms.raised == [f"channel {GUILD} {code}"]


@pytest.mark.parametrize("code,alarms", [(50007, []), (50278, ["gone 42 50278"]), (10013, ["gone 42 10013"])])
async def test_a_refused_dm_is_final(database, code, alarms):
    machine = await run_dm(database, http(403, code))
    assert machine.discord.requests == ["send 420"]
    assert await record(database) == [("undeliverable", str(code), 1)]
    assert await fates(database) == {1: ("undeliverable", str(code))}
    assert (await member(database)).dm_state is DmState.CLOSED
    assert machine.alarms.raised == alarms


async def test_a_user_who_cannot_be_opened_is_final_too(sqlite_database):
    await fill(sqlite_database, nudge(1), dm_channel_id=None)
    machine = Machine(sqlite_database)
    machine.discord.openings[42] = http(403, 50007)
    await machine.settle()
    assert machine.discord.requests == ["open 42"]
    assert await record(sqlite_database) == [("undeliverable", "50007", 1)]


async def test_40003_opens_no_new_channel_for_a_day(sqlite_database):
    await fill(sqlite_database, nudge(1, user_id=42), nudge(2, user_id=43), dm_channel_id=None)
    await fill(sqlite_database, nudge(3, user_id=44))
    machine = Machine(sqlite_database, per_second=4)
    machine.discord.openings = {42: http(403, 40003), 43: http(403, 40003)}
    await machine.settle(until=20 * HOUR)
    assert sorted(request[:4] for request in machine.discord.requests) == ["open", "send"]
    assert machine.alarms.raised == ["host 40003"]
    assert await machine.run.open_and_test(43, lambda number: "[]", machine.clock()) is DmState.QUEUED
    machine = Machine(sqlite_database, machine.clock)  # a restart does not forget the hold
    await machine.settle(until=2 * HOUR)
    assert machine.discord.requests == []
    await machine.settle(until=48 * HOUR)
    assert sorted({m.channel_id for m in machine.discord.messages}) == [420, 430]
    assert machine.discord.messages[0].at - NOW >= 24 * HOUR


async def test_40003_is_noticed_by_those_in_flight_beside_it(sqlite_database):
    await fill(sqlite_database, nudge(1, user_id=42), nudge(2, user_id=43), dm_channel_id=None)
    machine = Machine(sqlite_database, per_second=40)
    machine.discord.openings = {42: http(403, 40003), 43: http(403, 40003)}
    await machine.tick()
    assert len(machine.discord.requests) == 1


async def test_a_hold_learned_by_another_process_is_noticed_within_a_run(sqlite_database):
    await fill(sqlite_database, nudge(1, user_id=42), nudge(2, user_id=43), dm_channel_id=None)
    machine = Machine(sqlite_database, per_second=1)

    async def sleep(seconds):
        machine.clock.advance(seconds=seconds)
        async with sqlite_database.write() as tx:
            await tx.facts.set(OPENING_HELD, (NOW + 24 * HOUR).isoformat(), NOW)

    machine.pace._sleep = sleep
    await machine.tick()
    assert machine.discord.requests == ["open 42", "send 420"]
    async with sqlite_database.read() as tx:
        assert [d.next_try_at for d in await tx.deliveries.of_member(43, 5)] == [NOW + 24 * HOUR]


async def test_50035_tries_the_fixed_text_once(sqlite_database):
    machine = await run_dm(sqlite_database, http(400, 50035))
    assert await record(sqlite_database) == [("sent", "fallback", 2)]
    assert "plain" in machine.discord.messages[0].body
    assert machine.alarms.raised == ["host 50035"]


@pytest.mark.parametrize("code", [50035, 200000, 240000, 20009])
async def test_what_is_refused_twice_is_set_aside(sqlite_database, code):
    machine = await run_dm(sqlite_database, http(400, code), http(400, code))
    assert await record(sqlite_database) == [("dead", str(code), 2)]
    assert await fates(sqlite_database) == {1: ("dead", str(code))}
    assert machine.discord.requests == ["send 420", "send 420"]


@pytest.mark.parametrize("status,code", [(400, 200000), (403, 200000), (400, 240000), (400, 20009)])
async def test_a_filter_gets_the_plain_text_once(sqlite_database, status, code):
    machine = await run_dm(sqlite_database, http(status, code))
    assert await record(sqlite_database) == [("sent", "plain", 2)]
    assert machine.discord.messages[0].nudges == []


@pytest.mark.parametrize("code", [50035, 200000])
async def test_a_post_discord_refuses_is_set_aside_at_once(sqlite_database, code):
    machine, end = await run_post(sqlite_database, http(400, code))
    assert (end, machine.discord.requests) == (("dead", str(code), 1), ["send 901"])


async def test_after_a_dead_token_nothing_is_asked(sqlite_database):
    await fill(sqlite_database, *(nudge(n, user_id=n) for n in range(100, 110)), posts=[post(70)])
    machine = Machine(sqlite_database, per_second=4)
    machine.discord.script = [http(401)]
    await machine.settle()
    await machine.tick(minutes=1)
    assert len(machine.discord.requests) == 1
    assert machine.alarms.raised == ["token"]
    again = Machine(sqlite_database, machine.clock)
    await again.settle()
    assert len(again.discord.messages) == 11


async def test_a_rate_limit_waits_as_long_as_it_says(sqlite_database):
    machine = await run_dm(sqlite_database, Answer(Kind.LIMITED, retry_after=90))
    assert machine.discord.messages[0].at >= NOW + timedelta(seconds=90)
    assert len(machine.discord.messages) == 1


async def test_a_cloudflare_ban_rests_everything_then_sends_one_probe(sqlite_database):
    await fill(sqlite_database, *(nudge(n, user_id=n) for n in range(100, 140)))
    machine = Machine(sqlite_database, per_second=4)
    machine.discord.script = [Answer(Kind.BANNED, 429)]
    await machine.settle(until=timedelta(minutes=15))
    assert len(machine.discord.requests) == 1
    assert machine.alarms.raised == ["host banned"]
    machine.discord.script = [Answer(Kind.BANNED, 429)]
    await machine.settle(until=timedelta(minutes=18))
    assert len(machine.discord.requests) in (2, 3)  # perhaps a look for the first one, then the probe
    await machine.settle()
    assert len(machine.discord.messages) == 40
    assert machine.discord.messages[0].at >= NOW + timedelta(minutes=30)


UNKNOWN = [http(500), http(502), http(503), http(504), http(524), http(400, 130000), LOST]


@pytest.mark.parametrize("answer", UNKNOWN, ids=str)
async def test_an_unknown_outcome_is_never_failed_and_never_doubled(sqlite_database, answer):
    machine = await run_dm(sqlite_database, answer)
    assert await record(sqlite_database) == [("sent", None, 2)]
    assert len(machine.discord.messages) == 1


@pytest.mark.parametrize("answer", UNKNOWN, ids=str)
async def test_a_post_with_an_unknown_outcome_is_neither(sqlite_database, answer):
    machine, end = await run_post(sqlite_database, answer)
    assert end == ("sent", None, 2)
    assert len(machine.discord.messages) == 1


async def test_when_the_minute_is_over_the_channel_is_read_first(sqlite_database):
    await fill(sqlite_database, nudge(1))
    machine = Machine(sqlite_database)
    machine.discord.script = [LOST]
    await machine.tick()
    await machine.tick(minutes=10)
    assert machine.discord.requests == ["send 420", "find 420"]
    assert await record(sqlite_database) == [("sent", None, 1)]
    async with sqlite_database.read() as tx:
        (delivery,) = await tx.deliveries.of_member(42, 1)
    assert delivery.message_id == 5000


async def test_what_is_not_found_there_is_sent_again_with_the_same_nonce(sqlite_database):
    await fill(sqlite_database, nudge(1))
    machine = Machine(sqlite_database)
    machine.discord.script = [http(503)]
    await machine.tick()
    await machine.tick(minutes=10)
    assert machine.discord.requests == ["send 420", "find 420", "send 420"]
    assert await record(sqlite_database) == [("sent", None, 2)]


async def test_the_channel_is_not_read_before_half_a_minute_of_quiet(sqlite_database):
    await fill(sqlite_database, nudge(1))
    machine = Machine(sqlite_database)
    machine.discord.script = [http(503), http(503)]
    await machine.tick()
    await machine.tick(seconds=59)
    assert machine.discord.requests == ["send 420"] * 2
    for _ in range(55):
        await machine.tick(seconds=1)
    assert machine.discord.requests == ["send 420"] * 2
    await machine.tick(seconds=2)
    assert machine.discord.requests == ["send 420", "send 420", "find 420", "send 420"]


@pytest.mark.parametrize("answer", [http(403, 50001), http(0, 50001)], ids=["closed", "without its history"])
async def test_a_channel_that_cannot_be_read_leaves_the_post_unconfirmed(sqlite_database, answer):
    await fill(sqlite_database, posts=[post(70)])
    machine = Machine(sqlite_database)
    machine.discord.script = [LOST]
    machine.discord.findings = [answer]
    await machine.tick()
    await machine.tick(minutes=10)
    async with sqlite_database.read() as tx:
        delivery = await tx.deliveries.get(70)
    assert (str(delivery.state), delivery.reason) == ("dead", "unconfirmed")
    assert machine.discord.requests == ["send 901", "find 901"]
    assert machine.discord.looks == [NOW - timedelta(minutes=2)]


@pytest.mark.parametrize(
    "purpose,late,state",
    [
        (Purpose.WEEKLY, 24 * HOUR, "sent"),
        (Purpose.WEEKLY, 24 * HOUR + timedelta(seconds=1), "withdrawn"),
        (Purpose.WIN, 72 * HOUR, "sent"),
    ],
)
async def test_a_weekly_post_is_not_made_days_later_and_a_win_is(sqlite_database, purpose, late, state):
    await fill(sqlite_database, posts=[replace(post(70), purpose=purpose)])
    machine = Machine(sqlite_database)
    machine.clock.advance(seconds=late.total_seconds())
    await machine.settle()
    async with sqlite_database.read() as tx:
        delivery = await tx.deliveries.get(70)
    assert (str(delivery.state), delivery.reason) == (state, "late" if state == "withdrawn" else None)


async def test_a_weekly_post_that_may_stand_there_is_still_looked_for(sqlite_database):
    await fill(sqlite_database, posts=[post(70)])
    machine = Machine(sqlite_database)
    machine.discord.script = [LOST]
    await machine.tick()
    await machine.tick(days=3)
    async with sqlite_database.read() as tx:
        assert str((await tx.deliveries.get(70)).state) == "sent"
    assert len(machine.discord.messages) == 1


async def test_after_eight_attempts_in_two_days_it_is_dead_and_the_member_can_see_it(sqlite_database):
    await fill(sqlite_database, nudge(1))
    machine = Machine(sqlite_database)
    machine.discord.script = [http(503)] * 20
    await machine.settle(until=timedelta(days=6))
    assert machine.discord.requests.count("send 420") == 8
    assert await record(sqlite_database) == [("dead", "no-answer", 8)]
    assert await fates(sqlite_database) == {1: ("dead", "no-answer")}
    assert timedelta(hours=44) < machine.clock() - NOW < timedelta(hours=72)


async def test_a_retry_keeps_the_night(sqlite_database):
    await fill(sqlite_database, nudge(1))
    machine = Machine(sqlite_database)
    machine.discord.script = [http(503)]
    await machine.tick()
    machine.clock.advance(hours=7)  # 01:00 in Lagos
    await machine.settle()
    assert [message.at for message in machine.discord.messages] == [NOW + 14 * HOUR]


async def test_many_closed_dms_cost_one_request_each_and_open_the_breaker(sqlite_database, monkeypatch):
    monkeypatch.setattr(pacing, "INVALID_LIMIT", 50)
    await fill(sqlite_database, *(nudge(n, user_id=n) for n in range(1000, 1060)))
    machine = Machine(sqlite_database)
    machine.discord.script = [http(403, 50007)] * 60
    await machine.settle(until=timedelta(minutes=14))
    assert 50 <= len(machine.discord.requests) < 60
    await machine.settle()
    sends = [request for request in machine.discord.requests if request.startswith("send")]
    assert len(sends) == len(set(sends)) == 60


async def test_a_fault_of_our_own_while_sending_counts_as_unanswered(sqlite_database):
    await fill(sqlite_database, nudge(1))
    machine = Machine(sqlite_database)

    def breaks(name):
        machine.discord.step = lambda name: None
        raise ZeroDivisionError

    machine.discord.step = breaks
    await machine.settle()
    assert len(machine.discord.messages) == 1
    assert await record(sqlite_database) == [("sent", None, 2)]


async def test_the_log_holds_ids_and_codes_alone(sqlite_database, caplog):
    caplog.set_level("DEBUG", logger="bot")
    await run_dm(sqlite_database, http(403, 50007))
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]
    assert len(lines) == 1
    assert lines[0].endswith("to 42: refused 50007")


def test_the_fake_discord_remembers_a_nonce_for_its_window(clock):
    from bot.services.outbox import Letter

    discord, letter = FakeDiscord(clock), Letter(420, "[]", "1")
    first = discord._create(letter)
    assert discord._create(letter) is first
    clock.advance(minutes=4)
    assert discord._create(letter) is not first
