"""The ten days, from the card to the quiet end."""

from datetime import timedelta

from tests.e2e.crawl import forge
from tests.e2e.world import LAGOS, World, custom_ids, last_message, raw, said, texts_of


async def member(world: World, who: str = "amara") -> None:
    services = world.program.services
    await services.members.consent(world.people[who].id, LAGOS, "en", world.clock())


async def begun(world: World) -> None:
    """Somebody in the middle of nothing yet: the first day."""
    await member(world)
    await world.press("amara", await world.slash("amara", "challenge start"), "challenge-begin")


async def test_ten_steps_are_shown_and_begun(world: World) -> None:
    await member(world)
    offer = await world.slash("amara", "challenge start")
    shown = said(offer)
    assert "10. " in shown
    assert "each day at your hour" in shown
    other = await world.press("amara", offer, "challenge-new")
    drawn = said(other)
    assert drawn != shown
    begun = await world.press("amara", other, "challenge-begin")
    assert "Your ten days begin today" in said(begun)
    assert "○○○○○○○○○○ 0 of 10 done" in said(begun)
    first = drawn.split("1. ", 1)[1].split("\n", 1)[0]
    assert f"**{first}**" in said(begun)
    assert "Your ten days are running" in said(await world.slash("amara", "challenge start"))


async def test_somebody_new_is_asked_before_anything_is_kept(world: World) -> None:
    offer = await world.slash("bilal", "challenge start")
    assert "at 18:00 your time" in said(offer)
    card = await world.press("bilal", offer, "challenge-begin")
    assert "Before anything is saved" in said(card)
    assert "Your ten days begin today" in said(await world.consent("bilal", card))


async def test_chosen_steps_come_first(world: World) -> None:
    await member(world)
    form = await world.press("amara", await world.slash("amara", "challenge start"), "challenge-choose")
    shown = await world.fill(
        "amara", form, interview=["mock-short"], papers=[], learning=[], people=[], plan=["walk"]
    )
    assert "These are your ten" in said(shown)
    assert "1. Do a mock interview of fifteen minutes\n2. Walk for twenty minutes" in said(shown)
    begun = await world.press("amara", shown, "challenge-begin")
    assert "**Do a mock interview of fifteen minutes**" in said(begun)


async def test_more_than_ten_are_given_back(world: World) -> None:
    await member(world)
    form = await world.press("amara", await world.slash("amara", "challenge start"), "challenge-choose")
    steps = world.program.services.challenges.steps
    groups = {g: [s.id for s in steps if s.group == g] for g in ("interview", "papers", "learning")}
    many = await world.fill("amara", form, **groups)
    assert "You chose 15 steps" in said(many)
    again = await world.press("amara", many, "form-try")
    assert again.modal is not None
    chosen = [
        option for part in again.modal["components"] if "component" in part
        for option in part["component"]["options"] if option.get("default")
    ]  # fmt: skip
    assert len(chosen) == 15


async def test_a_form_sent_after_a_restart_is_read(world: World) -> None:
    await member(world)
    form = await world.press("amara", await world.slash("amara", "challenge start"), "challenge-choose")
    await world.restart()
    shown = await world.fill("amara", form, interview=["mock-short"])
    assert "1. Do a mock interview of fifteen minutes" in said(shown)


async def test_the_message_of_the_day_is_answered_and_counts(world: World) -> None:
    await begun(world)
    await world.pass_time(days=1, hours=7)
    message = world.dms("amara")[-1]
    text = texts_of(raw(message))
    assert text.startswith("Your check-in, as you asked.")
    assert "Day 2 of your ten days" in text
    done = await world.press("amara", message, "nudge-done")
    assert "●○○○○○○○○○ 1 of 10 done" in said(done)
    assert "It counts" in said(done)
    assert "Your next check-in comes" in said(done)
    assert texts_of(raw(world.dms("amara")[-1])).endswith("-# Answered.")
    today = await world.slash("amara", "challenge today")
    assert "Today’s step is done" in said(today)
    assert "One earlier step is still there" in said(today)
    all_ten = said(await world.press("amara", today, "challenge-all"))
    assert "○ 1. " in all_ten
    assert "**● 2. " in all_ten


