"""A third person asks the host to be taken out of what members wrote about them. Nobody reads a text for that."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.actions import NOTES_MAX
from bot.domain.drafts import TEXT_MAX
from bot.domain.drafts import WHO_MAX as DRAFT_WHO_MAX
from bot.domain.journal import ANSWER_MAX
from bot.domain.people import Place, traces_of, without_person
from bot.domain.rejections import SAID_MAX, WHO_MAX
from bot.errors import UserError
from bot.services.ports import Database, Unit

LIMITS = {
    "rejections.who": WHO_MAX,
    "rejections.said": SAID_MAX,
    "actions.note": NOTES_MAX,
    "goodnews.who": WHO_MAX,
    "journal_answers.answer": ANSWER_MAX,
    "drafts.who": DRAFT_WHO_MAX,
    "drafts.text": TEXT_MAX,
}
"""What fits into the form of each text, so that the member can still open it there."""

Mark = Callable[[str], str]
"""What stands in a name's place, in a language."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """How often somebody is named, and in the words of how many members."""

    times: int
    members: int


class Persons:
    """Finds and takes out a person by each of the spellings given; a name in other spellings stays."""

    def __init__(self, db: Database, mark: Mark) -> None:
        self._db = db
        self._mark = mark

    async def find(self, spellings: Sequence[str]) -> Found:
        """Count, and change nothing. Raises UserError for a spelling too short to be looked for."""
        async with self._db.read() as tx:
            counted = [
                (place.user_id, await tx.persons.change(place, _without(spelling, ""), store=False))
                for spelling in spellings
                for place in await self._holding(tx, spelling)
            ]
        return _found(counted)

    async def erase(self, spellings: Sequence[str]) -> Found:
        """Put a mark wherever they stand, row by row, so that a bot beside it is never held up. May be repeated."""
        counted: list[tuple[int, int]] = []
        for spelling in spellings:
            async with self._db.read() as tx:
                places = await self._holding(tx, spelling)
            for place in places:
                async with self._db.write() as tx:
                    member = await tx.members.get(place.user_id)
                    change = _without(spelling, self._mark("en" if member is None else member.language))
                    counted.append((place.user_id, await tx.persons.change(place, change, store=True)))
        found = _found(counted)
        log.info("a person was taken out: %d places of %d members", found.times, found.members)
        return found

    async def _holding(self, tx: Unit, spelling: str) -> list[Place]:
        words = traces_of(spelling)
        if not words:
            raise UserError("person-too-short")
        return await tx.persons.holding(words)


def _without(spelling: str, mark: str) -> Callable[[str, str], tuple[str, int]]:
    return lambda column, text: without_person(text, spelling, mark, LIMITS[column])


def _found(counted: Sequence[tuple[int, int]]) -> Found:
    return Found(sum(times for _, times in counted), len({user_id for user_id, times in counted if times}))
