"""What became of it: a picture for whoever would rather look, the same numbers in words, and quiet round numbers."""

from datetime import date, timedelta

from simcord import InteractionResult

from bot.domain.rejections import RejectionDraft
from bot.ids import new_id
from tests.e2e.world import LAGOS, World, last_message, raw, said
from tests.meta.lint import GALLERY, walk

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
    assert "**6 noes** since Saturday 7 November" in told
    assert "**Preparing** 6 (2 Nov: 1, 9 Nov: 2, 16 Nov: 3)" in told
    assert "Half of them within" in told
    assert [word for word in ("Ridge", "Amara") if word in alt + told] == []
