"""What a member writes is read by nobody: canaries sing in every field, and are heard in no log, file or copy."""

import io
import logging
import re
import sqlite3
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from discord import AppCommandOptionType, app_commands

from bot import logs
from bot.domain.boards import ALIAS_MAX
from bot.domain.rejections import RejectionFilter
from bot.operations.health import judge
from bot.services.rejections import Rejections
from tests.e2e.crawl import Crawler
from tests.e2e.world import World, checked, last_message, said

FEWEST = 200
_CANARY = re.compile(r"kanari-[a-z]+-\d+-x")
_OURS = ("bot", "cogs", "config")
GARBAGE = (
    "\u200b\u200d\u2060",
    "👩🏽‍⚕️" * 9,
    "\u202egnol si siht\u202c",
    "nul\x00nul",
    "half \ud83d pair",
    "٠٣/٠٤/٢٠٢٦",
    "０３／０４",
    "9" * 39,
    "=cmd|' /C calc'!A0",
    "@everyone <@&1> [x](https://evil.example)",
    "'; DROP TABLE members; --",
    "{0.__class__} %s $(id)",
)


class Listener(logging.Handler):
    """Every line our own code logs, with its arguments and traceback as a careless handler would print them."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep everything the record holds."""
        if record.name.split(".")[0] in _OURS:
            self.lines.append(logging.Formatter().format(record) + repr(record.args))


@pytest.fixture
def lines() -> tuple[io.StringIO, list[str]]:
    """The log as it is written at DEBUG, and the bare records of our own code."""
    root, heard, written = logging.getLogger(), Listener(), io.StringIO()
    logs.setup_logs("DEBUG")
    printed = root.handlers[0]
    assert isinstance(printed, logging.StreamHandler)
    printed.setStream(written)
    root.addHandler(heard)
    return written, heard.lines


class Singer(Crawler):
    """A crawler that writes a new canary wherever text goes; every second short field gets something that is read."""

    numbers = count(1)

    def canary(self, most: int = 6000) -> str:
        """A text that stands nowhere else."""
        return f"kanari-{self.who}-{next(self.numbers)}-x"[:most]

    async def option(
        self, command: "app_commands.Command[Any, ..., Any]", option: app_commands.Parameter
    ) -> Any:
        """A canary for every option that takes text, also where something else is offered."""
        if option.type is not AppCommandOptionType.string or option.choices:
            return await super().option(command, option)
        if option.autocomplete:
            await self.actor.autocomplete(
                self.world.channel, command.qualified_name, option.display_name, self.canary()
            )
            if next(self.numbers) % 2:
                return await super().option(command, option)
        return self.canary()

    def _text(self, part: Any) -> str:
        most = part.get("max_length") or 4000
        if most <= 60 and next(self.numbers) % 2:
            return super()._text(part)
        if most == ALIAS_MAX:
            return f"alias {next(self.numbers)}"  # what the group may read sings no canary
        return self.canary(most)


async def sing(world: World, who: str) -> Singer:
    """Somebody who agreed goes everywhere, twice over."""
    form = await world.slash(who, "rejection log")
    await world.consent(who, await world.fill(who, form, kind=["research"], who=None, day=""))
    singer = Singer(world, who, skip=frozenset({"me-erase-now", "me-language"}))
    await singer.everything()
    for day in (singer.canary(), *[""] * 4):
        made = await world.slash(who, "rejection log")
        await world.fill(who, made, kind=["exam"], who=singer.canary(), day=day, said=singer.canary())
    return singer


def sung(folder: Path, who: str) -> set[str]:
    """The canaries of somebody that can be read in any file."""
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    found = set(_CANARY.findall(everything.decode("latin-1")))
    return {canary for canary in found if canary.startswith(f"kanari-{who}-")}


async def exported(world: World, who: str) -> str:
    """Everything an export holds."""
    files = last_message(await world.slash(who, "me export")).attachments
    return "\n".join([(await file.read()).decode() for file in files])


async def own_texts(world: World, who: str) -> set[str]:
    """The canaries that are kept for somebody, read through the services."""
    user_id = world.people[who].id
    async with world.program.db.read() as tx:
        kept = [f"{r.who} {r.said}" for r in await tx.rejections.listed(user_id, RejectionFilter())]
        kept += [str(a.note) for a in await tx.actions.listed(user_id)]
        kept += [answer for entry in await tx.journal.entries(user_id) for answer in entry.answers.values()]
    return set(_CANARY.findall(" ".join(kept)))


async def test_a_canary_is_heard_by_nobody(
    world: World, tmp_path: Path, lines: tuple[io.StringIO, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    await sing(world, "bilal")
    singer = await sing(world, "amara")
    assert singer.faults == []
    monkeypatch.setattr(Rejections, "log", _breaks)
    form = await world.slash("amara", "rejection log")
    broken = await world.fill("amara", form, kind=["exam"], who=singer.canary(), day="", said=singer.canary())
    assert "not saved" in said(broken)
    monkeypatch.undo()
    assert next(Singer.numbers) > FEWEST

    written, records = lines
    assert _CANARY.findall(written.getvalue()) == []
    assert [line for line in records if _CANARY.search(line)] == []

    vitals, operations = await world.program.look(), world.program.operations
    figures = f"{operations.metrics.page(vitals)!r} {judge(vitals)} {operations.watching._asked}"
    assert "rejection log" in figures
    assert _CANARY.findall(figures) == []

    assert sung(tmp_path, "amara") | sung(tmp_path, "bilal") == set()
    source = sqlite3.connect(tmp_path / "demo.sqlite3")
    source.execute("VACUUM INTO ?", (str(tmp_path / "copy.sqlite3"),))
    source.close()
    assert sung(tmp_path, "amara") | sung(tmp_path, "bilal") == set()

    copy, own = await exported(world, "amara"), await own_texts(world, "amara")
    assert len(own) > 10
    assert own - set(_CANARY.findall(copy)) == set()
    assert "kanari-bilal" not in copy

    (tmp_path / "copy.sqlite3").unlink()
    form = await world.press("amara", await world.slash("amara", "me erase"), "me-erase")
    assert "erased" in said(await world.fill("amara", form, word="erase"))
    assert sung(tmp_path, "amara") == set()
    assert await own_texts(world, "bilal")


async def _breaks(*_args: Any, **kwargs: Any) -> None:
    """A fault of ours that quotes what was written."""
    raise RuntimeError(f"cannot save {_args} {kwargs}")


@pytest.mark.parametrize("text", GARBAGE)
async def test_what_is_typed_is_kept_as_it_is_or_given_back_with_a_reason(world: World, text: str) -> None:
    form = await world.slash("amara", "rejection log")
    await world.consent("amara", await world.fill("amara", form, kind=["research"], who=None, day=""))
    form = await world.slash("amara", "rejection log")
    kept = await world.fill("amara", form, kind=["exam"], who=text, day="", said=text * (2900 // len(text)))
    async with world.program.db.read() as tx:
        exams = await tx.rejections.listed(world.people["amara"].id, RejectionFilter(kind="exam"))
    if "Saved" in said(kept):
        seen = text.strip("\u200b\u200d\u2060")
        assert [entry.who for entry in exams] == [text if seen else None]
        assert [entry.said for entry in exams] == [text * (2900 // len(text)) if seen else None]
    else:
        assert "character in your text" in said(kept)
        assert last_message(kept).attachments
        assert exams == []
    day = await world.slash("amara", "rejection log")
    answer = checked(await world.fill("amara", day, kind=["exam"], who="ward", day=text[:40]))
    assert "my side" not in said(answer)
