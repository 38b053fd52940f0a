"""A copy of everything that is a member's, and of nothing that is somebody else's: JSON, and CSV for spreadsheets."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.sheets import table
from bot.services.ports import Database

LARGEST = 8 * 1024 * 1024
"""Bytes of all files together, below what Discord takes; more goes into one zip."""
_BOM = "\ufeff"

SHEETS: Mapping[str, Sequence[str]] = {
    "rejections": ("kind", "who", "date", "how", "said", "feeling", "check-ins", "logged"),
    "actions": ("kind", "note", "date", "scores", "logged"),
    "goodnews": ("kind", "who", "date", "logged"),
}
"""The CSV files and their columns; the first ones are those that the import reads."""

_FROM = {
    "date": ("occurred_on", "done_on", "happened_on"),
    "check-ins": ("recovery",),
    "logged": ("logged_at",),
}


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file of an export."""

    name: str
    content: bytes


class Exports:
    """Makes the files of an export, in memory, for one private answer."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def everything(self, user_id: int) -> list[ExportFile]:
        """everything.json with every row of every table, and three CSV files; one zip when they are large."""
        async with self._db.read(aside=True) as tx:
            rows = await tx.owned.rows(user_id)
        text = json.dumps(rows, default=_written, ensure_ascii=False, indent=2)
        files = [ExportFile("everything.json", text.encode("utf-8", errors="replace"))]
        for name, header in SHEETS.items():
            # Spreadsheets take a file for UTF-8 when it begins with this mark.
            sheet = _BOM + table(header, [[_cell(row, column) for column in header] for row in rows[name]])
            files.append(ExportFile(f"{name}.csv", sheet.encode("utf-8", errors="replace")))
        return files if sum(len(file.content) for file in files) <= LARGEST else [_zipped(files)]


def _written(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _cell(row: Mapping[str, object], column: str) -> str:
    names = _FROM.get(column, (column,))
    value = next((row[name] for name in names if name in row), None)
    return "" if value is None else value.isoformat() if isinstance(value, datetime | date) else str(value)


def _zipped(files: Sequence[ExportFile]) -> ExportFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(file.name, file.content)
    return ExportFile("stepforward.zip", out.getvalue())
