from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from unittest.mock import create_autospec

import pytest

from bot.domain.goodnews import GoodNewsDraft
from bot.domain.journal import JournalEntry
from bot.domain.kinds import How
from bot.domain.members import newcomer
from bot.domain.patterns import Source
from bot.domain.rejections import RejectionDraft
from bot.domain.themes import Themes
from bot.errors import UserError
from bot.ids import new_id
from bot.services.goodnews import GoodNewsService
from bot.services.patterns import Patterns
from bot.services.rejections import Rejections
from tests import texts

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADA, BEN = 101, 202


class Desk:
    def __init__(self, db):
        self.db = db
        self.rejections = Rejections(db, lambda _at: None)
        self.news = GoodNewsService(db, texts.content(), lambda _at: None)
        self.patterns = Patterns(db, texts.content(), texts.patterns())
        self.ada = newcomer(ADA, "Africa/Lagos", "en", NOW)
        self.ben = newcomer(BEN, "Africa/Lagos", "en", NOW)
        self._press = 0

    async def begin(self):
        async with self.db.write() as tx:
            await tx.members.add(self.ada)
            await tx.members.add(self.ben)
        return self

    def press(self):
        self._press += 1
        return self._press

    async def no(self, kind, *, said=None, days=0, who=None, how=None, member=None):
        draft = RejectionDraft(kind, date(2026, 11, 22) - timedelta(days=days), who, how, said)
        logged = await self.rejections.log(member or self.ada, draft, interaction_id=self.press(), now=NOW)
        return logged.rejection.id

    async def good(self, kind, answers=None):
        draft = GoodNewsDraft(kind, date(2026, 11, 22), "Ridge", answers)
        await self.news.log(self.ada, draft, interaction_id=self.press(), now=NOW)

    async def keys(self, member=None):
        return [one.key for one in (await self.patterns.found(member or self.ada, NOW)).mine]


@pytest.fixture
async def desk(db):
    return await Desk(db).begin()


async def test_three_entries_of_ones_own_make_a_pattern_and_two_do_not(desk):
    ids = [await desk.no("job", days=n, who=f"place {n}") for n in range(2)]
    await desk.no("job", member=desk.ben)
    assert await desk.keys() == []
    ids.append(await desk.no("job", days=5, who="place 5"))
    (found,) = (await desk.patterns.found(desk.ada, NOW)).mine
    assert found.key == "kind.job"
    assert [one.id for one in found.entries] == ids
    assert [one.who for one in found.entries] == ["place 0", "place 1", "place 5"]
    assert await desk.keys(desk.ben) == []


async def test_what_is_deleted_takes_its_pattern_with_it_and_brings_it_back(desk):
    ids = [await desk.no("job") for _ in range(3)]
    await desk.rejections.delete(ADA, ids[1], NOW)
    assert await desk.keys() == []
    await desk.rejections.restore(desk.ada, ids[1], NOW)
    assert await desk.keys() == ["kind.job"]


async def test_feedback_names_its_theme_and_the_sentence(desk):
    for n, said in enumerate(
        ("Hello. We do not sponsor visas. Bye.", "No visa from us.", "Needs a green card.")
    ):
        await desk.no(("job", "research", "application-no")[n], said=said, days=n)
    (found,) = (await desk.patterns.found(desk.ada, NOW)).mine
    assert found.key == "feedback.visa"
    assert [found.quote(one) for one in found.entries] == [
        "We do not sponsor visas.",
        "No visa from us.",
        "Needs a green card.",
    ]
    assert "program-rules-checked" in found.actions


async def test_good_news_is_evidence_and_what_it_answers_is_left_in_peace(desk):
    for _ in range(2):
        await desk.good("interview")
    await desk.no("interviewed-not-matched")
    (found,) = (await desk.patterns.found(desk.ada, NOW)).mine
    assert found.key == "interviews."
    assert sorted(one.source for one in found.entries) == [Source.NEWS, Source.NEWS, Source.REJECTION]
    silent = [await desk.no("application-no", how=How.SILENCE, days=n) for n in range(3)]
    assert "silence." in await desk.keys()
    await desk.good("interview", silent[0])
    assert "silence." not in await desk.keys()


async def page(desk, kind, about=None, **answers):
    entry = JournalEntry(new_id(NOW), ADA, kind, about, date(2026, 11, 20), NOW, None, answers)
    async with desk.db.write() as tx:
        await tx.journal.add(entry)
    return entry.id


OWN_NOTES = (
    (
        "recall",
        {"asked": "Why us? Why this program? Do you need a visa?", "shone": "My US clinical experience"},
    ),
    (
        "week",
        {"control": "My letters of recommendation", "next": "I will write a shorter, more personal email"},
    ),
    ("interview", {"weak": "My answers were too long", "fit": "My ties to the region"}),
    ("month", {"repeats": "The visa, the visa, the visa."}),
    ("day", {"happened": "The score was below the cutoff."}),
    ("reframe", {"story": "I have no publications."}),
)


@pytest.mark.parametrize("kind, answers", OWN_NOTES, ids=[kind for kind, _ in OWN_NOTES])
async def test_a_members_own_notes_are_no_feedback(desk, kind, answers):
    themes, about = texts.patterns().themes, [await desk.no(one) for one in ("job", "research", "letter")]
    assert all(themes.named_in(text) for text in answers.values()), "else this shows nothing"
    before = await desk.patterns.found(desk.ada, NOW)
    for rejection in (None, None, None, *about):
        await page(desk, kind, rejection, **answers)
    assert await desk.patterns.found(desk.ada, NOW) == before


