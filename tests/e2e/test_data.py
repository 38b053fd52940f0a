"""A copy of everything, and leaving for good."""

from datetime import timedelta

from bot.wiring import DEMO_DATABASE, member_rows
from config.settings import Settings
from tests.e2e.world import World, custom_ids, last_message, said


async def known(world: World, who: str = "amara") -> None:
    form = await world.slash(who, "rejection log")
    await world.consent(who, await world.fill(who, form, kind=["research"], who=f"Ridge of {who}", day=""))


async def test_an_export_comes_as_files_for_the_member_alone(world: World) -> None:
    await known(world)
    await known(world, "bilal")
    shown = await world.slash("amara", "me export")
    names = {file.filename for file in last_message(shown).attachments}
    assert names == {"everything.json", "rejections.csv", "actions.csv", "goodnews.csv"}


async def test_erasing_needs_the_word_and_then_nothing_comes_any_more(world: World) -> None:
    await known(world)
    sent = len(world.dms("amara"))
    card = await world.slash("amara", "me erase")
    assert "Rejections: 1" in said(card)
    form = await world.press("amara", card, "me-erase")
    other = await world.fill("amara", form, word="yes")
    assert "another word" in said(other)
    nothing = await world.slash("bilal", "rejection list")
    assert "Ridge" not in said(nothing)
    pressed = [custom_id.split(":")[2] for custom_id in custom_ids(last_message(nothing).components)]
    assert pressed == ["rejection-new", "support"], "an empty list has nothing to filter"
    form = await world.press("amara", other, "me-erase")
    receipt = said(await world.fill("amara", form, word=" erase "))
    assert "Everything is erased" in receipt
    assert "Rejections: 1" in receipt
    assert "The direct messages I sent you stay in our conversation on Discord" in receipt
    assert await world.program.services.members.find(world.people["amara"].id) is None
    await world.pass_time(days=40, stride=timedelta(days=2))
    assert len(world.dms("amara")) == sent
    assert "nothing of yours here" in said(await world.slash("amara", "me erase")).lower()


async def test_who_was_erased_can_begin_anew(world: World) -> None:
    await known(world)
    form = await world.press("amara", await world.slash("amara", "me erase"), "me-erase")
    await world.fill("amara", form, word="ERASE")
    await known(world)
    assert "Ridge" in said(await world.slash("amara", "rejection list"))


async def test_a_stranger_has_nothing_to_export(world: World) -> None:
    assert "nothing of yours here yet" in said(await world.slash("bilal", "me export"))


async def test_a_host_erases_by_id_whose_account_is_gone(world: World) -> None:
    await known(world)
    await known(world, "bilal")
    sent, amara = len(world.dms("amara")), world.people["amara"].id
    settings = Settings(
        _env_file=None,
        database_url=f"sqlite:///{world.folder / DEMO_DATABASE}",
        secret_key_file=world.folder / "demo.key",
    )
    rows = await member_rows(settings, amara, erase=True)  # beside the bot that runs
    assert rows["rejections"] == 1
    await world.pass_time(days=3)
    assert len(world.dms("amara")) == sent
    assert not any((await member_rows(settings, amara, erase=False)).values())
    assert "Ridge of bilal" in said(await world.slash("bilal", "rejection list"))
