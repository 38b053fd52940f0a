"""The second story: the check-in that comes the next day, and every way to answer it."""

from datetime import timedelta
from typing import Any

import pytest

from bot.delivery.messenger import is_marked
from bot.domain.members import DmState
from bot.domain.rejections import Recovery
from tests.e2e.crawl import dm_of, forge
from tests.e2e.world import World, chosen_presses, custom_ids, last_message, raw, said, texts_of


async def begun(world: World, *kinds: str) -> None:
    """Somebody who logged these and let the first check-in come."""
    for number, kind in enumerate(kinds):
        form = await world.slash("amara", "rejection log")
        card = await world.fill("amara", form, kind=[kind], who="Ridge Hospital", day="", said=None)
        if number == 0:
            await world.consent("amara", card)
    await world.pass_time(days=1, hours=6)


async def standing(world: World) -> list[Recovery]:
    return [
        one.rejection.recovery
        for one in await world.program.services.recoveries.standings(world.people["amara"].id)
    ]


async def test_the_first_day_comes_as_a_message_that_names_no_place(world: World) -> None:
    await begun(world, "research")
    message = world.dms("amara")[-1]
    text = texts_of(raw(message))
    assert text.startswith("Your check-in, as you asked.")
    assert "About a research position" in text
    assert "Ridge" not in text
    done = await world.press("amara", message, "nudge-done")
    assert "Took a step" in said(done)
    assert "Your next check-in comes Sunday 29 November, 18:00." in said(done)


async def test_an_answer_long_after_says_that_its_member_was_here(world: World) -> None:
    await begun(world, "research")
    members, amara = world.program.services.members, world.people["amara"].id
    world.clock.now += timedelta(days=40)
    await world.press("amara", world.dms("amara")[-1], "nudge-skip")
    found = await members.find(amara)
    assert found is not None
    assert found.last_seen_at == world.clock.now


async def test_an_answered_message_keeps_its_words_and_what_still_means_something(world: World) -> None:
    await begun(world, "research")
    sent = raw(world.dms("amara")[-1])
    await world.press("amara", world.dms("amara")[-1], "nudge-done")
    done = raw(world.dms("amara")[-1])
    assert texts_of(done) == texts_of(sent) + "\n-# Answered."
    assert verbs(done) == ["journal-step", "support", "nudge-more"]
    assert ("Later" in str(sent), "Later" in str(done)) == (True, False)
    assert others(done) == ["nudge-act", "nudge-act", "nudge-stop"]
    delivery_id = next(i for i in custom_ids(sent) if ":nudge-done:" in i).rpartition(":")[2]
    assert is_marked(done, int(delivery_id))
    await world.press("amara", world.dms("amara")[-1], "nudge-act")
    both = raw(world.dms("amara")[-1])
    assert (texts_of(both), others(both)) == (texts_of(done), ["nudge-act", "nudge-stop"])
    await world.press("amara", world.dms("amara")[-1], "nudge-stop")
    stopped = raw(world.dms("amara")[-1])
    assert texts_of(stopped).endswith("\n-# Stopped. `/recovery resume` brings it back.")
    assert "Answered." not in texts_of(stopped)
    assert verbs(stopped) == ["recovery-resume", "support"]
    back = said(await world.press("amara", world.dms("amara")[-1], "recovery-resume"))
    assert "Welcome back" in back
    assert "Next: A look at what happened · Sunday 29 November, 18:00" in back


async def test_a_message_put_off_says_when_it_comes_again_and_a_closed_one_that_nothing_is_left(
    world: World,
) -> None:
    await begun(world, "research")
    message = world.dms("amara")[-1]
    value = next(one for one in chosen_presses(raw(message)) if one.startswith("nudge-later:3."))
    await world.choose("amara", message, "nudge-more", value)
    later = raw(world.dms("amara")[-1])
    assert texts_of(later).endswith("-# It comes again Thursday 26 November, 18:00.")
    assert (verbs(later), others(later)) == (["support", "nudge-more"], ["nudge-stop"])
    await world.slash("amara", "recovery stop")
    assert "closed already" in said(await world.press("amara", world.dms("amara")[-1], "nudge-stop"))
    closed = raw(world.dms("amara")[-1])
    assert texts_of(closed).endswith("-# Nothing is left to answer here.")
    assert verbs(closed) == ["support"]


async def test_the_form_of_month_one_counts_as_the_goal_it_asks_for(world: World) -> None:
    await begun(world, "research")
    await world.pass_time(days=30)
    message = world.dms("amara")[-1]
    form = await world.press("amara", message, "journal-step")
    kept = await world.fill("amara", form, repeats="", system="", build="Three mock interviews")
    assert "Wrote down my next goal" in said(kept)
    sent_before = {"type": 2, "style": 2, "label": "x", "custom_id": custom_id_of(message, "nudge-do")}
    user, channel = dm_of(world, "amara")
    old = await forge(world, user, sent_before, channel=channel)
    assert "counted already" in said(await world.fill("amara", old, goal="Three mock interviews"))


def custom_id_of(message: Any, verb: str) -> str:
    """The custom id that a message of an earlier version carried for its own form."""
    carried = next(i for i in custom_ids(raw(message)) if ":nudge-done:" in i)
    return carried.replace("nudge-done", verb)


