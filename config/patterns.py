"""Reads `patterns.toml`: the rules over a member's entries, and the phrases by which feedback names a theme.

What the rules mean is in `bot.domain.patterns`; what they say is in the locale files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.domain.catalogue import ActionKind
from bot.domain.kinds import Stage
from bot.domain.patterns import FLOOR, Rule, Selector, Shared
from bot.domain.phrases import Machine, PhraseError
from bot.domain.themes import Theme, Themes
from config.content import Content
from config.documents import ContentError, Document
from config.needs import BUTTON, Need, read_shape, twice, unknown, wordless
from config.schema import Id
from config.unsaid import never_said
from config.words import Words

PATTERNS = "patterns.toml"
SAYS, DO = 300, 500
"""A card holds 4,000 characters, with the entries and the ideas."""

PatternId = Annotated[Id, Field(max_length=24)]
"""A button carries a pattern, what is shared, and a page, in 70 characters."""
Actions = Annotated[list[Id], Field(max_length=3)]
Phrases = list[Annotated[str, Field(min_length=1, max_length=400)]]


@dataclass(frozen=True, slots=True)
class PatternRules:
    """What to look for in a member's entries, how feedback is read, and which answers of the journal hold feedback too."""

    rules: tuple[Rule, ...]
    themes: Themes
    journal: frozenset[str] = frozenset()


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _SelectorForm(_Form):
    kinds: list[Id] = []
    stages: list[Stage] = []
    news: list[Id] = []
    themes: list[Id] = []
    without_themes: list[Id] = []
    silent: bool | None = None
    at_least: int = Field(default=0, ge=0, le=50)

    @model_validator(mode="after")
    def _means_something(self) -> Self:
        given = (self.kinds, self.stages, self.news, self.themes, self.without_themes)
        if not any(given) and self.silent is None:
            raise ValueError(
                "this would count every entry; give `kinds`, `stages`, `news`, `themes` or `silent`"
            )
        return self

    def built(self) -> Selector:
        return Selector(
            kinds=frozenset(self.kinds),
            stages=frozenset(self.stages),
            news=frozenset(self.news),
            themes=frozenset(self.themes),
            without_themes=frozenset(self.without_themes),
            silent=self.silent,
            at_least=self.at_least,
        )


class _RuleForm(_Form):
    id: PatternId
    minimum: int = Field(default=FLOOR, ge=FLOOR, le=1000)
    shared: Shared | None = None
    share: int = Field(default=0, ge=0, le=100)
    within_days: int | None = Field(default=None, ge=1, le=3660)
    unless_told: bool = False
    actions: Actions = []
    counts: list[_SelectorForm] = Field(default=[], max_length=8)
    among: list[_SelectorForm] = Field(default=[], max_length=8)

    @model_validator(mode="after")
    def _has_one_condition(self) -> Self:
        if bool(self.counts) == (self.shared is not None):
            raise ValueError("a pattern needs either `counts` or `shared`")
        if (self.shared is Shared.THEME) == bool(self.actions):
            raise ValueError(
                "a pattern needs one action or more; those of shared themes stand with the themes"
            )
        return self

    def built(self) -> Rule:
        return Rule(
            id=self.id,
            minimum=self.minimum,
            counts=tuple(one.built() for one in self.counts),
            shared=self.shared,
            among=tuple(one.built() for one in self.among) or (Selector(),),
            share=self.share,
            within_days=self.within_days,
            unless_told=self.unless_told,
            actions=tuple(self.actions),
        )


class _ThemeForm(_Form):
    id: Id
    kinds: list[Id] = []
    say: Annotated[Phrases, Field(min_length=1)]
    ordinary: Phrases = []
    actions: Annotated[Actions, Field(min_length=1)]

    def built(self, praised: "_PraisedForm") -> Theme:
        return Theme(
            id=self.id,
            say=tuple(self.say),
            ordinary=tuple(self.ordinary),
            actions=tuple(self.actions),
            kinds=frozenset(self.kinds),
            praised=tuple(praised.around(self.say)),
        )


class _PraisedForm(_Form):
    """What makes a phrase of any theme ordinary: words of praise right before it, or right after it, unless
    something close by takes the praise back.
    """

    before: Phrases = []
    after: Phrases = []
    unless: Phrases = []
    links: Phrases = []

    def behind(self) -> list[str]:
        """What takes praise back behind it: up to four linking words between."""
        link = f"[{'/'.join(self.links)}] " * 4 if self.links else ""
        return [link + phrase for phrase in self.unless]

    def around(self, phrases: list[str]) -> list[str]:
        before = [f"({'/'.join(self.before)}) {phrase}" for phrase in phrases if self.before]
        return before + [f"{phrase} ({'/'.join(self.after)})" for phrase in phrases if self.after]


