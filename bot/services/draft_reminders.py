"""What a letter's owner can be reminded of, and when: to send it, to look for an answer, or to write again."""

from dataclasses import replace
from datetime import datetime

from bot.domain.drafts import REMIND_DAYS, SENT, UNSENT, Draft, Reminder, questions_in
from bot.domain.members import Member
from bot.domain.nudges import Nudge, Subject
from bot.domain.timetable import Rhythm, snoozed_until
from bot.errors import UserError
from bot.services.contacts import after_match_week, contacts_program
from bot.services.ports import Unit
from bot.services.reminders import remind
from config.content import Content


def to_program(content: Content, kind_id: str) -> bool:
    """Whether letters of a kind go to programs. One that the host took out does not, as far as is known."""
    kind = content.draft(kind_id)
    return kind is not None and contacts_program(content, kind.action)


def reminder_of(content: Content, draft: Draft) -> Reminder | None:
    """What there is to be reminded of. A letter without a question waits for no answer, so there may be nothing."""
    if draft.sent_at is None:
        return Reminder.SEND
    if questions_in(draft.text):
        return Reminder.ANSWER
    kind = content.draft(draft.kind)
    return None if kind is None or kind.last or to_program(content, draft.kind) else Reminder.AGAIN


def comes_at(content: Content, kind_id: str, due_at: datetime, rhythm: Rhythm) -> datetime:
    """When a reminder for an instant comes: one about a program after the Match Week that it lies in."""
    return after_match_week(content, due_at, rhythm) if to_program(content, kind_id) else due_at


async def put(tx: Unit, content: Content, member: Member, draft: Draft, days: int, now: datetime) -> Nudge:
    """Plan the reminder in so many local days, in place of one planned before. Raises UserError for what is not offered.

    The caller holds a transaction that has locked the member.
    """
    step = reminder_of(content, draft)
    if step is None:
        raise UserError("draft-remind-none")
    if not any(days in offered for offered in REMIND_DAYS.values()):
        raise UserError("stray-press")
    due_at = comes_at(content, draft.kind, snoozed_until(now, days, member.rhythm), member.rhythm)
    await tx.nudges.cancel(member.user_id, Subject.DRAFT, draft.id, "moved")
    return await remind(tx, member, Subject.DRAFT, draft.id, step, due_at, now)


async def note_sent(tx: Unit, draft: Draft, now: datetime) -> Draft:
    """It was sent, and needs no reminder to send it any more; one of what follows, from before an undo, is due again."""
    await tx.actions.lock(draft.user_id)
    sent = replace(draft, sent_at=draft.sent_at or now)
    await tx.drafts.set_sent(draft.user_id, draft.id, sent.sent_at)
    if draft.sent_at is None:
        await tx.nudges.cancel(draft.user_id, Subject.DRAFT, draft.id, SENT)
        await tx.nudges.revive(draft.user_id, Subject.DRAFT, draft.id, UNSENT, None)
    return sent
