"""The REST routes for accounts, guilds, commands and messages, as plain functions of the world.

Answers to interactions are in `replies`; faults and transport are not here."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.standin.faults import STATUS
from tests.standin.records import APPLICATION_ID, Guild, Json, Message
from tests.standin.world import World


class Refused(Exception):
    """Discord's refusal with a JSON code."""

    def __init__(self, code: int, status: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.status = status or STATUS[code]


@dataclass(slots=True)
class Call:
    """One request: the parts of its path, its body and the files sent along."""

    world: World
    parts: dict[str, str]
    body: Any
    query: dict[str, str]
    files: dict[str, bytes] = field(default_factory=dict)

    def id(self, name: str) -> int:
        return int(self.parts[name])


Handler = Callable[[Call], Any]
ROUTES: list[tuple[str, re.Pattern[str], Handler]] = []


def route(method: str, path: str) -> Callable[[Handler], Handler]:
    """Registers a handler; it returns JSON, or None for 204."""
    pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))

    def register(handler: Handler) -> Handler:
        ROUTES.append((method, pattern, handler))
        return handler

    return register


def handle(
    world: World, method: str, path: str, body: Any, query: dict[str, str], files: dict[str, bytes]
) -> Any:
    """Finds the route and does its work; an unknown one is a 404 with code 0, as Discord answers."""
    for verb, pattern, handler in ROUTES:
        if verb == method and (found := pattern.fullmatch(path)):
            return handler(Call(world, found.groupdict(), body, query, files))
    raise Refused(0, 404)


@route("GET", "/users/@me")
def _me(call: Call) -> Json:
    return call.world.bot


@route("GET", "/users/{user}")
def _user(call: Call) -> Json:
    if call.id("user") not in call.world.users:
        raise Refused(10013)
    return call.world.users[call.id("user")]


@route("GET", "/applications/@me")
@route("GET", "/oauth2/applications/@me")
def _application(call: Call) -> Json:
    return {
        "id": str(APPLICATION_ID), "name": "StepForward", "description": "", "icon": None, "bot_public": True,
        "bot_require_code_grant": False, "owner": call.world.user(1, "operator"), "verify_key": "", "flags": 0,
        "team": None, "rpc_origins": [], **call.world.application,
    }  # fmt: skip


def _scope(call: Call) -> int | None:
    return call.id("guild") if "guild" in call.parts else None


@route("PUT", "/applications/{app}/commands")
@route("PUT", "/applications/{app}/guilds/{guild}/commands")
def _set_commands(call: Call) -> list[Json]:
    world, scope = call.world, _scope(call)
    known = {(c.get("type", 1), c["name"]): c["id"] for c in world.commands.get(scope, [])}
    world.command_writes += 1
    world.commands[scope] = [
        {
            "description": "", "type": 1, "default_member_permissions": None, "version": "1", "options": [], **command,
            "id": known.get((command.get("type", 1), command["name"])) or str(world.new_id()),
            "application_id": call.parts["app"],
        }
        for command in call.body
    ]  # fmt: skip
    return world.commands[scope]


@route("GET", "/applications/{app}/commands")
@route("GET", "/applications/{app}/guilds/{guild}/commands")
def _get_commands(call: Call) -> list[Json]:
    return call.world.commands.get(_scope(call), [])


def _guild(call: Call) -> Guild:
    if call.id("guild") not in call.world.guilds:
        raise Refused(50001)
    return call.world.guilds[call.id("guild")]


@route("GET", "/guilds/{guild}")
def _get_guild(call: Call) -> Json:
    return call.world.guild_payload(_guild(call))


@route("GET", "/guilds/{guild}/members/{user}")
def _get_member(call: Call) -> Json:
    guild = _guild(call)
    if call.id("user") not in guild.members:
        raise Refused(10007 if call.id("user") in call.world.users else 10013)
    return call.world.member_payload(guild, call.id("user"))


@route("POST", "/users/@me/channels")
def _open_dm(call: Call) -> Any:
    return call.world.channel_payload(call.world.dm(int(call.body["recipient_id"])))


def _channel(call: Call) -> Json:
    payload = call.world.channel_payload(call.id("channel"))
    if payload is None:
        raise Refused(10003)
    return payload


@route("GET", "/channels/{channel}")
def _get_channel(call: Call) -> Json:
    return _channel(call)


@route("GET", "/channels/{channel}/messages")
def _history(call: Call) -> list[Json]:
    _channel(call)
    kept = [m for m in call.world.messages[call.id("channel")] if not m.deleted]
    before, after = int(call.query.get("before", 1 << 63)), int(call.query.get("after", 0))
    asked = [m.payload for m in kept if after < m.id < before]
    limit = int(call.query.get("limit", 50))
    # Right after an id, or else the newest; newest first either way.
    return (asked[:limit] if after else asked[-limit:])[::-1]


@route("POST", "/channels/{channel}/messages")
def _send(call: Call) -> Json:
    world, channel_id = call.world, call.id("channel")
    recipients = _channel(call).get("recipients", [])
    for user in recipients:
        if int(user["id"]) in world.refuse_dms:
            raise Refused(world.refuse_dms[int(user["id"])])
    key = (channel_id, str(call.body.get("nonce")))
    earlier = world.nonces.get(key) if call.body.get("enforce_nonce") else None
    if earlier and world.time() - earlier.at < world.nonce_window:
        if earlier.deleted:
            raise Refused(10008)
        return earlier.payload
    message = world.write(channel_id, call.body, call.files)
    world.messages[channel_id].append(message)
    if "nonce" in call.body:
        world.nonces[key] = message
    return message.payload


def _message(call: Call) -> Message:
    _channel(call)
    for message in call.world.messages[call.id("channel")]:
        if message.id == call.id("message") and not message.deleted:
            return message
    raise Refused(10008)


@route("GET", "/channels/{channel}/messages/{message}")
def _get_message(call: Call) -> Json:
    return _message(call).payload


@route("PATCH", "/channels/{channel}/messages/{message}")
def _edit_message(call: Call) -> Json:
    message = _message(call)
    message.edit(call.body)
    return message.payload


@route("DELETE", "/channels/{channel}/messages/{message}")
def _delete_message(call: Call) -> None:
    _message(call).deleted = True
