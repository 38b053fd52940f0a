"""What every feature says about an action: its name, and the one answer to logging it, with what can follow."""

from collections.abc import Mapping, Sequence
from typing import Any

from discord import ButtonStyle, ui

from bot.domain.actions import CUSTOM, Action, server_action_id
from bot.domain.boards import Visibility
from bot.services.actions import ActionLogged
from bot.ui.cards import Card, press, shorten
from bot.ui.request import Request
from bot.ui.weekly_post import safe_name
from bot.ui.words import shown
from config.words import Voice

NOTE_SHOWN = 120
LABEL_MAX = 80
"""Characters on a button."""


def kind_name(voice: Voice, kind: str, labels: Mapping[str, str]) -> str:
    """What a kind of action is called: by the catalogue, by a server's own label, or plainly when it is gone."""
    if server_action_id(kind) is not None:
        return safe_name(labels[kind]) if kind in labels else voice("action-gone")
    return voice(f"action-{kind}") if voice.has(f"action-{kind}") else voice("action-gone")


def private_name(voice: Voice, action: Action, labels: Mapping[str, str]) -> str:
    """The same for the member alone: an action in their own words is called by these words."""
    if action.kind == CUSTOM and action.note:
        words = action.note if len(action.note) <= NOTE_SHOWN else action.note[: NOTE_SHOWN - 1] + "…"
        return shown(words)
    return kind_name(voice, action.kind, labels)


async def logged_card(
    request: Request,
    logged: ActionLogged,
    *,
    heavy: bool = False,
    follows: Sequence[str] = (),
    onto: Card | None = None,
) -> Card:
    """The private answer to an action, and sentences about what follows; put `onto` a card that begins with more.

    `heavy`: the member's words asked for support, so nothing is praised.
    """
    voice, action = request.voice, logged.action
    labels = await request.services.catalogue.labels([action.kind])
    day = voice.day(action.done_on, request.today.year)
    card = onto or Card()
    card.text(voice("action-logged", action=private_name(voice, action, labels), day=day))
    card.text(_counted(request, logged, heavy=heavy))
    for sentence in follows:
        card.text(sentence)
    if logged.already:
        return card
    if heavy:
        return card.row(undo_press(request, action))
    if logged.cooling:
        card.text(voice("cooling-application"))
    if logged.ask_visibility_in is not None:
        ask_to_appear(request, card, logged.ask_visibility_in)
    kind = request.content.action(action.kind)
    offered = kind is None or not kind.feeling
    places = offered and await request.services.wins.places(request.user_id)
    share = press("win-offer", action.id, label=voice("win-offer-button")) if places else None
    return card.row(share, undo_press(request, action), press("ideas", label=voice("ideas-button")))


def _counted(request: Request, logged: ActionLogged, *, heavy: bool) -> str:
    if logged.already:
        return request.voice("action-noted-under" if logged.noted else "action-already")
    if heavy:
        return request.voice("action-kept-quietly")
    return request.voice("action-over-ceiling" if logged.over_ceiling else "action-counted")


def undo_press(request: Request, action: Action, *, named: bool = False) -> ui.Button[Any]:
    """Take it back; `named` where several stand together."""
    if not named:
        return press("action-undo", action.id, label=request.voice("undo-button"))
    name = kind_name(request.voice, action.kind, {})
    label = shorten(request.voice("nudge-undo-one", action=name), LABEL_MAX)
    return press("action-undo", action.id, label=label)


def guild_label(request: Request, guild_id: int, number: int | None = None) -> str:
    """The server's name for a button or a select, or "this server" when the bot does not have it at hand.

    Of several processes, the one that answers direct messages knows its own servers alone: where one is picked among
    many, `number` (from 1) tells the others apart.
    """
    guild = request.interaction.client.get_guild(guild_id)
    if guild is not None:
        return shorten(guild.name, 80)
    if number is None or guild_id == request.guild_id:
        return request.voice("board-this-server")
    return request.voice("board-server-number", number=number)


def guild_name(request: Request, guild_id: int) -> str:
    """The server's name inside a sentence."""
    return safe_name(guild_label(request, guild_id))


def ask_to_appear(request: Request, card: Card, guild_id: int) -> Card:
    """The question how to stand on a server's board, with its three answers."""
    voice = request.voice
    card.text(voice("board-ask", server=guild_name(request, guild_id)))
    return card.row(*appear_presses(voice, guild_id, None))


def appear_presses(voice: Voice, guild_id: int, now: Visibility | None) -> list[ui.Button[Any]]:
    """Show my name, use an alias, keep me hidden; without the one that is chosen already."""
    offered = [
        (Visibility.SHOWN, "appear-shown", ButtonStyle.primary),
        (Visibility.ALIAS, "appear-alias", ButtonStyle.secondary),
        (Visibility.HIDDEN, "appear-hidden", ButtonStyle.secondary),
    ]
    return [
        press(verb, guild_id, label=voice(f"board-{verb}"), style=style)
        for visibility, verb, style in offered
        if visibility is not now or visibility is Visibility.ALIAS
    ]
