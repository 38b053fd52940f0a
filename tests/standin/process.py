"""Starts, kills and waits for a bot in a process of its own, pointed at a stand-in."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.standin.server import Standin

ROOT = Path(__file__).parents[2]


class BotProcess:
    """One bot at a time with its own folder: database, key and output stay there between starts.

    Two at once need different tokens, for that is how their sessions are told apart.
    """

    def __init__(
        self,
        standin: Standin,
        folder: Path,
        *,
        argv: tuple[str, ...] = ("-m", "bot", "run"),
        token: str = "fake",  # noqa: S107 - the stand-in takes any
        shards: int = 1,
        env: dict[str, str] | None = None,
    ) -> None:
        self.standin, self.folder, self.token, self.shards = standin, folder, token, shards
        self.argv = (sys.executable, *argv)
        self.log = folder / f"bot-{token}.log"
        self._extra = env or {}
        self._process: subprocess.Popen[bytes] | None = None
        self._before = 0

    def start(self) -> Self:
        """Starts the process and returns at once."""
        assert self.returncode is not None or self._process is None, "it still runs"
        self._before = self._readied()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.argv, cwd=ROOT, env=self.env(), stdout=log, stderr=subprocess.STDOUT
            )
        return self

    def env(self) -> dict[str, str]:
        """The whole environment of the child."""
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("STEPFORWARD_")}
        return {
            **inherited,
            "PYTHONUNBUFFERED": "1",
            "STEPFORWARD_DISCORD_TOKEN": self.token,
            "STEPFORWARD_DISCORD_API_URL": self.standin.api_url,
            "STEPFORWARD_DATABASE_URL": f"sqlite:///{self.folder / 'bot.sqlite3'}",
            "STEPFORWARD_SECRET_KEY_FILE": str(self.folder / "secret.key"),
            # Many bots run side by side here, and each test looks at copies and pages for itself.
            "STEPFORWARD_HEALTH": "0",
            "STEPFORWARD_BACKUP_NIGHTLY": "false",
            **self._extra,
        }

    def wait_ready(self, timeout: float = 60.0) -> Self:
        """Waits until every shard got its READY. Raises with the output when the bot ended instead."""
        wanted = self._before + self.shards
        try:
            self.standin.wait(lambda: self._readied() >= wanted or self.returncode is not None, timeout)
        except TimeoutError:
            raise TimeoutError(self.output()[-4000:]) from None
        if self.returncode is not None:
            raise RuntimeError(f"the bot ended with {self.returncode}\n{self.output()[-4000:]}")
        return self

    def _readied(self) -> int:
        return sum(i.accepted and i.token == self.token for i in self.standin.gateway.identifies)

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """None while it runs, and before it was started."""
        return self._process.poll() if self._process else None

    def kill9(self) -> None:
        """Kills it as power loss would, and waits until it is gone from the gateway too."""
        self._send(signal.SIGKILL)
        self.wait_exit()
        self.standin.wait(lambda: not self.standin.gateway.live(self.token))

    def terminate(self, timeout: float = 15.0) -> int:
        """Asks it to end, as a host does, and returns its exit code."""
        self._send(signal.SIGTERM)
        return self.wait_exit(timeout)

    def wait_exit(self, timeout: float = 15.0) -> int:
        """Waits for the end and returns the exit code; what does not end is killed, and TimeoutError says how far it got."""
        assert self._process
        try:
            return self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            self._send(signal.SIGKILL)
            self._process.wait(timeout)
            raise TimeoutError(self.output()[-4000:]) from None

    def pause(self) -> None:
        """Freezes it where it stands; `resume` thaws it."""
        self._send(signal.SIGSTOP)

    def resume(self) -> None:
        self._send(signal.SIGCONT)

    def _send(self, number: signal.Signals) -> None:
        assert self._process
        self._process.send_signal(number)

    def output(self) -> str:
        """All it ever printed, over all its starts."""
        return self.log.read_text(errors="replace")

    def __enter__(self) -> Self:
        try:
            return self.start().wait_ready()
        except BaseException:
            self.__exit__(None, None, None)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.returncode is None:
            self._send(signal.SIGKILL)
            self.wait_exit()
        if error is not None:
            sys.stdout.write(self.output()[-4000:])  # pytest shows it below the failure
