"""From what somebody picked or typed to a logged action: support first, consent, the date asked when unclear."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import discord

from bot.domain.actions import CUSTOM, SHARED_POST, UNDO_BUTTON_FOR, UNDO_FOR, from_interaction, from_message
from bot.domain.dates import parse_day
from bot.errors import NotYours, UserError
from bot.ui.actions import logged_card
from bot.ui.cards import Card, Option, press
from bot.ui.patients import warned
from bot.ui.request import Again, Request
from bot.ui.support import care_first
from cogs.actions.cards import kind_options, undone_card
from cogs.actions.forms import ActionForm, Typed


@dataclass(frozen=True, slots=True)
class DayAsked:
    """An action whose date can be read two ways, waiting for the press that says which."""

    typed: Typed
    days: tuple[date, date]
    heavy: bool


async def take(request: Request, typed: Typed) -> None:
    """Work through what was typed. A date that can be two is asked; the member's words are given back by any error."""
    heavy = request.services.care.is_heavy((typed.note,))
    await care_first(request, (typed.note,))
    text, again = request.typed, Again(lambda: ActionForm(request, typed)) if typed.kind == CUSTOM else None

    async def go_on(later: Request) -> None:
        later.typed, later.again = text, later.again or again
        parsed = parse_day(typed.day or "", today=later.today)
        if parsed.choices is None:
            assert parsed.day is not None
            await save(later, typed, parsed.day, from_interaction(later.id), heavy=heavy)
            return
        token = later.pending.put(later.user_id, DayAsked(typed, parsed.choices, heavy), later.now)
        days = (later.voice.day(day, later.today.year) for day in parsed.choices)
        presses = (press("action-day", f"{token}.{index}", label=day) for index, day in enumerate(days))
        await later.show(Card().text(later.voice("action-day-asked")).row(*presses))

    await request.as_member(go_on)


async def answer_day(request: Request, token: str, index: int) -> None:
    """The press that says which day was meant."""
    asked = request.pending.take(request.user_id, token, DayAsked, request.now)
    if asked is None:
        raise UserError("error-form-gone")
    request.typed = asked.typed.note
    await save(request, asked.typed, asked.days[index], from_interaction(request.id), heavy=asked.heavy)


async def save(request: Request, typed: Typed, day: date, source: str, *, heavy: bool = False) -> None:
    """Log, then say so: the words come after the commit."""
    logged = await request.services.actions.log(
        request.known,
        typed.kind,
        note=typed.note,
        rejection_id=typed.rejection_id,
        done_on=day,
        source=source,
        interaction_id=request.id,
        guild_id=request.guild_id,
        heavy=heavy,
        now=request.now,
    )
    request.kept()
    await request.show(warned(request, await logged_card(request, logged, heavy=heavy), typed.note))


async def named(request: Request, what: str) -> tuple[str, str | None]:
    """The kind an option means, by id or by its name; anything else is an action in the member's own words."""
    sought = what.strip().casefold()
    for kind, label in await every_kind(request):
        if sought in (kind, label.casefold()):
            return kind, None
    return CUSTOM, what


async def every_kind(request: Request) -> list[tuple[str, str]]:
    """Kind and label of everything that can be logged here: the server's own entries first."""
    entries = await request.services.catalogue.of_guild(request.guild_id)
    own = [(entry.kind, entry.label) for entry in entries]
    return [*own, *((kind.id, request.voice(f"action-{kind.id}")) for kind in request.content.choices)]


async def undo(request: Request, action_id: int | None, within: timedelta = UNDO_FOR) -> None:
    """Take an action back, with the post that came of it."""
    undone = await request.services.actions.undo(
        request.known, action_id, interaction_id=request.id, now=request.now, within=within
    )
    request.kept()
    labels = await request.services.catalogue.labels([undone.action.kind])
    await request.update(undone_card(request, undone, labels))
    if undone.post_stands:
        await request.services.wins.clean_up(request.now)


async def undo_by_button(request: Request, action_id: int) -> None:
    """The button works for fifteen minutes; the command works for a day."""
    await undo(request, action_id, UNDO_BUTTON_FOR)


async def offer_own_message(request: Request, message: discord.Message) -> None:
    """One's own message in the group's channel: ask what it was. Nothing of the message is kept."""
    if message.author.bot:
        raise UserError("action-menu-bot")
    if message.author.id != request.user_id:
        raise UserError("action-menu-others")
    channel_id = await request.services.wins.channel_of(request.guild_id)
    if channel_id is None or message.channel.id != channel_id:
        raise UserError("action-menu-channel")

    async def ask(later: Request) -> None:
        ideas = [idea.id for idea in await later.services.catalogue.ideas(later.known, later.now)]
        options = [Option(SHARED_POST, later.voice(f"action-{SHARED_POST}"))]
        options += kind_options(await every_kind(later), ideas)
        card = Card().text(later.voice("action-menu-ask"))
        await later.show(
            card.choose("act-post", message.id, options, placeholder=later.voice("action-choose"))
        )

    await request.as_member(ask)


async def count_message(request: Request, message_id: int, kind: str) -> None:
    """The message counts, on the day it was written."""
    if not message_id:
        raise NotYours
    written = discord.utils.snowflake_time(message_id).astimezone(ZoneInfo(request.known.zone)).date()
    await save(request, Typed(kind), written, from_message(message_id))
