"""Loads `config/content/` into frozen data and proves that the files agree with each other and with the words.

What is wrong is said with file and line, all of it at once by `check`. No rule of the protocol is here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.catalogue import ActionKind
from bot.domain.drafts import DraftKind
from bot.domain.journal import JournalBook
from bot.domain.kinds import How, Kind, Stage
from bot.domain.seasons import MatchWeek, Season
from bot.domain.timetable import Step
from config.documents import ContentError, Document, Key, load_toml
from config.drafts import DraftsReader
from config.journal import JournalReader
from config.needs import BUTTON, DESCRIPTION, LABEL, LONG, Need, read_shape, twice, unknown, wordless
from config.schema import (
    ActionsFile,
    GoodNews,
    GoodNewsFile,
    KindsFile,
    Lens,
    Opens,
    Protocol,
    ProtocolFile,
    ProtocolStep,
    SeasonFile,
    StepButton,
)
from config.words import Words

__all__ = [
    "Content",
    "ContentError",
    "Document",
    "GoodNews",
    "Lens",
    "Opens",
    "Protocol",
    "ProtocolStep",
    "StepButton",
    "check",
    "load_content",
    "load_toml",
]

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the files under `config/content/` say. Read once, handed down, never changed."""

    kinds: tuple[Kind, ...]
    protocol: Protocol
    actions: tuple[ActionKind, ...]
    goodnews: tuple[GoodNews, ...]
    season: Season
    match_weeks: tuple[MatchWeek, ...]
    prompts: tuple[str, ...]
    journal: JournalBook
    drafts: tuple[DraftKind, ...]

    def kind(self, kind_id: str) -> Kind:
        """The kind. One that the host has taken out of the file since is spoken of as `other`."""
        found = {kind.id: kind for kind in self.kinds}
        return found.get(kind_id) or found[OTHER]

    def action(self, action_id: str) -> ActionKind | None:
        """The catalogue's entry, or None when it is not, or no longer, in the file."""
        return next((action for action in self.actions if action.id == action_id), None)

    @property
    def choices(self) -> tuple[ActionKind, ...]:
        """What a member can choose or be given as an idea: the catalogue without the answer to a check-in."""
        return tuple(action for action in self.actions if action.id != self.protocol.done)

    def good_news(self, news_id: str) -> GoodNews | None:
        """The kind of good news, or None when it is not, or no longer, in the file."""
        return next((news for news in self.goodnews if news.id == news_id), None)

    def draft(self, draft_id: str) -> DraftKind | None:
        """The kind of letter, or None when it is not, or no longer, in the file."""
        return next((draft for draft in self.drafts if draft.id == draft_id), None)


