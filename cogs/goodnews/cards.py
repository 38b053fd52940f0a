"""The answer to good news: warm and quiet, because somebody else in the room had a no today."""

from bot.domain.rejections import Rejection
from bot.services.goodnews import NewsLogged
from bot.ui.cards import CALM, WARM, Card, press
from bot.ui.request import Request

LINES = 5


def news_card(request: Request, logged: NewsLogged, *, heavy: bool = False) -> Card:
    """What was kept, what it closed, and what can follow. `heavy`: nothing is praised, and no sharing is offered."""
    voice, entry = request.voice, logged.entry
    card = Card(accent=CALM if heavy else WARM).title(voice(f"goodnews-{entry.kind}"))
    card.text(voice("goodnews-kept-quietly" if heavy else f"goodnews-{entry.kind}-line"))
    if logged.closed:
        lines = [f"- {_closed(request, rejection)}" for rejection in logged.closed[:LINES]]
        more = len(logged.closed) - LINES
        if more > 0:
            lines.append(f"- {voice('nudge-more', count=more)}")
        card.text(f"{voice('goodnews-closed', count=len(logged.closed))}\n" + "\n".join(lines))
    if logged.ended_days:
        card.text(voice("goodnews-days-ended"))
    card.note(voice("goodnews-kept", day=voice.day(entry.happened_on, request.today.year)))
    return card.row(
        None if heavy else press("goodnews-share", entry.id, label=voice("goodnews-share-button")),
        press("goodnews-undo", entry.id, label=voice("undo-button")),
    )


def _closed(request: Request, rejection: Rejection) -> str:
    day = request.voice.day(rejection.occurred_on, request.today.year)
    return f"{request.voice(f'kind-{request.content.kind(rejection.kind).id}')} · {day}"


def share_card(request: Request, action_id: int) -> Card:
    """Nothing is shown to anybody by this press; the next one asks how."""
    voice = request.voice
    return (
        Card()
        .text(voice("goodnews-share"))
        .row(press("win-offer", action_id, label=voice("goodnews-share-go")))
    )
