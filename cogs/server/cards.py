"""The setup card and the status card. Both are for leads, and neither holds anything of a member's."""

from datetime import UTC, datetime

from discord import ButtonStyle, utils

from bot.domain.guilds import GONE, NEEDED, NO_ZONE, Guild
from bot.domain.zones import featured, zone_of
from bot.services.guilds import Overview
from bot.ui.cards import CALM, WARM, Card, Option, press
from bot.ui.request import Request
from bot.ui.weekly_post import safe_name
from cogs.server.access import has_channel, has_role
from config.words import Voice

HOURS = range(24)
DAYS = range(7)


def setup_card(request: Request, guild: Guild, wrong: tuple[str, ...]) -> Card:
    """The checklist: each line says how it stands, and the select under it changes it at once."""
    voice, place = request.voice, request.interaction.guild
    card = (
        Card(accent=WARM if wrong else CALM)
        .title(voice("server-setup-title"))
        .text(voice("server-setup-what"))
    )
    there = guild.channel_id if has_channel(place, guild.channel_id) else None
    card.text(channel_line(voice, guild, wrong))
    card.choose_channel("server-channel", placeholder=voice("server-channel-choose"), chosen=there)
    card.text(weekly_line(voice, guild, wrong))
    days = [Option(str(day), voice(f"server-day-{day}"), chosen=day == guild.weekly_day) for day in DAYS]
    card.choose("server-day", "", days, placeholder=voice("server-day-choose"))
    hours = [Option(str(hour), _clock(voice, hour), chosen=hour == guild.weekly_hour) for hour in HOURS]
    card.choose("server-hour", "", hours, placeholder=voice("server-hour-choose"))
    card.text(zone_line(request, guild))
    card.choose("server-zone", "", _zones(request, guild.zone), placeholder=voice("server-zone-choose"))
    card.row(press("server-place", label=voice("consent-zone-other")))
    if len(request.words.languages) > 1:
        card.text(voice("server-language", language=language_name(request, guild.language)))
        card.choose(
            "server-language", "", _languages(request, guild), placeholder=voice("server-language-choose")
        )
    card.text(role_line(request, guild))
    role = guild.peer_role_id if has_role(place, guild.peer_role_id) else None
    card.choose_role("server-role", placeholder=voice("server-role-choose"), chosen=role)
    return _switches(voice, guild, card).note(voice("server-setup-later"))


def _switches(voice: Voice, guild: Guild, card: Card) -> Card:
    return card.row(
        press(
            "server-test",
            label=voice("server-test-button"),
            style=ButtonStyle.primary,
            disabled=guild.channel_id is None,
        ),
        press(
            "server-weekly",
            "off" if guild.weekly_on else "on",
            label=voice("server-weekly-off" if guild.weekly_on else "server-weekly-on"),
        ),
        press(
            "server-empty",
            "off" if guild.weekly_when_empty else "on",
            label=voice("server-empty-off" if guild.weekly_when_empty else "server-empty-on"),
        ),
    )


def channel_line(voice: Voice, guild: Guild, wrong: tuple[str, ...]) -> str:
    """Which channel, and whether the bot may really post there; if not, how to mend it."""
    if guild.channel_id is None:
        return voice("server-channel-none")
    if GONE in wrong:
        return voice("server-channel-gone")
    channel = f"<#{guild.channel_id}>"
    if wrong:
        rights = voice.join([voice(f"server-right-{code}") for code in wrong])
        needed = voice.join([voice(f"server-right-{code}") for code in NEEDED])
        return voice("server-channel-wrong", channel=channel, rights=rights, needed=needed)
    if guild.channel_trouble is not None:
        return voice("server-channel-refused", channel=channel)
    return voice("server-channel-well", channel=channel)


def weekly_line(voice: Voice, guild: Guild, wrong: tuple[str, ...]) -> str:
    """When the weekly post comes, in the server's own time and in the reader's."""
    if not guild.weekly_on:
        return voice("server-weekly-is-off")
    day, clock = voice(f"server-day-{guild.weekly_day}"), _clock(voice, guild.weekly_hour)
    if guild.weekly_due_at is None or wrong:
        return voice("server-weekly-waits", day=day, clock=clock)
    at = guild.weekly_due_at
    return voice(
        "server-weekly-next",
        day=day,
        clock=clock,
        at=utils.format_dt(at, "F"),
        ahead=utils.format_dt(at, "R"),
    )


def zone_line(request: Request, guild: Guild) -> str:
    """The server's zone, with the time it shows now, so that a wrong one is noticed."""
    clock = request.voice.clock(request.now, guild.zone)
    if guild.zone == NO_ZONE:
        return request.voice("server-zone-none", clock=clock)
    return request.voice("server-zone", place=zone_of(guild.zone, request.zones).label, clock=clock)


def role_line(request: Request, guild: Guild) -> str:
    """Whom "Talk to someone" names."""
    if guild.peer_role_id is None:
        return request.voice("server-role-none")
    if not has_role(request.interaction.guild, guild.peer_role_id):
        return request.voice("server-role-gone")
    return request.voice("server-role", role=f"<@&{guild.peer_role_id}>")


def language_name(request: Request, language: str) -> str:
    """What a language calls itself."""
    return request.words.speak(language)("server-language-name")


def _clock(voice: Voice, hour: int) -> str:
    return voice.clock(datetime(2026, 1, 1, hour, tzinfo=UTC), UTC)


def _zones(request: Request, chosen: str) -> list[Option]:
    return [Option(z.id, z.city, z.country, chosen=z.id == chosen) for z in featured(request.zones)]


def _languages(request: Request, guild: Guild) -> list[Option]:
    codes = request.words.languages[:25]
    return [Option(code, language_name(request, code), chosen=code == guild.language) for code in codes]


def status_card(request: Request, overview: Overview, wrong: tuple[str, ...]) -> Card:
    """How the server stands: settings, the next post, what is wrong and how to mend it. No personal word or figure."""
    voice, guild = request.voice, overview.guild
    bad = bool(wrong) or guild.channel_trouble is not None
    card = Card(accent=WARM if bad else CALM).title(voice("server-status-title"))
    card.text(channel_line(voice, guild, wrong)).text(weekly_line(voice, guild, wrong)).text(
        zone_line(request, guild)
    )
    card.text(voice("server-empty-is-on" if guild.weekly_when_empty else "server-empty-is-off"))
    card.text(voice("server-language", language=language_name(request, guild.language)))
    card.text(role_line(request, guild))
    if overview.people is None:
        card.text(voice("server-people-few"))
    else:
        card.text(voice("server-people", count=overview.people))
    labels = [safe_name(entry.label) for entry in overview.entries]
    card.text(voice("server-entries", labels=voice.join(labels)) if labels else voice("server-entries-none"))
    return card.row(
        press("server-setup", label=voice("server-setup-button")),
        press("server-test", label=voice("server-test-button"), disabled=guild.channel_id is None),
    )
