"""The private cards of the ten days. No day is red, and nothing counts days in a row."""

from collections.abc import Sequence
from typing import Any

from discord import ButtonStyle, ui

from bot.domain.challenges import Challenge, ChallengeDay, ChallengeState, ChallengeStep, coded
from bot.ui.cards import Card, Option, press
from bot.ui.challenges import progress, step_name, step_words
from bot.ui.request import Request

OPTIONS = 25


def offer_card(
    request: Request, steps: Sequence[str], *, chosen: bool, stopped: Challenge | None = None
) -> Card:
    """Ten steps to begin with, before anything is written; or go on with those that were `stopped`."""
    voice = request.voice
    card = Card().title(voice("challenge-offer-title")).text(voice("challenge-offer-intro"))
    lines = [voice("challenge-offer-chosen" if chosen else "challenge-offer-drawn")]
    lines += [f"{day}. {step_name(voice, step)}" for day, step in enumerate(steps, 1)]
    new = request.member is None
    card.text("\n".join(lines)).note(voice("challenge-offer-note-new" if new else "challenge-offer-note"))
    if stopped is not None:
        card.text(voice("challenge-stopped-there", done=stopped.done))
    begin = press(
        "challenge-begin", coded(steps), label=voice("challenge-offer-begin"), style=ButtonStyle.primary
    )
    return card.row(
        begin,
        press("challenge-new", "again", label=voice("challenge-offer-again")),
        press("challenge-choose", label=voice("challenge-offer-choose")),
        _go_on(request, stopped),
    )


def _go_on(request: Request, stopped: Challenge | None) -> ui.Button[Any] | None:
    if stopped is None:
        return None
    return press("challenge-resume", stopped.id, label=request.voice("challenge-resume-button"))


def nothing_card(request: Request, stopped: Challenge | None) -> Card:
    """No ten days are running; those that were `stopped` can go on."""
    voice = request.voice
    begin = press("challenge-new", label=voice("challenge-nothing-start"), style=ButtonStyle.primary)
    card = Card().text(voice("challenge-nothing"))
    if stopped is not None:
        card.text(voice("challenge-stopped-there", done=stopped.done))
    return card.row(begin, _go_on(request, stopped))


def today_card(request: Request, challenge: Challenge, *, title: str | None = None, note: str = "") -> Card:
    """Where it stands: the bar, the step to look at now, and the way to all ten."""
    voice, now = request.voice, challenge.next(request.today)
    card = Card().title(title or _title(request, challenge)).text(progress(voice, challenge))
    _where(request, card, challenge)
    if now is not None:
        card.text(voice("challenge-today" if now is challenge.today(request.today) else "challenge-next"))
        step_words(card, voice, now.step)
    if note:
        card.note(note)
    if now is not None:
        card.row(*_ways(request, challenge, now))
    _earlier(request, card, challenge, now)
    past = challenge.is_past(request.today)
    verb, label = (
        ("challenge-finish", "challenge-finish-button")
        if past
        else ("challenge-stop", "challenge-stop-button")
    )
    return card.row(_all_ten(request, challenge), press(verb, challenge.id, label=voice(label)))


def _earlier(request: Request, card: Card, challenge: Challenge, now: ChallengeDay | None) -> None:
    """The steps of the days before, to be done with one choice; that which the card shows is no part of them."""
    voice = request.voice
    options = [
        Option(str(day.day), voice("challenge-option", day=day.day, step=step_name(voice, day.step)))
        for day in challenge.left()
        if day is not now and challenge.date_of(day.day) < request.today
    ]
    if options:
        card.choose("challenge-day", challenge.id, options, placeholder=voice("challenge-choose-missed"))


def _all_ten(request: Request, challenge: Challenge) -> ui.Button[Any]:
    return press("challenge-all", challenge.id, label=request.voice("challenge-all-button"))


def _title(request: Request, challenge: Challenge) -> str:
    today = challenge.today(request.today)
    if today is None:
        return request.voice("challenge-title-past")
    return request.voice("challenge-title-day", day=today.day)


def _where(request: Request, card: Card, challenge: Challenge) -> None:
    """What there is to say besides the step: today's is done, some are left, the ten days are past."""
    voice, today, left = request.voice, challenge.today(request.today), challenge.left()
    missed = sum(challenge.date_of(day.day) < request.today for day in left)
    if today is not None and today.done_at is not None:
        card.text(voice("challenge-today-done"))
    if challenge.is_past(request.today):
        card.text(voice("challenge-past", count=len(left)))
    elif missed:
        card.text(voice("challenge-missed", count=missed))


def _ways(request: Request, challenge: Challenge, day: ChallengeDay) -> list[ui.Button[Any]]:
    """Done, and another step in its place."""
    voice, about = request.voice, f"{challenge.id}.{day.day}"
    done = press("challenge-done", about, label=voice("challenge-done-button"), style=ButtonStyle.primary)
    return [done, press("challenge-swap", about, label=voice("challenge-swap-button"))]


def day_card(request: Request, challenge: Challenge, day: ChallengeDay) -> Card:
    """One of the ten, whenever it was meant for."""
    voice = request.voice
    on = voice.day(challenge.date_of(day.day), request.today.year)
    card = Card().title(voice("challenge-day-title", day=day.day, date=on))
    step_words(card, voice, day.step)
    if day.done_at is not None:
        card.note(voice("challenge-day-done-already"))
    elif challenge.state is ChallengeState.RUNNING:
        card.row(*_ways(request, challenge, day))
    else:
        card.note(voice("challenge-over"))
    return card.row(_all_ten(request, challenge))


def swap_card(
    request: Request, challenge: Challenge, day: ChallengeDay, free: Sequence[ChallengeStep]
) -> Card:
    """What the day has now, and what could stand in its place."""
    voice, about = request.voice, f"{challenge.id}.{day.day}"
    card = Card().title(voice("challenge-swap-title", day=day.day))
    card.text(voice("challenge-swap-now", step=step_name(voice, day.step)))
    if not free:
        return card.text(voice("challenge-swap-none"))
    options = [
        Option(step.id, step_name(voice, step.id), voice(f"challenge-group-{step.group}"))
        for step in free[:OPTIONS]
    ]
    card.choose("challenge-put", about, options, placeholder=voice("challenge-swap-choose"))
    return card.row(
        press("challenge-draw", about, label=voice("challenge-swap-draw")),
        _all_ten(request, challenge),
    )


def ended_card(request: Request, challenge: Challenge) -> Card:
    """Finished or stopped, without blame; what was stopped can go on."""
    voice = request.voice
    if challenge.state is ChallengeState.STOPPED:
        card = Card().title(voice("challenge-stopped-title")).text(voice("challenge-stopped"))
        return card.row(press("challenge-resume", challenge.id, label=voice("challenge-resume-button")))
    card = Card().title(voice("challenge-ended-title"))
    if not challenge.done:
        return card.text(voice("challenge-ended-none"))
    return card.text(voice("challenge-ended", done=challenge.done))
