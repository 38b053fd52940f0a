from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.imports import BYTES_MAX, decoded, fold, read_rows, read_sheet
from bot.domain.kinds import How
from bot.domain.sheets import table
from bot.errors import UserError

TODAY = date(2026, 11, 22)
KINDS = {fold(name): name for name in ("research", "exam", "clinical-experience", "other", "letter")}


def read(text, *, day_first=None, encoding="utf-8"):
    return read_rows(read_sheet(text.encode(encoding)), KINDS, today=TODAY, day_first=day_first)


def drafts(text, **how):
    return [row.draft for row in read(text, **how).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_usual_file_is_read(encoding, delimiter):
    lines = (("Type", "Where", "Date"), ("Observership", "Clínica São José", "3 Nov 2026"))
    (draft,) = drafts("\r\n".join(delimiter.join(line) for line in lines), encoding=encoding)
    assert (draft.kind, draft.who, draft.occurred_on) == (
        "clinical-experience",
        "Clínica São José",
        date(2026, 11, 3),
    )


def test_columns_may_come_in_any_order_case_and_with_others_between():
    text = "\nNOTES;Salary;Date of rejection;How it came;Feeling;Kind\n;;\nno answer yet;1;2026-11-03;No answer;2;step 1\n"
    (row,) = read(text).rows
    assert (row.number, row.draft.said, row.draft.how, row.draft.feeling, row.draft.kind) == (
        4,
        "no answer yet",
        How.SILENCE,
        2,
        "exam",
    )


def test_each_wrong_row_says_where_and_why_and_the_rest_is_kept():
    text = "kind,who,date,how,feeling\n" + "\n".join(
        (
            "research,Ridge,2026-11-03,email,3",
            "astrology,Ridge,2026-11-03,,",
            "research,Ridge,2027-01-01,,",
            "research,Ridge,,,",
            "research,Ridge,2026-11-03,pigeon,",
            "research,Ridge,2026-11-03,,9",
            f"research,{'x' * 201},2026-11-03,,",
        )
    )
    reading = read(text)
    assert [row.number for row in reading.rows] == [2]
    assert [(p.number, p.column, p.key) for p in reading.problems] == [
        (3, "kind", "import-kind-unknown"),
        (4, "date", "date-future"),
        (5, "date", "import-no-date"),
        (6, "how", "import-how-unknown"),
        (7, "feeling", "import-feeling-unknown"),
        (8, "who", "text-too-long"),
    ]


def test_every_fault_of_a_row_is_told_in_the_order_of_the_columns():
    text = (
        "feeling,how,date,who,said,kind\n"
        f"9,pigeon,someday,{'x' * 201},{'y' * 5000},astrology\n"
        "3,email,2026-11-03,Ridge,no,research\n"
        "0,,2027-01-01,Ridge,,research\n"
    )
    reading = read(text)
    assert [row.number for row in reading.rows] == [3]
    assert [(p.number, p.column, p.key) for p in reading.problems] == [
        (2, "kind", "import-kind-unknown"),
        (2, "who", "text-too-long"),
        (2, "date", "date-unreadable"),
        (2, "how", "import-how-unknown"),
        (2, "said", "text-too-long"),
        (2, "feeling", "import-feeling-unknown"),
        (4, "date", "date-future"),
        (4, "feeling", "import-feeling-unknown"),
    ]


def test_a_date_that_reads_two_ways_is_asked_also_in_a_row_with_faults():
    reading = read("kind,date,feeling\nresearch,03/04/2026,9\n")
    assert reading.unclear == (date(2026, 4, 3), date(2026, 3, 4))
    assert [p.column for p in reading.problems] == ["feeling"]


def test_day_and_month_are_asked_once_and_not_guessed():
    text = "kind,date\nresearch,25/12/2025\nresearch,03/04/2026\nexam,05/06/2026\n"
    assert read(text).unclear == (date(2026, 4, 3), date(2026, 3, 4))
    assert [d.occurred_on for d in drafts(text, day_first=True)] == [
        date(2025, 12, 25),
        date(2026, 4, 3),
        date(2026, 6, 5),
    ]
    assert [d.occurred_on for d in drafts(text, day_first=False)][1:] == [date(2026, 3, 4), date(2026, 5, 6)]


@pytest.mark.parametrize(
    "content,key",
    [
        (b"", "import-empty"),
        (b"kind,date\n", "import-empty"),
        (b"kind,date\n,\n  ,\n", "import-empty"),
        (b"a,b\n1,2\n", "import-no-columns"),
        (b"kind,who\nresearch,x\n", "import-no-columns"),
        (b"date,notes\n2026-11-03,x\n", "import-no-columns"),
        (b"kind,date\n" + b"research,2026-11-03\n" * 2001, "import-too-many"),
        (b"x" * (BYTES_MAX + 1), "import-too-large"),
        (b"kind,date\nresearch\x00,2026-11-03", "import-unreadable"),
        (b"\xff\xfe\x00", "import-unreadable"),
        (b"\x81\x8d", "import-unreadable"),
        (b'kind,date\n"' + b"x" * 140_000, "import-unreadable"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_reason(content, key):
    with pytest.raises(UserError, match=key):
        read_sheet(content)


def test_two_thousand_rows_are_read():
    assert len(drafts("kind,date\n" + "research,2026-11-03\n" * 2000)) == 2000


def test_an_export_can_be_imported_again():
    text = table(("kind", "who", "date", "said"), [("research", "=cmd", "2026-11-03", "-no,\n'quoted'")])
    (draft,) = drafts(text)
    assert (draft.who, draft.said) == ("=cmd", "-no,\n'quoted'")


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content):
    key = "import-"
    try:
        read_rows(read_sheet(content), KINDS, today=TODAY, day_first=None)
    except UserError as error:
        key = error.key
    assert key.startswith("import-")


@settings(max_examples=200)
@given(st.lists(st.lists(st.text(max_size=20), max_size=5), max_size=6))
def test_no_table_breaks_the_reader(rows):
    content = table(("kind", "who", "date", "how", "feeling"), rows).encode("utf-8", errors="surrogatepass")
    key = "import-"
    try:
        reading = read_rows(read_sheet(content), KINDS, today=TODAY, day_first=True)
        wrong = {problem.number for problem in reading.problems}
        key += str(len(reading.rows) + len(wrong) <= len(rows))
    except UserError as error:
        key = error.key
    assert key.startswith("import-")
    assert key != "import-False"


def test_text_in_an_old_encoding_is_read():
    assert decoded("Müller – “no”".encode("cp1252")) == "Müller – “no”"
