"""All ten at one look, and the ten days that are over."""

from collections.abc import Sequence

from discord import ButtonStyle

from bot.domain.challenges import Challenge, ChallengeDay, ChallengeState
from bot.ui.cards import Card, Option, press
from bot.ui.challenges import progress, step_name
from bot.ui.request import Request

LINES = 10
"""Past ones named in the text; the select has them all."""


def all_card(request: Request, challenge: Challenge) -> Card:
    """The ten steps with what is done, and a select to look at one."""
    voice, running = request.voice, challenge.state is ChallengeState.RUNNING
    card = Card().title(voice("challenge-all-title", date=_began(request, challenge)))
    card.text(progress(voice, challenge))
    card.text("\n".join(_line(request, challenge, day) for day in challenge.days))
    options = [_option(request, challenge, day) for day in challenge.days]
    card.choose("challenge-day", challenge.id, options, placeholder=voice("challenge-choose-day"))
    if running:
        return card.row(press("challenge-today", label=voice("challenge-back")))
    return card.row(
        press("challenge-past", label=voice("challenge-past-button")),
        press("challenge-delete", challenge.id, label=voice("challenge-delete-button")),
    )


def _began(request: Request, challenge: Challenge) -> str:
    return request.voice.day(challenge.started_on, request.today.year)


def _line(request: Request, challenge: Challenge, day: ChallengeDay) -> str:
    key = "challenge-line-done" if day.done_at is not None else "challenge-line"
    line = request.voice(key, day=day.day, step=step_name(request.voice, day.step))
    running = challenge.state is ChallengeState.RUNNING
    return f"**{line}**" if running and challenge.date_of(day.day) == request.today else line


def _option(request: Request, challenge: Challenge, day: ChallengeDay) -> Option:
    voice, on = request.voice, challenge.date_of(day.day)
    label = voice("challenge-option", day=day.day, step=step_name(voice, day.step))
    if day.done_at is not None:
        return Option(str(day.day), label, voice("challenge-option-done"))
    if challenge.state is not ChallengeState.RUNNING:
        return Option(str(day.day), label)
    if on == request.today:
        said = voice("challenge-option-today")
    elif on < request.today:
        said = voice("challenge-option-missed")
    else:
        said = voice("challenge-option-ahead", date=voice.day(on, request.today.year))
    return Option(str(day.day), label, said)


def past_card(request: Request, ended: Sequence[Challenge], note: str = "") -> Card:
    """The ten days that are over or stopped; one of them can be opened, and deleted there."""
    voice = request.voice
    card = Card().title(voice("challenge-past-title"))
    if note:
        card.text(note)
    if not ended:
        begin = press("challenge-new", label=voice("challenge-nothing-start"), style=ButtonStyle.primary)
        return card.text(voice("challenge-past-none")).row(begin)
    options = [
        Option(str(one.id), _began(request, one), voice("challenge-past-option", done=one.done))
        for one in ended
    ]
    lines = [voice("challenge-past-line", date=_began(request, one), done=one.done) for one in ended[:LINES]]
    card.text("\n".join(f"- {line}" for line in lines))
    return card.choose("challenge-all", "past", options, placeholder=voice("challenge-past-choose"))


def delete_card(request: Request, challenge: Challenge) -> Card:
    """The question before they are deleted."""
    voice = request.voice
    card = Card().text(voice("challenge-delete-ask", date=_began(request, challenge), done=challenge.done))
    return card.row(
        press(
            "challenge-delete-now",
            challenge.id,
            label=voice("challenge-delete-button"),
            style=ButtonStyle.danger,
        ),
        press("challenge-all", challenge.id, label=voice("challenge-delete-keep")),
    )
