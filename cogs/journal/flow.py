"""From a pressed button to an open form, and from a submitted form to a saved entry with its answer."""

from bot.domain.journal import JournalEntry, JournalFilter
from bot.errors import NotYours, UserError
from bot.ids import is_id
from bot.services.analyses import Press
from bot.services.checkins import Target
from bot.ui.cards import press
from bot.ui.patients import warned
from bot.ui.request import Request
from bot.ui.settled import State, parts_of, settle
from bot.ui.support import care_first
from cogs.journal.cards import saved_card, start_card, view_card, which_card
from cogs.journal.forms import SEARCH_MAX, JournalForm, Opened
from cogs.journal.lists import found_card, list_card, month_name

STEP = "journal-step"


async def start(request: Request, rejection_id: int | None) -> None:
    """What was written about a rejection, and the kinds of entry to choose from."""
    about, before = None, list[JournalEntry]()
    if rejection_id is not None:
        about = await request.services.rejections.get(request.user_id, rejection_id)
        before = await request.services.journal.written_about(request.user_id, rejection_id)
    own = await request.services.rejections.completions(request.user_id, "")
    await request.update(start_card(request, about, before, own))


async def begin(request: Request, kind_id: str, rejection_id: int | None) -> None:
    """Open the form. A lens on a rejection is one entry, so the one that is there is opened to be gone on with."""
    kind = request.content.journal.kind(kind_id)
    if kind is None:
        raise UserError("journal-kind-gone")
    opened = Opened(kind.id, rejection_id)
    if rejection_id is not None:
        await request.services.rejections.get(request.user_id, rejection_id)
        before = await request.services.journal.written_about(request.user_id, rejection_id)
        there = next((entry for entry in before if entry.kind == kind.id), None)
        if kind.step is not None and there is not None:
            day = request.voice.day(there.written_on)
            await change(request, there, title=request.voice("journal-form-there", day=day))
            return
    await request.open(JournalForm(request, kind, opened))


async def change(request: Request, entry: JournalEntry, *, title: str | None = None) -> None:
    """Open the form with what is there; `title` says so where it was not asked for."""
    kind = request.content.journal.kind(entry.kind)
    if kind is None:
        raise UserError("journal-kind-gone")
    await request.open(JournalForm(request, kind, Opened(kind.id, entry_id=entry.id), entry.answers, title))


async def from_check_in(request: Request, target: Target, step: str = "") -> None:
    """Open what a check-in asks for: the form when it is about one thing, else the choice which.

    `step`: the one of its steps that is meant; all of them where none is named.
    """
    request.known  # noqa: B018 - raises for somebody who is not known
    asked = await request.services.analyses.asked(request.user_id, target, step)
    if not asked:
        raise UserError("journal-kind-gone")
    if len(asked) > 1:
        about = (item.subject_id for item, _ in asked)
        places = await request.services.analyses.places(request.user_id, about)
        written = await request.services.analyses.written(request.user_id)
        await request.show(which_card(request, asked, places, written))
        return
    (item, kind), *_ = asked
    await begin(request, kind.id, item.subject_id)


async def take(request: Request, form: JournalForm) -> None:
    """Work through a submitted form. What the member wrote is given back by whatever goes wrong."""
    answers = form.answers()
    texts = tuple(answers.values())
    heavy = request.services.care.is_heavy(texts)
    await care_first(request, texts)
    text, again = request.typed, request.again

    async def go_on(later: Request) -> None:
        later.typed, later.again = text, later.again or again
        await save(later, form, answers, heavy=heavy)

    await request.as_member(go_on)


async def save(request: Request, form: JournalForm, answers: dict[str, str | None], *, heavy: bool) -> None:
    """Save, then say so: the words come after the commit."""
    journal, opened = request.services.journal, form.opened
    pressed = Press(request.id, request.guild_id, request.now, heavy)
    if opened.entry_id is not None:
        kept = await journal.edit(request.known, opened.entry_id, answers, pressed)
    else:
        kept = await journal.write(request.known, form.kind, answers, opened.rejection_id, pressed)
    request.kept()
    next_at = await request.services.records.next_at(request.user_id)
    target = _check_in(request)
    if target is not None and await request.services.analyses.is_whole(request.user_id, target):
        logged = [kept.answered.logged] if kept.answered.logged else []
        await settle(request, target, State.DONE, ends=next_at is None, logged=logged)
    card = await saved_card(request, kept, next_at, heavy=heavy)
    edit = press("journal-edit", kept.entry.id, label=request.voice("edit-button"))
    await request.update(warned(request, card, *answers.values(), edit=edit))


async def keep_sentence(request: Request, entry_id: int, reframe: str) -> None:
    """Put the sentence of a reframe, in the member's language, where none was picked."""
    if reframe not in request.content.journal.reframes:
        raise NotYours
    sentence = request.voice(f"reframe-{reframe}-room")
    entry = await request.services.journal.pick(request.user_id, entry_id, sentence, request.now)
    request.kept()
    await view(request, entry, saved=True)


def _check_in(request: Request) -> Target | None:
    """The check-in whose button opened the form, when the form was opened from a direct message."""
    message = request.interaction.message
    for part in [] if message is None else parts_of(message.components):
        verb, _, arg = str(part.get("custom_id", "")).partition(f":{STEP}:")
        if verb and arg:
            return Target.parse(arg.rpartition(".")[2])
    return None


async def view(request: Request, entry: JournalEntry, *, saved: bool = False) -> None:
    """Show one entry."""
    about = await request.services.journal.about(entry)
    await request.update(view_card(request, entry, about, saved=saved))


async def named(request: Request, picked: str) -> JournalEntry:
    """The entry an autocomplete value names, or the one that what was typed leads to. Raises NotYours."""
    if is_id(picked):
        return await request.services.journal.get(request.user_id, int(picked))
    found = await request.services.journal.completions(request.user_id, picked)
    if len(found) != 1:
        raise UserError("journal-pick") if found else NotYours
    return found[0]


def known_kind(request: Request, picked: str | None) -> str | None:
    """The kind an option names, by id or by its name in the member's language. Raises UserError."""
    if picked is None:
        return None
    for kind in request.content.journal.kinds:
        if picked.casefold() in (kind.id, request.voice(f"entry-{kind.id}").casefold()):
            return kind.id
    raise UserError("journal-kind-unknown")


async def known_month(request: Request, picked: str | None) -> str | None:
    """The month an option names, as 2026-11 or by its name, among those of the journal. Raises UserError."""
    if picked is None:
        return None
    for month in await request.services.journal.months(request.user_id):
        if picked.casefold() in (month, month_name(request.voice, month).casefold()):
            return month
    raise UserError("error-option")


async def show_list(request: Request, wanted: JournalFilter, page: int = 0) -> None:
    """One page of the list."""
    found = await request.services.journal.listed(request.user_id, wanted, page)
    await request.update(list_card(request, found, wanted))


async def find(request: Request, sought: str, page: int = 0) -> None:
    """One page of what holds the words. A button carries them, so a colon in them becomes a space."""
    sought = " ".join(sought.replace(":", " ").split())[:SEARCH_MAX]
    found = await request.services.journal.search(request.user_id, sought, page)
    await request.update(found_card(request, found, sought))