async def test_a_question_for_what_others_said_is_read_where_a_host_names_it(desk):
    rules = replace(texts.patterns(), journal=frozenset({"interview.weak"}))
    desk.patterns = Patterns(desk.db, texts.content(), rules)
    ids = [await desk.no(kind, said="No visa.") for kind in ("job", "research")]
    for _ in range(3):
        await page(desk, "interview", ids[0], weak="They spoke of the visa again.")
        await page(desk, "interview", fit="The visa.")
        await page(desk, "week", weak="The visa.")
    assert await desk.keys() == []
    alone = await page(desk, "interview", weak="Asked how long I could stay.\nThe visa came up.", fit="x")
    (found,) = (await desk.patterns.found(desk.ada, NOW)).mine
    assert found.key == "feedback.visa"
    assert [
        (one.source, one.id, found.quote(one)) for one in found.entries if one.source is Source.JOURNAL
    ] == [(Source.JOURNAL, alone, "The visa came up.")]
    await desk.rejections.delete(ADA, ids[0], NOW)
    assert await desk.keys() == [], "what was written about a deleted entry goes with it"


async def test_not_mine_is_put_aside_taken_back_and_a_replay_changes_nothing(desk):
    for _ in range(3):
        await desk.no("job")
    press = desk.press()
    await desk.patterns.decline(desk.ada, "kind.job", interaction_id=press, now=NOW)
    found = await desk.patterns.found(desk.ada, NOW)
    assert (found.mine, [one.key for one in found.declined]) == ((), ["kind.job"])
    back = desk.press()
    await desk.patterns.take_back(desk.ada, "kind.job", interaction_id=back, now=NOW)
    await desk.patterns.decline(desk.ada, "kind.job", interaction_id=press, now=NOW)
    assert await desk.keys() == ["kind.job"]
    await desk.patterns.decline(desk.ada, "kind.job", interaction_id=desk.press(), now=NOW)
    await desk.patterns.take_back(desk.ada, "kind.job", interaction_id=back, now=NOW)
    assert await desk.keys() == []


async def test_quotes_are_cut_for_what_is_asked_for_alone(desk, monkeypatch):
    for n in range(9):
        await desk.no(("job", "research", "letter")[n % 3], said="Hello. No visa.")
    cut, quote = [], Themes.quote

    def noted(*given):
        cut.append(given)
        return quote(*given)

    monkeypatch.setattr(Themes, "quote", noted)
    (found,) = [one for one in (await desk.patterns.found(desk.ada, NOW)).mine if one.theme == "visa"]
    assert not cut
    assert [found.quote(one) for one in found.entries[:2]] == ["No visa."] * 2
    assert len(cut) == 2


async def test_nothing_is_read_while_another_writer_waits(desk, monkeypatch):
    for kind in ("job", "research", "job"):
        await desk.no(kind, said="No visa.")
    writing, read, named, write = [], [], Themes.named_in, desk.db.write

    @asynccontextmanager
    async def watched():
        async with write() as tx:
            writing.append(1)
            yield tx
            writing.pop()

    def noted(*given):
        read.append(bool(writing))
        return named(*given)

    monkeypatch.setattr(desk.db, "write", watched)
    monkeypatch.setattr(Themes, "named_in", noted)
    await desk.patterns.decline(desk.ada, "feedback.visa", interaction_id=desk.press(), now=NOW)
    await desk.patterns.take_back(desk.ada, "feedback.visa", interaction_id=desk.press(), now=NOW)
    assert read == [False] * 6


async def test_whoever_was_forgotten_meanwhile_leaves_no_answer(desk, monkeypatch):
    for _ in range(3):
        await desk.no("job")
    found = await desk.patterns.found(desk.ada, NOW)
    async with desk.db.write() as tx:
        await tx.members.delete(ADA)
    monkeypatch.setattr(desk.patterns, "found", create_autospec(desk.patterns.found, return_value=found))
    for answer in (desk.patterns.decline, desk.patterns.take_back):
        with pytest.raises(UserError, match="pattern-gone"):
            await answer(desk.ada, "kind.job", interaction_id=desk.press(), now=NOW)


async def test_the_answer_of_one_is_not_the_answer_of_another(desk):
    for member in (desk.ada, desk.ben):
        for _ in range(3):
            await desk.no("job", member=member)
    await desk.patterns.decline(desk.ada, "kind.job", interaction_id=desk.press(), now=NOW)
    assert (await desk.keys(), await desk.keys(desk.ben)) == ([], ["kind.job"])


@pytest.mark.parametrize("key", ["", ".", "kind.exam", "kind", "silence.", "kind.job.0", "x" * 70])
async def test_what_is_not_there_cannot_be_put_aside(desk, key):
    for _ in range(3):
        await desk.no("job")
    with pytest.raises(UserError, match="pattern-gone"):
        await desk.patterns.decline(desk.ada, key, interaction_id=desk.press(), now=NOW)
    async with desk.db.read() as tx:
        assert await tx.patterns.declined(ADA) == set()


async def test_a_kind_that_the_host_took_out_is_no_kind_to_share(desk):
    ids = [await desk.no("job") for _ in range(3)]
    async with desk.db.write() as tx:
        for entry_id in ids:
            entry = await tx.rejections.get(ADA, entry_id)
            await tx.rejections.replace(type(entry)(**{**_fields(entry), "kind": "taken-out"}))
    assert await desk.keys() == []


def _fields(entry):
    return {name: getattr(entry, name) for name in entry.__slots__}
