"""What the presses of the journal do. The owner is always looked up, never believed from the button."""

from bot.domain.journal import JournalFilter
from bot.errors import NotYours
from bot.ids import is_id
from bot.services.analyses import Press as Pressed
from bot.services.checkins import Target
from bot.ui.actions import logged_card
from bot.ui.buttons import Press
from bot.ui.cards import Card
from bot.ui.request import Request
from cogs.journal import flow
from cogs.journal.analyses import analyses_card
from cogs.journal.cards import ALL, delete_card, to_list
from cogs.journal.forms import SearchForm


def _filter(kind: str, month: str) -> JournalFilter:
    return JournalFilter(kind=None if kind == ALL else kind, month=None if month == ALL else month)


class JournalStart(Press, verb="journal-start"):
    """Choose what to write; the argument is the rejection it is about, or 0."""

    async def pressed(self, request: Request) -> None:
        await flow.start(request, self.number or None)


class JournalAbout(Press, verb="journal-about"):
    """Which rejection it is about, or none, was chosen."""

    async def pressed(self, request: Request) -> None:
        picked = self.picked(request)
        await flow.start(request, int(picked) or None if is_id(picked) else None)


class JournalKind(Press, verb="journal-kind"):
    """A kind was chosen; the argument is the rejection, or 0."""

    async def pressed(self, request: Request) -> None:
        await flow.begin(request, self.picked(request), self.number or None)


class JournalNew(Press, verb="journal-new"):
    """Open the form of `<kind>.<rejection or 0>`."""

    async def pressed(self, request: Request) -> None:
        kind, _, rejection = self.arg.partition(".")
        await flow.begin(request, kind, int(rejection) or None if is_id(rejection) else None)


class JournalStep(Press, verb=flow.STEP):
    """What a check-in asks for: `<target>`, or `<step>.<target>` where the message has several steps."""

    async def pressed(self, request: Request) -> None:
        step, _, target = self.arg.rpartition(".")
        await flow.from_check_in(request, Target.parse(target), step)


class JournalPick(Press, verb="journal-pick"):
    """One of the things a merged check-in is about."""

    async def pressed(self, request: Request) -> None:
        await flow.from_check_in(request, Target.parse(f"n{self.picked(request)}"))


class JournalNext(Press, verb="journal-next"):
    """What the member's own analysis suggests, in a later check-in."""

    async def pressed(self, request: Request) -> None:
        target = Target.parse(self.arg)
        found = await request.services.analyses.of_check_in(request.user_id, target, request.now)
        await request.show(analyses_card(request, found))


class JournalDid(Press, verb="journal-did"):
    """One of those actions is done: `<action>.<check-in>`."""

    async def pressed(self, request: Request) -> None:
        action, _, nudge = self.arg.rpartition(".")
        if not is_id(nudge):
            raise NotYours
        pressed = Pressed(request.id, request.guild_id, request.now)
        logged = await request.services.analyses.did(request.known, int(nudge), action, pressed)
        request.kept()
        await request.show(await logged_card(request, logged))


class JournalAct(Press, verb="journal-act"):
    """An action that the answer to an entry suggests is done: `<action>.<rejection>`."""

    async def pressed(self, request: Request) -> None:
        action, _, rejection = self.arg.rpartition(".")
        if not is_id(rejection):
            raise NotYours
        pressed = Pressed(request.id, request.guild_id, request.now)
        logged = await request.services.analyses.did_at_once(request.known, int(rejection), action, pressed)
        request.kept()
        await request.show(await logged_card(request, logged))


class JournalView(Press, verb="journal-view"):
    """Open an entry."""

    async def pressed(self, request: Request) -> None:
        picked = (self.chosen(request) or [self.arg])[0]
        await flow.view(request, await flow.named(request, picked))


class JournalEdit(Press, verb="journal-edit"):
    """Open the form with what is there."""

    async def pressed(self, request: Request) -> None:
        await flow.change(request, await request.services.journal.get(request.user_id, self.number))


class JournalKeep(Press, verb="journal-keep"):
    """Keep the sentence that answers the story: `<entry>.<reframe>`."""

    async def pressed(self, request: Request) -> None:
        entry, _, reframe = self.arg.partition(".")
        if not is_id(entry):
            raise NotYours
        await flow.keep_sentence(request, int(entry), reframe)


class JournalDelete(Press, verb="journal-delete"):
    """Ask first."""

    async def pressed(self, request: Request) -> None:
        entry = await request.services.journal.get(request.user_id, self.number)
        await request.update(delete_card(request, entry))


class JournalDeleteNow(Press, verb="journal-delete-now"):
    """Delete; there is no way back, and the question before said so."""

    async def pressed(self, request: Request) -> None:
        await request.services.journal.delete(request.user_id, self.number)
        request.kept()
        await request.update(Card().text(request.voice("journal-deleted")).row(to_list(request.voice)))


class JournalList(Press, verb="journal-list"):
    """Turn the page: `<page>.<kind>.<month>`."""

    async def pressed(self, request: Request) -> None:
        page, _, rest = self.arg.partition(".")
        kind, _, month = rest.partition(".")
        await flow.show_list(request, _filter(kind or ALL, month or ALL), int(page) if is_id(page) else 0)


class JournalKinds(Press, verb="journal-kinds"):
    """Show one kind; the argument is the month."""

    async def pressed(self, request: Request) -> None:
        await flow.show_list(request, _filter(self.picked(request), self.arg or ALL))


class JournalMonths(Press, verb="journal-months"):
    """Show one month; the argument is the kind."""

    async def pressed(self, request: Request) -> None:
        await flow.show_list(request, _filter(self.arg or ALL, self.picked(request)))


class JournalSearch(Press, verb="journal-search"):
    """Open the search."""

    async def pressed(self, request: Request) -> None:
        await request.open(SearchForm(request))


class JournalFound(Press, verb="journal-found"):
    """Turn the page of what was found: `<page>.<words>`."""

    async def pressed(self, request: Request) -> None:
        page, _, words = self.arg.partition(".")
        await flow.find(request, words, int(page) if is_id(page) else 0)


PRESSES = (
    JournalStart,
    JournalAbout,
    JournalKind,
    JournalNew,
    JournalStep,
    JournalPick,
    JournalNext,
    JournalDid,
    JournalAct,
    JournalView,
    JournalEdit,
    JournalKeep,
    JournalDelete,
    JournalDeleteNow,
    JournalList,
    JournalKinds,
    JournalMonths,
    JournalSearch,
    JournalFound,
)
