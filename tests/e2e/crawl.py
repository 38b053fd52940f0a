"""A visitor without a plan: uses every command, presses every button it finds, fills every form it is shown.

It keeps each screen it saw. What must hold of a screen is said by the tests that read them.
"""

import logging
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from discord import AppCommandOptionType, AppCommandType, app_commands
from simcord import ChannelHandle, InteractionResult, MemberActor, ResponseMessage, UserHandle
from simcord.actors import _dispatch_actor_interaction
from simcord.backend import serializers

from tests.e2e.world import World
from tests.meta.lint import SELECTS, lint_form, lint_message, walk

BUTTON, STRING_SELECT, TEXT_INPUT, USER_SELECT, ROLE_SELECT, CHANNEL_SELECT = 2, 3, 4, 5, 6, 8
FILE_UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 19, 21, 22, 23
COMPONENTS_V2 = 1 << 15
LAST = ("undo", "delete", "remove", "stop", "not-now", "erase", "pause", "off")
"""Presses with these words in their verb end something, so the crawler comes to them last."""

Actor = MemberActor | UserHandle
Component = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Screen:
    """A message or a form, and the way to it."""

    path: tuple[str, ...]
    components: list[dict[str, Any]]
    private: bool
    form: dict[str, Any] | None = None
    message: ResponseMessage | None = None

    @property
    def presses(self) -> list[dict[str, Any]]:
        """Everything on a message that can be pressed."""
        return [
            dict(part) for part in walk(self.components) if part.get("custom_id") and not part.get("disabled")
        ]

    def faults(self) -> list[str]:
        """What Discord would refuse."""
        return lint_form(self.form) if self.form is not None else lint_message(self.components)


def verb_of(custom_id: str) -> str:
    """`nudge-done` of `sf:1:nudge-done:n5`."""
    return custom_id.split(":")[2]


def leaves(tree: app_commands.CommandTree[Any]) -> "list[app_commands.Command[Any, ..., Any]]":
    """Every slash command that can be used."""
    return [command for command in tree.walk_commands() if isinstance(command, app_commands.Command)]


def open_commands(world: World, *people: str) -> None:
    """Let people use every command, as an administrator can in the server's settings whatever the bot asks for."""
    backend = world.env.backend
    for command in world.program.bot.tree.get_commands(type=AppCommandType.chat_input):
        sent = backend.find_command(command.name, world.guild.id, type=1)
        assert sent is not None
        world.guild.set_command_permissions(int(sent["id"]), {world.people[who]: True for who in people})


async def forge(
    world: World,
    actor: Actor,
    component: Component,
    *,
    values: Sequence[str] = (),
    resolved: Mapping[str, Any] | None = None,
    on: ResponseMessage | None = None,
    channel: ChannelHandle | None = None,
) -> InteractionResult:
    """Press something whether or not it still stands anywhere, as an old message or a forger would.

    discord.py looks for the component in the message that comes with the press, so one is made around it.
    """
    data: dict[str, Any] = {"custom_id": component["custom_id"], "component_type": component["type"]}
    if component["type"] in SELECTS:
        data["values"] = list(values)
        if resolved is not None:
            data["resolved"] = dict(resolved)
    where = channel or world.channel
    payload: dict[str, Any]
    if on is not None:
        payload = dict(serializers.message_payload(world.env.backend, on._message))
    else:
        stored = world.env.backend.create_message(where.id, world.env.backend.bot_user.id, "old")
        payload = dict(serializers.message_payload(world.env.backend, stored))
    payload["components"] = [{"type": 1, "components": [dict(component)]}]
    payload["flags"] = payload.get("flags", 0) | COMPONENTS_V2
    result: InteractionResult = await _dispatch_actor_interaction(
        actor,
        3,
        where,
        data,
        extra={"message": payload},
        source_message_id=on.id if on is not None else int(payload["id"]),
    )
    return result


class Faults(logging.Handler):
    """Collects what our own code logs as an error: in a crawl nothing may go wrong on our side."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line and, in a test, the place it came from."""
        where = f"{record.exc_info[1]!r}" if record.exc_info else ""
        self.found.append(f"{record.name}: {record.getMessage()} {where}")


