"""A win as the group sees it: who, by choice or not at all, did what. No free text, no date, no figure."""

from discord import ButtonStyle

from bot.domain.actions import CUSTOM, SHARED_POST, server_action_id
from bot.domain.wins import WinPost
from bot.services.wins import WriteWin
from bot.ui.cards import Card, press
from bot.ui.nudge_body import payload
from bot.ui.weekly_post import safe_name
from config.words import Voice, Words


def win_writer(words: Words) -> WriteWin:
    """The function the wins service calls for each post."""
    return lambda post: payload(win_card(words.speak(post.language), post))


def win_card(voice: Voice, post: WinPost) -> Card:
    """The post. Its button carries the delivery's id, by which the delivery machine knows it again."""
    return (
        Card()
        .text(win_line(voice, post))
        .row(press("kudos", post.delivery_id, label=voice("wins-thank"), style=ButtonStyle.secondary))
    )


def win_line(voice: Voice, post: WinPost) -> str:
    """The one sentence of a win."""
    action = _public_name(voice, post)
    if post.name is None:
        return voice("wins-line-anonymous", action=action)
    return voice("wins-line", name=safe_name(post.name), action=action)


def _public_name(voice: Voice, post: WinPost) -> str:
    """What was done, from the catalogue alone. An anonymous win does not carry a server's own label either."""
    if post.label is not None:
        return safe_name(post.label)
    own = post.kind in (CUSTOM, SHARED_POST) or server_action_id(post.kind) is not None
    key = f"action-{post.kind}"
    return voice("wins-own-step") if own or not voice.has(key) else voice(key)
