"""The kept inputs of each field: what fuzzing found to reach new code, and what once broke a promise."""

import json
from hashlib import sha1
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"


def inputs(name: str) -> list[bytes]:
    """The kept inputs of a field. A byte is written as the character of its number."""
    found: list[str] = json.loads((FOLDER / f"{name}.json").read_text(encoding="ascii"))
    return [text.encode("latin-1") for text in found]


def lay_out(name: str, folder: Path) -> None:
    """As files, for the fuzzer to begin with."""
    folder.mkdir(parents=True, exist_ok=True)
    for data in inputs(name):
        (folder / sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)


def keep(name: str, folder: Path) -> int:
    """Write a folder of inputs down as the kept ones. Gives how many."""
    found = sorted({path.read_bytes() for path in folder.iterdir()}, key=lambda data: (len(data), data))
    lines = ",\n".join(json.dumps(data.decode("latin-1")) for data in found)
    (FOLDER / f"{name}.json").write_text(f"[\n{lines}\n]\n", encoding="ascii")
    return len(found)
