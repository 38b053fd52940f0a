"""The actions a member can take after a setback, and which of them fit what is open now."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.domain.kinds import Kind, Stage


@dataclass(frozen=True, slots=True)
class ActionKind:
    """One entry of the catalogue. Empty `stages` and `kinds` mean that it fits any rejection.

    `contacts_program`: it means writing to or calling a residency program. `rest`: it is rest, kept on purpose.
    `applies_to`: it is a new application, for what rejections of these kinds refused. `feeling`: it is about a
    feeling, which stays private, so showing it to the group is not offered beside it.
    """

    id: str
    stages: frozenset[Stage] = frozenset()
    kinds: frozenset[str] = frozenset()
    contacts_program: bool = False
    rest: bool = False
    applies_to: frozenset[str] = frozenset()
    feeling: bool = False

    @property
    def anywhere(self) -> bool:
        """Whether it fits any rejection."""
        return not self.stages and not self.kinds


def suggest(
    catalogue: Iterable[ActionKind],
    open_kinds: Collection[Kind],
    done_recently: Collection[str],
    limit: int,
    *,
    contacts_withdrawn: bool = False,
) -> list[ActionKind]:
    """At most `limit` actions for the open rejections, the best fitting first, in the catalogue's order.

    What was done recently comes last, not never: doing it again may be right. With `contacts_withdrawn`, or
    with a kind open that guards against it, nothing is suggested that would contact a program. When there
    is a choice one rest is kept among them: a list of work alone is the wrong answer to a tired person.
    """
    guarded = contacts_withdrawn or any(kind.contact_guard for kind in open_kinds)
    fitting = [
        (_fit(action, open_kinds), action)
        for action in catalogue
        if not (guarded and action.contacts_program)
    ]
    ranked = sorted(
        ((fit, action) for fit, action in fitting if fit is not None),
        key=lambda pair: (pair[1].id in done_recently, pair[0]),
    )
    return _with_rest([action for _, action in ranked], limit)


def _fit(action: ActionKind, open_kinds: Collection[Kind]) -> int | None:
    """0 for the kind itself, 1 for its stage, 2 for an action that fits anywhere, None for no fit."""
    if any(kind.id in action.kinds for kind in open_kinds):
        return 0
    if any(kind.stage in action.stages for kind in open_kinds):
        return 1
    return 2 if action.anywhere else None


def _with_rest(ranked: list[ActionKind], limit: int) -> list[ActionKind]:
    chosen = ranked[: max(limit, 0)]
    if len(chosen) < 3 or any(action.rest for action in chosen):
        return chosen
    rest = next((action for action in ranked if action.rest), None)
    return [*chosen[:-1], rest] if rest else chosen
