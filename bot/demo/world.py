"""The demo's Discord: one server, its people and channels in SimCord. It knows nothing of what the bot does."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import discord
from simcord import ChannelHandle, Env, GuildHandle, MemberActor, UserHandle

from bot.demo.people import BOT_COLOUR, BOT_NAME, CHANNELS, DIRECT, GUILD_NAME, PEOPLE, Person
from bot.demo.portraits import emblem, portrait
from bot.demo.seam import DemoProgram

log = logging.getLogger(__name__)

EPHEMERAL = 64
PORTRAIT = "demo-portrait-"
PICTURES = "https://cdn.simcord.invalid/avatars/{user_id}/{key}.png"


@dataclass(frozen=True, slots=True)
class DemoWorld:
    """Everything a seed or a visitor can hold on to; keys are those of `people`."""

    env: Env
    guild: GuildHandle
    channels: Mapping[str, ChannelHandle]
    users: Mapping[str, UserHandle]
    members: Mapping[str, MemberActor]
    pictures: Mapping[str, tuple[str, bytes]]

    def channel(self, person: Person, place: str) -> ChannelHandle:
        """The channel a person sees under a place's key; `dm` is their own conversation with the bot."""
        return self.users[person.key].dm_channel if place == DIRECT.key else self.channels[place]

    def viewer(self, person: Person, place: str) -> MemberActor | UserHandle:
        """The handle SimCord wants for that place: a member in the server, a user in a DM."""
        return self.users[person.key] if place == DIRECT.key else self.members[person.key]

    def newest(self, person: Person, place: str) -> int:
        """The id of the newest message there, 0 for none."""
        return max(self.env.backend.messages.get(self.channel(person, place).id, {}), default=0)

    def unread(self, person: Person, place: str, since: int) -> int:
        """How many messages by others, visible to all, came after the message with the id `since`."""
        stored = self.env.backend.messages.get(self.channel(person, place).id, {})
        mine = self.users[person.key].id
        return sum(
            1
            for message_id, message in stored.items()
            if message_id > since and message.author_id != mine and not message.flags & EPHEMERAL
        )

    async def keep_time(self, now: datetime) -> None:
        """Bring SimCord's clock up to `now` (aware), so that ids and timestamps agree with the demo's."""
        behind = (now - self.env.now()).total_seconds()
        if behind <= 0:
            return
        try:
            await self.env.advance_time(behind)
        except TimeoutError:
            # Slow work of the bot is still running; the time already moved is kept and the rest follows.
            log.warning("the bot was still busy when the demo's time moved")


async def open_world(program: DemoProgram, now: datetime) -> DemoWorld:
    """Make the server at the instant `now` and let the bot enter it."""
    env = Env(program.bot, check_errors=False, settle_timeout=10.0)
    # SimCord's own clock begins on 1 January 2026; moved before anything exists, so that no timer sees the jump.
    env.backend.advance_clock((now - env.now()).total_seconds())
    env.backend.bot_user.name = BOT_NAME
    env.backend.bot_user.avatar = "stepforward"
    users = {p.key: env.create_user(p.key, global_name=p.name, avatar=p.key) for p in PEOPLE}
    guild = env.create_guild(GUILD_NAME, owner=users[next(p.key for p in PEOPLE if p.lead)])
    lead = guild.create_role("Group lead", permissions=discord.Permissions(manage_guild=True), color=0xD0A02C)
    channels = {c.key: guild.create_text_channel(c.name, topic=c.topic) for c in CHANNELS}
    members = {p.key: guild.add_member(users[p.key], roles=(lead,) if p.lead else ()) for p in PEOPLE}
    await env.start()
    return DemoWorld(env, guild, channels, users, members, _pictures(env, users))


def _pictures(env: Env, users: Mapping[str, UserHandle]) -> dict[str, tuple[str, bytes]]:
    """Portraits by the address Discord would serve them from."""
    drawn = {
        PICTURES.format(user_id=users[p.key].id, key=p.key): (
            f"{PORTRAIT}{p.key}.png",
            portrait(p.initials, p.colour),
        )
        for p in PEOPLE
    }
    own = PICTURES.format(user_id=env.backend.bot_user.id, key="stepforward")
    return {**drawn, own: (f"{PORTRAIT}bot.png", emblem(BOT_COLOUR))}
