import pytest

from bot.domain.answers import Action, Answer, Kind, counts_as_invalid, outcome

# One line for each row of part 3 of the promises that a message or an opening can get: what a DM does, what a channel does.
ROWS = [
    ("200", Answer(Kind.OK, made_id=1), Action.SENT, Action.SENT),
    ("404 10008", Answer(Kind.HTTP, 404, 10008), Action.SENT, Action.SENT),
    ("404 10003", Answer(Kind.HTTP, 404, 10003), Action.REOPEN, Action.CHANNEL),
    ("403 50007", Answer(Kind.HTTP, 403, 50007), Action.REFUSED, Action.CHANNEL),
    ("403 50278", Answer(Kind.HTTP, 403, 50278), Action.REFUSED, Action.CHANNEL),
    ("403 50001", Answer(Kind.HTTP, 403, 50001), Action.REFUSED, Action.CHANNEL),
    ("403 50013", Answer(Kind.HTTP, 403, 50013), Action.REFUSED, Action.CHANNEL),
    ("403 40003", Answer(Kind.HTTP, 403, 40003), Action.HOLD, Action.HOLD),
    ("quarantine", Answer(Kind.HTTP, 403, 20026), Action.HOLD, Action.HOLD),
    ("400 50035", Answer(Kind.HTTP, 400, 50035), Action.FALLBACK, Action.FALLBACK),
    ("400 200000", Answer(Kind.HTTP, 400, 200000), Action.PLAIN, Action.PLAIN),
    ("403 200000", Answer(Kind.HTTP, 403, 200000), Action.PLAIN, Action.PLAIN),
    ("400 240000", Answer(Kind.HTTP, 400, 240000), Action.PLAIN, Action.PLAIN),
    ("400 20009", Answer(Kind.HTTP, 400, 20009), Action.PLAIN, Action.PLAIN),
    ("401", Answer(Kind.HTTP, 401), Action.STOP, Action.STOP),
    ("429 with Via", Answer(Kind.LIMITED, retry_after=7), Action.REQUEUE, Action.REQUEUE),
    ("429 after five tries", Answer(Kind.HTTP, 429), Action.REQUEUE, Action.REQUEUE),
    ("429 without Via", Answer(Kind.BANNED), Action.PAUSE, Action.PAUSE),
    ("500", Answer(Kind.HTTP, 500), Action.UNKNOWN, Action.UNKNOWN),
    ("502", Answer(Kind.HTTP, 502), Action.UNKNOWN, Action.UNKNOWN),
    ("503", Answer(Kind.HTTP, 503), Action.UNKNOWN, Action.UNKNOWN),
    ("504", Answer(Kind.HTTP, 504), Action.UNKNOWN, Action.UNKNOWN),
    ("524", Answer(Kind.HTTP, 524), Action.UNKNOWN, Action.UNKNOWN),
    ("130000", Answer(Kind.HTTP, 400, 130000), Action.UNKNOWN, Action.UNKNOWN),
    ("reset", Answer(Kind.LOST), Action.UNKNOWN, Action.UNKNOWN),
    ("10007", Answer(Kind.HTTP, 404, 10007), Action.REFUSED, Action.CHANNEL),
    ("10013", Answer(Kind.HTTP, 404, 10013), Action.REFUSED, Action.CHANNEL),
    ("403 of a new kind", Answer(Kind.HTTP, 403, 99999), Action.REFUSED, Action.CHANNEL),
    ("400 of a new kind", Answer(Kind.HTTP, 400, 99999), Action.DEAD, Action.DEAD),
    ("404 without a code", Answer(Kind.HTTP, 404), Action.DEAD, Action.DEAD),
]


@pytest.mark.parametrize("name,answer,dm,channel", ROWS, ids=[row[0] for row in ROWS])
def test_every_answer_has_one_action(name, answer, dm, channel):
    assert outcome(answer, dm=True).action is dm
    assert outcome(answer, dm=False).action is channel


@pytest.mark.parametrize("status", range(400, 600))
def test_no_status_is_left_without_an_action(status):
    for dm in (True, False):
        found = outcome(Answer(Kind.HTTP, status), dm=dm)
        assert found.reason == str(status)


def test_the_reason_is_a_code_and_never_text():
    assert outcome(Answer(Kind.HTTP, 403, 50007), dm=True).reason == "50007"
    assert outcome(Answer(Kind.HTTP, 502), dm=True).reason == "502"
    assert outcome(Answer(Kind.LOST), dm=True).reason == "no-answer"


@pytest.mark.parametrize(
    "status,invalid", [(401, True), (403, True), (429, True), (400, False), (404, False), (500, False)]
)
def test_what_counts_towards_a_ban(status, invalid):
    assert counts_as_invalid(Answer(Kind.HTTP, status)) is invalid
    assert counts_as_invalid(Answer(Kind.BANNED))
    assert not counts_as_invalid(Answer(Kind.LOST))
    assert not counts_as_invalid(Answer(Kind.OK))
