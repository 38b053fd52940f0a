import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import places_of, traces_of, without_person

MARK = "[name removed]"


@pytest.mark.parametrize(
    "text, person, expected",
    [
        ("Prof. Jane Smith said no", "Jane Smith", "Prof. [name removed] said no"),
        (
            "JANE  SMITH, jane smith; Jane-Smith",
            "jane smith",
            "[name removed], [name removed]; [name removed]",
        ),
        ("Smith's lab", "smith", "[name removed]'s lab"),
        ("Smithson and Goldsmith", "Smith", "Smithson and Goldsmith"),
        ("Janet Smith", "Jane Smith", "Janet Smith"),
        ("Jane at Smith Hall", "Jane Smith", "Jane at Smith Hall"),
        ("write to jane.smith@uni.edu today", "Jane Smith", "write to [name removed] today"),
        ("write to J.Smith+x@Uni.EDU.", "j.smith+x@uni.edu", "write to [name removed]."),
        ("José Muñoz", "Jose Munoz", "[name removed]"),
        ("Jose\u0301 Mun\u0303oz.", "José Muñoz", "[name removed]."),
        ("Groß", "GROSS", "[name removed]"),
        ("ＪＡＮＥ Ｓmith", "Jane Smith", "[name removed]"),
        ("Ja\u200bne Smith", "Jane Smith", "[name removed]"),
        ("Dr. O'Brien", "O’Brien", "Dr. [name removed]"),
        ("我联系了张伟教授", "张伟", "我联系了[name removed]教授"),
        ("राम और रमा", "राम", "[name removed] और रमा"),
        ("كتبت إلى مُحَمَّد أمس", "محمد", "كتبت إلى [name removed] أمس"),
        ("nobody here", "", "nobody here"),
        ("nobody here", "—", "nobody here"),
    ],
)
def test_a_person_is_taken_out_however_they_are_spelled(text, person, expected):
    changed, count = without_person(text, person, MARK, 3000)
    assert changed == expected
    assert count == expected.count(MARK)


def test_what_is_found_by_its_traces_is_what_stands_there():
    text = "Prof. José Muñoz <j.munoz@uni.edu>, 张伟教授"
    for person in ("jose munoz", "J.Munoz@uni.edu", "张伟", "munoz"):
        assert places_of(text, person)
        assert traces_of(person) <= traces_of(text), person
    assert not traces_of("Jane") <= traces_of(text)


def test_an_initial_alone_is_no_trace():
    assert traces_of("J. K. and 2") == {"and"}


def test_the_text_stays_within_its_limit():
    changed, count = without_person("Li " * 66, "li", MARK, 200)
    assert (len(changed), count) == (200, 66)


@given(
    before=st.text(max_size=30),
    person=st.text("abcdeé ", min_size=2, max_size=12),
    after=st.text(max_size=30),
)
def test_wherever_it_stands_its_traces_lead_there_and_then_it_is_gone(before, person, after):
    text = f"{before} {person} {after}"
    if places_of(text, person):
        assert traces_of(person) <= traces_of(text)
        changed, _ = without_person(text, person, "~", 3000)
        assert not places_of(changed, person)
    else:
        assert not person.strip()
