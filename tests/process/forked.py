"""The same `python -m bot run`, forked from a process that has imported it: a start costs half a second, not three.

What runs in the fork is the command line from its first line on; nothing of the product is replaced.
"""

import multiprocessing
import os
import signal
import subprocess
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Self, cast

from tests.standin.process import ROOT, BotProcess

PRELOADED = [
    "pytest", "tests.process.forked", "tests.process.warm", "bot.cli", "bot.wiring", "config.settings", "alembic.command", "aiosqlite",
    "sqlalchemy.dialects.sqlite.aiosqlite", "cogs.rejections", "cogs.recoveries", "cogs.care", "cogs.welcome",
]  # fmt: skip


def run_bot_here(argv: tuple[str, ...], env: dict[str, str], log: Path) -> None:
    """Become `python -m bot ...` with this environment; runs in the forked process."""
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(ROOT)
    sys.argv = ["bot", *argv]
    from bot.cli import main

    main()


class _Forked:
    """A forked process with the few methods of `subprocess.Popen` that BotProcess uses."""

    def __init__(self, process: BaseProcess) -> None:
        self._process = process
        self.pid = process.pid or 0

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired("bot", timeout or 0)
        return code

    def send_signal(self, number: signal.Signals) -> None:
        if self._process.exitcode is None:
            os.kill(self.pid, number)


class ForkedBot(BotProcess):
    """A bot in a real process of its own that was forked instead of executed."""

    def start(self) -> Self:
        """Forks and returns at once."""
        assert self.returncode is not None or self._process is None, "it still runs"
        self._before = self._readied()
        context: Any = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        command = self.argv[self.argv.index("bot") + 1 :]
        process = context.Process(target=run_bot_here, args=(command, self.env(), self.log), daemon=True)
        process.start()
        self._process = cast("Any", _Forked(process))
        return self
