"""What Discord refuses, over real HTTP: each answer has one effect, and a dead token ends everything."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bot.clock import system_clock
from bot.domain.members import DmState
from bot.storage.tables import deliveries, nudges
from tests.process.forked import ForkedBot
from tests.process.rows import New, Rows
from tests.process.stories import PATIENCE, said, shown, verb
from tests.standin import Standin, StandinThread
from tests.standin.faults import banned, rate_limited, refused, unauthorized

SEND = "/channels/*/messages"


@contextmanager
def started(folder: Path, *new: New, ready: bool = True) -> Iterator[tuple[Standin, ForkedBot, Rows]]:
    """A stand-in with these members' check-ins due, and a bot that is not started yet."""
    with StandinThread() as standin:
        rows = Rows(folder)
        rows.fill(standin, *new)
        bot = ForkedBot(standin, folder)
        try:
            yield standin, bot, rows
        finally:
            bot.__exit__(None, None, None)


def test_a_dead_token_stops_everything(tmp_path: Path) -> None:
    with started(tmp_path, *(New(n) for n in range(100, 120))) as (standin, bot, rows):
        dead = standin.faults.add("*", "/channels/**", unauthorized(), times=None, skip=3)
        bot.start()
        assert bot.wait_exit(PATIENCE) == 3
        assert dead.used <= 2
        assert sum(len(standin.world.dms_to(n)) for n in range(100, 120)) == 3
        assert len(standin.gateway.identifies) <= 1
        states = [row["state"] for row in rows.all(nudges)]
        assert states.count("sent") == 3
        assert set(states) <= {"sent", "due", "claimed"}, "the rest waits for a new token"

        standin.faults.clear()
        refused_login = standin.faults.add("*", "**", unauthorized(), times=None)
        before = len(standin.gateway.identifies)
        bot.start()
        assert bot.wait_exit(PATIENCE) not in (0, None)
        assert refused_login.used <= 2
        assert len(standin.gateway.identifies) == before
        assert "Traceback" not in bot.output()


def test_a_token_the_gateway_refuses_ends_the_bot_in_one_line(tmp_path: Path) -> None:
    with started(tmp_path) as (standin, bot, _rows):
        standin.gateway.refuse.extend([4004] * 50)
        bot.start()
        assert bot.wait_exit(PATIENCE) not in (0, None)
        assert len(standin.gateway.identifies) <= 2, "a close without its code is tried once more"
        assert "4004" in bot.output()
        assert "Traceback" not in bot.output()


def test_each_refusal_has_its_own_effect(tmp_path: Path) -> None:
    closed, limited, shared, fine, strangers = 201, 202, 203, 204, range(210, 215)
    new = [New(n) for n in (closed, limited, shared, fine)]
    with started(tmp_path, *new, *(New(n, known=False) for n in strangers)) as (standin, bot, rows):
        add, world = standin.faults.add, standin.world
        world.refuse_dms[closed] = 50007
        add("POST", f"/channels/{world.dm(limited)}/messages", rate_limited(0.2))
        add("POST", f"/channels/{world.dm(shared)}/messages", rate_limited(0.2, shared=True))
        too_fast = add("POST", "/users/@me/channels", refused(40003), when=_opens(strangers), times=None)
        bot.start().wait_ready()
        standin.wait(
            lambda: all(world.dms_to(n) for n in (limited, shared, fine)) and too_fast.used, PATIENCE
        )
        told = shown(standin, standin.slash(closed, "rejection list"))
        assert verb(told, "dm-test"), "the next private reply says so, with the way to try again"
        assert bot.terminate() == 0
        assert [len(world.dms_to(n)) for n in (closed, limited, shared, fine)] == [0, 1, 1, 1]
        assert rows.member(closed).dm_state is DmState.CLOSED
        refusals = [r for r in world.requests if r.path == f"/channels/{world.dm(closed)}/messages"]
        assert [r.status for r in refusals] == [403], "a closed DM is asked once"
        assert too_fast.used == 1, "after 40003 no other channel is opened"
        tomorrow = system_clock() + timedelta(hours=23)
        waiting = [row for row in rows.all(deliveries) if row["user_id"] in strangers]
        assert all(row["next_try_at"] > tomorrow for row in waiting)

        bot.start().wait_ready()
        said(standin, standin.slash(fine, "rejection list"))
        assert bot.terminate() == 0
        assert too_fast.used == 1, "nor after a restart"
        assert len([r for r in world.requests if r.path == refusals[0].path]) == 1


def _opens(user_ids: range):
    return lambda body: int(body["recipient_id"]) in user_ids


def test_a_ban_of_the_address_rests_everything(tmp_path: Path) -> None:
    with started(tmp_path, *(New(n) for n in range(300, 320))) as (standin, bot, rows):
        ban = standin.faults.add("POST", SEND, banned(), times=None)
        bot.start().wait_ready()
        standin.wait(lambda: ban.used, PATIENCE)
        for number in range(300, 303):  # answers to members go on meanwhile, and give the machine time to err
            said(standin, standin.slash(number, "rejection list"))
        assert bot.terminate() == 0
        assert ban.used == 1
        banned_one = next(row for row in rows.all(deliveries) if row["attempts"])
        assert banned_one["next_try_at"] > system_clock() + timedelta(minutes=14)
        assert {row["state"] for row in rows.all(nudges)} <= {"due", "claimed"}, "nothing is lost by it"


def test_a_rate_limit_of_minutes_and_a_stale_channel_lose_nothing(tmp_path: Path) -> None:
    with started(tmp_path, New(400), New(401)) as (standin, bot, rows):
        long = standin.faults.add("POST", f"/channels/{standin.world.dm(400)}/messages", rate_limited(600))
        standin.faults.add("POST", f"/channels/{standin.world.dm(401)}/messages", refused(10003))
        bot.start()
        standin.wait(lambda: long.used and standin.world.dms_to(401), PATIENCE)
        bot.wait_ready()
        said(standin, standin.slash(400, "rejection list"))
        assert bot.terminate() == 0
        assert [row["state"] for row in rows.all(nudges)] == ["claimed", "sent"]
        rows.pass_time(standin, 700)
        bot.start()
        standin.wait(lambda: standin.world.dms_to(400), PATIENCE)
        assert bot.terminate() == 0
        assert [row["state"] for row in rows.all(nudges)] == ["sent", "sent"]
        assert [len(standin.world.dms_to(n)) for n in (400, 401)] == [1, 1]
