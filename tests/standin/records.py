"""What the stand-in keeps: messages, interactions, requests and guilds. No behaviour of Discord is here."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
APPLICATION_ID = 900000000000000001
BOT_PERMISSIONS = 1 << 10 | 1 << 11 | 1 << 14  # View Channel, Send Messages, Embed Links
ADMINISTRATOR = 1 << 3 | 1 << 5
EPHEMERAL = 1 << 6


@dataclass(slots=True)
class Message:
    """A message as Discord shows it (`payload`) and as the bot sent it (`sent`)."""

    payload: Json
    sent: Json
    at: float
    files: dict[str, bytes] = field(default_factory=dict)
    deleted: bool = False
    edits: list[Json] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.payload["id"])

    @property
    def nonce(self) -> str | None:
        return self.sent.get("nonce")

    @property
    def ephemeral(self) -> bool:
        return bool(self.payload["flags"] & EPHEMERAL)

    def edit(self, body: Json) -> None:
        self.edits.append(body)
        shown = {"content", "embeds", "components", "flags"} & body.keys()
        self.payload.update({key: body[key] for key in shown})


@dataclass(slots=True)
class Told:
    """One interaction told to the bot, and what came back."""

    payload: Json
    at: float
    source: Message | None = None  # the message a pressed component sits on
    answers: list[Json] = field(default_factory=list)  # callbacks as sent: {"type": 4, "data": {...}}
    answered_at: float | None = None
    original: Message | None = None
    replies: list[Message] = field(default_factory=list)  # the original first, then the follow-ups
    waiting: bool = False  # deferred, and nothing shown yet

    @property
    def id(self) -> int:
        return int(self.payload["id"])

    @property
    def modal(self) -> Json:
        """The form the bot opened."""
        return next(a["data"] for a in self.answers if a["type"] == 9)

    @property
    def choices(self) -> list[Json]:
        """What autocomplete offered."""
        return next(list(a["data"]["choices"]) for a in self.answers if a["type"] == 8)


@dataclass(frozen=True, slots=True)
class Request:
    """One REST call and the status it got (0: none)."""

    method: str
    path: str
    status: int
    at: float
    invalid: bool


@dataclass(slots=True)
class Guild:
    """A server with its channels and members (user id to permission bits)."""

    id: int
    name: str
    channels: dict[int, str] = field(default_factory=dict)
    members: dict[int, int] = field(default_factory=dict)
