"""A storm over one bot: members whose check-ins are due, a Discord that loses answers, a process that dies."""

import itertools
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from bot.clock import system_clock
from tests.process.forked import ForkedBot
from tests.process.rows import New, Rows
from tests.standin import Standin
from tests.standin.faults import LOST, LOST_IN_SILENCE, RESET, broken, delayed
from tests.standin.people import custom_ids

SEND, OPEN, READ = "/channels/*/messages", "/users/@me/channels", "/channels/*/messages"
NONCE_WINDOW = 240.0
TIMES_AWAY = (0, 0, 31, 45, 70, 100, 120, 300, 300, 900)
"""Seconds the bot is down between two runs: within the lease, within the minute, past the nonce window."""


class Storm:
    """Members whose check-ins are due, a Discord that loses answers, and a process that dies again and again."""

    def __init__(self, standin: Standin, folder: Path, seed: int) -> None:
        self.standin, self.rows, self.chance = standin, Rows(folder), random.Random(seed)
        self.bot = ForkedBot(standin, folder, env={"STEPFORWARD_DM_PER_SECOND": "40"})
        self.database = folder / "bot.sqlite3"
        self._numbers = itertools.count(1000)
        self.members: list[int] = []
        self._looked = 0.0
        standin.world.nonce_window = NONCE_WINDOW
        standin.faults._random.seed(seed)

    def fill(self, count: int) -> None:
        """More members, some never written to before, some with two rejections at once."""
        numbers = list(itertools.islice(self._numbers, count))
        self.rows.fill(self.standin, *(New(n, known=n % 8 != 0, nudges=1 + (n % 5 == 0)) for n in numbers))
        self.members += numbers

    def break_things(self) -> None:
        """About one request in seven goes wrong; most of those were carried out all the same."""
        add = self.standin.faults.add
        for fault, chance in (
            (LOST, 0.04), (LOST_IN_SILENCE, 0.005), (broken(503), 0.02), (broken(503).after_the_work(), 0.03),
            (broken(502).after_the_work(), 0.01), (RESET, 0.03), (delayed(0.05), 0.3),
        ):  # fmt: skip
            add("POST", SEND, fault, times=None, chance=chance)
        add("POST", OPEN, LOST, times=None, chance=0.1)
        add("GET", READ, broken(503), times=None, chance=0.1)

    def refill(self) -> None:
        """Some time passes, and there is enough to do."""
        self.rows.pass_time(self.standin, self.chance.choice(TIMES_AWAY))
        if self.count("nudges", "state = 'due'") < 40:
            self.fill(40)

    def kill(self) -> None:
        """One run, ended after a random number of requests and a few random milliseconds."""
        self.refill()
        wanted = len(self.standin.world.requests) + self.chance.randrange(1, 60)
        self.bot.start()
        self.random_moment(wanted)
        self.bot.kill9()

    def random_moment(self, wanted: int) -> None:
        """After so many requests and a few milliseconds; a request that hangs brings the moment by time."""
        self._by_time(lambda: len(self.standin.world.requests) >= wanted, self.chance.uniform(0.5, 2))
        self._by_time(lambda: False, self.chance.uniform(0, 0.05))
        assert self.bot.returncode is None, self.bot.output()[-4000:]

    def _by_time(self, predicate: Callable[[], bool], within: float) -> None:
        with suppress(TimeoutError):
            self.standin.wait(predicate, within)

    def count(self, table: str, condition: str) -> int:
        """Rows as they are at this moment, beside the running bot."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            now = system_clock().replace(tzinfo=None).isoformat(" ")
            statement = f"SELECT count(*) FROM {table} WHERE {condition}"
            return int(connection.execute(statement, {"now": now}).fetchone()[0])

    def idle(self) -> bool:
        """Whether nothing is left to do at this moment; looked up five times a second at most."""
        if time.monotonic() - self._looked < 0.2:
            return False
        self._looked = time.monotonic()
        waiting = self.count("deliveries", "state IN ('made', 'sending') AND next_try_at <= :now")
        return not waiting and not self.count("nudges", "state = 'due' AND due_at <= :now")

    def settle(self) -> None:
        """Good weather: run until nothing is on its way, with hours passing in between."""
        self.standin.faults.clear()
        for _ in range(20):
            self.rows.pass_time(self.standin, 3 * 3600)
            self.bot.start()
            self.standin.wait(lambda: self.idle() or self.bot.returncode is not None, 120)
            assert self.bot.terminate() == 0, self.bot.output()[-4000:]
            if not self.count("nudges", "state IN ('due', 'claimed')"):
                return
        raise AssertionError("it never settled")

    def judge(self) -> tuple[int, int]:
        """How many check-ins were lost, and how many messages were too many."""
        lost = doubled = 0
        for user_id, fates in self.rows.fates().items():
            messages = self.standin.world.dms_to(user_id)
            doubled += max(0, len(messages) - 1)
            carried = {one.rsplit(":", 1)[-1] for message in messages for one in custom_ids(message.payload)}
            lost += sum(state != "sent" or str(delivery) not in carried for state, _, delivery in fates)
        return lost, doubled
