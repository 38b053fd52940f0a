"""A small server in SimCord with the real, unmodified bot in it, and short words for what people do there."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import discord
from simcord import ChannelHandle, Env, InteractionResult, MemberActor, ResponseMessage, UserHandle
from simcord.backend.models import ResponseKind

from bot.wiring import DEMO_DATABASE, Program, build_demo, migrate_database
from config.settings import Settings
from tests.conftest import FakeClock
from tests.meta.lint import lint_form, lint_message, walk

LAGOS = "Africa/Lagos"
_migrated: list[bytes] = []


def texts_of(components: Sequence[Mapping[str, Any]]) -> str:
    """All the text of a message, in reading order."""
    return "\n".join(str(part["content"]) for part in walk(components) if part.get("content"))


def custom_ids(components: Sequence[Mapping[str, Any]]) -> list[str]:
    """Every press a message offers."""
    return [str(part["custom_id"]) for part in walk(components) if part.get("custom_id")]


def chosen_presses(components: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the select of all other ways holds: `<verb>:<arg>` each."""
    return [
        str(option["value"])
        for part in walk(components)
        if ":nudge-more:" in str(part.get("custom_id"))
        for option in part["options"]
    ]


async def migrated() -> bytes:
    """A database file with every table and no row; migrated once, however many worlds begin with it."""
    if not _migrated:
        with TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/{DEMO_DATABASE}"
            await migrate_database(Settings(_env_file=None, database_url=url))
            _migrated.append((Path(folder) / DEMO_DATABASE).read_bytes())
    return _migrated[0]


class World:
    """One guild with a lead and two members; time stands still until `pass_time`."""

    def __init__(self, folder: Path, clock: FakeClock) -> None:
        self.folder = folder
        self.clock = clock
        self.program: Program
        self.env: Env
        self.people: dict[str, MemberActor] = {}
        self.channel: ChannelHandle
        self._users: dict[str, UserHandle] = {}
        self._last: dict[str, MemberActor | UserHandle] = {}

    async def open(self) -> None:
        """Start the bot and let everybody in."""
        if not (self.folder / DEMO_DATABASE).exists():
            (self.folder / DEMO_DATABASE).write_bytes(await migrated())
        self.program = await build_demo(self.clock, self.folder)
        self.env = Env(self.program.bot, settle_timeout=20.0)
        self.env.backend.advance_clock((self.clock() - self.env.now()).total_seconds())
        lead = self._users["priya"] = self.env.create_user("priya", global_name="Priya")
        guild = self.env.create_guild("IMG Circle", owner=lead)
        self.guild = guild
        self.channel = guild.create_text_channel("accountability")
        role = guild.create_role("Lead", permissions=discord.Permissions(manage_guild=True))
        self.people["priya"] = guild.add_member(lead, roles=[role])
        for name in ("amara", "bilal", "carmen", "daria", "emeka", "farida"):
            self._users[name] = self.env.create_user(name, global_name=name.title())
            self.people[name] = guild.add_member(self._users[name])
        await self.env.start()

    async def close(self) -> None:
        """End the bot and give its files back."""
        await self.env.shutdown()
        await self.program.close()

    async def restart(self) -> None:
        """A new process over the same files, in the same world."""
        await self.program.close()
        self.program = await build_demo(self.clock, self.folder)
        await self.env.restart_bot(self.program.bot)

    async def slash(self, who: str, command: str, /, **options: Any) -> InteractionResult:
        """Use a slash command in the channel; what comes back is linted."""
        self._last[who] = self.people[who]
        return checked(await self.people[who].slash(self.channel, command, **options))

    def _actor(self, who: str, message: "ResponseMessage | discord.Message") -> MemberActor | UserHandle:
        """The member in the server, or the user in their direct messages; SimCord keeps them apart."""
        place = message.channel_id if isinstance(message, ResponseMessage) else message.channel.id
        user = self._users[who]
        self._last[who] = user if place == user.dm_channel.id else self.people[who]
        return self._last[who]

    async def press(
        self, who: str, message: "InteractionResult | ResponseMessage | discord.Message", verb: str
    ) -> InteractionResult:
        """Press the first button of a verb, or choose it where it stands in a select of presses."""
        found = last_message(message) if isinstance(message, InteractionResult) else message
        custom_id = next((i for i in custom_ids(raw(found)) if i.split(":")[2] == verb), None)
        if custom_id is None:
            value = next(value for value in chosen_presses(raw(found)) if value.startswith(f"{verb}:"))
            return await self.choose(who, found, "nudge-more", value)
        return checked(await self._actor(who, found).click(found, custom_id=custom_id))

    async def choose(
        self,
        who: str,
        message: "InteractionResult | ResponseMessage | discord.Message",
        verb: str,
        *values: str,
    ) -> InteractionResult:
        """Choose in the select of a verb."""
        found = last_message(message) if isinstance(message, InteractionResult) else message
        custom_id = next(i for i in custom_ids(raw(found)) if i.split(":")[2] == verb)
        return checked(await self._actor(who, found).select(found, custom_id=custom_id, values=list(values)))

    async def fill(self, who: str, shown: InteractionResult, /, **fields: Any) -> InteractionResult:
        """Submit a form by the names of its fields, in the order they stand: a=..., b=..."""
        assert shown.modal is not None
        parts = [part["component"] for part in shown.modal["components"] if "component" in part]
        values = dict(zip((part["custom_id"] for part in parts), fields.values(), strict=False))
        given = {key: value for key, value in values.items() if value is not None}
        return checked(await self._last[who].submit_modal(shown, given))

    async def consent(self, who: str, card: InteractionResult, zone: str = LAGOS) -> InteractionResult:
        """Choose a zone and press *Save and start*."""
        asked = await self.choose(who, card, "consent-zone", zone)
        return await self.press(who, last_message(asked) if asked.response else card, "consent-save")

    async def pass_time(self, *, stride: timedelta = timedelta(days=1), **duration: float) -> None:
        """Let time pass from one due instant to the next, with a tick at each and one for every stride between."""
        end = self.clock() + timedelta(**duration)
        while self.clock() < end:
            due_at = await self.program.next_due_at()
            step = min(stride, end - self.clock())
            if due_at is not None and self.clock() < due_at < self.clock() + step:
                step = due_at - self.clock()
            self.clock.now += step
            await self.env.advance_time(step.total_seconds())
            await self.tick()

    async def tick(self) -> None:
        """Do what is due."""
        with self.env.time_context():
            await self.program.tick()

    def dms(self, who: str) -> list[discord.Message]:
        """The bot's direct messages to somebody, oldest first."""
        return [
            m for m in self._users[who].dm_channel.history() if m.author.id == self.env.backend.bot_user.id
        ]


