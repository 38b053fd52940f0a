"""What commands and presses of /server share: who may, the checklist after a change, the test, what is removed."""

from typing import Any

from bot.domain.actions import CUSTOM, SHARED_POST
from bot.domain.guilds import Guild, Lead, lead_of, trouble_of
from bot.domain.nudges import Delivery, DeliveryState
from bot.domain.zones import parse_zone, search
from bot.errors import NotYours
from bot.ids import is_id
from bot.services.moderation import Removable
from bot.ui.cards import WARM, Card, Option, press
from bot.ui.request import Interaction, Request
from bot.ui.words import shown
from cogs.server.access import missing
from cogs.server.cards import channel_line, setup_card, status_card
from cogs.server.forms import ZoneForm
from config.words import Voice

ALIAS, WIN, ENTRY = "alias", "win", "entry"


def lead(interaction: Interaction) -> Lead:
    """The proof that whoever acts leads this server: from Discord's own word about them, at each command and press.

    Raises UserError for everybody else. What a server's admins allow in their client plays no part in it.
    """
    may = interaction.permissions
    return lead_of(interaction.guild_id, interaction.user.id, manages=may.manage_guild or may.administrator)


async def _looked_at(request: Request, guild: Guild) -> tuple[Guild, tuple[str, ...]]:
    """The server with what is wrong with its channel; posts go on where a trouble has been mended."""
    wrong = missing(request.interaction.guild, guild.channel_id)
    if guild.channel_trouble is not None and not wrong:
        guild = await request.services.guilds.mended(guild.guild_id, request.now) or guild
    return guild, wrong


async def show_setup(request: Request) -> None:
    """The checklist as it stands."""
    known = await request.services.guilds.settings(lead(request.interaction), _language(request), request.now)
    guild, wrong = await _looked_at(request, known)
    await request.update(setup_card(request, guild, wrong))


async def show_status(request: Request) -> None:
    """The status card."""
    overview = await request.services.guilds.overview(
        lead(request.interaction), _language(request), request.now
    )
    guild, wrong = await _looked_at(request, overview.guild)
    await request.show(status_card(request, type(overview)(guild, overview.people, overview.entries), wrong))


async def change(request: Request, **changes: Any) -> None:
    """Save a change and show the checklist again."""
    changer = lead(request.interaction)
    await request.services.guilds.settings(changer, _language(request), request.now)
    guild = await request.services.guilds.change(changer, request.now, **changes)
    await request.update(setup_card(request, guild, missing(request.interaction.guild, guild.channel_id)))


async def ask_zone(request: Request) -> None:
    """The form for a place that is not on the list."""
    lead(request.interaction)
    await request.open(ZoneForm(request))


async def choose_zone(request: Request, picked: str) -> None:
    """A zone from the list."""
    lead(request.interaction)
    await change(request, zone=parse_zone(picked, request.zones).id)


async def find_zone(request: Request, text: str) -> None:
    """What a search for a place found: one is taken at once, several are offered."""
    lead(request.interaction)
    found = search(request.zones, text) or [parse_zone(text, request.zones)]
    if len(found) == 1:
        await change(request, zone=found[0].id)
        return
    options = [Option(zone.id, zone.city, zone.country or None) for zone in found]
    label = request.voice("zone-form-choose")
    await request.update(Card().text(label).choose("server-zone", "", options, placeholder=label))


async def send_test(request: Request) -> None:
    """Post a real test, and say what Discord said."""
    tester = lead(request.interaction)
    sent = await request.services.guilds.send_test(tester, request.id, request.now)
    await tell_test(request, sent)


async def tell_test(request: Request, sent: Delivery) -> None:
    """The truth about a test post: there, refused and why, or still on its way."""
    voice = request.voice
    if sent.state is DeliveryState.SENT:
        await request.services.guilds.mended(sent.guild_id or 0, request.now)
        link = f"https://discord.com/channels/{sent.guild_id}/{sent.channel_id}/{sent.message_id}"
        await request.show(Card().text(voice("server-test-sent", link=link)))
    elif sent.state in (DeliveryState.MADE, DeliveryState.SENDING):
        look = press("server-test-look", sent.id, label=voice("server-test-look"))
        await request.update(Card().text(voice("server-test-waits")).row(look))
    else:
        await request.show(await _refused(request, sent))


async def _refused(request: Request, sent: Delivery) -> Card:
    voice = request.voice
    guild = await request.services.guilds.get(sent.guild_id or 0)
    card = Card(accent=WARM).text(voice("server-test-refused", code=sent.reason or ""))
    if guild is None:
        return card
    wrong = missing(request.interaction.guild, guild.channel_id) or (trouble_of(sent.reason or ""),)
    return card.text(channel_line(voice, guild, wrong))


def removable_choices(voice: Voice, found: Removable) -> list[tuple[str, str]]:
    """(value, label) of everything that can be removed. Wins are named by kind and day, never by whose they are."""
    wins = ((f"{WIN}.{w.message_id}", w) for w in found.wins)
    return [
        *((f"{ENTRY}.{e.id}", voice("server-remove-entry", label=e.label)) for e in found.entries),
        *((value, _win_label(voice, w.kind, voice.day(w.posted_at.date()))) for value, w in wins),
        *((f"{ALIAS}.{alias}", voice("server-remove-alias", alias=alias)) for alias in found.aliases),
    ]


def _win_label(voice: Voice, kind: str, day: str) -> str:
    # The words that stand in the channel, so that a lead finds the one they mean.
    key = "wins-own-step" if kind in (CUSTOM, SHARED_POST) else f"action-{kind}"
    named = voice(key) if voice.has(key) else voice("server-remove-own-kind")
    return voice("server-remove-win", kind=named, day=day)


async def remove(request: Request, picked: str) -> None:
    """Remove what an autocomplete value or a message's link names. Raises NotYours."""
    remover = lead(request.interaction)
    moderation = request.services.moderation
    what, _, name = picked.partition(".")
    if picked.startswith("https://"):
        what, name = WIN, picked.rstrip("/").rpartition("/")[2]
    if what == ALIAS and name:
        await moderation.remove_alias(remover, name, request.now)
    elif what == WIN and is_id(name):
        await moderation.remove_win(remover, int(name), request.now)
    elif what == ENTRY and is_id(name):
        await moderation.remove_entry(remover, int(name), request.now)
    else:
        raise NotYours
    await request.show(Card().text(request.voice(f"server-removed-{what}")))


async def add_entry(request: Request, label: str) -> None:
    """Add an entry to the server's catalogue."""
    adder = lead(request.interaction)
    await request.services.guilds.settings(adder, _language(request), request.now)
    entry = await request.services.moderation.add_entry(adder, label, request.now)
    await request.show(Card().text(request.voice("server-entry-added", label=shown(entry.label))))


def _language(request: Request) -> str:
    """The language a server begins with: its own, where we have it."""
    locale = request.interaction.guild_locale
    return request.words.speak(None if locale is None else locale.value).language
