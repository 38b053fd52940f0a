from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.guilds import Guild, Lead, entry_label, lead_of, local_day, newly_joined, next_weekly
from bot.errors import UserError

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def guild(**settings):
    return Guild(
        **{
            "guild_id": 1,
            "zone": "Africa/Lagos",
            "language": "en",
            "joined_at": NOW,
            "channel_id": 5,
            **settings,
        }
    )


class TestNextWeekly:
    @pytest.mark.parametrize(
        "zone, day, hour, now, expected",
        [
            ("Africa/Lagos", 6, 18, "2026-11-22T12:00", "2026-11-22T17:00"),
            ("Africa/Lagos", 6, 18, "2026-11-22T17:00", "2026-11-29T17:00"),
            ("Asia/Karachi", 0, 9, "2026-11-22T12:00", "2026-11-23T04:00"),
            # The Sunday on which New York's clocks go back, and the week before it.
            ("America/New_York", 6, 18, "2026-10-26T12:00", "2026-11-01T23:00"),
            ("America/New_York", 6, 18, "2026-10-19T12:00", "2026-10-25T22:00"),
            # 02:00 does not exist in New York on 14 March 2027: the first instant after the gap, 03:00.
            ("America/New_York", 6, 2, "2027-03-13T12:00", "2027-03-14T07:00"),
            # 01:00 happens twice on 1 November 2026: the first pass.
            ("America/New_York", 6, 1, "2026-10-31T12:00", "2026-11-01T05:00"),
            ("America/New_York", 6, 1, "2026-11-01T05:30", "2026-11-08T06:00"),
            # Midnight does not exist in Cairo on 30 April 2027, a Friday.
            ("Africa/Cairo", 4, 0, "2027-04-29T12:00", "2027-04-29T22:00"),
        ],
    )
    def test_the_next_post_is_at_the_servers_own_day_and_hour(self, zone, day, hour, now, expected):
        at = next_weekly(
            guild(zone=zone, weekly_day=day, weekly_hour=hour),
            datetime.fromisoformat(now).replace(tzinfo=UTC),
        )
        assert at == datetime.fromisoformat(expected).replace(tzinfo=UTC)

    @given(
        zone=st.sampled_from(
            ["America/New_York", "Africa/Cairo", "Asia/Karachi", "Europe/Kyiv", "Pacific/Apia"]
        ),
        day=st.integers(0, 6),
        hour=st.integers(0, 23),
        now=st.integers(0, 87_600).map(lambda hours: NOW + timedelta(hours=hours)),
    )
    def test_it_lies_ahead_by_at_most_a_week_and_repeats(self, zone, day, hour, now):
        one = guild(zone=zone, weekly_day=day, weekly_hour=hour)
        first = next_weekly(one, now)
        assert first is not None
        assert now < first <= now + timedelta(days=7, hours=2)
        assert local_day(one, first).weekday() == day
        second = next_weekly(one, first)
        assert second is not None
        assert (local_day(one, second) - local_day(one, first)).days == 7

    @pytest.mark.parametrize(
        "settings",
        [
            {"channel_id": None},
            {"weekly_on": False},
            {"channel_trouble": "gone"},
            {"removed_at": NOW},
        ],
    )
    def test_nothing_is_due_where_nothing_can_or_should_be_posted(self, settings):
        assert next_weekly(guild(**settings), NOW) is None

    def test_a_new_server_has_no_channel_so_nothing_is_posted(self):
        assert next_weekly(newly_joined(1, "en", NOW), NOW) is None

    def test_the_day_is_the_servers(self):
        assert local_day(guild(zone="Asia/Karachi"), datetime(2026, 11, 22, 20, tzinfo=UTC)) == date(
            2026, 11, 23
        )


class TestLeads:
    def test_a_lead_is_one_who_may_manage_the_server(self):
        assert lead_of(1, 2, manages=True) == Lead(1, 2)

    @pytest.mark.parametrize(
        "guild_id, manages, key", [(1, False, "error-lead-needed"), (None, True, "error-server-needed")]
    )
    def test_nobody_else_is(self, guild_id, manages, key):
        with pytest.raises(UserError) as refused:
            lead_of(guild_id, 2, manages=manages)
        assert refused.value.key == key


class TestEntries:
    def test_a_label_is_one_trimmed_line(self):
        assert entry_label("  Journal\n club  talk ") == "Journal club talk"

    @pytest.mark.parametrize(
        "label, key",
        [
            ("", "text-empty"),
            ("\u200b\u202e", "text-empty"),
            ("x" * 61, "text-too-long"),
            ("a\x00b", "text-unreadable"),
            ("@everyone look", "server-entry-marks"),
            ("[free](https://example.org)", "server-entry-marks"),
            ("https://example.org", "server-entry-marks"),
            ("www.example.org", "server-entry-marks"),
            ("discord.gg/abc", "server-entry-marks"),
            ("</help:1>", "server-entry-marks"),
            ("<t:1:R>", "server-entry-marks"),
            ("123", "server-entry-letters"),
        ],
    )
    def test_a_label_the_group_should_not_read_is_refused(self, label, key):
        with pytest.raises(UserError) as refused:
            entry_label(label)
        assert refused.value.key == key
