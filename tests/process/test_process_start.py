"""`python -m bot run` as a host starts it: the first evening of a member, and what a restart leaves standing."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import system_clock
from bot.domain.members import DmState
from bot.storage.tables import members, nudges, rejections
from tests.process.rows import Rows
from tests.process.stories import PATIENCE, choose, consent, form, log, rejection, said, shown, verb
from tests.standin import BotProcess, StandinThread
from tests.standin.people import texts

AMARA, BILAL = 4001, 4002


@pytest.mark.timeout(300)
def test_a_member_logs_is_reached_and_finds_everything_after_a_restart(tmp_path: Path) -> None:
    with StandinThread() as standin:
        guild, rows = standin.world.guild(), Rows(tmp_path)
        with BotProcess(standin, tmp_path) as bot:
            assert standin.world.command_writes == 1
            asked = shown(standin, log(standin, AMARA, guild, text="They said no"))
            assert rows.count(members) == rows.count(rejections) == 0, "nothing is written before consent"
            saved = consent(standin, AMARA, asked, guild)
            assert "Exam" in said(standin, saved)
            assert shown(standin, saved).ephemeral
            assert len(standin.world.dms_to(AMARA)) == 1, "the test message"
            assert "They said no" not in texts(standin.world.dms_to(AMARA)[0].payload)
            assert rows.member(AMARA).dm_state is DmState.OPEN
            assert {row["step"] for row in rows.all(nudges)} == {"day1", "week1", "month1"}
            left_open = form(standin, AMARA, guild)
            assert bot.terminate() == 0

            rows.bring_forward(AMARA, "day1", system_clock() - timedelta(minutes=1))
            bot.start().wait_ready()
            assert standin.world.command_writes == 1, "the same commands are not sent again"
            standin.wait(lambda: len(standin.world.dms_to(AMARA)) == 2, PATIENCE)
            day1 = standin.world.dms_to(AMARA)[1]

            told = standin.submit(AMARA, left_open, rejection(left_open, said="Long words"), guild=guild)
            back = shown(standin, told)
            assert "not saved" in texts(back.payload)
            assert back.files["your-text.txt"].decode() == "Long words"
            assert rows.count(rejections) == 1

            old = shown(standin, saved)
            talk = standin.press(AMARA, verb(old, "talk"), message=old, guild=guild)
            assert "older version" not in said(standin, talk), "a button from before the restart works"
            pressed = choose(standin, AMARA, day1, "nudge-skip")
            assert shown(standin, pressed).ephemeral
            standin.wait(lambda: any(row["answered_at"] for row in rows.all(nudges)), PATIENCE)
            assert "-# Skipped." in texts(day1.payload), "the message itself is in its answered state"
            stranger = choose(standin, BILAL, day1, "nudge-stop")
            assert shown(standin, stranger).ephemeral
            assert bot.terminate() == 0