class _File(_Form):
    journal: list[str] = []
    means: dict[str, list[str]] = {}
    groups: dict[str, str] = {}
    praised: _PraisedForm = _PraisedForm()
    themes: list[_ThemeForm] = []
    patterns: list[_RuleForm] = Field(min_length=1)

    def meanings(self) -> dict[str, tuple[str, ...]]:
        return {short: tuple(long.split()) for long, shorts in self.means.items() for short in shorts}

    def built(self) -> PatternRules:
        built = (theme.built(self.praised) for theme in self.themes)
        praised = self.praised
        themes = Themes(built, self.groups, self.meanings(), praised.unless, praised.behind())
        return PatternRules(tuple(rule.built() for rule in self.patterns), themes, frozenset(self.journal))


def load_patterns(folder: Path, content: Content, words: Words) -> PatternRules:
    """Read `patterns.toml` and prove that it agrees with the rest. Raises the first ContentError."""
    file, errors = _read(folder, content, words)
    if file is None or errors:
        raise errors[0]
    return file.built()


def check_patterns(folder: Path, content: Content, words: Words) -> list[ContentError]:
    """Everything wrong with the file, in the order of its lines."""
    return sorted(_read(folder, content, words)[1], key=lambda error: (error.path.as_posix(), error.line))


def _read(folder: Path, content: Content, words: Words) -> tuple[_File | None, list[ContentError]]:
    errors: list[ContentError] = []
    read = read_shape(folder / PATTERNS, _File, errors)
    if read is None:
        return None, errors
    needs = list(_needs(*read))
    return read[0], [*_disagreements(*read, content), *wordless(needs, words), *never_said(needs, words)]


def _disagreements(file: _File, document: Document, content: Content) -> Iterator[ContentError]:
    """Ids written twice, references to what does not exist, phrases that cannot be read."""
    themes = [theme.id for theme in file.themes]
    actions = {action.id: action for action in content.actions}
    asked = (f"{kind.id}.{one.id}" for kind in content.journal.kinds for one in kind.questions)
    yield from unknown(document, ("journal",), file.journal, asked)
    yield from twice(document, ("themes",), themes)
    yield from twice(document, ("patterns",), [rule.id for rule in file.patterns])
    for table, praising in file.praised.model_dump().items():
        yield from _unreadable(document, file, ("praised", table), praising)
    kinds, news = [kind.id for kind in content.kinds], [one.id for one in content.goodnews]
    for n, theme in enumerate(file.themes):
        yield from unknown(document, ("themes", n, "kinds"), theme.kinds, kinds)
        yield from _offers(document, ("themes", n), theme.actions, actions)
        for table, phrases in (("say", theme.say), ("ordinary", theme.ordinary)):
            yield from _unreadable(document, file, ("themes", n, table), phrases)
    for n, rule in enumerate(file.patterns):
        yield from _offers(document, ("patterns", n), rule.actions, actions)
        tables: tuple[tuple[Literal["counts", "among"], list[_SelectorForm]], ...]
        tables = (("counts", rule.counts), ("among", rule.among))
        for table, selectors in tables:
            for s, one in enumerate(selectors):
                place = ("patterns", n, table, s)
                yield from unknown(document, (*place, "kinds"), one.kinds, kinds)
                yield from unknown(document, (*place, "news"), one.news, news)
                yield from unknown(document, (*place, "themes"), one.themes, themes)
                yield from unknown(document, (*place, "without_themes"), one.without_themes, themes)


def _offers(
    document: Document, place: tuple[str | int, ...], offered: list[str], actions: dict[str, ActionKind]
) -> Iterator[ContentError]:
    """A pattern can be opened in any week, so nothing it offers may contact a program."""
    yield from unknown(document, (*place, "actions"), offered, actions)
    for one in offered:
        if one in actions and actions[one].contacts_program:
            yield document.error(
                f"{one!r} contacts a program, which no pattern may suggest", *place, "actions"
            )


def _unreadable(
    document: Document, file: _File, at: tuple[str | int, ...], phrases: list[str]
) -> Iterator[ContentError]:
    """Each phrase that cannot be read, with its own line where it is written on one."""
    lines = document.path.read_text(encoding="utf-8").splitlines()
    for phrase in phrases:
        try:
            Machine([phrase], file.groups, file.meanings())
        except PhraseError as error:
            written = (number for number, line in enumerate(lines, start=1) if phrase in line)
            yield ContentError(document.path, next(written, document.line(*at)), str(error))


def _needs(file: _File, document: Document) -> Iterator[Need]:
    """Every sentence the file asks for: what is shared is named in the rule's own, except for themes."""
    values = {"count": 999, "among": 999, "what": "w" * 45}
    own = [
        ("pattern", "patterns", n, one.id)
        for n, one in enumerate(file.patterns)
        if one.shared is not Shared.THEME
    ]
    themes = [("theme", "themes", n, one.id) for n, one in enumerate(file.themes)]
    for prefix, table, n, name in (*own, *themes):
        for tail, limit in (("title", BUTTON), ("says", SAYS), ("do", DO)):
            yield Need(f"{prefix}-{name}-{tail}", limit, document, (table, n, "id"), values)
