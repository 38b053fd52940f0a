"""The shape of the files in `config/content/`, and the frozen data each becomes. References between files
are checked in `content.py`, where all of them are known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.domain.catalogue import ActionKind
from bot.domain.kinds import Kind, Stage
from bot.domain.seasons import MatchWeek, Season
from bot.domain.timetable import Step

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]


class Lens(StrEnum):
    """The three ways of looking at a rejection: respond in a day, review in a week, look for the strategy."""

    RESPOND = "respond"
    REVIEW = "review"
    STRATEGY = "strategy"


class Opens(StrEnum):
    """What a button of a step opens, when it does not log an action by itself."""

    SUPPORT = "support"
    IDEAS = "ideas"
    TODAY = "today"
    DRAFTS = "drafts"
    PATTERNS = "patterns"
    JOURNAL = "journal"
    ANALYSIS = "analysis"


@dataclass(frozen=True, slots=True)
class StepButton:
    """A button of a step: it logs `action`, or it opens something. Its label is `step-button-<id>`."""

    id: str
    action: str | None
    opens: Opens | None
    kinds: frozenset[str] = frozenset()
    """The kinds of rejection it is for; none: all."""
    without: frozenset[str] = frozenset()
    """The kinds it is not for."""

    def fits(self, kind_id: str) -> bool:
        """Whether it is for rejections of this kind."""
        return kind_id in (self.kinds or {kind_id}) and kind_id not in self.without

    @property
    def label_key(self) -> str:
        """The sentence on the button."""
        return f"step-button-{self.id}"


@dataclass(frozen=True, slots=True)
class ProtocolStep:
    """What one step says and offers. When it is due is the timetable's, not a file's."""

    step: Step
    lens: Lens | None
    buttons: tuple[StepButton, ...]
    kinds: frozenset[str]

    def sentences(self, kind_id: str) -> tuple[str, ...]:
        """The keys of the body for a rejection of this kind: the step's own, then what is true of the kind."""
        own = (f"step-{self.step}-body",)
        return (*own, f"step-{self.step}-{kind_id}") if kind_id in self.kinds else own

    def buttons_for(self, kind_ids: Iterable[str]) -> tuple[StepButton, ...]:
        """The buttons that fit one of these kinds at least."""
        kinds = set(kind_ids)
        return tuple(button for button in self.buttons if any(map(button.fits, kinds)))

    @property
    def brings_ideas(self) -> bool:
        """Whether it brings back what an entry suggested: what was done of that is what the step asks for."""
        return any(button.opens is Opens.ANALYSIS for button in self.buttons)

    @property
    def actions(self) -> dict[str, str]:
        """The actions its buttons log, by the button."""
        return {button.id: button.action for button in self.buttons if button.action is not None}


@dataclass(frozen=True, slots=True)
class Protocol:
    """The recovery protocol: how long the cooling period lasts, in hours, and the steps in their order.

    `done` is the action of a step that was done without a word about which of its several actions it was.
    """

    cooling_hours: int
    done: str
    steps: tuple[ProtocolStep, ...]

    def step(self, step: Step) -> ProtocolStep:
        """The step's content. Every step has one; that is checked when the file is read."""
        return next(one for one in self.steps if one.step == step)


@dataclass(frozen=True, slots=True)
class GoodNews:
    """A kind of good news and the kinds of rejection it answers; with `ends_everything`, all of them."""

    id: str
    kinds: frozenset[str]
    ends_everything: bool


class Form(BaseModel):
    """A table of a content file: nothing in it may be misspelt or unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class KindForm(Form):
    """One `[[kinds]]`."""

    id: Id
    stage: Stage
    silence: bool = False
    contact_guard: bool = False

    def built(self) -> Kind:
        """The frozen data."""
        return Kind(self.id, self.stage, self.silence, self.contact_guard)


class KindsFile(Form):
    """`kinds.toml`; a select holds at most 25 options."""

    kinds: list[KindForm] = Field(min_length=1, max_length=25)


class ButtonForm(Form):
    """One `[[steps.buttons]]`."""

    id: Id
    action: Id | None = None
    opens: Opens | None = None
    kinds: list[Id] = []
    without: list[Id] = []

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        if (self.action is None) == (self.opens is None):
            raise ValueError("a button needs either `action` or `opens`")
        if both := set(self.kinds) & set(self.without):
            raise ValueError(f"`kinds` and `without` both name {', '.join(sorted(both))}")
        return self

    def built(self) -> StepButton:
        """The frozen data."""
        return StepButton(self.id, self.action, self.opens, frozenset(self.kinds), frozenset(self.without))


class StepForm(Form):
    """One `[[steps]]`."""

    id: Step
    lens: Lens | None = None
    kinds: list[Id] = []
    buttons: list[ButtonForm] = Field(default=[], max_length=9)

    def built(self) -> ProtocolStep:
        """The frozen data."""
        buttons = tuple(button.built() for button in self.buttons)
        return ProtocolStep(
            step=self.id,
            lens=self.lens,
            buttons=buttons,
            kinds=frozenset(self.kinds),
        )


class CoolingForm(Form):
    """`[cooling]`."""

    hours: int = Field(ge=0, le=168)


class ProtocolFile(Form):
    """`protocol.toml`."""

    cooling: CoolingForm
    done: Id
    steps: list[StepForm]

    def built(self) -> Protocol:
        """The frozen data."""
        return Protocol(self.cooling.hours, self.done, tuple(step.built() for step in self.steps))


class ActionForm(Form):
    """One `[[actions]]`."""

    id: Id
    stages: list[Stage] = []
    kinds: list[Id] = []
    contacts_program: bool = False
    rest: bool = False
    applies_to: list[Id] = []
    feeling: bool = False

    def built(self) -> ActionKind:
        """The frozen data."""
        return ActionKind(
            self.id,
            frozenset(self.stages),
            frozenset(self.kinds),
            self.contacts_program,
            self.rest,
            frozenset(self.applies_to),
            self.feeling,
        )


class ActionsFile(Form):
    """`actions.toml`."""

    actions: list[ActionForm] = Field(min_length=1)


class GoodNewsForm(Form):
    """One `[[goodnews]]`."""

    id: Id
    kinds: list[Id] = []
    ends_everything: bool = False

    def built(self) -> GoodNews:
        """The frozen data."""
        return GoodNews(self.id, frozenset(self.kinds), self.ends_everything)


class GoodNewsFile(Form):
    """`goodnews.toml`; a select holds at most 25 options."""

    goodnews: list[GoodNewsForm] = Field(min_length=1, max_length=25)


class SeasonForm(Form):
    """`[season]`: a day that every year has."""

    start_month: int = Field(ge=1, le=12)
    start_day: int = Field(ge=1, le=31)

    @model_validator(mode="after")
    def _is_a_day_of_every_year(self) -> Self:
        date(2023, self.start_month, self.start_day)
        return self


class MatchWeekForm(Form):
    """One `[[match_weeks]]`."""

    monday: date

    @model_validator(mode="after")
    def _is_a_monday(self) -> Self:
        if self.monday.weekday():
            raise ValueError("Match Week begins on a Monday")
        return self


class SeasonFile(Form):
    """`season.toml`."""

    season: SeasonForm
    match_weeks: list[MatchWeekForm] = []

    def built(self) -> Season:
        """The frozen data."""
        return Season(self.season.start_month, self.season.start_day)

    def weeks(self) -> tuple[MatchWeek, ...]:
        """The weeks in which nobody may write to a program first."""
        return tuple(MatchWeek(week.monday) for week in self.match_weeks)
