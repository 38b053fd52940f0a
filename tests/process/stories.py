"""What a member does in these tests, step by step and over real HTTP, and what they then see."""

from typing import Any

from tests.standin import Standin
from tests.standin.people import custom_ids, texts, walk
from tests.standin.records import Guild, Json, Message, Told

PATIENCE = 90.0
"""Seconds to wait for an answer on a busy machine; what a test promises about time it measures itself."""


def shown(standin: Standin, told: Told, number: int = 0) -> Message:
    """The reply with this number, once it is there and no longer "thinking"."""
    standin.wait(lambda: len(told.replies) > number and not told.waiting, PATIENCE)
    return told.replies[number]


def said(standin: Standin, told: Told, number: int = 0) -> str:
    """What that reply says."""
    return texts(shown(standin, told, number).payload)


def answered(standin: Standin, told: Told) -> None:
    """Waits for the first answer."""
    standin.wait(lambda: told.answers, PATIENCE)


def form(standin: Standin, user_id: int, guild: Guild | None = None) -> Json:
    """The form of `/rejection log`. On a machine too busy to open it in time one is asked to try again, and does."""
    for _ in range(5):
        told = standin.slash(user_id, "rejection log", guild=guild)
        answered(standin, told)
        if told.answers[0]["type"] == 9:
            return told.modal
    raise AssertionError("the form never opened")


def verb(message: Message, wanted: str) -> str:
    """The custom id of the press with this verb."""
    return next(one for one in custom_ids(message.payload) if one.split(":")[2] == wanted)


def choose(standin: Standin, user_id: int, message: Message, wanted: str) -> Told:
    """Chooses, in the select of all other ways, the press with this verb."""
    more = verb(message, "nudge-more")
    options = next(one["options"] for one in walk(message.payload) if one.get("custom_id") == more)
    value = next(one["value"] for one in options if one["value"].startswith(f"{wanted}:"))
    return standin.press(user_id, more, message=message, values=[value])


def filled(modal: Json, *values: Any) -> dict[str, Any]:
    """The form's fields in their order, each with its value."""
    return dict(zip(custom_ids(modal["components"]), values, strict=False))


def rejection(modal: Json, kind: str = "exam", said: str = "") -> dict[str, Any]:
    """The log form, filled in; the date and the feeling are left open."""
    return filled(modal, [kind], "", "", said)


def log(
    standin: Standin, user_id: int, guild: Guild | None = None, *, text: str = "", times: int = 1
) -> Told:
    """`/rejection log` and its form, submitted."""
    modal = form(standin, user_id, guild)
    return standin.submit(user_id, modal, rejection(modal, said=text), guild=guild, times=times)


def consent(standin: Standin, user_id: int, card: Message, guild: Guild | None = None) -> Told:
    """The zone, then *Save and start*."""
    chosen = standin.press(
        user_id, verb(card, "consent-zone"), message=card, values=["Africa/Lagos"], guild=guild
    )
    answered(standin, chosen)
    return standin.press(user_id, verb(card, "consent-save"), message=card, guild=guild)