async def test_done_on_a_step_of_several_actions_claims_none_of_them_until_one_is_pressed(
    world: World,
) -> None:
    await begun(world, "research")
    await world.pass_time(days=30)
    done = said(await world.press("amara", world.dms("amara")[-1], "nudge-done"))
    assert "Took a step" in done
    assert "It counts." in done
    told = said(await world.press("amara", world.dms("amara")[-1], "nudge-act"))
    assert "Looked for a pattern" in told
    assert "It counts once." in told
    assert "Looked for a pattern" in said(listed := await world.slash("amara", "action list"))
    assert "Took a step" not in said(listed)


def verbs(components: list[dict[str, Any]]) -> list[str]:
    """What can be pressed, in order."""
    return [custom_id.split(":")[2] for custom_id in custom_ids(components)]


def others(components: list[dict[str, Any]]) -> list[str]:
    """What can be chosen in the select of all other ways, in order."""
    return [value.partition(":")[0] for value in chosen_presses(components)]


async def test_the_selects_of_an_earlier_version_still_put_a_check_in_off(world: World) -> None:
    await begun(world, "research")
    message = world.dms("amara")[-1]
    custom_id, options = custom_id_of(message, "nudge-snooze"), [{"label": "In a week", "value": "7"}]
    user, channel = dm_of(world, "amara")
    old = {"type": 3, "custom_id": custom_id, "options": options}
    assert "Monday 30 November" in said(await forge(world, user, old, values=["7"], channel=channel))


async def test_the_buttons_work_after_a_restart_and_two_months(world: World) -> None:
    await begun(world, "research")
    message = world.dms("amara")[-1]
    await world.restart()
    await world.pass_time(days=60, stride=timedelta(days=1))
    assert "Noted" in said(await world.press("amara", message, "nudge-done"))
    answered = raw(next(m for m in world.dms("amara") if m.id == message.id))
    assert (verbs(answered)[0], others(answered)) == ("journal-step", ["nudge-act", "nudge-act"])


async def test_after_eight_days_without_the_bot_one_message_says_that_it_is_late(world: World) -> None:
    for number, kind in enumerate(("research", "exam")):
        form = await world.slash("amara", "rejection log")
        card = await world.fill("amara", form, kind=[kind], who=None, day="", said=None)
        if number == 0:
            await world.consent("amara", card)
    before = len(world.dms("amara"))
    world.clock.now += timedelta(days=8)
    await world.env.advance_time(timedelta(days=8).total_seconds())
    await world.restart()
    await world.tick()
    new = world.dms("amara")[before:]
    assert len(new) == 1
    assert "This is late: I was away." in texts_of(raw(new[0]))
    await world.tick()
    assert len(world.dms("amara")) == before + 1


async def test_two_entries_are_one_message_and_one_of_them_can_be_answered(world: World) -> None:
    await begun(world, "research", "exam")
    assert len(world.dms("amara")) == 2  # the test message, and one check-in
    message = world.dms("amara")[-1]
    assert "one check-in for 2 rejections" in texts_of(raw(message))
    options = next(
        p for part in raw(message)[0]["components"] for p in part.get("components", []) if p["type"] == 3
    )
    one = await world.choose("amara", message, "nudge-pick", options["options"][1]["value"])
    assert "The first day" in said(one)
    assert "Skipped" in said(await world.press("amara", one, "nudge-skip"))
    assert "Stopped 2" in said(await world.press("amara", message, "nudge-stop"))
    assert await standing(world) == []


async def test_do_it_now_opens_a_form_and_keeps_the_words_private(world: World) -> None:
    await begun(world, "research")
    message = world.dms("amara")[-1]
    form = await world.press("amara", message, "nudge-do")
    answer = await world.fill("amara", form, note="hollow")
    assert "Named the feeling" in said(answer)
    assert "Your words are kept with it, for you alone." in said(answer)
    assert "hollow" not in said(answer)


@pytest.mark.parametrize("verb", ["nudge-skip", "nudge-stop"])
async def test_stop_and_skip_say_what_they_did(world: World, verb: str) -> None:
    await begun(world, "research")
    answer = await world.press("amara", world.dms("amara")[-1], verb)
    assert "Skipped" in said(answer) or "Stopped one" in said(answer)
    if verb == "nudge-stop":
        back = await world.press("amara", answer, "recovery-resume")
        assert "Welcome back" in said(back)
        assert "sf:1:support:" in custom_ids(last_message(back).components)


async def test_with_all_running_there_is_nothing_to_resume_and_that_is_said(world: World) -> None:
    await begun(world, "research", "clinical-experience")
    answer = said(await world.slash("amara", "recovery resume"))
    assert "Nothing of yours is paused or stopped" in answer
    assert "Nothing is open" not in answer


async def test_what_closed_messages_keep_back_can_be_read_where_it_waits(world: World) -> None:
    form = await world.slash("amara", "rejection log")
    await world.consent("amara", await world.fill("amara", form, kind=["research"], who=None, day=""))
    async with world.program.db.write() as tx:
        await tx.members.update(world.people["amara"].id, dm_state=DmState.CLOSED)
    await world.pass_time(days=1, hours=6)
    today = await world.slash("amara", "recovery today")
    assert "Waiting here, because your direct messages are closed to me: The first day" in said(today)
    step = await world.press("amara", today, "recovery-read")
    assert "This may still hurt" in said(step)
    assert "dm-test" in " ".join(custom_ids(last_message(step).components))
