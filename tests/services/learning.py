"""Something of one member's in every table of what they learn."""

from datetime import date

from sqlalchemy import insert

from bot.domain.challenges import Challenge, ChallengeDay, ChallengeState
from bot.storage import tables
from bot.storage.sealing import Sealing


async def fill_learning(db, user_id, mark, now):
    """A journal entry, a draft, ten days and a pattern put aside."""
    days = tuple(ChallengeDay(user_id * 100 % 10**18 + day, day, f"step-{day}") for day in range(1, 11))
    ten = Challenge(user_id + 20, user_id, ChallengeState.RUNNING, date(2026, 11, 22), now, days)
    journal = await Sealing.of(db.keys, user_id, "journal_answers")
    drafts = await Sealing.of(db.keys, user_id, "drafts")
    entry, answer, draft = user_id + 21, user_id + 22, user_id + 23
    rows = {
        tables.journal: {"id": entry, "kind": "week", "written_on": date(2026, 11, 22), "written_at": now},
        tables.journal_answers: {
            "id": answer, "entry_id": entry, "question": "change",
            "answer": journal.seal(f"{mark}journal", "answer", answer),
        },
        tables.drafts: {
            "id": draft, "kind": "thanks", "text": drafts.seal(f"{mark}draft", "text", draft), "made_at": now,
        },
        tables.declined_patterns: {"pattern": "kind", "theme": "job", "declined_at": now},
    }  # fmt: skip
    async with db.write() as tx:
        await tx.challenges.add(ten)
        for table, row in rows.items():
            await tx._connection.execute(insert(table).values(user_id=user_id, **row))
