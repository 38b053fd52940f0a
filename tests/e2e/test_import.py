"""Bringing one's own list."""

from datetime import timedelta

from tests.e2e.world import World, last_message, said

LIST = (
    "Type;Where;Date;Notes\nStep 1;;12/25/2025;\nobservership;Ridge;03/04/2026;no\nastrology;;03/05/2026;\n"
)


async def known(world: World) -> None:
    card = await world.slash("amara", "me settings")
    await world.consent("amara", card)


async def test_a_list_is_looked_at_asked_about_and_saved(world: World) -> None:
    await known(world)
    sent = len(world.dms("amara"))
    asked = await world.slash("amara", "me import", file=("mine.csv", LIST.encode("utf-16")))
    assert "I do not guess" in said(asked)
    looked = await world.press("amara", asked, "import-day")
    assert "2 rows can be imported" in said(looked)
    assert "The first is from Thursday 25 December 2025, the last from Friday 3 April 2026." in said(looked)
    assert "Row 4, kind: I do not know this kind" in said(looked)
    assert "2 rows are saved" in said(await world.press("amara", looked, "import-go"))
    listed = said(await world.slash("amara", "rejection list"))
    assert "Ridge" in listed
    assert "no check-ins" in listed
    await world.pass_time(days=2, stride=timedelta(hours=6))
    assert len(world.dms("amara")) == sent


async def test_all_faults_of_a_row_are_told_and_rows_are_counted_once(world: World) -> None:
    await known(world)
    content = (
        b"kind,date,how,feeling\nresearch,2026-11-03,email,3\nastrology,,pigeon,9\nexam,2026-11-04,owl,\n"
    )
    looked = said(await world.slash("amara", "me import", file=("mine.csv", content)))
    assert "One row can be imported." in looked
    assert "2 rows need a change first:" in looked
    for told in ("Row 3, kind:", "Row 3, date:", "Row 3, how:", "Row 3, feeling:", "Row 4, how:"):
        assert looked.count(told) == 1
    assert "All of them are in the file." not in looked


async def test_more_faults_than_a_card_holds_are_in_a_file(world: World) -> None:
    await known(world)
    content = b"kind,date,how,feeling\n" + b"astrology,,pigeon,9\n" * 3
    shown = await world.slash("amara", "me import", file=("mine.csv", content))
    assert "3 rows need a change first:" in said(shown)
    assert (said(shown).count("- Row"), "All of them are in the file." in said(shown)) == (10, True)
    (file,) = last_message(shown).attachments
    rows = (await file.read()).decode("utf-8-sig").splitlines()
    assert (rows[0], len(rows)) == ("row,column,why", 13)


async def test_without_a_file_there_is_a_template(world: World) -> None:
    await known(world)
    shown = await world.slash("amara", "me import")
    assert "clinical-experience" in said(shown)
    assert "Fill this file in" in said(await world.press("amara", shown, "import-template"))


async def test_a_file_that_is_no_list_is_refused_kindly(world: World) -> None:
    await known(world)
    for content, told in (
        (b"\x89PNG\x00\x01", "I cannot read this file"),
        (b"a,b\n1,2", "I do not find the columns"),
    ):
        assert told in said(await world.slash("amara", "me import", file=("mine.csv", content)))
