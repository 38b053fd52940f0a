"""`python -m bot move` as a host types it."""

from datetime import datetime

import pytest

from tests.wiring.host import Host

AMARA = 101


@pytest.mark.postgres
def test_the_bot_goes_on_where_it_was_moved_to(host: Host, now: datetime, postgres_url: str) -> None:
    host.joins(AMARA, now, "Ridge Hospital", "Мерси 🩺")
    done = host.types("move", postgres_url)
    assert done.exit_code == 0, done.output
    assert "every sum is the same" in done.stdout
    assert host.texts(AMARA) == {"Ridge Hospital", "Мерси 🩺"}, "the source is as it was"
    host.setting(DATABASE_URL=postgres_url)
    assert host.texts(AMARA) == {"Ridge Hospital", "Мерси 🩺"}
    back = f"sqlite:///{host.folder / 'back' / 'bot.sqlite3'}"
    assert host.types("move", back).exit_code == 0
    assert (host.folder / "back").stat().st_mode & 0o077 == 0
    host.setting(DATABASE_URL=back)
    assert host.texts(AMARA) == {"Ridge Hospital", "Мерси 🩺"}


def test_no_password_is_printed(host: Host, now: datetime) -> None:
    host.joins(AMARA, now)
    done = host.types("move", "mysql://root:geheim@host/db")
    assert done.exit_code == 2
    assert "use sqlite or postgresql" in done.stderr
    assert "geheim" not in done.output


def test_to_where_it_is_now_is_refused(host: Host, now: datetime) -> None:
    host.joins(AMARA, now, "text")
    assert "where the database is now" in host.types("move", host.settings.database_url).stderr
    assert host.texts(AMARA) == {"text"}
