"""The card of /insights progress: the picture, and the same numbers in words for whoever would rather read."""

import asyncio

from bot.domain.figures import Figure
from bot.domain.progress import HANDFUL, Progress, Reached
from bot.ui.cards import Card, press
from bot.ui.request import Request
from cogs.insights.figures import alt_of, figure_of, middle, over_time_lines, wait_names

PICTURE = "progress.png"


async def show_progress(request: Request) -> None:
    """Count, draw, show. Whatever becomes of the picture, the words are there."""
    progress = await request.services.progress.of(request.known, request.now)
    # The loop serves others between counting, naming and drawing: each takes some milliseconds.
    await asyncio.sleep(0)
    figure = figure_of(request.voice, progress)
    await asyncio.sleep(0)
    picture = None if figure is None else await _drawn(request, figure, progress)
    await request.update(progress_card(request, progress, figure, picture))


async def _drawn(request: Request, figure: Figure, progress: Progress) -> bytes | None:
    """The picture; in English where the typeface lacks the letters of the member's language. The words stay in theirs."""
    plain = request.words.speak(None)
    english = figure if plain is request.voice else figure_of(plain, progress)
    return await request.services.charts.draw(*(one for one in dict.fromkeys((figure, english)) if one))


def progress_card(request: Request, progress: Progress, figure: Figure | None, picture: bytes | None) -> Card:
    """Everything there is to tell, with or without a picture."""
    voice = request.voice
    card = Card().title(voice("progress-title"))
    if not progress.noes:
        card.text(voice("progress-none"))
        return card.row(press("rejection-new", label=voice("list-log")))
    _summed(request, card, progress)
    if figure is not None and picture is not None:
        card.picture(PICTURE, picture, alt_of(voice, figure))
    elif figure is not None:
        card.note(voice("progress-no-picture"))
    else:
        card.note(voice("progress-too-few", handful=HANDFUL))
    _in_words(request, card, progress)
    for one in progress.reached:
        card.text(_reached(request, one))
    if progress.reached:
        card.note(voice("progress-story"))
    return card.note(voice("progress-note")).row(
        press("patterns", 0, label=voice("progress-patterns")),
        press("ideas", label=voice("ideas-button")),
    )


def _summed(request: Request, card: Card, progress: Progress) -> None:
    voice = request.voice
    assert progress.first_on is not None
    since = voice.day(progress.first_on, request.today.year)
    card.text(voice("progress-sum", noes=progress.noes, since=since, actions=progress.actions))
    if progress.good_news:
        told = [f"{voice(f'goodnews-{kind}')}: {number}" for kind, number in progress.good_news]
        card.text(voice("progress-news", news=", ".join(told)))


def _in_words(request: Request, card: Card, progress: Progress) -> None:
    """The numbers of the picture, all of them, and what did not fit into it."""
    voice, over_time, took = request.voice, progress.timeline, progress.waits
    if over_time is not None:
        lines = "\n".join(f"- {line}" for line in over_time_lines(voice, over_time, request.today.year))
        card.text(
            f"**{voice('progress-over-time')}.** {voice(f'progress-column-{over_time.grain}')}\n{lines}"
        )
        if any(over_time.earlier):
            noes, actions = over_time.earlier
            card.note(voice("progress-earlier", noes=noes, actions=actions))
    if took.known:
        half = f" {middle(voice, took)}" if took.known >= HANDFUL else ""
        bars = zip(wait_names(voice), took.bars, strict=True)
        told = [voice("progress-wait-told", wait=name, count=n) for name, n in bars if n]
        card.text(f"**{voice('progress-waits')}**\n{', '.join(told)}.{half}")
    if took.open:
        card.text(voice("progress-open", count=took.open))


def _reached(request: Request, one: Reached) -> str:
    day = request.voice.day(one.on, request.today.year)
    return request.voice("progress-reached", noes=one.noes, day=day, actions=one.actions, news=one.good_news)
