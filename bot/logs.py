"""Log lines: ids alone, never what a person wrote. Discord's own chatter is kept above DEBUG."""

import json
import logging
import re
import sys
import time
import traceback
from logging.handlers import TimedRotatingFileHandler
from pathlib import Path

_QUIET = (
    "discord.http",
    "discord.gateway",
    "discord.webhook",
    "discord.client",
    "aiosqlite",
    "asyncio",
    "apscheduler",
)
KEPT_DAYS = 14
_FRAMES = 6
_TOKEN = re.compile(r"(interactions/\d+/|webhooks/\d+/|Bot )[\w.\-]{16,}")


class Redacted(logging.Formatter):
    """Takes tokens out of every line, and leaves tracebacks as places without values. Times are UTC."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        """One line: time, level, logger, message; then the places of a traceback, if any."""
        if record.name == "asyncio":
            # Its further lines show the task that failed, with the words of its error.
            record.msg, record.args = record.getMessage().partition("\n")[0], ()
        if record.exc_info and record.exc_info[0] is not None:
            error = record.exc_info[1]
            record.msg = f"{record.getMessage()}: {type(error).__name__} at {where(error)}"
            record.args, record.exc_info, record.exc_text = (), None, None
        record.stack_info = None
        return _TOKEN.sub(r"\1***", self.line(record))

    def line(self, record: logging.LogRecord) -> str:
        """The line as text."""
        return super().format(record)


class JsonLines(Redacted):
    """The same, as one JSON object a line, for a collector."""

    def line(self, record: logging.LogRecord) -> str:
        """The line as JSON."""
        at = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        shown = {"time": f"{at}.{int(record.msecs):03d}Z", "level": record.levelname, "logger": record.name}
        return json.dumps({**shown, "message": record.getMessage()}, ensure_ascii=False)


def where(error: BaseException | None) -> str:
    """File and line of the last frames. Never the message or the values: they may hold what somebody wrote."""
    frames = traceback.extract_tb(None if error is None else error.__traceback__)[-_FRAMES:]
    return " > ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames)


def setup_logs(level: str, form: str = "text", file: Path | None = None) -> None:
    """Send every line to standard error, or to a file of its own for each day; `level` is a name such as INFO.

    `form` is text or json. Files older than 14 days are deleted when the next day begins.
    """
    handler = logging.StreamHandler(sys.stderr) if file is None else _daily(file)
    handler.setFormatter(
        JsonLines() if form == "json" else Redacted("%(asctime)s %(levelname)s %(name)s %(message)s")
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        # These would print payloads, and with them private text, at DEBUG.
        logging.getLogger(name).setLevel(max(logging.INFO, root.level))


def _daily(file: Path) -> logging.Handler:
    file.parent.mkdir(parents=True, exist_ok=True)
    return TimedRotatingFileHandler(
        file, when="midnight", utc=True, backupCount=KEPT_DAYS - 1, encoding="utf-8"
    )
