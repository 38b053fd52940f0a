"""Asks what nudges are about, and how that stands. Other subjects join here, by one entry of `LOOKS`."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from bot.domain.merging import About, Abouts, Stands
from bot.domain.nudges import Nudge, Subject
from bot.services.ports import Unit

Look = Callable[[Unit, Sequence[Nudge]], Awaitable[dict[int, About]]]
"""What is known of the things that these nudges of one subject are about, by the nudges' ids."""


async def _rejections(tx: Unit, nudges: Sequence[Nudge]) -> dict[int, About]:
    found = await tx.subjects.rejections({nudge.subject_id for nudge in nudges})
    return {nudge.id: found[nudge.subject_id] for nudge in nudges if nudge.subject_id in found}


async def _days(tx: Unit, nudges: Sequence[Nudge]) -> dict[int, About]:
    found = await tx.subjects.days({nudge.subject_id for nudge in nudges})
    return {n.id: found[n.subject_id, n.step] for n in nudges if (n.subject_id, n.step) in found}


async def _drafts(tx: Unit, nudges: Sequence[Nudge]) -> dict[int, About]:
    found = await tx.subjects.drafts({nudge.subject_id for nudge in nudges})
    return {n.id: found[n.subject_id, n.step] for n in nudges if (n.subject_id, n.step) in found}


LOOKS: Mapping[Subject, Look] = MappingProxyType(
    {Subject.REJECTION: _rejections, Subject.CHALLENGE: _days, Subject.DRAFT: _drafts}
)


def by_subject(nudges: Iterable[Nudge]) -> dict[Subject, list[Nudge]]:
    """These nudges by what they are about, each in the order given."""
    found: dict[Subject, list[Nudge]] = {}
    for nudge in nudges:
        found.setdefault(nudge.subject, []).append(nudge)
    return found


async def standing(tx: Unit, nudges: Iterable[Nudge]) -> Abouts:
    """What is known of all that these nudges are about; what is gone is left out."""
    found: dict[int, About] = {}
    for subject, of_one in by_subject(nudges).items():
        found |= await LOOKS[subject](tx, of_one)
    return found


async def still_open(tx: Unit, nudges: Iterable[Nudge]) -> Abouts:
    """Those of them that are open now, so that the nudge may go out. Read just before sending."""
    found = await standing(tx, nudges)
    return {number: about for number, about in found.items() if about.stands is Stands.OPEN}