@dataclass
class Crawler:
    """Walks for one member of the world, in the server's channel or in their direct messages."""

    world: World
    who: str
    depth: int = 3
    most: int = 2
    big: str = ""
    skip: frozenset[str] = frozenset()
    only: str = ""
    screens: list[Screen] = field(default_factory=list)
    pressed: Counter[str] = field(default_factory=Counter)
    used: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    _queue: deque[tuple[Screen, dict[str, Any]]] = field(default_factory=deque)
    _later: deque[tuple[Screen, dict[str, Any]]] = field(default_factory=deque)

    @property
    def actor(self) -> MemberActor:
        """Who walks."""
        return self.world.people[self.who]

    async def everything(self) -> None:
        """Use every command with and without its options, then press until nothing new comes."""
        listener = Faults()
        logging.getLogger().addHandler(listener)
        open_commands(self.world, self.who)
        try:
            for command in leaves(self.world.program.bot.tree):
                if command.qualified_name.startswith(self.only):
                    await self._use(command)
                    await self._press_all()
            for menu in self.world.program.bot.tree.get_commands(type=AppCommandType.message):
                await self._use_menu(menu.name)
                await self._press_all()
            self._queue, self._later = self._later, deque()
            await self._press_all()
        finally:
            logging.getLogger().removeHandler(listener)
        self.faults += listener.found

    async def _use(self, command: "app_commands.Command[Any, ..., Any]") -> None:
        name = command.qualified_name
        self.used.add(name)
        required = {p.display_name: await self.option(command, p) for p in command.parameters if p.required}
        ways = [required]
        if len(required) < len(command.parameters):
            ways.append({p.display_name: await self.option(command, p) for p in command.parameters})
        for options in ways:
            given = {key: value for key, value in options.items() if value is not None}
            result = await self.actor.slash(self.world.channel, name, **given)
            await self.take(result, (f"/{name}",))

    async def _use_menu(self, name: str) -> None:
        self.used.add(name)
        post = await self.actor.send(self.world.channel, "...")
        await self.take(await self.actor.context_menu(self.world.channel, name, post), (name,))

    async def option(
        self, command: "app_commands.Command[Any, ..., Any]", option: app_commands.Parameter
    ) -> Any:
        """A value a member could give, the first one that is offered where there is an offer."""
        if option.choices:
            return option.choices[0].value
        if option.autocomplete:
            offered = await self.actor.autocomplete(
                self.world.channel, command.qualified_name, option.display_name, ""
            )
            if offered:
                return offered[0]["value"]
        return {
            AppCommandOptionType.string: "5",
            AppCommandOptionType.integer: 1,
            AppCommandOptionType.number: 1.0,
            AppCommandOptionType.boolean: True,
            AppCommandOptionType.user: self.world.people["bilal"],
            AppCommandOptionType.channel: self.world.channel,
            AppCommandOptionType.attachment: ("list.csv", b"kind,date\nexam,2026-11-01\n"),
        }.get(option.type)

    async def take(
        self, result: InteractionResult, path: tuple[str, ...], source: ResponseMessage | None = None
    ) -> None:
        """Keep what an interaction brought, and put its presses on the list."""
        if not result.acknowledged:
            self.faults.append(f"no answer at {path}")
            return
        if result.modal is not None:
            self.screens.append(Screen(path, [], True, form=result.modal))
            filled = await self.actor.submit_modal(result, self.fill(result.modal))
            await self.take(filled, (*path, "form"), source)
            return
        shown = [message for message in (result.response, *result.followups) if message is not None]
        if not shown and source is not None:
            shown = [source]
        for message in shown:
            screen = Screen(path, deepcopy(message.components), message.ephemeral, message=message)
            self.screens.append(screen)
            if len(path) <= self.depth:
                self._note(screen)

    def _note(self, screen: Screen) -> None:
        for press in screen.presses:
            ends = any(word in verb_of(press["custom_id"]) for word in LAST)
            (self._later if ends else self._queue).append((screen, press))

    async def _press_all(self) -> None:
        while self._queue:
            screen, press = self._queue.popleft()
            verb = verb_of(press["custom_id"])
            if verb in self.skip or self.pressed[verb] >= self.most:
                continue
            self.pressed[verb] += 1
            await self.press(screen, press)

    async def press(self, screen: Screen, press: Mapping[str, Any]) -> None:
        """One press; in a select, the first and the last value in turn."""
        values, resolved = self._values(press)
        result = await forge(
            self.world,
            self.actor,
            press,
            values=values,
            resolved=resolved,
            on=screen.message,
            channel=self.world.channel,
        )
        await self.take(result, (*screen.path, str(press["custom_id"])), screen.message)

    def _values(self, press: Mapping[str, Any]) -> tuple[list[str], dict[str, Any] | None]:
        if press["type"] == STRING_SELECT:
            verb = verb_of(str(press["custom_id"]))
            return [press["options"][0 if self.pressed[verb] % 2 else -1]["value"]], None
        if press["type"] == CHANNEL_SELECT:
            channel = self.world.channel
            shape = {"id": str(channel.id), "name": "accountability", "type": 0, "permissions": "0"}
            return [str(channel.id)], {"channels": {str(channel.id): shape}}
        return [], None

    def fill(self, form: Mapping[str, Any]) -> dict[str, Any]:
        """Sensible things for every field: what stands there already, a day, a place, or as much text as fits."""
        fields = [part["component"] for part in form["components"] if "component" in part]
        values = {part["custom_id"]: self._field(part) for part in fields}
        return {key: value for key, value in values.items() if value is not None}

    def _field(self, part: Component) -> Any:
        kind = part["type"]
        if kind == TEXT_INPUT:
            return self._text(part)
        if kind == STRING_SELECT:
            return [part["options"][0]["value"]]
        if kind == RADIO:
            return part["options"][0]["value"]
        if kind == CHECKBOXES:
            return [part["options"][0]["value"]]
        if kind == CHECKBOX:
            return True
        if kind == FILE_UPLOAD:
            return [("list.csv", b"kind,date\nexam,2026-11-01\n")]
        return None

    def _text(self, part: Component) -> str:
        most = part.get("max_length") or 4000
        if part.get("value"):
            return str(part["value"])
        if most <= 40:
            # Every third short field is a day that can be read in two ways, which brings the screens that ask.
            return ("today" if len(self.screens) % 3 else "03/04/2026")[:most]
        return (
            "Lagos"
            if most <= 60
            else (self.big * (most // max(1, len(self.big)) + 1))[:most] or "a few words"
        )


def shown_texts(screen: Screen) -> Iterator[str]:
    """Every text of a screen that a member reads and did not type."""
    if screen.form is not None:
        yield screen.form["title"]
    parts = screen.form["components"] if screen.form is not None else screen.components
    for part in walk(parts):
        for key in ("content", "label", "placeholder", "description"):
            if isinstance(part.get(key), str):
                yield part[key]
        for option in part.get("options") or []:
            yield option["label"]
            if option.get("description"):
                yield option["description"]
        for picture in part.get("items") or []:
            if picture.get("description"):
                yield picture["description"]


def dm_of(world: World, who: str) -> tuple[UserHandle, ChannelHandle]:
    """Somebody in their direct messages with the bot."""
    user = world.people[who].user
    return user, user.dm_channel
