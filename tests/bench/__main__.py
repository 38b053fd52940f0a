"""`python -m tests.bench [--quick] [name...]`: measure, and print one table of ratios within this run."""

import asyncio
import logging
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from tests.bench.table import Row, printed

NAMES = ("scheduling", "draining", "pending", "board", "commands", "charts", "processes", "wire", "patterns")


def measured(name: str, *, quick: bool) -> list[Row]:
    """The rows of one benchmark, in a folder of its own on a real disk."""
    print(f"measuring {name} ...", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="sf-bench-") as folder:
        rows: list[Row] = asyncio.run(import_module(f"tests.bench.{name}").bench(Path(folder), quick=quick))
    for row in rows:
        print("  " + "  ".join(filter(None, row.cells())), file=sys.stderr, flush=True)
    return rows


def main(arguments: list[str]) -> int:
    quick = "--quick" in arguments
    names = [one for one in arguments if one != "--quick"] or list(NAMES)
    unknown = sorted(set(names) - set(NAMES))
    if unknown:
        print(f"There is no {', '.join(unknown)}; there are {', '.join(NAMES)} and --quick.")
        return 2
    logging.disable(logging.INFO)
    rows = [row for name in names for row in measured(name, quick=quick)]
    print(printed(rows))
    return 0 if all(row.met is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
