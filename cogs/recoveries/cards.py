"""The cards of /recovery."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from discord import ButtonStyle, ui

from bot.domain.challenges import Challenge
from bot.domain.merging import NudgeItem
from bot.domain.nudges import Nudge
from bot.domain.rejections import Recovery
from bot.domain.timetable import Pace
from bot.services.recoveries import Standing
from bot.ui.cards import WARM, Card, Option, press
from bot.ui.nudge_recoveries import step_words
from bot.ui.request import Request

SHOWN = 5
OPTIONS = 25


def _heading(request: Request, standing: Standing) -> str:
    entry = standing.rejection
    day = request.voice.day(entry.occurred_on, request.today.year)
    return f"**{request.voice(f'kind-{entry.kind}')}** · {day}"


def _state(request: Request, standing: Standing) -> str:
    voice = request.voice
    if standing.rejection.recovery is Recovery.PAUSED or not request.known.reachable:
        return voice("recovery-held")
    if not standing.ahead:
        return _kept(request, standing) or voice("recovery-none-ahead")
    step = standing.ahead[0]
    when = voice.moment(step.due_at, request.known.zone, request.today.year)
    next_one = voice("recovery-next", step=voice(f"step-{step.step}-title"), when=when)
    return "\n".join(line for line in (_kept(request, standing), next_one) if line)


def _kept(request: Request, standing: Standing) -> str:
    """What closed direct messages keep back, if anything."""
    if not standing.kept:
        return ""
    voice = request.voice
    steps = [voice(f"step-{step}-title") for step in dict.fromkeys(nudge.step for nudge in standing.kept)]
    return voice("recovery-kept-back", steps=voice.join(steps))


def _read_buttons(request: Request, standings: Iterable[Standing]) -> list[ui.Button[Any]]:
    """A button for each step that waits here, of the first few: one row of them."""
    waiting = {(s.rejection.id, nudge.step): s for s in standings for nudge in s.kept}
    return [
        press(
            "recovery-read",
            f"{number}.{step}",
            label=request.voice("recovery-read-button", step=_short(request, step, s)),
        )
        for (number, step), s in list(waiting.items())[:SHOWN]
    ]


def _short(request: Request, step: str, standing: Standing) -> str:
    day = request.voice.day(standing.rejection.occurred_on, request.today.year)
    return f"{request.voice(f'step-{step}-short')} · {day}"


def kept_card(request: Request, standing: Standing, nudge: Nudge) -> Card:
    """The words of a step that could not be delivered."""
    voice, entry = request.voice, standing.rejection
    item = NudgeItem(nudge.id, nudge.step, entry.kind, entry.occurred_on, entry.id)
    card = step_words(Card(), voice, request.content, item).note(voice("recovery-read-later"))
    return card.row(
        press("dm-test", label=voice("dm-test-button")),
        press("recovery-view", entry.id, label=voice("recovery-button")),
    )


def today_card(
    request: Request,
    standings: list[Standing],
    nothing: str = "recovery-nothing",
    days: Challenge | None = None,
) -> Card:
    """Every open protocol in two lines, and a select to open one; `nothing` is what is said when there is none.

    `days`: the ten days that run beside them.
    """
    voice = request.voice
    card = Card().title(voice("recovery-title"))
    if days is not None:
        card.beside(
            voice("challenge-running-line", done=days.done),
            press("challenge-today", label=voice("challenge-running-button")),
        )
    if not standings:
        card.text(voice(nothing) if days is None else "")
        return card.row(press("rejection-new", label=voice("list-log")))
    for standing in standings[:SHOWN]:
        card.text(f"{_heading(request, standing)}\n{_state(request, standing)}")
    card.row(*_read_buttons(request, standings[:SHOWN]))
    options = [Option(str(s.rejection.id), _plain(request, s), s.rejection.who) for s in standings[:OPTIONS]]
    card.choose("recovery-view", "today", options, placeholder=voice("recovery-choose"))
    return card.row(
        press("ideas", label=voice("ideas-button"), style=ButtonStyle.primary),
        press("recovery-stop-all", label=voice("recovery-stop-all-button")),
    )


def _plain(request: Request, standing: Standing) -> str:
    entry = standing.rejection
    return (
        f"{request.voice(f'kind-{entry.kind}')} · {request.voice.day(entry.occurred_on, request.today.year)}"
    )


def plan_card(request: Request, standing: Standing) -> Card:
    """One protocol: what came, what comes and when, and the four ways to have it otherwise."""
    voice, entry, zone = request.voice, standing.rejection, request.known.zone
    card = Card().title(voice("recovery-plan-title")).text(_heading(request, standing))
    card.text(voice(f"recovery-plan-pace-{entry.pace}"))
    if standing.past:
        steps = voice.join([voice(f"step-{nudge.step}-title") for nudge in standing.past])
        card.note(voice("recovery-done-steps", steps=steps))
    if standing.ahead:
        card.text(
            "\n".join(
                voice(
                    "recovery-plan-line",
                    when=voice.moment(nudge.due_at, zone, request.today.year),
                    step=voice(f"step-{nudge.step}-title"),
                )
                for nudge in standing.ahead
            )
        )
    card.text(
        _state(request, standing)
        if entry.recovery in (Recovery.OPEN, Recovery.PAUSED)
        else _closed(request, entry.recovery)
    )
    return _steer(request, card.row(*_read_buttons(request, [standing])), standing)


def _closed(request: Request, recovery: Recovery) -> str:
    return request.voice(f"recovery-{recovery}")


def _steer(request: Request, card: Card, standing: Standing) -> Card:
    voice, entry = request.voice, standing.rejection
    light = entry.pace is Pace.LIGHT
    running, waiting = entry.recovery is Recovery.OPEN, entry.recovery in (Recovery.PAUSED, Recovery.STOPPED)
    other = Pace.FULL if light else Pace.LIGHT
    return card.row(
        press(
            "recovery-pace",
            f"{entry.id}.{other}",
            label=voice("recovery-full" if light else "recovery-light"),
        )
        if running
        else None,
        press("recovery-pause", entry.id, label=voice("recovery-pause-button")) if running else None,
        press("recovery-resume", entry.id, label=voice("recovery-resume-button")) if waiting else None,
        press("recovery-stop", entry.id, label=voice("recovery-stop-button"))
        if entry.recovery in (Recovery.OPEN, Recovery.PAUSED)
        else None,
        press("recovery-start", entry.id, label=voice("logged-old-start"))
        if entry.recovery is Recovery.NONE
        else None,
    )


def resumed_words(request: Request, standing: Standing) -> str:
    """Running again, and when it goes on; or why it still waits."""
    voice, member = request.voice, request.known
    if not member.reachable:
        return voice("recovery-resumed-off" if member.stopped_at else "recovery-resumed-paused")
    return f"{voice('recovery-resumed')}\n{_state(request, standing)}"


def stopped_words(request: Request, next_at: datetime | None) -> str:
    """Stopped, and what still comes about other entries."""
    voice = request.voice
    stopped = voice("recovery-stopped-now")
    if next_at is None:
        return stopped
    when = voice.moment(next_at, request.known.zone, request.today.year)
    return f"{stopped}\n{voice('nudge-next-others', when=when)}"


def said_card(request: Request, sentence: str, rejection_id: int, *, resume: bool = False) -> Card:
    """One sentence after a press, with the way back."""
    voice = request.voice
    return (
        Card()
        .text(sentence)
        .row(
            press("recovery-resume", rejection_id, label=voice("recovery-resume-button")) if resume else None,
            press("recovery-view", rejection_id, label=voice("recovery-button")),
        )
    )


def talk_card(request: Request, rejection_id: int, role_id: int | None) -> Card:
    """Who to talk to, before any strategy; having talked is an action that counts."""
    voice = request.voice
    card = Card(accent=WARM).title(voice("talk-title")).text(voice("talk-body"))
    if role_id is not None:
        card.text(voice("talk-role", role=f"<@&{role_id}>"))
    return card.row(
        press("act", f"talked-to-someone.{rejection_id}", label=voice("talk-done"), style=ButtonStyle.primary)
    )
