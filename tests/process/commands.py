"""A command of `python -m bot` in a real process of its own, forked like the bots, to be killed at any moment."""

import contextlib
import multiprocessing
import os
import random
import signal
from pathlib import Path
from typing import Any

from tests.process.forked import PRELOADED, run_bot_here


class Command:
    """One command over one folder's files, started again and again."""

    def __init__(self, folder: Path, *argv: str, env: dict[str, str] | None = None) -> None:
        self.folder, self.argv, self.log = folder, argv, folder / "command.log"
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("STEPFORWARD_")}
        self.env = {
            **inherited,
            "STEPFORWARD_DATABASE_URL": f"sqlite:///{folder / 'bot.sqlite3'}",
            "STEPFORWARD_SECRET_KEY_FILE": str(folder / "secret.key"),
            **(env or {}),
        }

    def start(self) -> Any:
        """Fork, and give the process."""
        context: Any = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        process = context.Process(target=run_bot_here, args=(self.argv, self.env, self.log), daemon=True)
        process.start()
        return process

    def run(self) -> int:
        """Let it end by itself, and give its exit code."""
        process = self.start()
        process.join(120)
        return int(process.exitcode)

    def kill_within(self, seconds: float, chance: random.Random, after: Path | None = None) -> bool:
        """Kill it -9 at a random moment of this span, which may begin when a file is there. False when it had ended."""
        process = self.start()
        while after is not None and not after.exists() and process.exitcode is None:
            process.join(0.001)
        process.join(chance.uniform(0, seconds))
        if process.exitcode is not None:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        return bool(process.exitcode == -signal.SIGKILL)

    def output(self) -> str:
        """Everything it wrote so far."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""
