"""Log lines: ids alone, never what a person wrote. Discord's own chatter is kept above DEBUG."""

import logging
import re
import sys
import traceback

_QUIET = (
    "discord.http",
    "discord.gateway",
    "discord.webhook",
    "discord.client",
    "aiosqlite",
    "asyncio",
    "apscheduler",
)
_FRAMES = 6
_TOKEN = re.compile(r"(interactions/\d+/|webhooks/\d+/|Bot )[\w.\-]{16,}")


class Redacted(logging.Formatter):
    """Takes tokens out of every line, and leaves tracebacks as places without values."""

    def format(self, record: logging.LogRecord) -> str:
        """One line: time, level, logger, message; then the places of a traceback, if any."""
        if record.exc_info and record.exc_info[0] is not None:
            error = record.exc_info[1]
            record.msg = f"{record.getMessage()}: {type(error).__name__} at {where(error)}"
            record.args, record.exc_info, record.exc_text = (), None, None
        record.stack_info = None
        return _TOKEN.sub(r"\1***", super().format(record))


def where(error: BaseException | None) -> str:
    """File and line of the last frames. Never the message or the values: they may hold what somebody wrote."""
    frames = traceback.extract_tb(None if error is None else error.__traceback__)[-_FRAMES:]
    return " > ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames)


def setup_logs(level: str) -> None:
    """Send every line to standard error in one form. `level` is a name such as INFO."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacted("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        # These would print payloads, and with them private text, at DEBUG.
        logging.getLogger(name).setLevel(max(logging.INFO, root.level))
