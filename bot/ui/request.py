"""One interaction as every handler sees it: who, when, in which words, and one way to answer.

The answer is private from the first byte, carries the support button, and keeps Discord's three seconds by itself.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast
from zoneinfo import ZoneInfo

import discord

from bot.clock import Clock
from bot.domain.boards import Membership
from bot.domain.members import CONSENT_VERSION, Member
from bot.domain.zones import Zone
from bot.errors import UserError
from bot.services.pending import Pending
from bot.services.registry import Services
from bot.ui.cards import Card, plain_view, press
from config.content import Content
from config.words import Voice, Words

if TYPE_CHECKING:
    from bot.ui.buttons import Press
    from bot.ui.lasting import LastingForm

DEFER_AFTER = 1.5
"""Seconds. Discord gives three; what takes longer than this is acknowledged first and answered later."""

DEFER_FORM_AFTER = 0.5
"""A submitted form is never answered by another form, so it can be acknowledged earlier than a press."""

ARRIVE_SECONDS = 0.5
"""Seconds that remembering where somebody was seen may take before their answer goes on without it."""

log = logging.getLogger(__name__)

T = TypeVar("T")
Interaction = discord.Interaction[Any]
Continue = Callable[["Request"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Written:
    """What stood in a form that a restart does not end: the press that makes it anew, and the fields as one text."""

    verb: str
    arg: str
    text: str


@dataclass(frozen=True, slots=True)
class Again:
    """Makes a form anew, for *Open the form again*: from memory, or from what was `written`."""

    form: Callable[[], discord.ui.Modal]
    written: Written | None = None


class Host(Protocol):
    """What the bot object offers to a handler."""

    services: Services
    clock: Clock
    words: Words
    content: Content
    zones: tuple[Zone, ...]
    zone_names: frozenset[str]
    pending: Pending
    forms: Mapping[str, "type[LastingForm]"]
    presses: Mapping[str, "type[Press]"]


class Request:
    """A slash command, a press or a submitted form. `now` is read once, here."""

    def __init__(self, interaction: Interaction, host: Host) -> None:
        self.interaction = interaction
        self.id = interaction.id
        self.user_id = interaction.user.id
        self.guild_id = interaction.guild_id
        self.now: datetime = host.clock()
        self.services = host.services
        self.content = host.content
        self.zones = host.zones
        self.zone_names = host.zone_names
        self.pending = host.pending
        self.forms = host.forms
        self.presses = host.presses
        self.words = host.words
        self.member: Member | None = None
        self.voice: Voice = host.words.speak(interaction.locale.value)
        self.lost: list[int] = []
        self._place: Membership | None = None
        self._unheard = False
        self.typed: str | None = None
        self.again: Again | None = None
        self.saved: str | None = None
        self._turn = asyncio.Lock()
        self._deferred = False
        self._timer: asyncio.Task[None] | None = None

    @classmethod
    def begin(cls, interaction: Interaction) -> "Request":
        """The request, with its three-second guard running. Touches no database."""
        request = cls(interaction, cast("Host", interaction.client))
        request._timer = asyncio.create_task(request._defer_when_slow())
        return request

    async def meet(self) -> None:
        """Read who is asking: the member and their language, and where they were seen."""
        met = await self.services.members.meet(self.user_id, self.guild_id)
        self.member, self.lost, self._place, self._unheard = met
        if self.member is not None:
            self.voice = self.words.speak(self.member.language)
            await self.arrive_soon()

    async def arrive(self) -> None:
        """Remember that a member acted, and in which server they were seen, under which name."""
        await self.services.members.note_visit(self.member, self.now, unheard=self._unheard)
        if self.guild_id is not None:
            await self.services.memberships.touch(
                self.user_id, self.guild_id, self.display_name, self.now, place=self._place
            )

    async def arrive_soon(self) -> None:
        """Arrive, but let neither a slow nor a broken write stand before the answer: a form cannot be deferred."""
        await aside(self.arrive(), "a visit", seconds=ARRIVE_SECONDS)

    def kept(self, sentence: str = "error-saved-not-shown") -> None:
        """It is committed: from here on no error says otherwise. `sentence` tells it if the answer cannot be shown."""
        self.saved, self.typed, self.again = sentence, None, None

    def end(self) -> None:
        """Stop the guard."""
        if self._timer is not None:
            self._timer.cancel()

    async def _defer_when_slow(self) -> None:
        submitted = self.interaction.type is discord.InteractionType.modal_submit
        await asyncio.sleep(DEFER_FORM_AFTER if submitted else DEFER_AFTER)
        async with self._turn:
            if not self.interaction.response.is_done():
                await self.interaction.response.defer(ephemeral=True, thinking=True)
                self._deferred = True

    @property
    def known(self) -> Member:
        """The member. Raises UserError when there is none yet; handlers that write use `as_member`."""
        if self.member is None:
            raise UserError("error-not-started")
        return self.member

    @property
    def today(self) -> date:
        """The member's local date; the date in UTC before they chose a zone."""
        return self.now.astimezone(UTC if self.member is None else ZoneInfo(self.member.zone)).date()

    @property
    def display_name(self) -> str:
        """The name shown in this server at this moment."""
        return self.interaction.user.display_name

    async def as_member(self, then: Continue) -> None:
        """Run `then` for somebody who agreed; otherwise ask first and run it after *Save and start*."""
        if self.member is not None and self.member.consent_version >= CONSENT_VERSION:
            await then(self)
            return
        from bot.ui.consent import ask_consent  # noqa: PLC0415 - consent shows cards, which need requests

        await ask_consent(self, then)

    async def show(self, card: Card) -> None:
        """Answer privately with a new message."""
        told = self._complete(card)
        async with self._turn:
            files = [attached.file() for attached in card.attached]
            if not self.interaction.response.is_done():
                await self.interaction.response.send_message(view=card, files=files, ephemeral=True)
            elif self._deferred:
                self._deferred = False
                await self.interaction.edit_original_response(view=card, attachments=files)
            else:
                await self.interaction.followup.send(view=card, files=files, ephemeral=True)
        await self._told(told)

    async def update(self, card: Card) -> None:
        """Put the card in place of the private one that was pressed; elsewhere, answer with a new message."""
        message = self.interaction.message
        if message is None or not message.flags.ephemeral or self._deferred:
            await self.show(card)
            return
        told = self._complete(card)
        async with self._turn:
            files = [attached.file() for attached in card.attached]
            if not self.interaction.response.is_done():
                await self.interaction.response.edit_message(view=card, attachments=files)
            else:
                await self.interaction.edit_original_response(view=card, attachments=files)
        await self._told(told)

    async def show_plain(self, text: str) -> None:
        """Answer privately with this text and nothing else, so that a phone copies it whole; support stands under it."""
        view = plain_view(self.voice("support-button"))
        async with self._turn:
            if not self.interaction.response.is_done():
                await self.interaction.response.send_message(
                    text, view=view, ephemeral=True, suppress_embeds=True
                )
            elif self._deferred:
                self._deferred = False
                await self.interaction.edit_original_response(content=text, view=view)
            else:
                await self.interaction.followup.send(text, view=view, ephemeral=True, suppress_embeds=True)

    async def close_pressed(self, card: Card) -> None:
        """Turn the pressed private card into its end state; the answer itself follows as a message of its own.

        Too late for that, once the answer has been put off: the card then stays as it was.
        """
        message = self.interaction.message
        self._support(card)
        if message is not None and message.flags.ephemeral:
            await self.settle_pressed(card)

    async def settle_pressed(self, card: Card) -> None:
        """Put the card in place of the message that was pressed, unless the answer has been put off already."""
        async with self._turn:
            if not self.interaction.response.is_done():
                await self.interaction.response.edit_message(view=card)

    async def open(self, form: discord.ui.Modal) -> None:
        """Open a form. Raises UserError when Discord no longer allows it because we were slow."""
        async with self._turn:
            if self.interaction.response.is_done():
                raise UserError("error-slow")
            await self.interaction.response.send_modal(form)

    def _complete(self, card: Card) -> list[int]:
        """What every private card carries: a word about DMs when it matters, and support. Gives what it tells of."""
        if self.lost:
            card.note(self.voice("me-given-up", count=len(self.lost)))
        notice = self.services.members.notice(self.member)
        if notice is not None and not card.carries("dm-test"):
            closed = notice == "dm-closed-note"
            test = press("dm-test", label=self.voice("dm-test-button")) if closed else None
            card.note(self.voice(notice)).row(test)
        self._support(card)
        return self.lost

    def _support(self, card: Card) -> None:
        if not card.carries("support") and not card.carries("support-grounding"):
            card.beside_last(press("support", label=self.voice("support-button")))

    async def _told(self, lost: list[int]) -> None:
        """Discord took the card, so the member was told of these; once."""
        if lost and self.lost:
            self.lost = []
            await aside(self.services.members.told(lost), "what was told", seconds=ARRIVE_SECONDS)


async def aside(work: Coroutine[Any, Any, T], what: str, *, seconds: float | None = None) -> T | None:
    """Do what may fail without harm to the answer: a failure is logged by its type. None when it failed or is late."""

    def note_failure(done: "asyncio.Future[T]") -> None:
        if not done.cancelled() and (error := done.exception()) is not None:
            log.warning("%s was not noted: %s", what, type(error).__name__)

    task = asyncio.ensure_future(work)
    task.add_done_callback(note_failure)
    await asyncio.wait([task], timeout=seconds)
    return task.result() if task.done() and not task.cancelled() and task.exception() is None else None


async def answer(
    interaction: Interaction,
    run: Continue,
    *,
    typed: str | None = None,
    again: Again | None = None,
) -> None:
    """Run one handler inside its request: the boundary where errors become kind answers."""
    from bot.ui.errors import answer_error  # noqa: PLC0415 - errors answer through requests

    request = Request.begin(interaction)
    request.typed = typed
    request.again = again
    try:
        await request.meet()
        await run(request)
    except Exception as error:  # noqa: BLE001 - the interaction is one of the three boundaries
        await answer_error(request, error)
    finally:
        request.end()
