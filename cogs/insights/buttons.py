"""What the presses on patterns do. A pattern is found anew for whoever presses: nothing is believed from the button."""

from bot.ids import is_id
from bot.ui.buttons import Press
from bot.ui.request import Request
from cogs.insights.cards import aside_card, overview_card, pattern_card
from cogs.insights.progress import show_progress


async def show_patterns(request: Request, page: int = 0) -> None:
    """What repeats in the member's entries."""
    found = await request.services.patterns.found(request.known, request.now)
    await request.update(overview_card(request, found, page))


class Patterns(Press, verb="patterns"):
    """What repeats; the argument is the page."""

    async def pressed(self, request: Request) -> None:
        await show_patterns(request, self.number)


class PatternLook(Press, verb="pattern-look"):
    """One pattern with its entries: `<pattern>.<theme>.<page>`, or chosen among those put aside."""

    async def pressed(self, request: Request) -> None:
        key, _, page = (self.chosen(request) or [self.arg])[0].rpartition(".")
        found = await request.services.patterns.found(request.known, request.now)
        insight = found.get(key)
        number = int(page) if is_id(page) else 0
        await request.update(pattern_card(request, insight, number, aside=insight in found.declined))


class PatternNotMine(Press, verb="pattern-not-mine"):
    """Put it aside: `<pattern>.<theme>`."""

    async def pressed(self, request: Request) -> None:
        insight = await request.services.patterns.decline(
            request.known, self.arg, interaction_id=request.id, now=request.now
        )
        request.kept()
        await request.update(aside_card(request, insight))


class PatternMine(Press, verb="pattern-mine"):
    """It is mine after all: `<pattern>.<theme>`."""

    async def pressed(self, request: Request) -> None:
        insight = await request.services.patterns.take_back(
            request.known, self.arg, interaction_id=request.id, now=request.now
        )
        request.kept()
        await request.update(pattern_card(request, insight, 0))


class ProgressShow(Press, verb="progress"):
    """What became of the member's noes, with the picture."""

    async def pressed(self, request: Request) -> None:
        await show_progress(request)


PRESSES = (Patterns, PatternLook, PatternNotMine, PatternMine, ProgressShow)
