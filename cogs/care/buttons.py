"""The presses of the support card. They skip the look-up of the member, so a broken database changes nothing."""

import logging
from typing import Any

import discord

from bot.domain.care import Region
from bot.ui.buttons import Press
from bot.ui.request import Continue, Request
from bot.ui.support import support_card
from cogs.care.cards import BACK, grounding_card, not_meant_card

log = logging.getLogger(__name__)

_ALREADY_ACKNOWLEDGED = 40060
_TRIES = 3


async def answer_at_once(interaction: discord.Interaction[Any], run: Continue) -> None:
    """Run a handler that needs nothing but the words in memory; try again when Discord fails.

    An answer that got through although Discord said otherwise is met as 40060 (already acknowledged): then it is there.
    """
    request = Request.begin(interaction)
    try:
        for tried in range(1, _TRIES + 1):
            try:
                await run(request)
                return
            except discord.HTTPException as refused:
                if refused.code == _ALREADY_ACKNOWLEDGED:
                    return
                log.warning("support %s: try %d refused (%s)", request.id, tried, refused.status)
                if refused.status < 500:  # asking again would get the same answer
                    return
    finally:
        request.end()


class _AtOnce:
    """Answers a press without the database."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the constant card, before and instead of anything else."""
        await answer_at_once(interaction, self.pressed)

    async def pressed(self, request: Request) -> None:
        """Which card."""
        raise NotImplementedError


class Support(_AtOnce, Press, verb="support"):
    """The numbers: beside the card that was pressed, or in place of the grounding step."""

    async def pressed(self, request: Request) -> None:
        card = support_card(request.voice, request.services.care.lines)
        await (request.update(card) if self.arg == BACK else request.show(card))


class SupportUs(_AtOnce, Press, verb="support-us"):
    """The numbers in the United States."""

    async def pressed(self, request: Request) -> None:
        await request.update(support_card(request.voice, request.services.care.lines, Region.US))


class SupportWorld(_AtOnce, Press, verb="support-world"):
    """Where to look outside the United States."""

    async def pressed(self, request: Request) -> None:
        await request.update(support_card(request.voice, request.services.care.lines, Region.WORLD))


class SupportGrounding(_AtOnce, Press, verb="support-grounding"):
    """A grounding step."""

    async def pressed(self, request: Request) -> None:
        await request.update(grounding_card(request.voice))


class SupportNotMeant(_AtOnce, Press, verb="support-notmeant"):
    """“Not what I meant”: believed, and the link stays."""

    async def pressed(self, request: Request) -> None:
        await request.update(not_meant_card(request.voice, request.services.care.lines))


PRESSES = (Support, SupportUs, SupportWorld, SupportGrounding, SupportNotMeant)
