"""Who agreed when less was kept is asked once more, and nothing of theirs changes by it."""

from bot.domain.members import CONSENT_VERSION
from tests.e2e.world import World, custom_ids, last_message, raw, said


async def agreed_before(world: World) -> int:
    form = await world.slash("amara", "rejection log")
    await world.consent("amara", await world.fill("amara", form, kind=["research"], who="Ridge", day=""))
    user_id = world.people["amara"].id
    async with world.program.db.write() as tx:
        await tx.members.update(user_id, consent_version=CONSENT_VERSION - 1, hour=12)
    return user_id


async def test_they_are_asked_before_the_next_thing_is_saved(world: World) -> None:
    user_id = await agreed_before(world)
    form = await world.slash("amara", "rejection log")
    asked = await world.fill("amara", form, kind=["exam"], who="Step", day="")
    assert "I can keep more than before" in said(asked)
    assert "consent-zone" not in "".join(custom_ids(raw(last_message(asked))))
    saved = await world.press("amara", asked, "consent-save")
    assert "Everything of yours stays as it was." in said(saved)
    assert "Saved, for you alone" in said(saved)
    member = await world.program.services.members.find(user_id)
    assert member is not None
    assert (member.consent_version, member.hour, member.consented_at) == (
        CONSENT_VERSION,
        12,
        world.clock.now,
    )


async def test_who_does_not_agree_keeps_everything_and_saves_nothing_more(world: World) -> None:
    user_id = await agreed_before(world)
    form = await world.slash("amara", "rejection log")
    asked = await world.fill("amara", form, kind=["exam"], who="Step", day="")
    assert "Nothing was saved" in said(await world.press("amara", asked, "consent-not-now"))
    member = await world.program.services.members.find(user_id)
    assert member is not None
    assert member.consent_version == CONSENT_VERSION - 1
    assert "research" in said(await world.slash("amara", "rejection list")).lower()
