"""The one answer to an error, used by commands, presses and forms. What a person typed is given back."""

import logging
import secrets

import discord
from discord import app_commands

from bot.errors import SentenceId, UserError
from bot.logs import where
from bot.ui.cards import WARM, Card, press
from bot.ui.lasting import give_back
from bot.ui.request import Interaction, Request

log = logging.getLogger(__name__)

UNKNOWN_INTERACTION = 10062
ALREADY_ACKNOWLEDGED = 40060
_BACK_MAX = 3000


def _unwrapped(error: BaseException) -> BaseException:
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error


def _sentence(request: Request, error: BaseException) -> str:
    """The words for this error, and a log line (type and ids only) when the fault is ours."""
    voice = request.voice
    if isinstance(error, UserError):
        named = {
            name: voice(value) if isinstance(value, SentenceId) else value
            for name, value in error.values.items()
        }
        return voice(error.key, **named)
    if isinstance(error, app_commands.CommandOnCooldown):
        return voice("error-slow-down")
    if isinstance(error, app_commands.MissingPermissions):
        return voice("error-lead-needed")
    if isinstance(error, app_commands.TransformerError):
        return voice("error-option")
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return voice("error-old-command")
    mark = secrets.token_hex(4)
    log.error("error %s: interaction %s: %s", mark, request.id, type(error).__name__)
    log.debug("error %s at %s", mark, where(error))
    if request.saved is not None:
        return voice(request.saved, mark=mark)
    return voice("error-not-saved" if request.typed else "error-ours", mark=mark)


def error_card(request: Request, sentence: str) -> Card:
    """The private card for an error, with what was typed as a file."""
    card = Card(accent=WARM).text(sentence)
    if request.again is not None and request.again.written is not None:
        return give_back(request, card, request.again.written)
    if request.typed:
        card.note(request.voice("error-typed-back"))
        card.attach("your-text.txt", request.typed.encode("utf-8", errors="replace"))
    if request.again is not None:
        token = request.pending.put(request.user_id, request.again, request.now)
        card.row(press("form-again", token, label=request.voice("form-again-button")))
    return card


async def answer_error(request: Request, error: BaseException) -> None:
    """Answer privately, whatever happened. Late or doubled interactions are let go: nothing is undone."""
    error = _unwrapped(error)
    if isinstance(error, discord.HTTPException) and error.code in (UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED):
        log.info("interaction %s: answer not taken (%s)", request.id, error.code)
        return
    try:
        await request.show(error_card(request, _sentence(request, error)))
    except discord.HTTPException as refused:
        log.warning("interaction %s: error answer refused (%s)", request.id, refused.code)


async def on_tree_error(interaction: Interaction, error: app_commands.AppCommandError) -> None:
    """For CommandTree.on_error: what reaches it was raised outside our own boundary (checks, transformers)."""
    request = Request.begin(interaction)
    try:
        await answer_error(request, error)
    finally:
        request.end()
