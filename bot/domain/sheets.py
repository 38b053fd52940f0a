"""Cells that a spreadsheet must not run: text that could begin a formula gets an apostrophe, which can be taken off.

The characters are those of CWE-1236 and OWASP ASVS 1.2.10, and their full-width forms.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

MARK = "'"
_STARTS = frozenset("=+-@\t\r\n\x00|%")


def neutral(text: str) -> str:
    """The text as a cell: an apostrophe in front where a spreadsheet might see a formula, or one already stands."""
    return MARK + text if _is_risky(text) else text


def restored(cell: str) -> str:
    """What `neutral` was given."""
    return cell[1:] if cell.startswith(MARK) and _is_risky(cell[1:]) else cell


def _is_risky(text: str) -> bool:
    """Whether the first thing to be seen could begin a formula; spaces and invisible marks do not protect."""
    if not text:
        return False
    if text[0] == MARK or text[0] in _STARTS:
        return True
    for sign in text:
        if sign.isspace() or unicodedata.category(sign) in {"Cf", "Cc", "Zs"}:
            continue
        return unicodedata.normalize("NFKC", sign)[0] in _STARTS or sign == MARK
    return False


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A CSV file of neutral cells."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue()
