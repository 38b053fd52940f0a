"""What members do to the bot: slash commands, autocomplete, presses, forms and menus, each told once or more."""

from collections.abc import Iterator
from typing import Any

from tests.standin.gateway import Gateway
from tests.standin.records import APPLICATION_ID, BOT_PERMISSIONS, Guild, Json, Message, Told
from tests.standin.world import World

LISTS = (3, 5, 6, 7, 8, 19, 22)  # components whose submission is `values`; the others carry one `value`
SUBCOMMAND, GROUP = 1, 2


def walk(payload: Any) -> Iterator[Json]:
    """Every component inside a message, form or answer, outermost first."""
    if isinstance(payload, list):
        for item in payload:
            yield from walk(item)
    elif isinstance(payload, dict):
        if "type" in payload:
            yield payload
        for key in ("data", "components", "component", "accessory"):
            yield from walk(payload.get(key))


def texts(payload: Any) -> str:
    """All that can be read in a message or an answer, a line each."""
    plain = [payload.get("content")] if isinstance(payload, dict) and "type" not in payload else []
    found = [item.get(key) for item in walk(payload) for key in ("content", "label", "description")]
    return "\n".join(text for text in [*plain, *found] if text)


def custom_ids(payload: Any) -> list[str]:
    """The ids of all that can be pressed or filled in."""
    return [item["custom_id"] for item in walk(payload) if "custom_id" in item]


