"""What the presses on a check-in do. All answers are private, also in a direct message."""

from typing import Literal, cast

from bot.domain.nudges import Subject
from bot.errors import NotYours
from bot.services.checkins import Target
from bot.ui.buttons import Press
from bot.ui.nudge_body import SNOOZES
from bot.ui.request import Request
from bot.ui.settled import State, closing, settle
from cogs.nudges.cards import item_card, skipped_card, snoozed_card, stopped_card, when_asked
from cogs.nudges.flow import tell_done
from cogs.nudges.forms import FORMS, StepForm


async def note_done(request: Request, target: Target, button: str | None) -> None:
    """Log what was done and say so."""
    answered = await request.services.checkins.done(
        request.known,
        target,
        button=button,
        interaction_id=request.id,
        guild_id=request.guild_id,
        now=request.now,
    )
    request.kept()
    await tell_done(request, target, answered, button=button)


class NudgeDone(Press, verb="nudge-done"):
    """Done: the step's own action counts."""

    async def pressed(self, request: Request) -> None:
        await note_done(request, Target.parse(self.arg), None)


class NudgeAct(Press, verb="nudge-act"):
    """One of the step's own buttons: `<button>.<target>`."""

    async def pressed(self, request: Request) -> None:
        button, _, target = self.arg.partition(".")
        await note_done(request, Target.parse(target), button)


class NudgeDo(Press, verb="nudge-do"):
    """The step's own form: the one of day 1, and those that messages of an earlier version open."""

    async def pressed(self, request: Request) -> None:
        request.known  # noqa: B018 - raises for somebody who is not known, before the form opens
        target = Target.parse(self.arg)
        async with closing(request, target):
            items = await request.services.checkins.items(request.user_id, target)
        asked = {item.step for item in items if item.subject is Subject.REJECTION}
        step = next((one for one in FORMS if one in asked), None)
        if step is None:
            raise NotYours
        await request.open(StepForm(request, step, target))


class NudgePick(Press, verb="nudge-pick"):
    """One entry of a merged message was chosen."""

    async def pressed(self, request: Request) -> None:
        target = Target.parse(f"n{self.picked(request)}")
        items = await request.services.checkins.items(request.user_id, target)
        await request.show(item_card(request, items[0]))


async def put_off(request: Request, target: Target, days: str) -> None:
    """Ask again so many days from now."""
    if days not in {str(one) for one in SNOOZES}:
        raise NotYours
    async with closing(request, target):
        snoozed = await request.services.checkins.snooze(
            request.known, target, cast("Literal[1, 3, 7]", int(days)), request.now
        )
    request.kept()
    state = State.HELD if snoozed.due_at is None else State.LATER
    await settle(request, target, state, when=when_asked(request, snoozed))
    await request.update(snoozed_card(request, snoozed))


class NudgeMore(Press, verb="nudge-more"):
    """Later, or something else: what was chosen is pressed."""

    async def pressed(self, request: Request) -> None:
        await self.become(request)


class NudgeLater(Press, verb="nudge-later"):
    """Later: `<days>.<target>`."""

    async def pressed(self, request: Request) -> None:
        days, _, target = self.arg.partition(".")
        await put_off(request, Target.parse(target), days)


class NudgeSnooze(Press, verb="nudge-snooze"):
    """Later, in the select of a message that an earlier version sent."""

    async def pressed(self, request: Request) -> None:
        await put_off(request, Target.parse(self.arg), self.picked(request))


class NudgeSkip(Press, verb="nudge-skip"):
    """Let it pass."""

    async def pressed(self, request: Request) -> None:
        target = Target.parse(self.arg)
        answered = await request.services.checkins.skip(request.known, target, request.now)
        request.kept()
        next_at = await request.services.records.next_at(request.user_id)
        await settle(request, target, State.SKIPPED, ends=next_at is None)
        await request.update(skipped_card(request, answered, next_at))


class NudgeStop(Press, verb="nudge-stop"):
    """Stop the check-ins of what this message is about."""

    async def pressed(self, request: Request) -> None:
        target = Target.parse(self.arg)
        async with closing(request, target):
            stopped = await request.services.checkins.stop(request.known, target, request.now)
        request.kept()
        entries = stopped.get(Subject.REJECTION, [])
        state = State.STOPPED if entries else State.ENDED
        await settle(request, target, state, resume=entries[0] if len(entries) == 1 else None)
        next_at = await request.services.records.next_at(request.user_id)
        standings = await request.services.recoveries.steerable(request.user_id)
        back = [standing for standing in standings if standing.rejection.id in entries]
        await request.update(stopped_card(request, stopped, back, next_at))


PRESSES = (
    NudgeDone, NudgeAct, NudgeDo, NudgePick, NudgeMore, NudgeLater, NudgeSnooze, NudgeSkip, NudgeStop,
)  # fmt: skip
