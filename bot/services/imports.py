"""Importing one's own list: a look first, then the rows, in one transaction. An import starts no protocol."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.imports import Problem, Row, read_rows, read_sheet
from bot.domain.members import Member
from bot.domain.rejections import Rejection, RejectionDraft, RejectionFilter
from bot.errors import UserError
from bot.ids import new_id
from bot.services.ports import Database

_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. With `unclear` the dates must be asked about first, and nothing else is told."""

    rows: tuple[Row, ...]
    duplicates: tuple[Row, ...]
    problems: tuple[Problem, ...]
    unclear: tuple[str, str] | None = None


class Imports:
    """Reads a member's file and adds its rows to their own."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def preview(
        self,
        member: Member,
        content: bytes,
        kinds: Mapping[str, str],
        *,
        day_first: bool | None,
        now: datetime,
    ) -> Preview:
        """Read the file. Raises UserError for one that cannot be read, is too large, or lacks its columns.

        `kinds` gives ids by their folded names; rows that are there already are kept apart. `unclear` holds the
        two days, as ISO dates, that the first unclear date could be.
        """
        today = now.astimezone(ZoneInfo(member.zone)).date()
        reading = read_rows(read_sheet(content), kinds, today=today, day_first=day_first)
        if reading.unclear is not None:
            first, second = reading.unclear
            return Preview((), (), (), (first.isoformat(), second.isoformat()))
        async with self._db.read() as tx:
            own = await tx.rejections.listed(member.user_id, RejectionFilter())
        seen = {_same(RejectionDraft(r.kind, r.occurred_on, r.who)) for r in own}
        new: list[Row] = []
        twice: list[Row] = []
        for row in reading.rows:
            (twice if _same(row.draft) in seen else new).append(row)
            seen.add(_same(row.draft))
        return Preview(tuple(new), tuple(twice), reading.problems)

    async def take(self, member: Member, rows: tuple[Row, ...], *, interaction_id: int, now: datetime) -> int:
        """Save these rows without check-ins. Gives how many; a replay of the interaction saves nothing more."""
        if not rows:
            raise UserError("import-empty")
        # A millisecond apart, so that thousands of ids made in one go stay different.
        made = [
            _rejection(member, row.draft, new_id(now + number * _MILLISECOND), now)
            for number, row in enumerate(rows)
        ]
        async with self._db.write(aside=True) as tx:
            if await tx.receipts.claim(interaction_id, member.user_id, None, now):
                await tx.rejections.add_many(made)
        return len(made)


def _rejection(member: Member, draft: RejectionDraft, rejection_id: int, now: datetime) -> Rejection:
    return Rejection(
        id=rejection_id,
        user_id=member.user_id,
        kind=draft.kind,
        occurred_on=draft.occurred_on,
        logged_at=now,
        who=draft.who,
        how=draft.how,
        said=draft.said,
        feeling=draft.feeling,
        pace=member.pace,
    )


def _same(draft: RejectionDraft) -> tuple[str, str, str]:
    return draft.kind, (draft.who or "").casefold(), draft.occurred_on.isoformat()
