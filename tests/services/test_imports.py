from datetime import UTC, date, datetime

import pytest

from bot.domain.imports import fold
from bot.domain.members import newcomer
from bot.domain.rejections import Recovery, RejectionDraft, RejectionFilter
from bot.errors import UserError
from bot.services.imports import Imports
from bot.services.rejections import Rejections

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADA = 101
KINDS = {fold(name): name for name in ("research", "exam", "other")}


@pytest.fixture
async def ada(db):
    member = newcomer(ADA, "Africa/Lagos", "en", NOW)
    async with db.write() as tx:
        await tx.members.add(member)
    return member


async def preview(db, ada, text, day_first=None):
    return await Imports(db).preview(ada, text.encode(), KINDS, day_first=day_first, now=NOW)


async def own(db):
    async with db.read() as tx:
        return await tx.rejections.listed(ADA, RejectionFilter())


async def test_rows_are_saved_and_start_no_protocol(db, ada):
    text = "kind,who,date\n" + "".join(f"research,Lab {n},2026-11-0{n % 9 + 1}\n" for n in range(500))
    found = await preview(db, ada, text)
    assert await Imports(db).take(ada, found.rows, interaction_id=1, now=NOW) == 500
    assert len({entry.id for entry in await own(db)}) == 500
    assert {entry.recovery for entry in await own(db)} == {Recovery.NONE}
    async with db.read() as tx:
        assert await tx.nudges.open_for(ADA) == []


async def test_the_same_press_delivered_twice_saves_once(db, ada):
    found = await preview(db, ada, "kind,date\nresearch,2026-11-03\n")
    for _ in range(2):
        await Imports(db).take(ada, found.rows, interaction_id=1, now=NOW)
    assert len(await own(db)) == 1


async def test_what_is_there_already_is_kept_apart(db, ada):
    draft = RejectionDraft("research", date(2026, 11, 3), who="Ridge")
    await Rejections(db, lambda _at: None).log(ada, draft, interaction_id=1, now=NOW)
    found = await preview(
        db, ada, "kind,who,date\nresearch,RIDGE,2026-11-03\nexam,,2026-11-03\nexam,,2026-11-03\n"
    )
    assert ([row.number for row in found.rows], [row.number for row in found.duplicates]) == ([3], [2, 4])


async def test_unclear_dates_are_asked_before_anything_else(db, ada):
    text = "kind,date\nresearch,03/04/2026\nnonsense,2026-11-03\n"
    asked = await preview(db, ada, text)
    assert (asked.unclear, asked.rows, asked.problems) == (("2026-04-03", "2026-03-04"), (), ())
    told = await preview(db, ada, text, day_first=True)
    assert (len(told.rows), len(told.problems)) == (1, 1)


async def test_nothing_is_not_imported(db, ada):
    with pytest.raises(UserError, match="import-empty"):
        await Imports(db).take(ada, (), interaction_id=1, now=NOW)
