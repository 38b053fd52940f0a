"""Each field keeps its promises for every kept input, in time that grows with the text; `make soak` looks for new ones."""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from config.documents import ROOT
from tests.fuzz.corpora import inputs, lay_out
from tests.fuzz.fields import FIELDS
from tests.fuzz.promises import ears

log = logging.getLogger(__name__)
HOSTILE = (
    "a",
    "a ",
    "9",
    "-",
    ",",
    '"',
    "@",
    "a@b.",
    "\u200b",
    "e\u0301",
    "\ufdfa",
    "(",
    "\n",
    "|",
    "1/",
    "='",
)
BEGIN = {"file": b"kind,who,date,said\n", "person": b"a|"}
"""What has to stand before anything else is read."""
SHORT, LONG = 1_000, 16_000


@pytest.mark.parametrize("name", FIELDS)
def test_every_kept_input_keeps_its_promises_and_is_not_logged(name: str) -> None:
    with ears() as heard:
        for data in inputs(name):
            FIELDS[name](data)
    assert heard.lines == []


def seconds(field: Callable[[bytes], None], data: bytes) -> float:
    best = 9.0
    for _ in range(2):
        begun = time.process_time()
        field(data)
        best = min(best, time.process_time() - begun)
    return best


@pytest.mark.parametrize("name", FIELDS)
def test_time_grows_no_faster_than_the_text(name: str) -> None:
    slow = []
    for piece in HOSTILE:
        begin = BEGIN.get(name, b"")
        short, long = (begin + (piece * size).encode()[:size] for size in (SHORT, LONG))
        # Sixteen times the text; quadratic work would take 256 times as long. The floor keeps tiny times from counting.
        if seconds(FIELDS[name], long) > 64 * max(seconds(FIELDS[name], short), 0.0005):
            slow.append(piece)
    assert slow == []


@pytest.mark.soak
@pytest.mark.skipif(
    find_spec("atheris") is None, reason="pip install 'stepforward[fuzz]': Linux on x86-64 alone"
)
@pytest.mark.parametrize("name", FIELDS)
def test_the_fuzzer_finds_no_broken_promise(name: str, tmp_path: Path) -> None:
    folder, wanted = tmp_path / name, os.environ.get("SOAK_FUZZ", "60")
    lay_out(name, folder)
    command = [sys.executable, "-m", "tests.fuzz", name, wanted, str(folder)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    for line in ended.stderr.splitlines():
        if "INITED" in line or "DONE" in line:
            log.info("%s %s", name, line)
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]
