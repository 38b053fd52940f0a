import pytest

from bot.domain.patients import looks_like_patient


@pytest.mark.parametrize(
    "text",
    [
        "MRN 123456",
        "They asked about mrn: A-0012345 again",
        "M.R.N. 44 55 66",
        "MRN is 7788123",
        "Medical record number 998877",
        "patient id #20411",
        "DOB 12/03/1970",
        "D.O.B. 1970-03-12",
        "date of birth: 12 March 1970",
        "born on March 3, 1970",
    ],
)
def test_a_record_number_or_a_birthday_is_noticed(text: str) -> None:
    assert looks_like_patient([None, text])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "My application number is 123456",
        "I worked in the NHS 2019-2023",
        "medical records 2019",
        "USMLE ID 1-234-567-8",
        "Interview on 12/03/2026",
        "The MRN was wrong",
        "born in 1990",
        "patient number one",
    ],
)
def test_a_doctors_own_words_are_left_alone(text: str) -> None:
    assert not looks_like_patient([text, None])


def test_long_text_is_read_quickly() -> None:
    assert not looks_like_patient(["mrn " + "1 - " * 2000 + "dob " * 1000])
