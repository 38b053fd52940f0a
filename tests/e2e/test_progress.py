"""What became of it: a picture for whoever would rather look, the same numbers in words, and quiet round numbers."""

from datetime import date, timedelta

import pytest
from simcord import InteractionResult

from bot.charts.painter import Painter
from bot.domain.figures import Figure
from bot.domain.rejections import RejectionDraft
from bot.ids import new_id
from tests.e2e.world import LAGOS, World, last_message, raw, said
from tests.meta.lint import GALLERY, walk
from tests.texts import voice

TODAY = date(2026, 11, 22)


async def begin(world: World, noes: int = 0, kind: str = "research", *, every: int = 3) -> None:
    """Amara is a member, with so many noes: the first today, each of the others some days before."""
    services, user_id, now = world.program.services, world.people["amara"].id, world.clock()
    member = await services.members.consent(user_id, LAGOS, "en", now)
    for number in range(noes):
        draft = RejectionDraft(
            kind, TODAY - timedelta(days=number * every), "Ridge Hospital", said="No, Amara."
        )
        await services.rejections.log(member, draft, interaction_id=new_id(now), now=now)


async def act(world: World, *days_ago: int) -> None:
    services, now = world.program.services, world.clock()
    member = await services.members.find(world.people["amara"].id)
    assert member is not None
    for number, days in enumerate(days_ago):
        await services.actions.log(
            member, "cv-revised", done_on=TODAY - timedelta(days=days), source=f"test:{number}",
            interaction_id=new_id(now), guild_id=None, now=now,
        )  # fmt: skip


def pictures(result: InteractionResult) -> list[str]:
    """What each picture says to somebody who cannot see it."""
    parts = walk(raw(last_message(result)))
    return [item["description"] for part in parts if part["type"] == GALLERY for item in part["items"]]


async def test_the_picture_and_its_words_tell_the_same(world: World) -> None:
    await begin(world, 6)
    await act(world, 20, 13, 6, 2, 0)
    shown = await world.slash("amara", "insights progress")
    told = said(shown)
    (alt,) = pictures(shown)
    assert "Preparing 6, Actions 5" in alt
    assert "**6 rejections** since Saturday 7 November" in told
    assert "**Preparing** 6 (2 Nov: 1, 9 Nov: 2, 16 Nov: 3)" in told
    assert "After half of them, it came within" in told
    assert [word for word in ("Ridge", "Amara") if word in alt + told] == []


async def test_fewer_than_a_handful_are_told_in_words(world: World) -> None:
    await begin(world, 4)
    await act(world, 2)
    shown = await world.slash("amara", "insights progress")
    assert pictures(shown) == []
    assert "Fewer than 5 are told in words" in said(shown)
    assert "**Preparing** 4 (9 Nov: 1, 16 Nov: 3)" in said(shown)
    assert "Counted by week, from Monday." in said(shown)
    assert "From a rejection to the next action" in said(shown)
    assert [word for word in ("column", "half of them") if word in said(shown)] == []
    assert "Before" not in said(shown)


async def test_with_few_actions_the_picture_shows_the_noes_alone(world: World) -> None:
    await begin(world, 5)
    await act(world, 9, 3)
    shown = await world.slash("amara", "insights progress")
    (alt,) = pictures(shown)
    assert "Preparing 5" in alt
    assert "Actions" not in alt
    assert "**Actions** 2" in said(shown)


async def test_without_a_no_there_is_a_kind_answer(world: World) -> None:
    await begin(world)
    shown = await world.slash("amara", "insights progress")
    assert pictures(shown) == []
    assert "There is nothing to look at yet" in said(shown)


async def test_without_the_picture_the_words_are_there(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*_figures: Figure) -> None:
        """As when the process that draws was killed."""

    monkeypatch.setattr(world.program.services.charts, "draw", fails)
    await begin(world, 6)
    shown = await world.slash("amara", "insights progress")
    assert pictures(shown) == []
    assert "The picture could not be drawn this time" in said(shown)
    assert "**Preparing** 6" in said(shown)


async def test_a_press_brings_it_too(world: World) -> None:
    await begin(world, 6)
    patterns = await world.slash("amara", "insights patterns")
    shown = await world.press("amara", patterns, "progress")
    assert "Preparing 6" in pictures(shown)[0]
    back = await world.press("amara", shown, "patterns")
    assert pictures(back) == []


async def test_the_process_that_draws_ends_with_the_bot(world: World) -> None:
    await begin(world, 6)
    await world.slash("amara", "insights progress")
    charts = world.program.services.charts
    assert isinstance(charts, Painter)
    assert charts.pid is not None
    await world.restart()
    assert charts.pid is None
    assert pictures(await world.slash("amara", "insights progress"))


async def test_the_tenth_no_is_named_once_and_stands_with_what_followed(world: World) -> None:
    await begin(world, 9)
    await act(world, 1)
    answers = []
    for _ in range(2):
        form = await world.slash("amara", "rejection log")
        answers.append(await world.fill("amara", form, kind=["exam"], who=None, day=""))
    assert "This is number ten in your list" in said(answers[0])
    assert "number ten" not in said(answers[1])
    told = said(await world.press("amara", answers[0], "progress"))
    assert "**10 rejections** by Sunday 22 November. What you do from that day on will stand here." in told
    assert "11 rejections" in told
    assert "That is one story, and no rule" in told


async def test_words_of_danger_are_never_answered_with_a_number(world: World) -> None:
    await begin(world, 9)
    form = await world.slash("amara", "rejection log")
    told = said(
        await world.fill("amara", form, kind=["exam"], who=None, day="", said="I want to end my life")
    )
    assert "number ten" not in told
    assert "Saved, for you alone" in told


@pytest.mark.parametrize(
    "actions, news, followed",
    [
        (0, 1, "From that day on: one piece of good news."),
        (1, 0, "From that day on: one action."),
        (3, 2, "From that day on: 3 actions, and 2 pieces of good news."),
    ],
)
def test_what_followed_a_round_number_names_what_there_is(actions: int, news: int, followed: str) -> None:
    said = voice()("progress-reached", noes=10, day="Sunday", actions=actions, news=news)
    assert said == f"**10 rejections** by Sunday. {followed}"
