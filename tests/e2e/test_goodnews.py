"""Good news closes what it answers, and the check-ins stop."""

from datetime import timedelta

from tests.e2e.world import World, said


async def known(world: World) -> None:
    form = await world.slash("amara", "rejection log")
    await world.consent("amara", await world.fill("amara", form, kind=["research"], who="Ridge", day=""))


async def test_an_answer_ends_the_check_ins_and_can_be_taken_back(world: World) -> None:
    await known(world)
    sent = len(world.dms("amara"))
    form = await world.slash("amara", "goodnews", kind="position")
    assert form.modal is not None
    option = form.modal["components"][1]["component"]["options"][1]["value"]
    card = await world.fill("amara", form, kind=["position"], answers=[option], day="", who=None)
    assert "This one is answered, and its check-ins have ended" in said(card)
    assert "Nothing is open" in said(await world.slash("amara", "recovery today"))
    assert "Taken back" in said(await world.press("amara", card, "goodnews-undo"))
    assert "Research position" in said(await world.slash("amara", "recovery today"))
    await world.fill(
        "amara", await world.slash("amara", "goodnews"), kind=["matched"], answers=[], day="", who=None
    )
    await world.pass_time(days=60, stride=timedelta(days=3))
    assert len(world.dms("amara")) == sent


async def test_somebody_new_is_asked_before_anything_is_kept(world: World) -> None:
    form = await world.slash("bilal", "goodnews")
    card = await world.fill("bilal", form, kind=["letter"], day="", who=None)
    assert "Before anything is saved" in said(card)
    saved = await world.consent("bilal", card)
    assert "A letter of recommendation" in said(saved)
    shared = await world.press("bilal", saved, "goodnews-share")
    assert "nothing else" in said(shared)


async def test_a_day_that_reads_two_ways_is_asked(world: World) -> None:
    await known(world)
    form = await world.slash("amara", "goodnews", date="03/04/2026")
    asked = await world.fill("amara", form, kind=["other"], answers=[], day="03/04/2026", who=None)
    assert "two ways" in said(asked)
    assert "3 April" in said(await world.press("amara", asked, "goodnews-day"))
