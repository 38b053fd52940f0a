"""The cards of /help and /about. They read nothing but words, and work for somebody who never used the bot."""

from discord import ButtonStyle, ui

from bot.ui.cards import Card, press
from bot.ui.request import Request

STARTS = (
    ("rejection", "rejection-new"),
    ("action", "did-something"),
    ("message", "draft-new"),
    ("next", "recovery-today"),
    ("journal", "journal-start"),
    ("patterns", "patterns"),
    ("ten", "challenge-new"),
    ("quiet", "help-quiet"),
    ("data", "help-data"),
)


def help_card(request: Request) -> Card:
    """Each thing one may want, beside the button that starts it; the lead's own where there is a server."""
    voice = request.voice
    card = Card().title(voice("help-title"))
    for name, verb in STARTS:
        card.beside(voice(f"help-{name}"), press(verb, "", label=voice(f"help-{name}-button")))
    if request.guild_id is not None:
        card.beside(voice("help-lead"), press("server-setup", label=voice("help-lead-button")))
    return card.note(voice("help-more"))


def quiet_card(request: Request) -> Card:
    """How to have less of it, from one rejection to everything."""
    voice = request.voice
    card = Card().title(voice("help-quiet-title")).text(voice("help-quiet-pause"))
    card.text(voice("help-quiet-one")).text(voice("help-quiet-hours"))
    return card.row(press("me-pause", label=voice("help-quiet-now")))


def data_card(request: Request) -> Card:
    """How to take a copy, change settings, and erase."""
    voice = request.voice
    card = Card().title(voice("help-data-title")).text(voice("help-data-export"))
    return card.text(voice("help-data-settings")).text(voice("help-data-erase"))


def about_card(request: Request) -> Card:
    """What is kept, who sees it, where the numbers come from, and where to write when something is wrong."""
    voice, about = request.voice, request.services.about
    card = Card().title(voice("about-title"))
    for part in ("what", "kept", "seen", "not"):
        card.text(voice(f"about-{part}"))
    checked_on = min((line.verified_on for line in request.services.care.lines), default=None)
    if checked_on is not None:
        card.text(voice("about-numbers", day=voice.day(checked_on, request.today.year)))
    links = [
        _link(voice(f"about-{name}-button"), url)
        for name, url in (("privacy", about.privacy_url), ("problem", about.problem_url))
        if url
    ]
    if not about.privacy_url:
        card.text(voice("about-no-privacy"))
    if not about.problem_url:
        card.text(voice("about-no-problem"))
    return card.row(*links).note(voice("about-version", version=about.version))


def _link(label: str, url: str) -> "ui.Button[ui.LayoutView]":
    return ui.Button(style=ButtonStyle.link, label=label, url=url)
