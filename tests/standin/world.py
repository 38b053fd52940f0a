"""The world behind the stand-in: who exists, what was written where, and all the bot ever asked for.

Everything here is read and changed under `World.changed`; leaving that lock wakes whoever waits.
"""

import itertools
import threading
from datetime import UTC, datetime
from typing import Any

from bot.clock import Clock, system_clock
from tests.standin.records import (
    ADMINISTRATOR,
    APPLICATION_ID,
    BOT_PERMISSIONS,
    Guild,
    Json,
    Message,
    Request,
    Told,
)


class Changed(threading.Condition):
    """A lock that tells every waiter when it is left."""

    def __exit__(self, *exc: Any) -> None:
        self.notify_all()
        super().__exit__(*exc)


class World:
    """All state of the stand-in. `nonce_window` is how many seconds a nonce is remembered."""

    def __init__(self, clock: Clock = system_clock) -> None:
        self.changed = Changed()
        self.clock = clock
        self.nonce_window = 300.0
        self.interaction_deadline = 3.0
        self.guilds: dict[int, Guild] = {}
        self.users: dict[int, Json] = {}
        self.dms: dict[int, int] = {}  # user id to channel id
        self.recipients: dict[int, int] = {}  # and back
        self.refuse_dms: dict[int, int] = {}  # user id to 50007 or 50278
        self.messages: dict[int, list[Message]] = {}
        self.nonces: dict[tuple[int, str], Message] = {}
        self.commands: dict[int | None, list[Json]] = {None: []}  # by guild; None is global
        self.command_writes = 0
        self.application: Json = {}  # what differs from an application made a minute ago
        self.interactions: dict[str, Told] = {}  # by token
        self.requests: list[Request] = []
        self._count = itertools.count(1)
        self.bot = self.user(APPLICATION_ID, "stepforward", bot=True)

    def time(self) -> float:
        """Now, in seconds since 1970."""
        return self.clock().timestamp()

    def new_id(self) -> int:
        """A snowflake that carries the time, as Discord's do."""
        return (int(self.time() * 1000) - 1420070400000) << 22 | next(self._count) & 0x3FFFFF

    def user(self, user_id: int | None = None, name: str = "", *, bot: bool = False) -> Json:
        """The account with this id, made when new."""
        with self.changed:
            user_id = user_id or self.new_id()
            blank = {"discriminator": "0", "avatar": None, "bot": bot, "public_flags": 0}
            name = name or f"member-{user_id}"
            made = {"id": str(user_id), "username": name, "global_name": name, **blank}
            return self.users.setdefault(user_id, made)

    def guild(
        self, name: str = "guild", *, guild_id: int | None = None, channels: tuple[str, ...] = ("general",)
    ) -> Guild:
        """A new server with text channels. A bot that is already connected hears of it by `Standin.invite`."""
        with self.changed:
            guild = Guild(guild_id or self.new_id(), name)
            self.guilds[guild.id] = guild
            for channel in channels:
                self.channel(guild, channel)
            self.join(guild, APPLICATION_ID)
            return guild

    def channel(self, guild: Guild, name: str) -> int:
        """A new text channel's id."""
        with self.changed:
            channel_id = self.new_id()
            guild.channels[channel_id] = name
            self.messages[channel_id] = []
            return channel_id

    def join(self, guild: Guild, user_id: int, *, admin: bool = False) -> None:
        """Makes the account a member; `admin` gives Administrator and Manage Server."""
        with self.changed:
            self.user(user_id)
            guild.members[user_id] = BOT_PERMISSIONS | (ADMINISTRATOR if admin else 0)

    def dm(self, user_id: int) -> int:
        """The id of the direct channel with this account; always the same one."""
        with self.changed:
            self.user(user_id)
            if user_id not in self.dms:
                channel_id = self.dms[user_id] = self.new_id()
                self.recipients[channel_id] = user_id
                self.messages[channel_id] = []
            return self.dms[user_id]

    def received(self, channel_id: int) -> list[Message]:
        """Every message that reached the channel, deleted ones too, oldest first."""
        with self.changed:
            return list(self.messages.get(channel_id, []))

    def dms_to(self, user_id: int) -> list[Message]:
        """Every direct message this person got."""
        return self.received(self.dm(user_id))

    @property
    def invalid_requests(self) -> int:
        """What counts towards Discord's ban at 10,000 in ten minutes: 401, 403 and 429 that are not shared."""
        with self.changed:
            return sum(request.invalid for request in self.requests)

    def calls(self, method: str, ending: str) -> list[Request]:
        """The REST calls of this method whose path ends so."""
        with self.changed:
            return [r for r in self.requests if r.method == method and r.path.endswith(ending)]

    def write(
        self, channel_id: int, body: Json, files: dict[str, bytes] | None = None, **shown: Any
    ) -> Message:
        """Makes a message of the bot's; the caller decides where it is kept."""
        now, message_id = self.time(), self.new_id()
        payload: Json = {
            "id": str(message_id), "channel_id": str(channel_id), "author": self.bot, "type": 0,
            "content": body.get("content") or "", "embeds": body.get("embeds") or [],
            "components": body.get("components") or [], "flags": body.get("flags") or 0,
            "attachments": [_attachment(message_id + n, name, data) for n, (name, data) in enumerate((files or {}).items())],
            "timestamp": datetime.fromtimestamp(now, UTC).isoformat(), "edited_timestamp": None,
            "mentions": [], "mention_roles": [], "mention_everyone": False, "pinned": False, "tts": False, **shown,
        }  # fmt: skip
        if "nonce" in body:
            payload["nonce"] = body["nonce"]
        return Message(payload, body, now, files or {})

    def channel_payload(self, channel_id: int) -> Json | None:
        """A text or direct channel as Discord shows it, None when there is none."""
        if channel_id in self.recipients:
            recipient = self.users[self.recipients[channel_id]]
            return {"id": str(channel_id), "type": 1, "recipients": [recipient], "last_message_id": None}
        for guild in self.guilds.values():
            if channel_id in guild.channels:
                return _text_channel(guild, channel_id)
        return None

    def member_payload(self, guild: Guild, user_id: int) -> Json:
        """A member, with the permission bits an interaction carries."""
        joined = datetime.fromtimestamp(self.time(), UTC).isoformat()
        plain = {
            "roles": [],
            "joined_at": joined,
            "deaf": False,
            "mute": False,
            "flags": 0,
            "nick": None,
            "avatar": None,
        }
        return {"user": self.user(user_id), "permissions": str(guild.members[user_id]), **plain}

    def guild_payload(self, guild: Guild) -> Json:
        """What GUILD_CREATE carries."""
        everyone = {
            "id": str(guild.id), "name": "@everyone", "permissions": str(BOT_PERMISSIONS), "position": 0, "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False, "managed": False, "mentionable": False, "flags": 0,
        }  # fmt: skip
        return {
            "id": str(guild.id), "name": guild.name, "owner_id": "1", "unavailable": False,
            "member_count": len(guild.members), "roles": [everyone], "emojis": [], "stickers": [], "features": [],
            "channels": [_text_channel(guild, channel_id) for channel_id in guild.channels], "threads": [],
            "members": [self.member_payload(guild, APPLICATION_ID)], "presences": [], "voice_states": [],
            "preferred_locale": "en-US", "joined_at": datetime.fromtimestamp(self.time(), UTC).isoformat(),
        }  # fmt: skip


def _text_channel(guild: Guild, channel_id: int) -> Json:
    rest = {"position": 0, "permission_overwrites": [], "nsfw": False, "parent_id": None, "topic": None}
    return {
        "id": str(channel_id),
        "type": 0,
        "guild_id": str(guild.id),
        "name": guild.channels[channel_id],
        **rest,
    }


def _attachment(attachment_id: int, name: str, data: bytes) -> Json:
    url = f"http://127.0.0.1/attachments/{attachment_id}/{name}"
    return {"id": str(attachment_id), "filename": name, "size": len(data), "url": url, "proxy_url": url}
