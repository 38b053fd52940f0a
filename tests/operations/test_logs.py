import asyncio
import json
import logging
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.logs import KEPT_DAYS, JsonLines, setup_logs

TOKEN = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5"


@pytest.fixture
def root():
    return logging.getLogger()


def record(message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    exc_info = None if error is None else (type(error), error, error.__traceback__)
    made = logging.LogRecord("bot.x", logging.ERROR, "x.py", 1, message, args, exc_info)
    made.created = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC).timestamp()
    made.msecs = 67.8
    return made


def int_of(text: str) -> None:
    raise ValueError(text)


def test_a_json_line_holds_the_same_and_no_token_and_no_text():
    with pytest.raises(ValueError, match="private words") as raised:
        int_of("private words")
    line = JsonLines().format(record('POST interactions/12/%s said "no"', TOKEN, error=raised.value))
    found = json.loads(line)
    assert "\n" not in line
    assert TOKEN not in line
    assert "private words" not in line
    assert (found["time"], found["level"], found["logger"]) == ("2026-11-22T03:04:05.067Z", "ERROR", "bot.x")
    assert found["message"].startswith('POST interactions/12/*** said "no": ValueError at test_logs.py:')


async def test_a_task_that_nobody_awaited_is_told_without_its_words(root, tmp_path: Path):
    setup_logs("DEBUG", file=tmp_path / "bot.log")
    task, error = asyncio.Future[None](), ValueError("private words")
    task.set_exception(error)
    assert task.exception() is error
    told = {"message": "Task exception was never retrieved", "future": task, "exception": error}
    asyncio.get_running_loop().default_exception_handler(told)
    line = (tmp_path / "bot.log").read_text()
    assert "asyncio Task exception was never retrieved: ValueError at" in line
    assert "private words" not in line


def test_lines_go_to_standard_error_unless_a_file_is_named(root, tmp_path: Path):
    setup_logs("info")
    (handler,) = root.handlers
    assert handler.stream is sys.stderr
    setup_logs("INFO", "json", tmp_path / "logs" / "bot.log")
    logging.getLogger("bot").info("delivery %s: sent", 7)
    assert json.loads((tmp_path / "logs" / "bot.log").read_text())["message"] == "delivery 7: sent"


def test_a_log_file_is_kept_fourteen_days(root, tmp_path: Path):
    setup_logs("INFO", file=tmp_path / "bot.log")
    (handler,) = root.handlers
    for day in range(20):
        at = datetime(2026, 11, 22, tzinfo=UTC) - timedelta(days=day)
        (tmp_path / f"bot.log.{at:%Y-%m-%d}").touch()
    handler.doRollover()
    assert len(list(tmp_path.iterdir())) == KEPT_DAYS
