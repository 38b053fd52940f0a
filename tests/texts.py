"""The product's own texts for tests: each is read once in a process, however many tests want it."""

from functools import cache

from bot.domain.challenges import ChallengeStep
from config.care import CareContent, load_care
from config.challenges import load_challenges
from config.content import Content, load_content
from config.documents import ROOT
from config.milestones import Milestones, load_milestones
from config.patterns import PatternRules, load_patterns
from config.words import Voice, Words
from tests.pseudo import LANGUAGE, pseudo

CONTENT = ROOT / "config" / "content"
LOCALES = ROOT / "config" / "locales"


@cache
def words() -> Words:
    """English and the pseudo-language; a missing sentence raises."""
    sources = [path.read_text(encoding="utf-8") for path in sorted((LOCALES / "en").glob("*.ftl"))]
    return Words.load(LOCALES, {LANGUAGE: [pseudo(source) for source in sources]}, strict=True)


@cache
def english() -> Words:
    """English; a missing sentence raises."""
    return Words.load(LOCALES, strict=True)


def voice() -> Voice:
    """English, as it is spoken."""
    return english().speak("en")


@cache
def content() -> Content:
    """The protocol, the kinds, the actions and the seasons."""
    return load_content(CONTENT, english())


@cache
def care() -> CareContent:
    """The support lines and the risk words."""
    return load_care(CONTENT)


@cache
def challenge() -> tuple[ChallengeStep, ...]:
    """The steps of the ten days."""
    return load_challenges(CONTENT, content(), english())


@cache
def patterns() -> PatternRules:
    """The rules over a member's entries."""
    return load_patterns(CONTENT, content(), english())


@cache
def milestones() -> Milestones:
    """The round numbers of noes."""
    return load_milestones(CONTENT, content(), english())