class People:
    """Acts as members. `guild` None is a direct message; `times` above 1 is Discord repeating itself.

    A member unknown to the guild joins it, without rights.
    """

    def __init__(self, world: World, gateway: Gateway) -> None:
        self.world = world
        self.gateway = gateway

    def slash(
        self,
        user_id: int,
        command: str,
        options: Json | None = None,
        *,
        guild: Guild | None = None,
        times: int = 1,
    ) -> Told:
        """Uses `/group sub` as synced by the bot; the names of options are checked against what was synced."""
        return self._tell(2, user_id, guild, self._command_data(command, guild, options or {}), times=times)

    def autocomplete(
        self, user_id: int, command: str, focus: str, options: Json, *, guild: Guild | None = None
    ) -> Told:
        """Types into the option named `focus`; `options` holds what was typed so far."""
        return self._tell(4, user_id, guild, self._command_data(command, guild, options, focus))

    def press(
        self,
        user_id: int,
        custom_id: str,
        *,
        message: Message | None = None,
        values: list[str] | None = None,
        guild: Guild | None = None,
        times: int = 1,
    ) -> Told:
        """Presses a button, or picks `values`. Without `message` one is made up that holds this component."""
        kind = 2 if values is None else 3
        if message is None:
            blank = (
                {"label": "x", "style": 1}
                if kind == 2
                else {"options": [{"label": v, "value": v} for v in values or []]}
            )
            row = {
                "type": 1,
                "id": 1,
                "components": [{"type": kind, "id": 2, "custom_id": custom_id, **blank}],
            }
            message = self.world.write(self._channel(user_id, guild), {"components": [row]})
        found = [item for item in walk(message.payload["components"]) if item.get("custom_id") == custom_id]
        data = {"custom_id": custom_id, "component_type": found[0]["type"]}
        if values is not None:
            data["values"] = values
            if (kind := data["component_type"]) != 3:  # a plain select that resolves nothing has no such key
                data["resolved"] = self._resolved(_picked(kind, values), guild)
        return self._tell(3, user_id, guild, data, source=message, times=times)

    def submit(
        self,
        user_id: int,
        form: Json,
        fields: dict[str, Any],
        *,
        source: Message | None = None,
        guild: Guild | None = None,
        times: int = 1,
    ) -> Told:
        """Sends a form the bot opened (`Told.modal`), filled in by custom id; what is left out is left empty."""
        unknown = fields.keys() - set(custom_ids(form))
        assert not unknown, f"the form has no {unknown}"
        filled = [_filled(item, fields) for item in form["components"]]
        picked = [
            pick for c in walk(form) for pick in _picked(c["type"], fields.get(c.get("custom_id", ""), []))
        ]
        resolved = self._resolved(picked, guild)
        data = {"custom_id": form["custom_id"], "components": filled, "resolved": resolved}
        return self._tell(5, user_id, guild, data, source=source, times=times)

    def menu(
        self, user_id: int, name: str, message: Message, *, guild: Guild | None = None, times: int = 1
    ) -> Told:
        """Uses a message context menu."""
        command = self._find(name, 3, guild)
        target, shown = str(message.id), message.payload
        data = {
            "id": command["id"],
            "name": name,
            "type": 3,
            "target_id": target,
            "resolved": {"messages": {target: shown}},
        }
        return self._tell(2, user_id, guild, data, times=times)

    def _channel(self, user_id: int, guild: Guild | None) -> int:
        return next(iter(guild.channels)) if guild else self.world.dm(user_id)

    def _tell(
        self,
        kind: int,
        user_id: int,
        guild: Guild | None,
        data: Json,
        *,
        source: Message | None = None,
        times: int = 1,
    ) -> Told:
        world = self.world
        with world.changed:
            channel_id = int(source.payload["channel_id"]) if source else self._channel(user_id, guild)
            token = f"token-{world.new_id()}"
            payload: Json = {
                "id": str(world.new_id()), "application_id": str(APPLICATION_ID), "type": kind, "token": token,
                "version": 1, "data": data, "channel_id": str(channel_id), "channel": world.channel_payload(channel_id),
                "app_permissions": str(BOT_PERMISSIONS), "locale": "en-US", "entitlements": [],
                "attachment_size_limit": 10485760, "context": 0 if guild else 1,
                "authorizing_integration_owners": {"0": str(guild.id if guild else 0)},
            }  # fmt: skip
            if guild:
                if user_id not in guild.members:
                    world.join(guild, user_id)
                payload |= {"guild_id": str(guild.id), "guild_locale": "en-US"}
                payload |= {"guild": {"id": str(guild.id), "locale": "en-US", "features": []}}
                payload["member"] = world.member_payload(guild, user_id)
            else:
                payload["user"] = world.user(user_id)
            if source:
                payload["message"] = source.payload
            told = world.interactions[token] = Told(payload, world.time(), source)
            self.gateway.dispatch(
                "INTERACTION_CREATE", payload, guild_id=guild.id if guild else None, times=times
            )
            return told

    def _find(self, name: str, kind: int, guild: Guild | None) -> Json:
        scopes = [*self.world.commands.get(guild.id if guild else None, []), *self.world.commands[None]]
        found = [c for c in scopes if c["name"] == name and c["type"] == kind]
        assert found, f"the bot synced no {name!r}: {[c['name'] for c in scopes]}"
        return found[0]

    def _command_data(self, path: str, guild: Guild | None, given: Json, focus: str | None = None) -> Json:
        root, *rest = path.split()
        command = leaf = self._find(root, 1, guild)
        kinds = []
        for name in rest:
            leaf = next(o for o in leaf["options"] if o["name"] == name and o["type"] in (SUBCOMMAND, GROUP))
            kinds.append(leaf["type"])
        known = {o["name"]: o["type"] for o in leaf.get("options", [])}
        assert given.keys() <= known.keys(), f"/{path} takes {list(known)}"
        options: list[Json] = [
            {"name": n, "type": known[n], "value": _typed(known[n], v)} for n, v in given.items()
        ]
        for option in options:
            if option["name"] == focus:
                option["focused"] = True
        resolved = self._resolved(options, guild)
        for name, kind in zip(reversed(rest), reversed(kinds), strict=True):
            options = [{"name": name, "type": kind, "options": options}]
        return {"id": command["id"], "name": root, "type": 1, "options": options, "resolved": resolved}

    def _resolved(self, options: list[Json], guild: Guild | None) -> Json:
        found: Json = {}
        for option in options:
            key = option["value"]
            if option["type"] == 6:
                found.setdefault("users", {})[key] = self.world.user(int(key))
                if guild and int(key) in guild.members:
                    found.setdefault("members", {})[key] = self.world.member_payload(guild, int(key))
            elif option["type"] == 7:
                shown = self.world.channel_payload(int(key)) or {}
                found.setdefault("channels", {})[key] = {**shown, "permissions": str(BOT_PERMISSIONS)}
        return found


def _picked(kind: int, values: list[str]) -> list[Json]:
    """What was picked in a select of users or channels, as options of a command would say it."""
    as_option = {5: 6, 8: 7}
    return [{"type": as_option[kind], "value": value} for value in values] if kind in as_option else []


def _typed(kind: int, value: Any) -> Any:
    return str(value) if kind in (3, 6, 7, 8) else value


def _filled(item: Json, fields: dict[str, Any]) -> Json:
    """A form's component as it is submitted: labels and rows keep their shape, fields carry what was entered."""
    kept: Json = {key: item[key] for key in ("type", "id", "custom_id") if key in item}
    if "component" in item:
        kept["component"] = _filled(item["component"], fields)
    elif "components" in item:
        kept["components"] = [_filled(inner, fields) for inner in item["components"]]
    elif item["type"] in LISTS:
        kept["values"] = fields.get(item["custom_id"], [])
    elif "custom_id" in item:
        empty = {4: "", 21: None, 23: False}[item["type"]]
        kept["value"] = fields.get(item["custom_id"], empty)
    return kept
