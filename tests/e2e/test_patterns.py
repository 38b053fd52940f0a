"""What repeats, from the entries to an action, and a member's word that it is not theirs."""

from datetime import timedelta

from simcord import InteractionResult

from bot.domain.rejections import RejectionDraft
from bot.ids import new_id
from tests.e2e.world import World, checked, custom_ids, last_message, raw, said, texts_of
from tests.meta.lint import walk


async def log(
    world: World, who: str, kind: str, *, days_ago: int = 0, where: str | None = None, words: str = ""
) -> None:
    """One more entry of somebody who is a member, as the form would save it."""
    services, user_id, now = world.program.services, world.people[who].id, world.clock()
    member = await services.members.find(user_id)
    if member is None:
        member = await services.members.consent(user_id, "Africa/Lagos", "en", now)
    draft = RejectionDraft(kind, now.date() - timedelta(days=days_ago), where, said=words or None)
    await services.rejections.log(member, draft, interaction_id=new_id(now), now=now)


async def three_of_a_kind(world: World) -> None:
    for place in ("Ridge Lab", "Heron Institute", "Tallgrass Registry"):
        await log(world, "amara", "job", where=place)


async def press_key(world: World, who: str, shown: InteractionResult, key: str) -> InteractionResult:
    """Look at one pattern of several, or at another page of it."""
    message = last_message(shown)
    custom_id = f"sf:1:pattern-look:{key}"
    assert custom_id in custom_ids(message.components)
    return checked(await world.people[who].click(message, custom_id=custom_id))


async def test_nothing_is_said_of_two_entries(world: World) -> None:
    for _ in range(2):
        await log(world, "amara", "job")
    assert "Nothing repeats so far" in said(await world.slash("amara", "insights patterns"))
    await log(world, "amara", "job")
    assert "The same kind: Job" in said(await world.slash("amara", "insights patterns"))


async def test_a_pattern_names_its_entries_and_its_action_counts(world: World) -> None:
    await three_of_a_kind(world)
    look = await world.press("amara", await world.slash("amara", "insights patterns"), "pattern-look")
    assert "Where it comes from" in said(look)
    for place in ("Ridge Lab", "Heron Institute", "Tallgrass Registry"):
        assert place in said(look)
    assert "Noted. It counts." in said(await world.press("amara", look, "act"))
    select = next(
        part for part in walk(raw(last_message(look))) if "rejection-view" in str(part.get("custom_id"))
    )
    opened = await world.choose("amara", look, "rejection-view", select["options"][0]["value"])
    assert "Job" in said(opened)


async def test_not_mine_is_believed_and_can_be_taken_back(world: World) -> None:
    await three_of_a_kind(world)
    look = await world.press("amara", await world.slash("amara", "insights patterns"), "pattern-look")
    aside = await world.press("amara", look, "pattern-not-mine")
    assert "Put aside: The same kind: Job" in said(aside)
    overview = await world.slash("amara", "insights patterns")
    assert "you have put aside as not yours" in said(overview)
    assert "Put aside as not mine (1)" in str(raw(last_message(overview)))
    again = await world.choose("amara", overview, "pattern-look", "kind.job.0")
    assert "It is mine" in str(raw(last_message(again)))
    back = await world.press("amara", again, "pattern-mine")
    assert "Ridge Lab" in said(back)
    assert "The same kind: Job" in said(await world.slash("amara", "insights patterns"))


async def test_what_is_gone_from_the_entries_is_gone_from_its_buttons(world: World) -> None:
    await three_of_a_kind(world)
    overview = await world.slash("amara", "insights patterns")
    services, now = world.program.services, world.clock()
    user_id = world.people["amara"].id
    found = await services.rejections.completions(user_id, "Ridge")
    await services.rejections.delete(user_id, found[0].id, now)
    assert "not there any more" in said(await world.press("amara", overview, "pattern-look"))


async def test_month_1_opens_it(world: World) -> None:
    await three_of_a_kind(world)
    await world.pass_time(days=32)
    message = next(m for m in reversed(world.dms("amara")) if "The longer view" in texts_of(raw(m)))
    assert any(i.split(":")[2] == "patterns" for i in custom_ids(raw(message)))
    assert "The same kind: Job" in said(await world.press("amara", message, "patterns"))


async def test_feedback_is_quoted_and_many_entries_are_turned_in_pages(world: World) -> None:
    for day in range(7):
        words = f"Dear Amara, thank you. We do not sponsor visas, says line {day}."
        await log(world, "amara", "application-no", days_ago=day * 9, where=f"Program {day}", words=words)
    overview = await world.slash("amara", "insights patterns")
    assert "Programs that answered with a no" in said(overview)
    look = await press_key(world, "amara", overview, "feedback.visa.0")
    assert "“We do not sponsor visas, says line 0.”" in said(look)
    assert "Dear Amara" not in said(look)
    assert "Page 1 of 2" in said(look)
    assert "Program 6" not in said(look)
    turned = await press_key(world, "amara", look, "feedback.visa.1")
    assert "Program 6" in said(turned)
    assert "Program 0" not in said(turned)
    listed = custom_ids(last_message(turned).components)
    assert len(listed) == len(set(listed))


async def test_the_group_never_hears_of_it(world: World) -> None:
    await three_of_a_kind(world)
    before = len(list(world.channel.history()))
    look = await world.press("amara", await world.slash("amara", "insights patterns"), "pattern-look")
    await world.press("amara", look, "pattern-not-mine")
    assert len(list(world.channel.history())) == before