class _Reader:
    """Reads the files once and collects what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.errors: list[ContentError] = []
        self.kinds = read_shape(folder / "kinds.toml", KindsFile, self.errors)
        self.protocol = read_shape(folder / "protocol.toml", ProtocolFile, self.errors)
        self.actions = read_shape(folder / "actions.toml", ActionsFile, self.errors)
        self.goodnews = read_shape(folder / "goodnews.toml", GoodNewsFile, self.errors)
        self.season = read_shape(folder / "season.toml", SeasonFile, self.errors)
        self.journal = JournalReader(folder, self.errors)
        self.drafts = DraftsReader(folder, self.errors)
        self.complete = not self.errors
        if self.complete:
            self.errors.extend(self._disagreements())

    def content(self, words: Words) -> Content:
        """The content. Only for a reader without errors."""
        kinds, protocol, actions, goodnews, season = self._all()
        return Content(
            kinds=tuple(kind.built() for kind in kinds[0].kinds),
            protocol=protocol[0].built(),
            actions=tuple(action.built() for action in actions[0].actions),
            goodnews=tuple(news.built() for news in goodnews[0].goodnews),
            season=season[0].built(),
            match_weeks=season[0].weeks(),
            prompts=tuple(sorted(key for key in words.ids() if key.startswith("prompt-"))),
            journal=self.journal.built(),
            drafts=self.drafts.built(),
        )

    def _all(
        self,
    ) -> tuple[
        tuple[KindsFile, Document],
        tuple[ProtocolFile, Document],
        tuple[ActionsFile, Document],
        tuple[GoodNewsFile, Document],
        tuple[SeasonFile, Document],
    ]:
        if not (self.kinds and self.protocol and self.actions and self.goodnews and self.season):
            raise self.errors[0]
        return self.kinds, self.protocol, self.actions, self.goodnews, self.season

    def _disagreements(self) -> Iterator[ContentError]:
        """Ids written twice, and references to what does not exist."""
        (kinds, k_doc), (protocol, p_doc), (actions, a_doc), (news, g_doc), _ = self._all()
        kind_ids = [kind.id for kind in kinds.kinds]
        action_ids = [action.id for action in actions.actions]
        yield from twice(k_doc, ("kinds",), kind_ids)
        yield from twice(a_doc, ("actions",), action_ids)
        yield from twice(g_doc, ("goodnews",), [one.id for one in news.goodnews])
        if OTHER not in kind_ids:
            yield k_doc.error(f"there must be a kind {OTHER!r}: removed kinds become it")
        for n, action in enumerate(actions.actions):
            yield from unknown(a_doc, ("actions", n, "kinds"), action.kinds, kind_ids)
            yield from unknown(a_doc, ("actions", n, "applies_to"), action.applies_to, kind_ids)
        for n, one in enumerate(news.goodnews):
            yield from unknown(g_doc, ("goodnews", n, "kinds"), one.kinds, kind_ids)
        for n, step in enumerate(protocol.steps):
            yield from unknown(p_doc, ("steps", n, "kinds"), step.kinds, kind_ids)
            for b, button in enumerate(step.buttons):
                used = [button.action] if button.action else []
                yield from unknown(p_doc, ("steps", n, "buttons", b, "action"), used, action_ids)
                for key, named in (("kinds", button.kinds), ("without", button.without)):
                    yield from unknown(p_doc, ("steps", n, "buttons", b, key), named, kind_ids)
        yield from unknown(p_doc, ("done",), [protocol.done], action_ids)
        yield from self.journal.disagreements({action.id: action.built() for action in actions.actions})
        yield from self.drafts.disagreements(action_ids, kind_ids)
        if [step.id for step in protocol.steps] != list(Step):
            yield p_doc.error(f"the steps must be {', '.join(Step)}, in this order", "steps", 0)

    def needs(self) -> Iterator[Need]:
        """Every sentence the files ask for."""
        (kinds, k_doc), (protocol, p_doc), (actions, a_doc), (news, g_doc), _ = self._all()
        for n, kind in enumerate(kinds.kinds):
            place: tuple[Key, ...] = ("kinds", n, "id")
            yield Need(f"kind-{kind.id}", LABEL, k_doc, place)
            yield Need(f"kind-{kind.id}-hint", DESCRIPTION, k_doc, place)
            yield Need(f"kind-{kind.id}-short", LABEL, k_doc, place)
        for key in (*(f"stage-{stage}" for stage in Stage), *(f"how-{how}" for how in How)):
            yield Need(key, LABEL, k_doc, ())
        for n, step in enumerate(protocol.steps):
            place = ("steps", n, "id")
            for tail in ("title", "short"):
                yield Need(f"step-{step.id}-{tail}", LABEL, p_doc, place)
            for tail in ("body", *step.kinds):
                yield Need(f"step-{step.id}-{tail}", LONG, p_doc, place)
            for b, button in enumerate(step.buttons):
                yield Need(f"step-button-{button.id}", BUTTON, p_doc, ("steps", n, "buttons", b))
        for lens in Lens:
            yield Need(f"lens-{lens}", LABEL, p_doc, ())
        for n, action in enumerate(actions.actions):
            place = ("actions", n, "id")
            yield Need(f"action-{action.id}", BUTTON, a_doc, place)
            ideas = [action.id] if action.id != protocol.done else []
            yield from (Need(f"action-{idea}-idea", DESCRIPTION, a_doc, place) for idea in ideas)
        for n, one in enumerate(news.goodnews):
            yield Need(f"goodnews-{one.id}", BUTTON, g_doc, ("goodnews", n, "id"))
            yield Need(f"goodnews-{one.id}-line", LONG, g_doc, ("goodnews", n, "id"))
        yield from self.journal.needs()
        yield from self.drafts.needs()


def load_content(folder: Path, words: Words) -> Content:
    """Read and cross-check all content. Raises the first ContentError."""
    reader = _Reader(folder)
    errors = reader.errors or list(wordless(reader.needs(), words))
    if errors:
        raise errors[0]
    return reader.content(words)


def check(folder: Path, words: Words) -> list[ContentError]:
    """Everything wrong with the content, in the order of the files."""
    reader = _Reader(folder)
    errors = list(reader.errors)
    if reader.complete:
        errors.extend(wordless(reader.needs(), words))
    return sorted(errors, key=lambda error: (error.path.as_posix(), error.line))
