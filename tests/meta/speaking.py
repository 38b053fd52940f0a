"""Makes the bot speak the pseudo-language, and a member's Discord client say which language it has."""

from typing import Any

import pytest
import simcord.interactions


def client_speaks(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """The language of the member's Discord client, which comes with each interaction."""
    build = simcord.interactions.base_payload

    def with_locale(*args: Any, **kwargs: Any) -> Any:
        record, payload = build(*args, **kwargs)
        return record, payload | {"locale": language}

    monkeypatch.setattr(simcord.interactions, "base_payload", with_locale)
