"""Stopping, pausing and coming back: what each answer promises, and that it is kept."""

from datetime import timedelta

import pytest
from simcord import InteractionResult

from bot.domain.rejections import Recovery
from tests.e2e.world import World, last_message, raw, said
from tests.meta.lint import walk


async def logged(world: World, *kinds: str) -> None:
    """Somebody in Lagos who logged these on Sunday 22 November, 13:00 there."""
    for number, kind in enumerate(kinds):
        form = await world.slash("amara", "rejection log")
        card = await world.fill("amara", form, kind=[kind], who="Ridge Hospital", day="", said=None)
        if number == 0:
            await world.consent("amara", card)


def labels(result: InteractionResult, verb: str) -> dict[str, str]:
    """What the buttons of a verb say, and their custom ids."""
    parts = [part for part in walk(raw(last_message(result))) if f":{verb}:" in str(part.get("custom_id"))]
    return {str(part["label"]): str(part["custom_id"]) for part in parts}


async def states(world: World) -> dict[str, Recovery]:
    """How each entry's protocol stands, by its kind."""
    found = await world.program.services.recoveries.steerable(world.people["amara"].id)
    return {one.rejection.kind: one.rejection.recovery for one in found}


async def test_stop_all_ends_all_says_how_many_and_leaves_the_way_back(world: World) -> None:
    await logged(world, "research", "exam")
    today, other = [await world.slash("amara", "recovery today") for _ in range(2)]
    assert list(labels(today, "recovery-stop-all")) == ["Stop all"]
    stopped = said(await world.press("amara", today, "recovery-stop-all"))
    assert "Stopped 2. I will not write about them again." in stopped
    assert "If you change your mind: `/recovery resume`." in stopped
    assert set((await states(world)).values()) == {Recovery.STOPPED}
    sent = len(world.dms("amara"))
    await world.pass_time(days=35, stride=timedelta(days=5))
    assert len(world.dms("amara")) == sent
    again = said(await world.press("amara", other, "recovery-stop-all"))
    assert "Nothing was open, so nothing had to be stopped." in again
    assert "If you change your mind" not in again


async def test_stop_all_of_one_speaks_of_one(world: World) -> None:
    await logged(world, "research")
    stopped = await world.press("amara", await world.slash("amara", "recovery today"), "recovery-stop-all")
    assert "Stopped one. I will not write about it again." in said(stopped)


async def test_each_of_several_stopped_has_a_button_that_names_it_and_brings_it_back_alone(
    world: World,
) -> None:
    await logged(world, "research", "exam")
    await world.pass_time(days=1, hours=6)
    stopped = await world.press("amara", world.dms("amara")[-1], "nudge-stop")
    back = labels(stopped, "recovery-resume")
    assert sorted(back) == [
        "Resume: Exam (Step or OET) · Sunday 22 November",
        "Resume: Research position · Sunday 22 November",
    ]
    assert "Ridge" not in said(stopped)
    custom_id = back["Resume: Exam (Step or OET) · Sunday 22 November"]
    found = last_message(stopped)
    resumed = await world._actor("amara", found).click(found, custom_id=custom_id)
    assert "Next: A look at what happened · Sunday 29 November, 18:00" in said(resumed)
    assert await states(world) == {"exam": Recovery.OPEN, "research": Recovery.STOPPED}


async def test_one_that_was_stopped_has_a_short_button(world: World) -> None:
    await logged(world, "research")
    await world.pass_time(days=1, hours=6)
    stopped = await world.press("amara", world.dms("amara")[-1], "nudge-stop")
    assert list(labels(stopped, "recovery-resume")) == ["Resume"]
    resumed = await world.press("amara", stopped, "recovery-resume")
    assert "Welcome back. If a message was missed, it comes at your hour, all in one." in said(resumed)


async def test_a_pause_of_one_says_so_wherever_it_is_seen(world: World) -> None:
    await logged(world, "research")
    paused = await world.slash("amara", "recovery pause")
    assert "I will not write to you about this until you resume." in said(paused)
    assert list(labels(paused, "recovery-resume")) == ["Resume"]
    assert "Paused. What is left waits for you." in said(await world.slash("amara", "recovery plan"))
    resumed = said(await world.slash("amara", "recovery resume"))
    assert "Welcome back" in resumed
    assert "Next: The first day · Monday 23 November, 18:00" in resumed


@pytest.mark.parametrize(
    "way, why",
    [
        ("pause", "Everything else of yours is still paused, so they wait until `/me resume`."),
        ("off", "Your direct messages are off, so they wait. You can change that in `/me settings`."),
    ],
)
async def test_resuming_one_while_nothing_may_come_says_what_it_waits_for(
    world: World, way: str, why: str
) -> None:
    await logged(world, "research")
    await world.slash("amara", "recovery pause")
    if way == "off":
        await world.choose("amara", await world.slash("amara", "me settings"), "me-messages", "off")
    else:
        await world.slash("amara", "me pause")
    resumed = said(await world.slash("amara", "recovery resume"))
    assert f"These check-ins are on again. {why}" in resumed
    assert "Welcome back" not in resumed
    sent = len(world.dms("amara"))
    await world.pass_time(days=2)
    assert len(world.dms("amara")) == sent


@pytest.mark.parametrize(
    "days, promised", [(0, "Monday 23 November, 18:00"), (3, "Wednesday 25 November, 18:00")]
)
async def test_the_day_that_me_resume_says_is_the_day_on_which_it_comes(
    world: World, days: int, promised: str
) -> None:
    await logged(world, "research")
    paused = await world.slash("amara", "me pause")
    assert list(labels(paused, "me-resume")) == ["Resume"]
    if days:
        await world.pass_time(days=days)
        resumed = await world.slash("amara", "me resume")
    else:
        resumed = await world.press("amara", paused, "me-resume")
    assert f"Your next check-in comes {promised}." in said(resumed)
    sent = len(world.dms("amara"))
    await world.pass_time(hours=4 if days else 28)
    assert len(world.dms("amara")) == sent
    await world.pass_time(hours=2)
    assert len(world.dms("amara")) == sent + 1


async def test_me_resume_without_a_plan_names_no_day(world: World) -> None:
    await logged(world, "research")
    await world.slash("amara", "recovery stop")
    await world.slash("amara", "me pause")
    resumed = said(await world.slash("amara", "me resume"))
    assert "No check-in is planned at the moment." in resumed
    assert "Your next check-in" not in resumed


async def test_me_resume_while_messages_are_off_says_that_they_stay_off(world: World) -> None:
    await logged(world, "research")
    await world.slash("amara", "me pause")
    await world.choose("amara", await world.slash("amara", "me settings"), "me-messages", "off")
    resumed = said(await world.slash("amara", "me resume"))
    assert "The pause is over, and your direct messages are still off." in resumed
    assert "Welcome back" not in resumed
