"""All checks of the files under `config/` in one list, for `check-content` and the start."""

from datetime import date
from pathlib import Path

from bot.clock import system_clock
from bot.domain.care import WARN_AFTER_DAYS, facts_age_days
from bot.domain.seasons import missing_match_week
from config.care import load_care
from config.challenges import check_challenges
from config.content import Content, check, load_content
from config.documents import ContentError
from config.milestones import check_milestones
from config.patterns import check_patterns
from config.places import load_zones
from config.words import Words, read_sentences


def season_warnings(content: Content, today: date) -> list[str]:
    """What a host is to add before the guard of Match Week would be off unnoticed."""
    year = missing_match_week(content.match_weeks, today)
    if year is None:
        return []
    where = f"config/content/season.toml: the Match Week of {year} is missing"
    return [f"{where}, so nothing would be withheld in it; find its Monday on nrmp.org and add it"]


def check_all(folder: Path) -> tuple[list[str], list[str]]:
    """(errors, warnings), each with file and line."""
    content, locales = folder / "content", folder / "locales"
    sentences, wrong = read_sentences(locales)
    words = Words(sentences)
    errors = [str(error) for error in (*check(content, words), *wrong)]
    warnings: list[str] = []
    try:
        load_zones(content)
    except ContentError as error:
        errors.append(str(error))
    if not errors:  # it refers to kinds, actions and good news
        known = load_content(content, words)
        errors += [str(error) for error in check_patterns(content, known, words)]
        errors += [str(error) for error in check_milestones(content, known, words)]
        errors += [str(error) for error in check_challenges(content, known, words)]
        warnings += season_warnings(known, system_clock().date())
    try:
        care = load_care(content)
    except ContentError as error:
        errors.append(str(error))
    else:
        age = facts_age_days(care.lines, system_clock().date())
        if age > WARN_AFTER_DAYS:
            warnings.append(
                f"config/content/support.toml: the facts were checked {age} days ago; check them again"
            )
    return errors, warnings
