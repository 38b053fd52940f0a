"""What the presses on recovery cards do."""

from bot.domain.timetable import Pace
from bot.errors import NotYours, UserError
from bot.ids import is_id
from bot.ui.buttons import Press
from bot.ui.cards import Card
from bot.ui.request import Request
from cogs.recoveries import flow
from cogs.recoveries.cards import kept_card, plan_card, said_card, talk_card


class RecoveryView(Press, verb="recovery-view"):
    """Open one protocol."""

    async def pressed(self, request: Request) -> None:
        picked = (self.chosen(request) or [self.arg])[0]
        standing = await request.services.recoveries.standing(
            request.user_id, int(picked) if is_id(picked) else 0
        )
        await request.update(plan_card(request, standing))


class RecoveryToday(Press, verb="recovery-today"):
    """Where I stand."""

    async def pressed(self, request: Request) -> None:
        await flow.today(request)


class RecoveryRead(Press, verb="recovery-read"):
    """Read a step that could not be delivered: `<rejection>.<step>`."""

    async def pressed(self, request: Request) -> None:
        number, _, step = self.arg.partition(".")
        standing = await request.services.recoveries.standing(
            request.user_id, int(number) if is_id(number) else 0
        )
        kept = [nudge for nudge in standing.kept if nudge.step == step]
        if not kept:
            raise UserError("stray-press")
        await request.update(kept_card(request, standing, kept[-1]))


class RecoveryPace(Press, verb="recovery-pace"):
    """Lighter or full: `<rejection>.<pace>`."""

    async def pressed(self, request: Request) -> None:
        number, _, pace = self.arg.partition(".")
        if not is_id(number) or pace not in set(Pace):
            raise NotYours
        standing = await request.services.recoveries.set_pace(
            request.known, int(number), Pace(pace), request.now
        )
        request.kept()
        await request.update(plan_card(request, standing))


class RecoveryPause(Press, verb="recovery-pause"):
    """Hold one."""

    async def pressed(self, request: Request) -> None:
        await flow.pause(request, self.number)


class RecoveryResume(Press, verb="recovery-resume"):
    """Go on with one."""

    async def pressed(self, request: Request) -> None:
        await flow.resume(request, self.number)


class RecoveryStop(Press, verb="recovery-stop"):
    """End one."""

    async def pressed(self, request: Request) -> None:
        await flow.stop(request, self.number)


class RecoveryStopAll(Press, verb="recovery-stop-all"):
    """End all that are open."""

    async def pressed(self, request: Request) -> None:
        count = await request.services.recoveries.stop_all(request.user_id)
        request.kept()
        card = Card().text(request.voice("recovery-stopped-many", count=count))
        await request.update(card.note(request.voice("recovery-stopped-back")) if count else card)


class RecoveryStart(Press, verb="recovery-start"):
    """Begin check-ins for an old entry."""

    async def pressed(self, request: Request) -> None:
        planned = await request.services.recoveries.start(request.known, self.number, request.now)
        request.kept()
        when = request.voice.moment(planned[0].due_at, request.known.zone, request.today.year)
        await request.update(said_card(request, request.voice("recovery-started", when=when), self.number))


class Talk(Press, verb="talk"):
    """Talk to somebody who knows the road, before strategy."""

    async def pressed(self, request: Request) -> None:
        guild = None if request.guild_id is None else await request.services.guilds.get(request.guild_id)
        await request.show(talk_card(request, self.number, None if guild is None else guild.peer_role_id))


PRESSES = (
    RecoveryToday,
    RecoveryView,
    RecoveryRead,
    RecoveryPace,
    RecoveryPause,
    RecoveryResume,
    RecoveryStop,
    RecoveryStopAll,
    RecoveryStart,
    Talk,
)
