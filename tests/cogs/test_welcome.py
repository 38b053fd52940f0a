"""The first press: what the member typed is saved, whatever becomes of the test message."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import create_autospec

import pytest

from bot.domain.members import newcomer
from bot.ui.request import Request
from cogs.welcome import buttons
from config.words import Voice
from tests.conftest import START

MEMBER = newcomer(7, "Africa/Lagos", "en", START)


async def test_a_test_message_that_hangs_keeps_nothing_from_being_saved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    never = asyncio.Event()
    saved: list[Request] = []

    async def then(request: Request) -> None:
        saved.append(request)

    async def agreed(*_given: Any) -> Any:
        return MEMBER

    async def hangs(*_given: Any, **_named: Any) -> None:
        await never.wait()

    waiting = SimpleNamespace(zone="Africa/Lagos", typed=None, again=None, then=then)
    monkeypatch.setattr(buttons, "TEST_SECONDS", 0.001)
    monkeypatch.setattr(buttons, "_waiting", lambda *_given: waiting)
    monkeypatch.setattr(buttons, "started_card", lambda *_given: None)
    request = create_autospec(Request, instance=True)
    request.id, request.now, request.voice = 1, START, create_autospec(Voice, instance=True)
    request.services = SimpleNamespace(doors=SimpleNamespace(open=hangs))
    press = cast("buttons.ConsentSave", SimpleNamespace(arg="t", _agreed=agreed))
    await buttons.ConsentSave.pressed(press, request)
    assert saved == [request]
    assert request.member == MEMBER
    never.set()
    await asyncio.sleep(0)
