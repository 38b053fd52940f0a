"""The journal as a member uses it: from a command, from a check-in, through a failed save and a restart."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NoReturn

import pytest

from bot.domain.nudges import Subject
from bot.domain.timetable import Pace
from bot.services.journal import Journal
from tests.e2e.plenty import wild
from tests.e2e.world import World, chosen_presses, custom_ids, last_message, raw, said

WEEK = {"control": "The first lines of my email", "target": "Yes", "change": "materials", "next": "Shorter"}


async def boom(*_args: object, **_kwargs: object) -> NoReturn:
    raise RuntimeError("broken")


async def logged(world: World, who: str = "amara", kind: str = "research", day: str = "today") -> int:
    """A member with a rejection; gives its id."""
    form = await world.slash(who, "rejection log")
    answer = await world.fill(who, form, kind=[kind], who="Kestrel Lab", day=day)
    if "consent" in str(custom_ids(last_message(answer).components)):
        await world.consent(who, answer)
    found = await world.program.services.rejections.completions(world.people[who].id, "")
    return found[0].id


async def entries(world: World, who: str = "amara") -> list[Any]:
    return await world.program.services.journal.entries(world.people[who].id)


async def actions(world: World, who: str = "amara") -> list[str]:
    page = await world.program.services.actions.listed(world.people[who].id)
    return [item.action.kind for item in page.items]


async def test_somebody_new_is_asked_first_and_nothing_they_wrote_is_lost(world: World) -> None:
    form = await world.slash("amara", "journal write", kind="day")
    card = await world.fill("amara", form, happened="A short email", feeling="ashamed", later="")
    assert await entries(world) == []
    kept = await world.consent("amara", card)
    assert "You gave it a name: **ashamed**" in said(kept)
    assert [entry.answers for entry in await entries(world)] == [
        {"happened": "A short email", "feeling": "ashamed"}
    ]
    assert await actions(world) == ["named-feeling"]
    taken_back = await world.press("amara", kept, "action-undo")
    assert "If you wrote about it in your journal, that stays there" in said(taken_back)
    assert len(await entries(world)) == 1


async def test_an_entry_is_listed_found_opened_changed_and_deleted_after_a_question(world: World) -> None:
    await logged(world)
    form = await world.slash("amara", "journal write", kind="recall")
    await world.fill("amara", form, asked="Why this place?", shone="The teaching answer", weak="", refine="")
    listed = await world.slash("amara", "journal list")
    assert "Recall, reflect, refine" in said(listed)
    assert "Why this place?" in said(listed)
    found = await world.slash("amara", "journal search", words="TEACHING place")
    assert "One journal entry holds" in said(found)
    assert "No journal entry holds" in said(await world.slash("amara", "journal search", words="surgery"))
    (entry,) = await entries(world)
    view = await world.choose("amara", found, "journal-view", str(entry.id))
    assert "The teaching answer" in said(view)
    form = await world.press("amara", view, "journal-edit")
    changed = await world.fill(
        "amara", form, asked="Why here?", shone="", weak="The visa question", refine=""
    )
    assert "Changed." in said(changed)
    (entry,) = await entries(world)
    assert entry.answers == {"asked": "Why here?", "weak": "The visa question"}
    asked = await world.slash("amara", "journal delete", entry=str(entry.id))
    assert len(await entries(world)) == 1
    kept = await world.press("amara", asked, "journal-view")
    gone = await world.press(
        "amara", await world.press("amara", kept, "journal-delete"), "journal-delete-now"
    )
    assert "An action that came from writing it stays" in said(gone)
    assert await entries(world) == []
    assert "Nothing here yet" in said(await world.press("amara", gone, "journal-list"))


async def test_the_first_week_opens_from_its_check_in_and_brings_the_next_action(world: World) -> None:
    rejection_id = await logged(world)
    member = await world.program.services.members.find(world.people["amara"].id)
    assert member is not None
    await world.program.services.settings.set_pace(member, Pace.FULL, world.clock())
    await world.pass_time(days=7, hours=8)
    dm = world.dms("amara")[-1]
    form = await world.press("amara", dm, "journal-step")
    kept = await world.fill("amara", form, **WEEK)
    assert "About a research position, Sunday 22 November" in said(kept)
    assert "Wrote down what I learned" in said(kept)
    assert "Rewrite the first two lines of your email" in said(kept)
    assert (await actions(world)).count("debrief-written") == 1
    (entry,) = await entries(world)
    assert (entry.kind, entry.rejection_id) == ("week", rejection_id)
    settled = raw(world.dms("amara")[-1])
    assert "Answered." in str(settled)
    assert "first lines of my email" not in str(settled)
    await world.press("amara", world.dms("amara")[-1], "journal-step")
    assert len(await entries(world)) == 1
    await world.pass_time(days=7)
    later = world.dms("amara")[-1]
    ideas = await world.press("amara", later, "journal-next")
    assert "The first lines of my email" in said(ideas)
    assert "first lines" not in str(raw(later))
    await world.press("amara", ideas, "journal-did")
    assert "email-opening-rewritten" in await actions(world)
    nudges = await nudges_of(world, rejection_id)
    assert [nudge.step for nudge in nudges if nudge.answered_at is not None] == ["week1", "week2"]


async def test_week_two_shows_an_analysis_without_a_choice_and_lets_one_choose(world: World) -> None:
    rejection_id = await logged(world)
    form = await world.slash("amara", "journal write", kind="week", rejection=str(rejection_id))
    await world.fill("amara", form, **(WEEK | {"change": None}))
    member = await world.program.services.members.find(world.people["amara"].id)
    assert member is not None
    await world.program.services.settings.set_pace(member, Pace.FULL, world.clock())
    await world.pass_time(days=14, hours=8)
    later = world.dms("amara")[-1]
    shown = await world.press("amara", later, "journal-next")
    assert "The first lines of my email" in said(shown)
    assert "Under “What would I change first?” nothing is chosen yet" in said(shown)
    assert "no analysis" not in said(shown)
    form = await world.press("amara", shown, "journal-edit")
    changed = await world.fill("amara", form, **WEEK)
    assert "Rewrite the first two lines of your email" in said(changed)
    ideas = await world.press("amara", later, "journal-next")
    assert "journal-did" in str(custom_ids(last_message(ideas).components))


async def test_an_idea_pressed_at_once_and_again_in_week_two_counts_once(world: World) -> None:
    rejection_id = await logged(world)
    form = await world.slash("amara", "journal write", kind="week", rejection=str(rejection_id))
    kept = await world.fill("amara", form, **(WEEK | {"control": "I want to end my life", "next": ""}))
    assert "journal-act" not in str(custom_ids(last_message(kept).components))
    (entry,) = await entries(world)
    form = await world.slash("amara", "journal edit", entry=str(entry.id))
    kept = await world.fill("amara", form, **WEEK)
    assert "It counts" in said(await world.press("amara", kept, "journal-act"))
    member = await world.program.services.members.find(world.people["amara"].id)
    assert member is not None
    await world.program.services.settings.set_pace(member, Pace.FULL, world.clock())
    await world.pass_time(days=14, hours=8)
    form = await world.slash("amara", "journal edit", entry=str(entry.id))
    await world.fill("amara", form, **(WEEK | {"control": "I want to end my life"}))
    ideas = await world.press("amara", world.dms("amara")[-1], "journal-next")
    assert "end my life" not in said(ideas)
    first = (await actions(world)).count("email-opening-rewritten")
    did = [one for one in custom_ids(last_message(ideas).components) if "email-opening-rewritten" in one]
    assert did
    await world._actor("amara", last_message(ideas)).click(last_message(ideas), custom_id=did[0])
    assert (first, (await actions(world)).count("email-opening-rewritten")) == (1, 1)


async def test_week_one_opens_what_was_written_before_it_and_says_so(world: World) -> None:
    rejection_id = await logged(world)
    await world.pass_time(days=3)
    form = await world.slash("amara", "journal write", kind="week", rejection=str(rejection_id))
    assert form.modal is not None
    assert form.modal["title"] == "A look after a week"
    await world.fill("amara", form, **WEEK)
    await world.pass_time(days=4, hours=8)
    dm = world.dms("amara")[-1]
    form = await world.press("amara", dm, "journal-step")
    assert form.modal is not None
    assert form.modal["title"] == "What you wrote on Wednesday 25 November"
    assert form.modal["components"][0]["component"]["value"] == WEEK["control"]
    assert "What you wrote" not in str(raw(dm))
    await world.fill("amara", form, **WEEK)
    assert len(await entries(world)) == 1
    assert (await actions(world)).count("debrief-written") == 1
    assert "Answered." in str(raw(world.dms("amara")[-1]))


async def nudges_of(world: World, rejection_id: int) -> list[Any]:
    async with world.program.db.read() as tx:
        found = await tx.nudges.of_subject(world.people["amara"].id, Subject.REJECTION, rejection_id)
    return sorted(found, key=lambda nudge: nudge.due_at)


async def test_done_and_the_analysis_count_once_whichever_comes_first(world: World) -> None:
    rejection_id = await logged(world)
    form = await world.slash("amara", "journal write", kind="week", rejection=str(rejection_id))
    await world.fill("amara", form, **WEEK)
    await world.pass_time(days=7, hours=8)
    await world.press("amara", world.dms("amara")[-1], "nudge-done")
    assert (await actions(world)).count("debrief-written") == 1


async def test_each_step_of_a_merged_check_in_has_its_lens_and_asks_which_of_several(world: World) -> None:
    for kind in ("research", "exam"):
        await logged(world, kind=kind)
    await world.pass_time(days=6)
    await logged(world, kind="letter")
    await world.pass_time(days=1, hours=8)
    message = world.dms("amara")[-1]
    weeks = [one for one in chosen_presses(raw(message)) if one.startswith("journal-step:week1.")]
    which = await world.choose("amara", message, "nudge-more", *weeks)
    options = last_message(which).components[0]["components"][0]["components"][0]["options"]
    assert [option["label"].split(":")[0] for option in options] == ["A look after a week"] * 2
    assert [option["description"] for option in options] == ["Kestrel Lab"] * 2
    assert (await world.choose("amara", which, "journal-pick", options[0]["value"])).modal is not None
    form = await world.press("amara", message, "journal-step")
    assert form.modal is not None
    assert form.modal["title"] == "The first day"
    await world.fill("amara", form, happened="A call", feeling="tired", later="The email")
    (entry,) = await entries(world)
    assert entry.kind == "day"
    assert "Answered." not in str(raw(world.dms("amara")[-1]))
    which = await world.choose("amara", message, "nudge-more", *weeks)
    form = await world.choose("amara", which, "journal-pick", options[0]["value"])
    await world.fill("amara", form, **WEEK)
    which = await world.choose("amara", message, "nudge-more", *weeks)
    options = last_message(which).components[0]["components"][0]["components"][0]["options"]
    assert [option["description"] for option in options] == ["Written already · Kestrel Lab", "Kestrel Lab"]


@pytest.mark.parametrize("restart", [False, True])
@pytest.mark.parametrize("length", [60, 1200])
async def test_a_failed_save_can_be_tried_again_also_after_a_restart(
    world: World, monkeypatch: pytest.MonkeyPatch, length: int, restart: bool
) -> None:
    rejection_id = await logged(world)
    form = await world.slash("amara", "journal write", kind="week", rejection=str(rejection_id))
    text = wild(length)
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "write", boom)
        failed = await world.fill(
            "amara", form, control=text, target=text, change="timing", next=f"a\n```\n{text}"[:length]
        )
    assert "not saved" in said(failed)
    assert await entries(world) == []
    if restart:
        await world.restart()
    again = await world.press("amara", failed, "form-try")
    assert again.modal is not None
    fields = [part["component"] for part in again.modal["components"]]
    assert [field.get("value") for field in fields if field["type"] == 4] == [
        text, text, f"a\n```\n{text}"[:length],
    ]  # fmt: skip
    chosen = next(field for field in fields if field["type"] == 21)
    assert [option["value"] for option in chosen["options"] if option.get("default")] == ["timing"]
    await world.fill("amara", again, control=text, target=text, change="timing", next="n")
    (entry,) = await entries(world)
    assert entry.answers["control"] == text
    assert entry.rejection_id == rejection_id


async def test_a_form_sent_in_after_a_restart_is_saved_as_ever(world: World) -> None:
    rejection_id = await logged(world)
    form = await world.slash("amara", "journal write", kind="week", rejection=str(rejection_id))
    await world.restart()
    kept = await world.fill("amara", form, **WEEK)
    assert "In your journal, for you alone" in said(kept)
    assert [entry.answers for entry in await entries(world)] == [WEEK]


async def test_nobody_reaches_anothers_entry(world: World) -> None:
    await logged(world)
    await world.fill("amara", await world.slash("amara", "journal write", kind="day"), a="x", b="sad", c="")
    (entry,) = await entries(world)
    await logged(world, "bilal")
    for command in ("view", "edit", "delete"):
        assert "do not find" in said(await world.slash("bilal", f"journal {command}", entry=str(entry.id)))
    assert "Nothing here yet" in said(await world.slash("bilal", "journal list"))
    assert "No journal entry holds" in said(await world.slash("bilal", "journal search", words="sad"))


async def test_heavy_words_bring_support_first_and_no_praise(world: World) -> None:
    await logged(world)
    form = await world.slash("amara", "journal write", kind="day")
    answer = await world.fill("amara", form, a="I want to kill myself", b="numb", c="")
    assert "sf:1:support-notmeant" in str(
        [custom_ids(m.components) for m in (answer.response, *answer.followups) if m]
    )
    assert "It counts" not in said(answer)
    page = await world.program.services.actions.listed(world.people["amara"].id)
    assert [item.action.scores for item in page.items] == [False]


async def test_heavy_words_are_never_said_back_also_when_support_was_shown_before(world: World) -> None:
    await logged(world)
    form = await world.slash("amara", "journal write", kind="day")
    first = await world.fill("amara", form, happened="x", feeling="I want to kill myself", later="")
    form = await world.slash("amara", "journal write", kind="reframe")
    second = await world.fill(
        "amara",
        form,
        feeling="I want to kill myself",
        story="",
        picked=["unfair"],
        own="I want to end my life",
    )
    for answer in (first, second):
        words = said(answer)
        assert "In your journal, for you alone" in words
        for never in (
            "kill myself",
            "end my life",
            "Nothing has to be done",
            "this sentence is yours",
            "It is hard",
        ):
            assert never not in words
        assert "journal-new" not in str(custom_ids(last_message(answer).components))
    assert len(await entries(world)) == 2


async def test_a_reframe_names_the_feeling_first_and_keeps_the_sentence_in_its_words(world: World) -> None:
    await logged(world)
    form = await world.slash("amara", "journal write", kind="reframe")
    assert form.modal is not None
    assert form.modal["components"][0]["label"] == "First, the feeling"
    missed = await world.fill("amara", form, feeling=" ", story="Unfair system!", picked=[], own="")
    assert "it is needed: **First, the feeling**" in said(missed)
    assert "Unfair system!" in said(missed)
    form = await world.press("amara", missed, "form-try")
    kept = await world.fill("amara", form, feeling="angry", story="Unfair system!", picked=[], own="")
    assert "keep it: **It is hard, and it has patterns. Patterns can be learned**" in said(kept)
    kept = await world.press("amara", kept, "journal-keep")
    assert "Saved." in said(kept)
    assert "changed" not in said(kept)
    (entry,) = await entries(world)
    assert entry.answers["picked"] == "It is hard, and it has patterns. Patterns can be learned"
    await world.program.services.journal.delete(entry.user_id, entry.id)
    form = await world.slash("amara", "journal write", kind="reframe")
    kept = await world.fill("amara", form, feeling="angry", story="", picked=["unfair"], own="")
    assert "this sentence is yours: **It is hard, and it has patterns. Patterns can be learned**" in said(
        kept
    )
    (entry,) = await entries(world)
    assert entry.answers["picked"].startswith("It is hard")
    form = await world.press(
        "amara", await world.slash("amara", "journal view", entry=str(entry.id)), "journal-edit"
    )
    assert form.modal is not None
    options = form.modal["components"][2]["component"]["options"]
    assert [option["value"] for option in options if option.get("default")] == ["unfair"]


@pytest.mark.parametrize("restart", [False, True])
async def test_an_edit_keeps_a_sentence_in_words_of_another_day_until_it_is_changed(
    world: World, restart: bool
) -> None:
    await logged(world)
    form = await world.slash("amara", "journal write", kind="reframe")
    await world.fill("amara", form, feeling="angry", story="", picked=["unfair"], own="")
    (entry,) = await entries(world)
    old = "It was worded otherwise once"
    async with world.program.db.write() as tx:
        await tx.journal.replace(replace(entry, answers=entry.answers | {"picked": old}))

    async def edit(again: bool = False, **fields: Any) -> str | None:
        form = await world.slash("amara", "journal edit", entry=str(entry.id))
        assert form.modal is not None
        options = form.modal["components"][2]["component"]["options"]
        (chosen,) = [option for option in options if option.get("default")]
        if again:
            await world.restart()
        await world.fill(
            "amara",
            form,
            **({"feeling": "tired", "story": "", "picked": [chosen["value"]], "own": ""} | fields),
        )
        (changed,) = await entries(world)
        picked: str | None = changed.answers.get("picked")
        return picked

    assert await edit(again=restart) == old
    assert str(await edit(picked=["unfair"])).startswith("It is hard")
    assert await edit(picked=[]) is None


async def test_the_day_of_a_change_is_the_members_own(world: World) -> None:
    await logged(world)
    await world.fill("amara", await world.slash("amara", "journal write", kind="day"), a="x", b="sad", c="")
    (entry,) = await entries(world)
    async with world.program.db.write() as tx:
        await tx.journal.replace(replace(entry, edited_at=datetime(2026, 11, 24, 23, 30, tzinfo=UTC)))
    view = await world.slash("amara", "journal view", entry=str(entry.id))
    assert "changed Wednesday 25 November" in said(view)