async def test_another_step_can_be_taken_from_the_message(world: World) -> None:
    await begun(world)
    await world.pass_time(hours=8)
    message = world.dms("amara")[-1]
    was = texts_of(raw(message))
    asked = await world.press("amara", message, "challenge-swap")
    swapped = await world.press("amara", asked, "challenge-draw")
    assert "Day 1, " in said(swapped)
    assert said(swapped) != was
    assert "●○○○○○○○○○ 1 of 10" in said(await world.press("amara", swapped, "challenge-done"))


async def test_one_message_for_a_rejection_and_the_day(world: World) -> None:
    form = await world.slash("amara", "rejection log")
    await world.consent("amara", await world.fill("amara", form, kind=["research"], who="Ridge", day=""))
    await world.press("amara", await world.slash("amara", "challenge start"), "challenge-begin")
    before = len(world.dms("amara"))
    await world.pass_time(days=1, hours=7)
    sent = [texts_of(raw(message)) for message in world.dms("amara")[before:]]
    merged = next(text for text in sent if "one check-in for 2 things" in text)
    assert "Day 1: Research position" in merged
    assert "Ten days, day " in merged
    assert "Ridge" not in merged
    message = world.dms("amara")[-1]
    card = await world.press("amara", message, "challenge-day")
    assert "challenge-done" in str(custom_ids(raw(last_message(card))))
    await world.press("amara", message, "nudge-act")
    waiting = str(raw(world.dms("amara")[-1]))
    assert ("All of it is done" in waiting, "Answered." in waiting) == (True, False), "the day still waits"
    values = [o["value"] for o in _options(raw(message), "nudge-pick")]
    one = await world.choose("amara", message, "nudge-pick", values[-1])
    assert "of your ten days" in said(one)
    assert "1 of 10 done" in said(await world.press("amara", one, "nudge-done"))
    await world.press("amara", message, "nudge-done")
    listed = said(await world.slash("amara", "action list"))
    assert listed.count("23 November") == 2


async def test_what_one_press_noted_of_several_can_be_taken_back_one_by_one(world: World) -> None:
    form = await world.slash("amara", "rejection log")
    await world.consent("amara", await world.fill("amara", form, kind=["research"], who="Ridge", day=""))
    await world.press("amara", await world.slash("amara", "challenge start"), "challenge-begin")
    await world.pass_time(days=1, hours=7)
    message = world.dms("amara")[-1]
    assert "All of it is done" in str(raw(message))
    noted = await world.press("amara", message, "nudge-done")
    assert said(noted).count("Noted:") == 2
    undo = [one for one in custom_ids(raw(last_message(noted))) if ":action-undo:" in one]
    assert len(undo) == 2
    assert "Taken back" in said(await world.press("amara", noted, "action-undo"))
    assert said(await world.slash("amara", "action list")).count("23 November") == 1


def _options(components: list[dict[str, object]], verb: str) -> list[dict[str, str]]:
    for part in components:
        inner = part.get("components", [])
        assert isinstance(inner, list)
        if str(part.get("custom_id", "")).split(":")[2:3] == [verb]:
            options = part["options"]
            assert isinstance(options, list)
            return options
        found = _options(inner, verb)
        if found:
            return found
    return []


async def test_stop_and_go_on_from_the_message(world: World) -> None:
    await begun(world)
    await world.pass_time(hours=8)
    sent = len(world.dms("amara"))
    stopped = await world.press("amara", world.dms("amara")[-1], "nudge-stop")
    assert "The ten days are stopped" in said(stopped)
    assert texts_of(raw(world.dms("amara")[-1])).endswith("-# Stopped.")
    await world.pass_time(days=3)
    assert len(world.dms("amara")) == sent
    assert "They go on" in said(await world.press("amara", stopped, "challenge-resume"))
    await world.pass_time(days=1)
    assert len(world.dms("amara")) == sent + 1


async def test_swap_by_command(world: World) -> None:
    await begun(world)
    card = await world.slash("amara", "challenge swap", day=5)
    assert "Another step for day 5" in said(card)
    step = _options(raw(last_message(card)), "challenge-put")[0]
    assert f"**{step['label']}**" in said(await world.choose("amara", card, "challenge-put", step["value"]))
    assert "Another step for day 1" in said(await world.slash("amara", "challenge swap"))


