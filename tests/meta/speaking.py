"""Makes the bot speak the pseudo-language, and a member's Discord client say which language it has."""

from pathlib import Path
from typing import Any

import pytest
import simcord.interactions

from config.words import Words
from tests.pseudo import LANGUAGE, pseudo


def pseudo_words(folder: Path) -> Words:
    """English and the pseudo-language; a missing sentence raises."""
    sources = [path.read_text(encoding="utf-8") for path in sorted((folder / "en").glob("*.ftl"))]
    return Words.load(folder, extra={LANGUAGE: [pseudo(source) for source in sources]}, strict=True)


def client_speaks(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """The language of the member's Discord client, which comes with each interaction."""
    build = simcord.interactions.base_payload

    def with_locale(*args: Any, **kwargs: Any) -> Any:
        record, payload = build(*args, **kwargs)
        return record, payload | {"locale": language}

    monkeypatch.setattr(simcord.interactions, "base_payload", with_locale)
