"""The ten days as rows: begun with a nudge for each day, marked, ended, opened again by an undo."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.challenges import DAYS, Challenge, ChallengeDay, ChallengeState, step_of
from bot.domain.members import Member
from bot.domain.nudges import Nudge, NudgeState, Subject
from bot.domain.timetable import at_hour
from bot.ids import new_id
from bot.services.ports import Unit

DONE, STOPPED, OVER = "done", "stopped", "over"
"""Why a day's nudge is not sent any more; an undo or a way back finds it by this."""


NEWS = "news:"
"""How the reason begins by which good news ended them (`bot.domain.goodnews.reason`)."""


def today_of(member: Member, now: datetime) -> date:
    """The member's local date."""
    return now.astimezone(ZoneInfo(member.zone)).date()


def source_of(challenge_id: int, day: int) -> str:
    """The source of the action of one day: from a message, a card or a command it is the same, so it counts once."""
    return f"challenge:{challenge_id}:{day}"


async def end_running(tx: Unit, user_id: int, reason: str, now: datetime) -> bool:
    """Stop what runs, for a reason by which `go_on` finds it again. Whether anything ran."""
    running = await tx.challenges.running(user_id)
    if running is not None:
        await end(tx, running, ChallengeState.STOPPED, reason, now)
    return running is not None


async def go_on(tx: Unit, member: Member, reason: str, ended_at: datetime) -> None:
    """An undo: what was stopped then, for this reason, runs again, with every message that was taken out by it.

    On the last day none may have been left to take out, so the instant tells it too.
    """
    user_id = member.user_id
    last = await tx.challenges.latest(user_id)
    if last is None or last.state is not ChallengeState.STOPPED:
        return
    revived = await tx.nudges.revive(user_id, Subject.CHALLENGE, last.id, reason, None)
    by_hand = any(
        n.reason == STOPPED for n in await tx.nudges.of_subject(user_id, Subject.CHALLENGE, last.id)
    )
    if revived or (last.ended_at == ended_at and not by_hand):
        await tx.challenges.stand(user_id, last.id, ChallengeState.RUNNING, None)
        if not member.reachable:
            await tx.nudges.hold(user_id, Subject.CHALLENGE, last.id)


async def reopen(tx: Unit, user_id: int, source: str, now: datetime) -> None:
    """The action of this source was taken back: its day is to be done again, and its message comes if it lies ahead."""
    kind, _, rest = source.partition(":")
    number, _, day = rest.partition(":")
    if kind != "challenge" or not (number.isdigit() and day.isdigit()):
        return
    await tx.actions.lock(user_id)
    challenge = await tx.challenges.get(user_id, int(number))
    if challenge is None:
        return
    await tx.challenges.mark(user_id, challenge.id, int(day), None)
    other = await tx.challenges.running(user_id)
    if challenge.state is ChallengeState.FINISHED and challenge.done == DAYS and other is None:
        await tx.challenges.stand(user_id, challenge.id, ChallengeState.RUNNING, None)
    await tx.nudges.revive(user_id, Subject.CHALLENGE, challenge.id, DONE, now, steps=[step_of(int(day))])
    member = await tx.members.get(user_id)
    if member is not None and not member.reachable:
        await tx.nudges.hold(user_id, Subject.CHALLENGE, challenge.id)


def begun(member: Member, steps: Sequence[str], now: datetime) -> Challenge:
    """Ten days that begin today."""
    days = tuple(ChallengeDay(new_id(now), number, step) for number, step in enumerate(steps, 1))
    return Challenge(new_id(now), member.user_id, ChallengeState.RUNNING, today_of(member, now), now, days)


def nudges_of(member: Member, challenge: Challenge, now: datetime) -> list[Nudge]:
    """A nudge for every day whose hour is still to come; held for a member who paused everything."""
    state = NudgeState.DUE if member.reachable else NudgeState.HELD
    hours = [(day.day, at_hour(challenge.date_of(day.day), member.rhythm)) for day in challenge.days]
    return [
        Nudge(
            id=new_id(now), user_id=member.user_id, subject=Subject.CHALLENGE, subject_id=challenge.id,
            step=step_of(day), occurrence=0, due_at=due_at, state=state,
        )
        for day, due_at in hours
        if due_at > now
    ]  # fmt: skip


async def mark(tx: Unit, challenge: Challenge, day: int, now: datetime) -> Challenge:
    """Note a day as done: no message asks for it any more, one that came is answered, and the last one ends the whole."""
    user_id = challenge.user_id
    await tx.challenges.mark(user_id, challenge.id, day, now)
    nudges = await tx.nudges.of_subject(user_id, Subject.CHALLENGE, challenge.id)
    of_day = [nudge for nudge in nudges if nudge.step == step_of(day)]
    await tx.nudges.skip(user_id, [nudge.id for nudge in of_day], DONE)
    sent = [nudge.id for nudge in of_day if nudge.state is NudgeState.SENT]
    await tx.nudges.answer_some(user_id, sent, now)
    marked = await tx.challenges.get(user_id, challenge.id)
    assert marked is not None
    if marked.left() or marked.state is not ChallengeState.RUNNING:
        return marked
    return await end(tx, marked, ChallengeState.FINISHED, OVER, now)


async def end(tx: Unit, challenge: Challenge, state: ChallengeState, reason: str, now: datetime) -> Challenge:
    """No message comes about it any more, for this reason; all that was done stays."""
    await tx.challenges.stand(challenge.user_id, challenge.id, state, now)
    await tx.nudges.cancel(challenge.user_id, Subject.CHALLENGE, challenge.id, reason)
    return replace(challenge, state=state, ended_at=now)
