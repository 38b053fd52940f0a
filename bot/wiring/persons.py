"""What a host does for people who ask: a third person taken out of texts, a member erased by their id."""

from collections.abc import Mapping, Sequence

from bot.clock import system_clock
from bot.domain.people import plain
from bot.errors import UserError
from bot.services.erasure import begin_erasure
from bot.services.persons import Found, Persons
from bot.wiring.opening import StartRefused, open_present, read_texts
from config.settings import Settings


async def people_named(settings: Settings, spellings: Sequence[str], *, erase: bool) -> Found:
    """Count where a person is named, or take them out there. The bot may run meanwhile. Raises StartRefused."""
    words = read_texts(settings).words
    db = await open_present(settings)
    try:
        persons = Persons(db, lambda code: words.speak(code)("person-removed"))
        if not erase:
            return await persons.find(spellings)
        found = await persons.erase(spellings)
        for spelling in spellings:
            await db.keys.note_person(plain(spelling), system_clock())
        await db.engines.truncate_log()
        return found
    except UserError as error:
        raise StartRefused(words.speak("en")(error.key, **error.values)) from None
    finally:
        await db.engines.close()
        await db.keys.close()


async def member_rows(settings: Settings, user_id: int, *, erase: bool) -> Mapping[str, int]:
    """Count a member's rows by table, or begin to erase them too. The bot may run meanwhile. Raises StartRefused.

    The bot does the rest, for it alone can take posts down: at its next start, and once a day.
    """
    db = await open_present(settings)
    try:
        if erase:
            return await begin_erasure(db, user_id, system_clock())
        async with db.read() as tx:
            return await tx.owned.counts(user_id)
    finally:
        await db.engines.close()
        await db.keys.close()
