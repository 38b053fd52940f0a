"""What the kept inputs say is stored through the services and read back as it was typed, or refused in words."""

import json
from typing import Any

import pytest

from bot.domain.boards import Visibility
from bot.domain.guilds import lead_of
from bot.domain.members import Member
from bot.domain.rejections import SAID_MAX, WHO_MAX, RejectionDraft
from bot.domain.text import free_text
from bot.errors import UserError
from bot.services.exports import Exports
from bot.services.imports import Imports
from bot.services.moderation import Moderation
from bot.services.rejections import Rejections
from bot.services.takedown import Takedown
from bot.storage.unit import SqlDatabase
from tests.delivery.conftest import sqlite_database
from tests.fuzz.corpora import inputs
from tests.fuzz.fields import kinds, typed
from tests.fuzz.promises import ears, refused
from tests.services.boards import NOW, OURS, TODAY, Group
from tests.texts import content

__all__ = ["sqlite_database"]

LEAD = lead_of(OURS, 1, manages=True)


class Desk:
    """One member and one lead, who type one text into everything that is stored."""

    def __init__(self, db: SqlDatabase, group: Group, member: Member) -> None:
        self.db, self.group, self.member = db, group, member
        self.rejections, self.imports = Rejections(db, lambda _at: None), Imports(db)
        takedown = Takedown(db, group.channel)  # type: ignore[arg-type] # nothing is posted, so nothing is looked for
        self.moderation = Moderation(db, group.memberships, group.wins, None, takedown)  # type: ignore[arg-type] # as said
        self.press = 0

    async def everything(self, text: str) -> None:
        for way in (self.rejection, self.action, self.alias, self.entry, self.sought):
            try:
                await way(text)
            except UserError as error:
                refused(error, text)

    async def rejection(self, text: str) -> None:
        self.press += 1
        who = text if len(text) <= WHO_MAX else None
        logged = await self.rejections.log(
            self.member, RejectionDraft("exam", TODAY, who=who, said=text), interaction_id=self.press, now=NOW
        )
        kept = await self.rejections.get(self.member.user_id, logged.rejection.id)
        assert (kept.who, kept.said) == (free_text(who, WHO_MAX), free_text(text, SAID_MAX))

    async def action(self, text: str) -> None:
        logged = await self.group.log(self.member, "custom", note=text)
        kept = await self.group.actions.get(self.member.user_id, logged.action.id)
        assert kept.note == text.strip()

    async def alias(self, text: str) -> None:
        chosen = await self.group.memberships.choose(
            self.member.user_id, OURS, Visibility.ALIAS, alias=text, now=NOW
        )
        known = await self.group.memberships.get(self.member.user_id, OURS)
        assert known is not None
        assert known.alias == chosen.alias

    async def entry(self, text: str) -> None:
        made = await self.moderation.add_entry(LEAD, text, NOW)
        assert made in (await self.moderation.removable(LEAD)).entries
        await self.moderation.remove_entry(LEAD, made.id, NOW)

    async def sought(self, text: str) -> None:
        await self.rejections.completions(self.member.user_id, text)
        await self.moderation.remove_alias(LEAD, "nobody " + text, NOW)


@pytest.fixture
async def desk(sqlite_database: SqlDatabase) -> Desk:
    group = await Group(sqlite_database, content()).open()
    return Desk(sqlite_database, group, await group.join(101))


def texts() -> list[str]:
    """Every third of the kept inputs of the fields that take free text; `test_fields` tries them all, without storing."""
    return [typed(data) for name in ("alias", "entry", "note", "person") for data in inputs(name)[::3]]


async def test_what_is_stored_reads_back_as_it_was_typed(desk: Desk) -> None:
    with ears() as heard:
        for text in texts():
            await desk.everything(text)
    told = [
        line for line in heard.lines for text in texts() if len(text.strip()) > 8 and text.strip() in line
    ]
    assert told == []


async def test_an_export_imports_as_what_it_was(desk: Desk) -> None:
    for text in texts():
        try:
            await desk.rejection(text)
        except UserError:
            continue
    files: dict[str, Any] = {
        file.name: file.content for file in await Exports(desk.db).everything(desk.member.user_id)
    }
    own = {(row["who"], row["said"]) for row in json.loads(files["everything.json"])["rejections"]}
    found = await desk.imports.preview(desk.member, files["rejections.csv"], kinds(), day_first=None, now=NOW)
    assert found.problems == ()
    assert {(row.draft.who, row.draft.said) for row in (*found.rows, *found.duplicates)} == own
