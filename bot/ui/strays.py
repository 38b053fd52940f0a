"""Answers for what this run of the bot does not know: a form from before a restart, a button of an old version."""

from bot.ui.cards import Card
from bot.ui.request import Request


async def stray_form(request: Request) -> None:
    """A form from before a restart, or open for longer than it is kept: say so and give the text back."""
    card = Card().text(request.voice("stray-form"))
    if request.typed:
        card.attach("your-text.txt", request.typed.encode("utf-8", errors="replace"))
    await request.show(card)


async def stray_press(request: Request) -> None:
    """A button this version does not have any more."""
    await request.show(Card().text(request.voice("stray-press")))
