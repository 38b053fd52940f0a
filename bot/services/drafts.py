"""Writing, keeping, sending and being reminded of letters. Nothing is sent from here: the member sends, and says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.drafts import (
    TEXT_MAX,
    WHO_MAX,
    Draft,
    DraftKind,
    Reminder,
    compose,
    fits,
    sent_source,
    signature_of,
)
from bot.domain.members import Member
from bot.domain.nudges import NudgeState, Subject
from bot.domain.paging import Page, clamp
from bot.domain.rejections import Rejection
from bot.domain.text import free_text
from bot.domain.wordings import Shape, shape
from bot.errors import NotYours, SentenceId, UserError
from bot.ids import new_id
from bot.services.actions import ActionLogged, Actions
from bot.services.care import Care
from bot.services.contacts import Withheld, withheld
from bot.services.draft_reminders import comes_at, note_sent, put, reminder_of, to_program
from bot.services.ports import Database, Unit, Waker
from bot.services.topics import Comes
from config.content import Content

PAGE_SIZE = 6
COMPLETIONS = 25
_LOOKED_THROUGH = 500
_LOOKED_AT_FOR_A_NAME = 5
_AHEAD = (NudgeState.DUE, NudgeState.HELD)


@dataclass(frozen=True, slots=True)
class Offer:
    """The letters that can be written now, those that fit `about` first; `withheld` says why programs are left out."""

    kinds: tuple[DraftKind, ...]
    withheld: Withheld | None
    about: Rejection | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it is looked at. `withheld`: it goes to a program, and now is not the time.

    `remind_at` is when the member is reminded of it next; while their messages rest, when that was to be. `reminder` is
    what they can be reminded of, if anything.
    """

    draft: Draft
    withheld: Withheld | None = None
    remind_at: datetime | None = None
    reminder: Reminder | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What saying that it was sent did. `heavy`: its words asked for support, so it scores nowhere."""

    draft: Draft
    logged: ActionLogged
    heavy: bool
    reminder: Reminder | None = None


class Drafts:
    """One member's letters. Every method looks at the member's own rows alone."""

    def __init__(self, db: Database, actions: Actions, content: Content, care: Care, wake: Waker) -> None:
        self._db = db
        self._actions = actions
        self._content = content
        self._care = care
        self._wake = wake

    async def offer(self, user_id: int, rejection_id: int | None, now: datetime) -> Offer:
        """What can be written, about a rejection or about nothing. Raises NotYours."""
        about = await self.about(user_id, rejection_id)
        async with self._db.read() as tx:
            why = await withheld(tx, self._content, user_id, now)
        kinds = [
            kind for kind in self._content.drafts if why is None or not to_program(self._content, kind.id)
        ]
        first = fits(kinds, about.kind) if about is not None else []
        return Offer((*first, *(kind for kind in kinds if kind not in first)), why, about)

    async def reply_to(self, rejection: Rejection, now: datetime) -> str | None:
        """The letter that answers this rejection, if it came with words to answer and writing is allowed now."""
        if rejection.said is None or not fits(self._content.drafts, rejection.kind):
            return None
        offer = await self.offer(rejection.user_id, rejection.id, now)
        return next((kind.id for kind in fits(offer.kinds, rejection.kind)), None)

    async def about(self, user_id: int, rejection_id: int | None) -> Rejection | None:
        """The member's own rejection that a letter is about, if it is about one. Raises NotYours."""
        if rejection_id is None:
            return None
        async with self._db.read() as tx:
            found = await tx.rejections.get(user_id, rejection_id)
        if found is None:
            raise NotYours
        return found

    async def opened(self, user_id: int, kind_id: str, now: datetime) -> DraftKind:
        """The letter whose form is to be opened. Raises UserError for one that is gone, or withheld now."""
        kind = self.kind(kind_id)
        if to_program(self._content, kind.id):
            async with self._db.read() as tx:
                _allowed(await withheld(tx, self._content, user_id, now), "draft-withheld-start")
        return kind

    async def signed(self, user_id: int) -> str | None:
        """The name under the member's latest letter that has one."""
        async with self._db.read() as tx:
            latest = await tx.drafts.listed(user_id, limit=_LOOKED_AT_FOR_A_NAME)
        return next(filter(None, (signature_of(draft.text) for draft in latest)), None)

    def kind(self, kind_id: str) -> DraftKind:
        """Raises UserError for a letter that is not in the file."""
        kind = self._content.draft(kind_id)
        if kind is None:
            raise UserError("draft-kind-unknown")
        return kind

    async def write(
        self, member: Member, kind_id: str, typed: Mapping[str, str | None], *, rejection_id: int | None = None,
        interaction_id: int, now: datetime,
    ) -> Kept:  # fmt: skip
        """Put the letter together and keep it.

        The same interaction delivered again writes nothing and gives what the first one wrote. It is written in Match Week
        too: a form may have been open since before. Raises UserError for text that cannot be kept, and NotYours.
        """
        kind = self.kind(kind_id)
        texts = {field.id: free_text(typed.get(field.id), field.most) for field in kind.fields}
        empty = (field for field in kind.fields if texts[field.id] is None and not field.optional)
        if (missing := next(empty, None)) is not None:
            raise UserError("draft-field-empty", field=SentenceId(f"draft-field-{missing.id}"))
        names = (shape(texts[f.id] or "", f.shape) for f in kind.fields if f.shape is Shape.NAME)
        letter = compose(kind, texts, await self.signed(member.user_id))
        draft = Draft(
            id=new_id(now), user_id=member.user_id, kind=kind.id, text=_letter(letter), made_at=now,
            who=next(names, "") or None, rejection_id=rejection_id,
        )  # fmt: skip
        async with self._db.write() as tx:
            if not await tx.receipts.claim(interaction_id, member.user_id, draft.id, now):
                made_id = await tx.receipts.made(interaction_id)
                return await self._kept(tx, await _own(tx, member.user_id, made_id), now)
            if rejection_id is not None and await tx.rejections.get(member.user_id, rejection_id) is None:
                raise NotYours
            await tx.drafts.add(draft)
            await tx.members.seen(member.user_id, now)
            return await self._kept(tx, draft, now)

    async def get(self, user_id: int, draft_id: int, now: datetime) -> Kept:
        """The member's own draft. Raises NotYours."""
        async with self._db.read() as tx:
            return await self._kept(tx, await _own(tx, user_id, draft_id), now)

    async def to_copy(self, user_id: int, draft_id: int, now: datetime) -> Kept:
        """The draft, to be copied. Raises NotYours, or UserError for one that is not to be sent now."""
        kept = await self.get(user_id, draft_id, now)
        _allowed(kept.withheld, "draft-withheld-now")
        return kept

    async def _kept(self, tx: Unit, draft: Draft, now: datetime) -> Kept:
        ahead = (
            n for n in await tx.nudges.of_subject(draft.user_id, Subject.DRAFT, draft.id) if n.state in _AHEAD
        )
        remind_at = next((nudge.due_at for nudge in ahead), None)
        member = await tx.members.get(draft.user_id)
        if remind_at is not None and member is not None:  # a new zone may have put it into Match Week
            remind_at = comes_at(self._content, draft.kind, remind_at, member.rhythm)
        program = to_program(self._content, draft.kind)
        why = await withheld(tx, self._content, draft.user_id, now) if program else None
        return Kept(draft, why, remind_at, reminder_of(self._content, draft))

    async def listed(self, user_id: int, page: int = 0) -> Page[Draft]:
        """One page of the member's drafts, newest first."""
        async with self._db.read() as tx:
            total = await tx.drafts.count(user_id)
            number = clamp(page, PAGE_SIZE, total)
            items = await tx.drafts.listed(user_id, limit=PAGE_SIZE, offset=number * PAGE_SIZE)
        return Page(tuple(items), number, PAGE_SIZE, total)

    async def completions(self, user_id: int, typed: str, names: Mapping[str, str]) -> list[Draft]:
        """The member's own drafts whose name, text or receiver holds what was typed; searched in memory."""
        async with self._db.read() as tx:
            own = await tx.drafts.listed(user_id, limit=_LOOKED_THROUGH)
        sought = typed.casefold().strip()
        found = (one for one in own if sought in _searched(one, names).casefold())
        return [one for one, _ in zip(found, range(COMPLETIONS), strict=False)]

    async def edit(self, user_id: int, draft_id: int, who: str | None, text: str, now: datetime) -> Kept:
        """Put another text in its place. Raises NotYours, or UserError for text that cannot be kept."""
        whom, letter = free_text(who, WHO_MAX), free_text(text, TEXT_MAX)
        if letter is None:
            raise UserError("draft-field-empty", field=SentenceId("draft-text-text"))
        async with self._db.write() as tx:
            if not await tx.drafts.rewrite(user_id, draft_id, whom, letter):
                raise NotYours
            return await self._kept(tx, await _own(tx, user_id, draft_id), now)

    async def delete(self, user_id: int, draft_id: int) -> None:
        """Delete it for good, with its reminders. Raises NotYours."""
        async with self._db.write() as tx:
            await tx.actions.lock(user_id)
            if not await tx.drafts.delete(user_id, draft_id):
                raise NotYours
            await tx.nudges.cancel(user_id, Subject.DRAFT, draft_id, "deleted")

    async def sent(
        self, member: Member, draft_id: int, *, interaction_id: int, guild_id: int | None, now: datetime
    ) -> Sent:
        """Note that the member sent it, and log the action that it was; once, however often it is said.

        In Match Week too it is noted: it is done. A reminder to send it is not needed any more. Raises NotYours, or
        UserError when its kind is gone.
        """
        async with self._db.read() as tx:
            draft = await _own(tx, member.user_id, draft_id)
            about = draft.rejection_id
            if about is not None and await tx.rejections.get(member.user_id, about) is None:
                about = None
        heavy = self._care.is_heavy((draft.text,))
        logged = await self._actions.log(
            member, self.kind(draft.kind).action, rejection_id=about,
            done_on=now.astimezone(ZoneInfo(member.zone)).date(), source=sent_source(draft.id),
            interaction_id=interaction_id, guild_id=guild_id, heavy=heavy, now=now,
        )  # fmt: skip
        now_sent = await self._note_sent(draft, now)
        return Sent(now_sent, logged, heavy, reminder_of(self._content, now_sent))

    async def sent_uncounted(self, user_id: int, draft_id: int, now: datetime) -> bool:
        """Note that a draft was sent whose kind the host took out, so that no action is known for it.

        False when it is known, and is to be counted by `sent`. Raises NotYours.
        """
        async with self._db.read() as tx:
            draft = await _own(tx, user_id, draft_id)
        if self._content.draft(draft.kind) is not None:
            return False
        await self._note_sent(draft, now)
        return True

    async def _note_sent(self, draft: Draft, now: datetime) -> Draft:
        async with self._db.write() as tx:
            return await note_sent(tx, draft, now)

    async def remind(self, member: Member, draft_id: int, days: int, now: datetime) -> datetime | None:
        """Remind of it in so many local days, at the member's hour: to send it, or of what follows once it is sent.

        A reminder set before goes. One about a program is put after Match Week. Gives when it comes; None while
        the member's messages rest. Raises NotYours, or UserError when it waits for nothing.
        """
        async with self._db.write() as tx:
            await tx.actions.lock(member.user_id)
            draft = await _own(tx, member.user_id, draft_id)
            made = await put(tx, self._content, member, draft, days, now)
        if made.state is not NudgeState.DUE:
            return None
        self._wake(made.due_at)
        return made.due_at

    async def comes(self, tx: Unit, member: Member, draft_id: int, due_at: datetime, now: datetime) -> Comes:
        """When a reminder that is put off to an instant comes."""
        draft = await _own(tx, member.user_id, draft_id)
        waits = (await self._kept(tx, draft, now)).withheld is not None
        return Comes(comes_at(self._content, draft.kind, due_at, member.rhythm), waits)


def _letter(text: str) -> str:
    letter = free_text(text, TEXT_MAX)
    assert letter is not None, "a template says something without a field"
    return letter


def _allowed(why: Withheld | None, in_week: str) -> None:
    if why is not None:
        raise UserError("draft-withheld-open" if why.until_on is None else in_week)


def _searched(draft: Draft, names: Mapping[str, str]) -> str:
    return " ".join(filter(None, (names.get(draft.kind), draft.who, draft.text)))


async def _own(tx: Unit, user_id: int, draft_id: int | None) -> Draft:
    draft = None if draft_id is None else await tx.drafts.get(user_id, draft_id)
    if draft is None:
        raise NotYours
    return draft
