"""A host with a bot's files in a folder of their own."""

from pathlib import Path

import pytest

from tests.wiring.host import Host


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Host:
    return Host(tmp_path, monkeypatch)
