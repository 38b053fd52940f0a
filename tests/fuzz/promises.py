"""What holds for every text that anybody types, whichever field it goes into."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.errors import UserError
from bot.ui.weekly_post import safe_name
from tests.texts import voice

TELLING = 8
"""A text this long stands nowhere by chance."""
ANSWER_MAX = 4000

_ACTIVE = re.compile(
    r"<(?:@|#|/|t:|a?:|id:)|@(?:everyone|here)|\*|`|~~|\|\||__|\]\(|[a-z]+://|www\.|discord\.gg",
    re.IGNORECASE,
)
"""What Discord does not show as it is written: mentions, commands, times, emoji, links and markdown."""
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_TURNING = re.compile("[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class Ears(logging.Handler):
    """Hears all that our own code logs."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it as a careless handler would print it."""
        self.lines.append(logging.Formatter().format(record) + repr(record.args))


@contextmanager
def ears() -> Iterator[Ears]:
    """Listens to our own loggers, at every level."""
    heard = Ears()
    loggers = [logging.getLogger(name) for name in ("bot", "cogs", "config")]
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.addHandler(heard)
        logger.setLevel(logging.DEBUG)
        logger.propagate = False
    try:
        yield heard
    finally:
        for logger, (logger.level, logger.propagate) in zip(loggers, before, strict=True):
            logger.removeHandler(heard)


def refused(error: UserError, text: str) -> None:
    """A refusal has a sentence of ours, which fits into one answer; the error itself says nothing of what was typed."""
    said = voice()(error.key, **error.values)
    assert 0 < len(said) <= ANSWER_MAX, error.key
    assert not (len(text.strip()) >= TELLING and text.strip() in repr(error) + str(error)), error.key


def kept_or_refused(text: str, keep: Callable[[str], None]) -> None:
    """It is kept as `keep` proves, or refused in words; nothing else may be raised."""
    try:
        keep(text)
    except UserError as error:
        refused(error, text)


def harmless(shown: str) -> None:
    """What the group reads is a name and nothing else."""
    assert not _TURNING.search(shown), ascii(shown)
    found = _ACTIVE.search(_ESCAPED.sub("\u2060", shown))
    assert found is None, ascii(shown)


def shown_safely(name: str) -> None:
    """A name goes into a post without doing anything there, and is never long."""
    shown = safe_name(name)
    harmless(shown)
    assert len(shown) <= 3 * 40
