"""What `doctor` says of each answer Discord can give."""

from pathlib import Path

import pytest

from bot.domain.guilds import NEEDED
from bot.operations.asking import Asked
from bot.operations.findings import Mark
from bot.operations.with_discord import PERMISSIONS, about_discord
from config.documents import ROOT

ALL = (None, None)
TOKEN = "fake-token-of-nobody"
ME = {"id": "42"}
LIMIT = {"total": 1000, "remaining": 997, "reset_after": 3_600_000, "max_concurrency": 1}


def asked(offset: float | None = 0.0, app: dict | None = None, shards: int = 1, **limit: int) -> Asked:
    answers = {
        "/users/@me": (200, ME),
        "/applications/@me": (200, {**ME, **(app or {})}),
        "/gateway/bot": (200, {"shards": shards, "session_start_limit": {**LIMIT, **limit}}),
    }
    return Asked(answers, "", offset)


def said(what: str, found: Asked, shards=ALL):
    """The mark, and everything told about one part."""
    findings = [one for one in about_discord(found, TOKEN, shards) if one.what == what]
    assert len(findings) == 1
    return findings[0].mark, f"{findings[0].told} -> {findings[0].advice}"


def test_when_all_is_well_every_part_says_so():
    findings = list(about_discord(asked(), TOKEN, ALL))
    assert {one.mark for one in findings} == {Mark.OK}
    assert [one.what for one in findings] == ["token", "intents", "invite", "clock", "shards", "identifies"]
    assert not any(TOKEN in f"{one.told}{one.advice}" for one in findings)


def test_the_invite_asks_for_four_permissions_and_the_readme_names_the_same_number():
    import discord

    four = discord.Permissions(view_channel=True, send_messages=True, embed_links=True, attach_files=True)
    assert four.value == PERMISSIONS
    assert len(NEEDED) == PERMISSIONS.bit_count() == 4
    mark, told = said("invite", asked())
    assert mark is Mark.OK
    assert f"client_id=42&scope=bot+applications.commands&permissions={PERMISSIONS}" in told
    assert f"permissions={PERMISSIONS}" in Path(ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "what, found, mark, part",
    [
        ("token", Asked({"/users/@me": (401, {})}), Mark.WRONG, "Reset Token"),
        ("token", Asked({}, "ClientConnectorError"), Mark.WRONG, "STEPFORWARD_DISCORD_API_URL"),
        ("token", Asked({"/users/@me": (503, {})}), Mark.WRONG, "answered 503"),
        ("intents", asked(app={"flags": 1 << 19}), Mark.LOOK, "Message Content Intent: on and not needed"),
        (
            "intents",
            asked(app={"flags": 1 << 12 | 1 << 15}),
            Mark.LOOK,
            "Presence Intent, Server Members Intent",
        ),
        ("intents", asked(app={"flags": 1 << 23}), Mark.OK, "none that is privileged"),
        ("invite", asked(app={"bot_require_code_grant": True}), Mark.WRONG, "nobody can add the bot"),
        ("invite", asked(app={"bot_public": False}), Mark.LOOK, "you alone can add it"),
        ("clock", asked(5.0), Mark.OK, "agrees"),
        ("clock", asked(-5.4), Mark.LOOK, "5 seconds behind"),
        ("clock", asked(61.0), Mark.LOOK, "61 seconds ahead of"),
        ("clock", asked(None), Mark.SKIPPED, "no time"),
        ("clock", Asked({"/users/@me": (401, {})}, "", 90.0), Mark.LOOK, "90 seconds ahead"),
        ("shards", Asked({"/users/@me": (401, {})}), Mark.SKIPPED, "not looked at"),
        ("shards", asked(shards=3), Mark.OK, "recommends 3, and this process runs them all"),
        ("identifies", asked(remaining=99), Mark.LOOK, "99 of 1000 left"),
        ("identifies", asked(remaining=100), Mark.OK, "100 of 1000 left"),
    ],
)
def test_each_trouble_has_its_mark_and_says_what_to_do(what, found, mark, part):
    assert said(what, found)[0] is mark
    assert part in said(what, found)[1]


def test_without_a_token_it_says_where_to_get_one():
    first = next(about_discord(Asked(), "", ALL))
    assert first.mark is Mark.WRONG
    assert "STEPFORWARD_DISCORD_TOKEN=" in first.advice


@pytest.mark.parametrize("token", [f'"{TOKEN}"', f"Bot {TOKEN}", f"{TOKEN}\n"])
def test_a_token_with_something_around_it_is_named_and_not_shown(token):
    first = next(about_discord(Asked({}, "ValueError"), token, ALL))
    assert first.mark is Mark.WRONG
    assert "a space or a quote" in first.told
    assert TOKEN not in f"{first.told}{first.advice}"


@pytest.mark.parametrize("count, mark", [(2, Mark.LOOK), (4, Mark.OK)])
def test_fewer_shards_than_discord_recommends_are_named(count, mark):
    assert said("shards", asked(shards=3), shards=([0], count))[0] is mark
