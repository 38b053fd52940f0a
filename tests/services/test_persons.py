"""A third person is found by marks that nobody can read, and taken out of the words of whoever named them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.actions import Action
from bot.domain.goodnews import GoodNewsEntry
from bot.domain.members import Member, newcomer
from bot.domain.rejections import Rejection, RejectionFilter
from bot.errors import UserError
from bot.services.exports import Exports
from bot.services.persons import LIMITS, Found, Persons
from bot.storage.owned import OWNED
from bot.storage.persons import TRACED
from bot.storage.tables import rejections
from bot.storage.unit import SqlDatabase

AMARA, BILAL = 101, 102
MARK = "[name removed]"
DAY = date(2026, 11, 20)


def entry(
    number: int, now: datetime, user_id: int = AMARA, *, who: str | None = None, said: str | None = None
) -> Rejection:
    return Rejection(number, user_id, "exam", DAY, now, who=who, said=said)


@pytest.fixture
async def persons(db: SqlDatabase, member: Member, now: datetime) -> Persons:
    """Two members who name the same professor, each in their own way."""
    async with db.write() as tx:
        await tx.members.add(newcomer(BILAL, "Asia/Karachi", "en", now))
        await tx.rejections.add_many(
            [
                entry(1, now, who="Prof. Jane Smith", said="Dr SMITH said: write to jane.smith@uni.edu"),
                entry(2, now, who="Ridge Hospital"),
            ]
        )
        await tx.rejections.add(entry(3, now, BILAL, who="Ridge Hospital", said="Jané Smith answered"))
        await tx.actions.add(Action(4, BILAL, "talked", DAY, now, True, "x:1", note="Called jane smith"))
        await tx.goodnews.add(GoodNewsEntry(5, AMARA, "offer", DAY, now, who="Smith, Jane"))
    return Persons(db, lambda _language: MARK)


async def texts(db: SqlDatabase, user_id: int) -> list[str | None]:
    async with db.read() as tx:
        kept = [
            text for r in await tx.rejections.listed(user_id, RejectionFilter()) for text in (r.who, r.said)
        ]
        kept += [action.note for action in await tx.actions.listed(user_id)]
        return [*kept, *(news.who for news in await tx.goodnews.listed(user_id))]


def test_every_table_with_words_of_members_has_traces() -> None:
    assert set(TRACED) == {owned.name for owned in OWNED if owned.sealed}
    assert set(LIMITS) == {f"{owned.name}.{column}" for owned in OWNED for column in owned.sealed}


async def test_counting_changes_nothing(db: SqlDatabase, persons: Persons) -> None:
    before = await texts(db, AMARA) + await texts(db, BILAL)
    assert await persons.find(["Jane Smith"]) == Found(4, 2)
    assert await persons.find(["Smith"]) == Found(6, 2)
    assert await persons.find(["Jane Smithson"]) == Found(0, 0)
    assert await texts(db, AMARA) + await texts(db, BILAL) == before


async def test_wherever_they_stood_is_a_mark_and_the_rest_stays(db: SqlDatabase, persons: Persons) -> None:
    done = await persons.erase(["Jane Smith", "Smith, Jane", "jane.smith@uni.edu", "Dr Smith"])
    assert done == Found(6, 2)
    assert sorted(text or "" for text in await texts(db, AMARA)) == [
        "", "Prof. [name removed]", "Ridge Hospital", "[name removed]", "[name removed] said: write to [name removed]",
    ]  # fmt: skip
    assert await texts(db, BILAL) == ["Ridge Hospital", "[name removed] answered", "Called [name removed]"]
    assert await persons.find(["Jane Smith", "Smith", "jane.smith@uni.edu"]) == Found(0, 0)


async def test_what_is_edited_later_is_found_anew(db: SqlDatabase, persons: Persons, now: datetime) -> None:
    async with db.write() as tx:
        old = await tx.rejections.get(AMARA, 2)
        assert old is not None
        await tx.rejections.replace(replace(old, who="Olga Petrova"))
        await tx.actions.set_note(BILAL, 4, "Wrote to Olga Petrova")
    assert await persons.find(["Olga Petrova"]) == Found(2, 2)
    assert await persons.find(["Ridge"]) == Found(1, 1), "and not by what stood there before"
    async with db.write() as tx:
        await tx.rejections.replace(replace(old, who=None))
        await tx.actions.set_note(BILAL, 4, None)
    assert await persons.find(["Olga Petrova"]) == Found(0, 0)
    async with db.read() as tx:
        row = (await tx._connection.execute(select(rejections.c.traces).where(rejections.c.id == 2))).one()
    assert row.traces is None


async def test_only_rows_that_may_hold_the_name_are_opened(
    db: SqlDatabase, persons: Persons, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with db.write() as tx:
        await tx.rejections.add_many(
            [entry(100 + n, now, who=f"Lab {n}", said="They said no") for n in range(200)]
        )
    opened: list[int] = []
    kept = type(await db.keys.key_for(AMARA)).open

    def counted(key: object, blob: bytes, **place: object) -> str:
        opened.append(int(str(place["row_id"])))
        return kept(key, blob, **place)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr("bot.crypto.MemberKey.open", counted)
    assert (await persons.find(["Jane Smith"])).times == 4
    assert set(opened) == {1, 3, 4, 5}


async def test_too_little_to_look_for_is_said(persons: Persons) -> None:
    for little in ("J", "—", ""):
        with pytest.raises(UserError, match="person-too-short"):
            await persons.find([little])


async def test_an_erased_member_leaves_no_trace_of_anybody(
    db: SqlDatabase, persons: Persons, now: datetime
) -> None:
    async with db.write() as tx:
        await tx.owned.erase(BILAL)
    await db.keys.destroy(BILAL, now + timedelta(hours=1))
    assert await persons.erase(["Jane Smith"]) == Found(2, 1)


async def test_no_export_holds_a_trace(db: SqlDatabase, persons: Persons) -> None:
    [everything, *_] = await Exports(db).everything(AMARA)
    assert b"traces" not in everything.content
    assert b"Jane Smith" in everything.content


async def test_the_same_word_has_other_bytes_in_every_row(
    db: SqlDatabase, persons: Persons, now: datetime
) -> None:
    async with db.write() as tx:
        await tx.rejections.add_many([entry(50, now, who="Kanari"), entry(51, now, who="Kanari")])
        await tx.rejections.add(entry(52, now, BILAL, who="Kanari"))
    async with db.read() as tx:
        wanted = select(rejections.c.traces).where(rejections.c.id.in_((50, 51, 52)))
        found = list((await tx._connection.execute(wanted)).scalars())
    assert {len(traces) for traces in found} == {4}
    assert len(set(found)) == 3