async def test_stop_by_command_and_a_kind_answer_when_nothing_runs(world: World) -> None:
    await begun(world)
    assert "The ten days are stopped" in said(await world.slash("amara", "challenge stop"))
    for command in ("challenge stop", "challenge today", "challenge swap"):
        assert "No ten days are running" in said(await world.slash("amara", command))
    for who in ("amara", "bilal"):  # a member, and somebody who never was here
        nothing = await world.slash(who, "challenge today")
        assert "10. " in said(await world.press(who, nothing, "challenge-new"))


async def test_the_tenth_step_is_a_quiet_end(world: World) -> None:
    await begun(world)
    for _ in range(9):
        done = await world.press("amara", await world.slash("amara", "challenge today"), "challenge-done")
        assert any("challenge-all" in i for i in custom_ids(raw(last_message(done))))
    last = await world.press("amara", await world.slash("amara", "challenge today"), "challenge-done")
    assert "That was the last of the ten" in said(last)
    assert not any("challenge-all" in i for i in custom_ids(raw(last_message(last))))
    assert "No ten days are running" in said(await world.slash("amara", "challenge today"))
    sent = len(world.dms("amara"))
    await world.pass_time(days=12, stride=timedelta(days=3))
    assert len(world.dms("amara")) == sent


async def test_after_the_tenth_day_it_can_be_caught_up_or_finished(world: World) -> None:
    await begun(world)
    await world.pass_time(days=11)
    card = await world.slash("amara", "challenge today")
    assert "The ten days are over" in said(card)
    assert "10 steps are left" in said(card)
    earlier = [option["value"] for option in _options(raw(last_message(card)), "challenge-day")]
    assert earlier == [str(day) for day in range(2, 11)], "the first stands on the card"
    tenth = await world.choose("amara", card, "challenge-day", "10")
    assert "challenge-done" in str(custom_ids(raw(last_message(tenth))))
    card = await world.slash("amara", "challenge today")
    assert "1 of 10 done" in said(await world.press("amara", card, "challenge-done"))
    assert "**Ten days** · 1 of 10 done" in said(await world.slash("amara", "recovery today"))
    ended = await world.press("amara", await world.slash("amara", "challenge today"), "challenge-finish")
    assert "1 of 10 steps are done" in said(ended)
    past = await world.slash("amara", "challenge past")
    assert "From Sunday 22 November: 1 of 10 done" in said(past)
    (option,) = _options(raw(last_message(past)), "challenge-all")
    shown = await world.choose("amara", past, "challenge-all", option["value"])
    assert [line[0] for line in said(shown).splitlines() if ". " in line] == ["●"] + ["○"] * 9
    asked = await world.press("amara", shown, "challenge-delete")
    assert "with 1 of 10 steps done" in said(asked)
    gone = await world.press("amara", asked, "challenge-delete-now")
    assert "There are none yet" in said(gone)
    assert "closed already" in said(await world.press("amara", world.dms("amara")[-1], "nudge-done"))
    assert "22 November" not in said(await world.slash("amara", "challenge past"))


async def test_the_days_are_named_while_typing(world: World) -> None:
    await begun(world)
    offered = await world.people["amara"].autocomplete(world.channel, "challenge swap", "day", "")
    assert len(offered) == 10


async def test_what_was_stopped_goes_on_from_either_command(world: World) -> None:
    await begun(world)
    for command in ("challenge today", "challenge start"):
        await world.slash("amara", "challenge stop")
        found = await world.slash("amara", command)
        assert "0 of 10 steps done" in said(found)
        assert "They go on" in said(await world.press("amara", found, "challenge-resume"))


async def test_a_forged_number_is_nobodys(world: World) -> None:
    await begun(world)
    for forged in (f"{1 << 63}.1", f"1.{1 << 63}", "9" * 60 + ".1"):
        button = {"type": 2, "style": 2, "label": "x", "custom_id": f"sf:1:challenge-day:{forged}"}
        answer = await forge(world, world.people["amara"], button)
        assert "I do not find this one among yours" in said(answer)
