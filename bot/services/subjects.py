"""Asks what nudges are about, and whether it is still open. Other subjects join here."""

from collections.abc import Iterable

from bot.domain.merging import About
from bot.domain.nudges import Nudge, Subject
from bot.services.ports import Unit

Open = dict[tuple[Subject, int], About]
"""The things still open, with what a message may say of them."""


async def still_open(tx: Unit, nudges: Iterable[Nudge]) -> Open:
    """Those things, of all these nudges are about, whose protocol is open now. Read just before sending."""
    by_subject: dict[Subject, set[int]] = {}
    for nudge in nudges:
        by_subject.setdefault(nudge.subject, set()).add(nudge.subject_id)
    found = await tx.claims.open_rejections(by_subject.get(Subject.REJECTION, ()))
    return {(Subject.REJECTION, rejection_id): about for rejection_id, about in found.items()}
