"""Which answers to a check-in are one and the same: the source under which its action is kept. No writing here."""

from collections.abc import Collection, Iterable, Sequence

from bot.domain.actions import Action, from_nudge
from bot.domain.nudges import Nudge
from bot.services.ports import Unit

_BUTTON_ROOM = 20
_SOURCE_ROOM = 48
ANY = "*"
"""In place of a button: the step was done, and which of its actions it was is not said. No button has this name."""


def at_once(rejection_id: int, action: str) -> str:
    """The source of an action suggested by an entry about a rejection: pressed on any answer to one, it is one."""
    return f"entry:{rejection_id}:{action}"[:_SOURCE_ROOM]


def ideas_of(rejection_id: int) -> str:
    """How the sources of all actions suggested about a rejection begin."""
    return at_once(rejection_id, "")


async def source_of(tx: Unit, user_id: int, nudges: Sequence[Nudge], button: str) -> str:
    """The source of what answers these nudges of one message and one step by one button.

    Each nudge answered by itself has its own; several answered together share their message's. Whoever answered
    all together and then one of them, or each and then all together, is given the source that is there already.
    """
    button = button[:_BUTTON_ROOM]
    whole = from_nudge(nudges[0].delivery_id or 0, button)
    own = [from_nudge(nudge.id, button) for nudge in nudges]
    known = [source for source in own if await tx.actions.of_source(user_id, source) is not None]
    if len(own) > 1:
        return known[0] if len(known) == len(own) else whole
    return whole if not known and await tx.actions.of_source(user_id, whole) is not None else own[0]


async def answered_by(
    tx: Unit, user_id: int, nudges: Sequence[Nudge], buttons: Iterable[str], *,
    whole: Collection[str] | None = None, idea: str | None = None,
) -> Action | None:  # fmt: skip
    """The action that one of these buttons logged for all of these nudges; None when one of them has none.

    `whole`: those of the buttons that stand for all of the nudges when the message as a whole was answered by one.
    `idea`: an action suggested by an entry answers its rejection's nudge too, when it was pressed at once; "" for any.
    """
    buttons = list(buttons)
    of_all = [button for button in buttons if whole is None or button in whole]
    found = await _first(tx, user_id, nudges[0].delivery_id or 0, of_all)
    if found is not None:
        return found
    for nudge in nudges:
        found = await _first(tx, user_id, nudge.id, buttons)
        if found is None and idea is not None:
            found = await _at_once(tx, user_id, nudge.subject_id, idea)
        if found is None:
            return None
    return found


async def named_before(
    tx: Unit, user_id: int, nudges: Sequence[Nudge], button: str, action: str
) -> Action | None:
    """The action this button, or the same idea, logged for one of these nudges: a thing done for two is done once."""
    found = await answered_by(tx, user_id, nudges, [button], idea=action)
    for nudge in nudges if found is None else []:
        found = found or await answered_by(tx, user_id, [nudge], [button], idea=action)
    return found


async def _first(tx: Unit, user_id: int, number: int, buttons: Iterable[str]) -> Action | None:
    for button in buttons:
        known = await tx.actions.of_source(user_id, from_nudge(number, button[:_BUTTON_ROOM]))
        if known is not None:
            return known
    return None


async def _at_once(tx: Unit, user_id: int, rejection_id: int, action: str) -> Action | None:
    if action:
        return await tx.actions.of_source(user_id, at_once(rejection_id, action))
    return await tx.actions.of_sources(user_id, ideas_of(rejection_id))
