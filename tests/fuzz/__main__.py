"""Fuzzes one field, guided by coverage: `python -m tests.fuzz <field> <seconds> <folder of inputs>`. Needs atheris."""

import sys

import atheris

with atheris.instrument_imports(include=["bot", "config"]):
    from tests.fuzz.fields import FIELDS
from tests.fuzz.promises import ears


def main() -> None:
    """Never returns: libFuzzer ends the process, with 77 after a broken promise."""
    name, seconds, folder = sys.argv[1:4]
    field = FIELDS[name]

    def once(data: bytes) -> None:
        with ears() as heard:
            field(data)
        assert not heard.lines, "something was logged"

    options = [
        f"-max_total_time={seconds}",
        "-max_len=4096",
        "-timeout=10",
        "-rss_limit_mb=2048",
        "-verbosity=1",
    ]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={folder}-", folder, *sys.argv[4:]], once)
    atheris.Fuzz()


main()
