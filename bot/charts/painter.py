"""The bot's side of drawing: one process, started when the first picture is asked for, ended with the bot.

Whatever goes wrong there costs a picture and nothing else: its words are shown without it.
"""

import asyncio
import logging
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from pathlib import Path

from bot.charts.frames import HEAD, MOST, framed, length_of
from bot.domain.figures import Figure, written

log = logging.getLogger(__name__)

DRAW_SECONDS = 8.0
"""For one picture, the start of the process included. It takes half a second on a slow machine, and longer on one that is busy."""
PATIENCE_SECONDS = 12.0
"""With waiting for one's turn. A private answer may come for fifteen minutes; nobody wants to wait for one."""
END_SECONDS = 2.0
_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-P", "-s", "-m", "bot.charts")
_ENVIRONMENT = {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
"""All that it gets to know: in the bot's own environment there may be the token."""

_DIED = (OSError, asyncio.IncompleteReadError, ValueError)


class Painter:
    """Draws one picture at a time. A process that died is replaced; one that takes too long is killed first."""

    def __init__(self, command: tuple[str, ...] = _COMMAND) -> None:
        self._command = command
        self._worker: Process | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process that draws; None while there is none."""
        return None if self._worker is None else self._worker.pid

    async def draw(self, *figures: Figure) -> bytes | None:
        """The first of the figures that can be written in our typeface, as PNG; None when there will be no picture."""
        job = framed(written(figures))
        try:
            async with asyncio.timeout(PATIENCE_SECONDS), self._turn:
                try:
                    return await self._asked(job)
                except TimeoutError:
                    raise
                except _DIED:
                    # That it died since the last picture shows at the next one, which it does not cost.
                    return await self._asked(job)
        except (TimeoutError, *_DIED) as error:
            log.warning("a chart was not drawn: %s", type(error).__name__)
            return None

    async def _asked(self, job: bytes) -> bytes | None:
        try:
            async with asyncio.timeout(DRAW_SECONDS):
                worker = await self._ready()
                assert worker.stdin is not None
                assert worker.stdout is not None
                worker.stdin.write(job)
                await worker.stdin.drain()
                length = length_of(await worker.stdout.readexactly(HEAD))
                return await worker.stdout.readexactly(length) or None
        except BaseException:
            # What it may still say answers a question that nobody asks any more.
            self._drop()
            raise

    async def _ready(self) -> Process:
        if self._worker is None and not self._closed:
            self._worker = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env=_ENVIRONMENT,
                limit=MOST,
                start_new_session=True,
            )
            log.info("the process that draws is %s", self._worker.pid)
        if self._worker is None or self._closed:
            raise ConnectionAbortedError
        return self._worker

    def _drop(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            task = asyncio.create_task(_ended(worker))
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    async def close(self) -> None:
        """End the process at once: it keeps nothing. A picture that is being drawn is given up."""
        self._closed = True
        self._drop()
        if self._ending:
            await asyncio.wait(self._ending, timeout=END_SECONDS)


async def _ended(worker: Process) -> None:
    with suppress(ProcessLookupError):
        worker.kill()
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.close()
    with suppress(OSError):
        await worker.stdout.read()
    await worker.wait()
