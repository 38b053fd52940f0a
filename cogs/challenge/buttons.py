"""What the presses on the ten days do. Whose they are is looked up for each press."""

from bot.ui.buttons import Press
from bot.ui.request import Request
from cogs.challenge import flow
from cogs.challenge.forms import ChooseForm


class ChallengeNew(Press, verb="challenge-new"):
    """See ten steps; with an argument others than those on the card."""

    async def pressed(self, request: Request) -> None:
        await flow.offer(request, again=bool(self.arg))


class ChallengeChoose(Press, verb="challenge-choose"):
    """Choose the steps."""

    async def pressed(self, request: Request) -> None:
        await request.open(ChooseForm(request))


class ChallengeBegin(Press, verb="challenge-begin"):
    """Begin with the ten on the card, which its argument names."""

    async def pressed(self, request: Request) -> None:
        await flow.begin(request, self.arg)


class ChallengeToday(Press, verb="challenge-today"):
    """Where it stands."""

    async def pressed(self, request: Request) -> None:
        await flow.today(request)


class ChallengeLook(Press, verb="challenge-day"):
    """One day: `<challenge>.<day>`, or the day chosen of `<challenge>`."""

    async def pressed(self, request: Request) -> None:
        chosen = self.chosen(request)
        await flow.look(request, f"{self.arg}.{chosen[0]}" if chosen else self.arg)


class ChallengeDone(Press, verb="challenge-done"):
    """The step of a day is done: `<challenge>.<day>`."""

    async def pressed(self, request: Request) -> None:
        await flow.done(request, self.arg)


class ChallengeSwap(Press, verb="challenge-swap"):
    """Another step for a day: `<challenge>.<day>`."""

    async def pressed(self, request: Request) -> None:
        await flow.swap(request, self.arg)


class ChallengePut(Press, verb="challenge-put"):
    """The step chosen for a day: `<challenge>.<day>`."""

    async def pressed(self, request: Request) -> None:
        await flow.put(request, self.arg, self.picked(request))


class ChallengeDraw(Press, verb="challenge-draw"):
    """A step drawn for a day: `<challenge>.<day>`."""

    async def pressed(self, request: Request) -> None:
        await flow.put(request, self.arg, None)


class ChallengeStop(Press, verb="challenge-stop"):
    """Stop."""

    async def pressed(self, request: Request) -> None:
        await flow.stop(request, self.number)


class ChallengeFinish(Press, verb="challenge-finish"):
    """Finish with steps left."""

    async def pressed(self, request: Request) -> None:
        await flow.finish(request, self.number)


class ChallengeAll(Press, verb="challenge-all"):
    """All ten of a start, or of the past one that was chosen."""

    async def pressed(self, request: Request) -> None:
        chosen = self.chosen(request)
        await flow.all_ten(request, chosen[0] if chosen else self.arg)


class ChallengePast(Press, verb="challenge-past"):
    """The ten days that are over."""

    async def pressed(self, request: Request) -> None:
        await flow.past(request)


class ChallengeDelete(Press, verb="challenge-delete"):
    """Ask whether to delete some that are over."""

    async def pressed(self, request: Request) -> None:
        await flow.ask_delete(request, self.number)


class ChallengeDeleteNow(Press, verb="challenge-delete-now"):
    """Delete them."""

    async def pressed(self, request: Request) -> None:
        await flow.delete(request, self.number)


class ChallengeResume(Press, verb="challenge-resume"):
    """Go on after a stop."""

    async def pressed(self, request: Request) -> None:
        await flow.resume(request, self.number)


PRESSES = (
    ChallengeNew, ChallengeChoose, ChallengeBegin, ChallengeToday, ChallengeLook, ChallengeDone, ChallengeSwap,
    ChallengePut, ChallengeDraw, ChallengeStop, ChallengeFinish, ChallengeResume, ChallengeAll, ChallengePast,
    ChallengeDelete, ChallengeDeleteNow,
)  # fmt: skip