def raw(message: "ResponseMessage | discord.Message") -> list[dict[str, Any]]:
    """The component payloads of a message."""
    if isinstance(message, ResponseMessage):
        return message.components
    return [dict(component.to_dict()) for component in message.components]


def last_message(result: InteractionResult) -> ResponseMessage:
    """The newest message an interaction brought."""
    everything = [m for m in (result.response, *result.followups) if m is not None]
    assert everything, "there was no answer"
    return everything[-1]


def said(result: InteractionResult) -> str:
    """Everything an interaction's answers say."""
    return "\n".join(texts_of(m.components) for m in (result.response, *result.followups) if m is not None)


def checked(result: InteractionResult) -> InteractionResult:
    """Every answer is linted and, in this product, private."""
    assert result.acknowledged, "Discord would say: this interaction failed"
    if result.modal is not None:
        assert lint_form(result.modal) == []
    for message in (result.response, *result.followups):
        if message is not None:
            assert lint_message(message.components) == []
            assert message.ephemeral or settled(result, message)
    return result


def settled(result: InteractionResult, message: ResponseMessage) -> bool:
    """Whether this is the direct message that was pressed, in its answered state; the answer itself follows."""
    updated = result._interaction.response_kind is ResponseKind.UPDATE
    return updated and message.id == result._interaction.message_id and message.message.guild is None


@asynccontextmanager
async def world_in(folder: Path, clock: FakeClock) -> AsyncIterator[World]:
    """An open world, closed at the end."""
    world = World(folder, clock)
    await world.open()
    try:
        yield world
    finally:
        await world.close()


def lines(text: str) -> Iterator[str]:
    """The lines that say something."""
    return (line for line in text.splitlines() if line.strip())
