"""Taking an action back: which one, and everything that was made of it. The caller holds the transaction."""

from datetime import datetime

from bot.domain.actions import Action
from bot.domain.boards import totals
from bot.domain.drafts import SENT, UNSENT, sent_draft
from bot.domain.nudges import Subject
from bot.errors import NotYours, UserError
from bot.services.ports import Unit
from bot.services.wins import take_down
from config.content import Content


async def to_undo(tx: Unit, user_id: int, action_id: int | None, since: datetime) -> Action:
    """The action named, or the latest. Raises NotYours, or UserError when there is none."""
    if action_id is not None:
        action = await tx.actions.get(user_id, action_id)
        if action is None:
            raise NotYours
        return action
    latest = await tx.actions.logged_since(user_id, since)
    if not latest:
        raise UserError("action-nothing-to-undo")
    return latest[0]


async def forget(tx: Unit, action: Action, content: Content) -> bool:
    """Delete an action with everything that was made of it. True when a post of it still stands."""
    stands = [await take_down(tx, win) for win in await tx.wins.of_action(action.user_id, action.id)]
    await tx.actions.delete(action.user_id, action.id)
    if (draft_id := sent_draft(action.source)) is not None:
        await tx.drafts.set_sent(action.user_id, draft_id, None)
        await tx.nudges.cancel(action.user_id, Subject.DRAFT, draft_id, UNSENT)
        await tx.nudges.revive(action.user_id, Subject.DRAFT, draft_id, SENT, None)
    if action.scores:
        memberships = await tx.memberships.of_member(action.user_id)
        counts = totals([(action.done_on, -1)], content.season)
        await tx.boards.add([m.guild_id for m in memberships if m.counts], action.user_id, counts)
    return any(stands)
